package io.agentstation.gateway.keys;

import java.util.List;

/**
 * One operation of the API as the matrix of permissions knows it.
 *
 * @param name   method and path pattern
 * @param needed viewer, member, admin or station; or nobody's, when it needs no key
 * @param agents whether an agent's token opens it
 * @param body   one that is valid; empty for none
 */
record Operation(String name, String needed, boolean agents, String body) {

    static final String OPEN = "nobody's";

    /** Every operation that there is. */
    static List<Operation> all() {
        return List.of(
                reads("GET /api/agents"),
                changes("POST /api/agents", "{\"name\":\"%s\",\"image\":\"simulate/silent\"}"),
                reads("GET /api/agents/{id}"),
                changes("PATCH /api/agents/{id}", "{\"description\":\"matrix\"}"),
                reads("GET /api/agents/{id}/metrics"),
                reports("POST /api/agents/{id}/metrics", "{\"cpu_percent\":1,\"memory_mb\":1,\"requests_handled\":1}"),
                reads("GET /api/agents/{id}/heartbeats"),
                reports("POST /api/agents/{id}/heartbeat", "{\"mode\":\"IDLE\",\"uptime_seconds\":1}"),
                reads("GET /api/agents/{id}/logs"),
                reads("GET /api/agents/{id}/kubernetes"),
                reads("GET /api/agents/{id}/events"),
                reads("GET /api/agents/{id}/availability"),
                reads("GET /api/agents/{id}/policies"),
                changes("PUT /api/agents/{id}/policies", "{\"on_unhealthy\":\"none\"}"),
                new Operation("POST /api/agents/{id}/export", "viewer", false, "{}"),
                changes("POST /api/agents/{id}/scale", "{\"replicas\":2}"),
                changes("POST /api/agents/{id}/restart", ""),
                changes("POST /api/agents/{id}/drain", ""),
                reports("POST /api/agents/{id}/drained", ""),
                changes("POST /api/agents/{id}/resume", ""),
                new Operation("POST /api/agents/{id}/kill", "station", false, ""),
                changes("DELETE /api/agents/{id}", ""),
                reads("GET /api/policies"),
                changes("PUT /api/policies", "{\"on_unhealthy\":\"none\"}"),
                reads("GET /api/quota"),
                reads("GET /api/fleet"),
                new Operation("GET /api/health", OPEN, false, ""),
                reads("GET /api/webhooks"),
                changes("POST /api/webhooks", "{\"url\":\"https://hooks.example.com/matrix\"}"),
                reads("GET /api/webhooks/{id}"),
                changes("PATCH /api/webhooks/{id}", "{\"description\":\"matrix\"}"),
                reads("GET /api/webhooks/{id}/statistics"),
                reads("GET /api/webhooks/{id}/deliveries"),
                changes("POST /api/webhooks/{id}/test", ""),
                changes("POST /api/webhooks/{id}/rotate", ""),
                changes("POST /api/webhooks/{id}/deliveries/{delivery}/redeliver", ""),
                changes("POST /api/webhooks/{id}/replay", "{\"since\":\"2026-01-01T00:00:00Z\"}"),
                changes("DELETE /api/webhooks/{id}", ""),
                ofAdmins("GET /api/keys", ""),
                ofAdmins("POST /api/keys", "{\"name\":\"matrix\"}"),
                ofAdmins("GET /api/keys/{key_id}", ""),
                ofAdmins("PATCH /api/keys/{key_id}", "{\"name\":\"matrix\"}"),
                ofAdmins("POST /api/keys/{key_id}/rotate", ""),
                ofAdmins("POST /api/keys/{key_id}/revoke", ""),
                ofAdmins("DELETE /api/keys/{key_id}", ""),
                reads("GET /api/workspaces"),
                new Operation("POST /api/workspaces", "station", false, "{\"id\":\"%s\"}"),
                reads("GET /api/workspaces/{workspace_id}"),
                ofAdmins("GET /api/audit", ""));
    }

    private static Operation reads(String name) {
        return new Operation(name, "viewer", false, "");
    }

    private static Operation changes(String name, String body) {
        return new Operation(name, "member", false, body);
    }

    private static Operation reports(String name, String body) {
        return new Operation(name, "member", true, body);
    }

    private static Operation ofAdmins(String name, String body) {
        return new Operation(name, "admin", false, body);
    }

    boolean isOpen() {
        return needed.equals(OPEN);
    }

    /** Whether its path names one thing. */
    boolean namesAThing() {
        return name.contains("{");
    }

    String method() {
        return name.substring(0, name.indexOf(' '));
    }

    /** Its path, about these things. */
    String path(Things things) {
        String root = name.contains("/api/webhooks") ? things.webhook() : things.agent();
        return name.substring(name.indexOf(' ') + 1)
                .replace("{id}", root)
                .replace("{delivery}", things.agent())
                .replace("{key_id}", things.key())
                .replace("{workspace_id}", things.workspace());
    }

    /**
     * What a tenant has.
     *
     * @param key id of a key, not of one that is used here
     */
    record Things(String workspace, String agent, String webhook, String key) {}

    @Override
    public String toString() {
        return name;
    }
}
