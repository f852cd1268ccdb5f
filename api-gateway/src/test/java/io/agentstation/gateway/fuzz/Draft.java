package io.agentstation.gateway.fuzz;

import io.agentstation.gateway.openapi.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request while it is made. */
final class Draft {

    final Map<String, String> query = new LinkedHashMap<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    String method;
    String path;
    String credential;

    @Nullable
    JsonNode body;

    @Nullable
    String rawBody;

    @Nullable
    String rawHeader;

    UnaryOperator<byte[]> change = bytes -> bytes;

    private final Operation operation;

    Draft(Operation operation, String path, String credential) {
        this.operation = operation;
        this.method = operation.method();
        this.path = path;
        this.credential = credential;
    }

    Request request(int number, Request.Kind kind, boolean refusalDue) {
        String target = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + Requests.text(query);
        String latin = new String(change.apply(bytes(target)), StandardCharsets.ISO_8859_1);
        return new Request(number, kind, operation, method, target, refusalDue, latin);
    }

    private byte[] bytes(String target) {
        String text = rawBody != null ? rawBody : body == null ? null : body.toString();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        head.append("Host: 127.0.0.1\r\nConnection: close\r\n");
        if (!credential.isEmpty()) {
            head.append("Authorization: Bearer ").append(credential).append("\r\n");
        }
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (rawHeader != null) {
            head.append(rawHeader).append("\r\n");
        }
        byte[] content = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        if (text != null) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(content);
        return all.toByteArray();
    }
}
