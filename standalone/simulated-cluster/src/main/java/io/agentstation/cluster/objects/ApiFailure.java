package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request is refused, in Kubernetes' words: answered as a {@code Status} object. */
public final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private ApiFailure(int code, String reason, String message, ObjectNode details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** A refusal about one object. */
    public static ApiFailure about(ObjectKey key, int code, String reason, String message) {
        ObjectNode details = Json.object();
        details.put("name", key.name());
        details.put("group", key.kind().group());
        details.put("kind", key.kind().plural());
        return new ApiFailure(code, reason, message, details, null);
    }

    /** A refusal with further details, such as causes. */
    public static ApiFailure withDetails(int code, String reason, String message, ObjectNode details) {
        return new ApiFailure(code, reason, message, details, null);
    }

    /** The object does not exist. */
    public static ApiFailure notFound(ObjectKey key) {
        return about(key, 404, "NotFound", quoted(key) + " not found");
    }

    /** The name is taken. */
    public static ApiFailure alreadyExists(ObjectKey key) {
        return about(key, 409, "AlreadyExists", quoted(key) + " already exists");
    }

    /** The object has another version or uid than the writer thinks. */
    public static ApiFailure conflict(ObjectKey key, String why) {
        return about(key, 409, "Conflict", "Operation cannot be fulfilled on " + quoted(key) + ": " + why);
    }

    /** A field has a value that the API does not allow. */
    public static ApiFailure invalid(ObjectKey key, String field, String why) {
        ApiFailure failure = about(
                key,
                422,
                "Invalid",
                key.kind().kind()
                        + (key.kind().group().isEmpty() ? "" : "." + key.kind().group()) + " \"" + key.name()
                        + "\" is invalid: " + field + ": " + why);
        ObjectNode cause = failure.details.putArray("causes").addObject();
        cause.put("reason", "FieldValueInvalid").put("message", why).put("field", field);
        return failure;
    }

    /** The request cannot be understood. */
    public static ApiFailure badRequest(String message, @Nullable Throwable cause) {
        return new ApiFailure(400, "BadRequest", message, Json.object(), cause);
    }

    /** The cluster itself has failed. */
    public static ApiFailure internal(Exception cause) {
        return new ApiFailure(
                500, "InternalError", "Internal error occurred: " + cause.getMessage(), Json.object(), cause);
    }

    /** Nothing is served at the path. */
    public static ApiFailure noSuchPath() {
        return new ApiFailure(404, "NotFound", "the server could not find the requested resource", Json.object(), null);
    }

    /** The path is served, but not with this method. */
    public static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object(),
                null);
    }

    /** The watched version is no longer, or not yet, in the history: list again. */
    public static ApiFailure expired(long asked, long oldest) {
        return new ApiFailure(
                410, "Expired", "too old resource version: " + asked + " (" + oldest + ")", Json.object(), null);
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** The {@code Status} object that tells the client. */
    public ObjectNode toStatus() {
        ObjectNode json = Json.object();
        json.put("kind", "Status").put("apiVersion", "v1");
        json.putObject("metadata");
        json.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (!details.isEmpty()) {
            json.set("details", details);
        }
        return json.put("code", code);
    }

    /** The {@code Status} object of a deletion that has been done. */
    public static ObjectNode success(ClusterObject deleted) {
        ObjectNode details = Json.object();
        details.put("name", deleted.name());
        details.put("group", deleted.kind().group());
        details.put("kind", deleted.kind().plural());
        details.put("uid", deleted.uid());
        ObjectNode status = success();
        status.set("details", details);
        return status;
    }

    /** The {@code Status} object of a request that has been done and has nothing to show. */
    public static ObjectNode success() {
        ObjectNode json = Json.object();
        json.put("kind", "Status").put("apiVersion", "v1");
        json.putObject("metadata");
        return json.put("status", "Success");
    }

    private static String quoted(ObjectKey key) {
        return key.kind().qualifiedPlural() + " \"" + key.name() + "\"";
    }
}
