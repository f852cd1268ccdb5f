package io.agentstation.cluster.workloads;

import tools.jackson.databind.node.ObjectNode;

/** Replica counts in a status. */
final class Counts {

    private Counts() {}

    /** Kubernetes leaves out counts of zero; a client has to cope, so it should meet that here. */
    static void put(ObjectNode status, String field, int count) {
        if (count > 0) {
            status.put(field, count);
        }
    }

    /**
     * An absolute or percent count, as in {@code maxSurge}.
     *
     * @param value a number, or a text such as {@code 25%}
     */
    static int of(tools.jackson.databind.JsonNode value, int total, boolean roundUp) {
        String text = value.asString("0");
        if (!text.matches("\\d{1,6}%")) {
            return value.asInt(0);
        }
        double share = Integer.parseInt(text.replace("%", "")) * total / 100.0;
        return (int) (roundUp ? Math.ceil(share) : Math.floor(share));
    }
}
