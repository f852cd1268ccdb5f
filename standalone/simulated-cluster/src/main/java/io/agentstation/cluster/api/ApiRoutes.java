package io.agentstation.cluster.api;

import io.agentstation.cluster.kubelet.PodLogs;
import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.RandomNames;
import java.time.Clock;

/** Which verb a request is, by its path and method. Streams (watch, follow) are not answered here. */
final class ApiRoutes {

    private final Reads reads;
    private final Writes writes;
    private final Scales scales;
    private final LogRequests logs;

    ApiRoutes(ObjectStore store, PodLogs podLogs, RandomNames names, Clock clock) {
        this.reads = new Reads(store, clock);
        this.writes = new Writes(store, names, clock);
        this.scales = new Scales(store, clock);
        this.logs = new LogRequests(store, podLogs, clock);
    }

    LogRequests logs() {
        return logs;
    }

    /** @throws ApiFailure when the request is refused */
    Answer answer(ApiRequest request) {
        boolean reading = request.method().equals("GET");
        return (reading ? Discovery.answer(request) : java.util.Optional.<Answer>empty())
                .orElseGet(() -> answer(Target.of(request.segments()).orElseThrow(ApiFailure::noSuchPath), request));
    }

    private Answer answer(Target target, ApiRequest request) {
        if (target.isCollection()) {
            return collection(target, request);
        }
        return switch (target.subresource()) {
            case "" -> object(target, request);
            case "status" -> status(target, request);
            case "scale" -> scale(target, request);
            case "log" -> log(target, request);
            default -> throw ApiFailure.noSuchPath();
        };
    }

    private Answer collection(Target target, ApiRequest request) {
        boolean everywhere = target.kind().namespaced() && target.namespace().isEmpty();
        return switch (request.method()) {
            case "GET" -> reads.list(target, request);
            case "POST" -> {
                refuse(everywhere);
                yield writes.create(target, request);
            }
            case "DELETE" -> {
                refuse(everywhere);
                yield writes.deleteAll(reads.select(target, request), request);
            }
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer object(Target target, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> reads.get(target, request);
            case "PUT" -> writes.replace(target, request);
            case "PATCH" -> writes.patch(target, request);
            case "DELETE" -> writes.delete(target, request);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer status(Target target, ApiRequest request) {
        if (!target.kind().hasStatus()) {
            throw ApiFailure.noSuchPath();
        }
        return switch (request.method()) {
            case "GET" -> reads.get(target, request);
            case "PUT" -> writes.replace(target, request);
            case "PATCH" -> writes.patch(target, request);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer scale(Target target, ApiRequest request) {
        if (!target.kind().isScalable()) {
            throw ApiFailure.noSuchPath();
        }
        return switch (request.method()) {
            case "GET" -> scales.get(target);
            case "PUT" -> scales.replace(target, request);
            case "PATCH" -> scales.patch(target, request);
            default -> throw ApiFailure.methodNotAllowed();
        };
    }

    private Answer log(Target target, ApiRequest request) {
        if (!target.kind().equals(io.agentstation.cluster.objects.ResourceKind.POD)) {
            throw ApiFailure.noSuchPath();
        }
        refuse(!request.method().equals("GET"));
        return logs.get(target, request);
    }

    private static void refuse(boolean when) {
        if (when) {
            throw ApiFailure.methodNotAllowed();
        }
    }
}
