package io.agentstation.gateway.fuzz;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.openapi.Contract;
import io.agentstation.gateway.openapi.Operation;
import io.agentstation.gateway.openapi.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Real ids and credentials for requests, so many of each that a request may ruin one. */
final class Supply {

    private static final int AGENTS = 6;
    private static final int WEBHOOKS = 10;

    private final Map<String, List<String>> paths = new HashMap<>();
    private final List<String> agents = new ArrayList<>();
    private final List<String> ended;
    private final String user;
    private final String station;
    private final String stranger;
    private final String tenant;

    Supply(Targets targets, Station station, WorkspaceId workspace) {
        this.user = credential(station.http(workspace));
        this.station = credential(station.http(workspace, "station"));
        this.stranger = credential(station.tenant());
        this.tenant = targets.tenant();
        for (int i = 0; i < AGENTS; i++) {
            agents.add(targets.active().toString());
        }
        this.ended = List.of(targets.ended().toString(), targets.fresh().toString());
        List<String> webhooks = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            webhooks.add(targets.webhook().toString());
        }
        for (Operation operation : Contract.get().operations()) {
            paths.put(operation.id(), paths(operation, targets, webhooks));
        }
    }

    private static String credential(Http client) {
        return java.util.Objects.requireNonNull(client.credential());
    }

    private List<String> paths(Operation operation, Targets targets, List<String> webhooks) {
        boolean own = List.of("deleteAgent", "killAgent", "endDrain", "deleteWebhook", "redeliver")
                        .contains(operation.id())
                || operation.path().contains("_id}");
        if (own) {
            return List.of(targets.path(operation), targets.path(operation));
        }
        List<String> ids = operation.path().startsWith("/api/webhooks/") ? webhooks : agents;
        return ids.stream()
                .map(id -> operation.path().replace("{id}", id))
                .distinct()
                .toList();
    }

    /** A path with ids of what is there. */
    String livePath(Operation operation, Random random) {
        return pick(paths.getOrDefault(operation.id(), List.of(operation.path())), random);
    }

    /** A path with any id. */
    String anyPath(Operation operation, Random random) {
        String id = switch (random.nextInt(4)) {
            case 0 -> pick(ended, random);
            case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 2 -> "not-a-uuid";
            default -> pick(agents, random).toUpperCase(java.util.Locale.ROOT);
        };
        return random.nextInt(3) > 0
                ? livePath(operation, random)
                : operation.path().replaceAll("\\{[a-z_]+}", id);
    }

    /** The id of a workspace that there is. */
    String tenant() {
        return tenant;
    }

    /** The credential of who may do it. */
    String credential(Operation operation) {
        return Targets.isForTheStation(operation) ? station : user;
    }

    /** Any credential. */
    String anyCredential(Operation operation, Random random) {
        return pick(List.of(credential(operation), user, stranger, station, "sta_wrong", "agt_wrong", ""), random);
    }

    private static String pick(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
