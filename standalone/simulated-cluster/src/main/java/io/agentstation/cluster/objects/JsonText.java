package io.agentstation.cluster.objects;

import io.agentstation.cluster.apply.Json;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** A JSON object as compressed text; its tree is read when it is asked for, and kept for no longer than others hold it. */
final class JsonText {

    private static final Map<String, Dictionary> DICTIONARIES = new ConcurrentHashMap<>();

    private final Deflated utf8;
    private volatile WeakReference<ObjectNode> tree = new WeakReference<>(null);

    private JsonText(ObjectNode tree, byte[] utf8) {
        String kind = tree.path("kind").asString("");
        byte[] dictionary =
                DICTIONARIES.computeIfAbsent(kind, each -> new Dictionary()).next(utf8);
        this.utf8 = Deflated.of(utf8, dictionary);
    }

    /** The text of a tree as it is now. */
    static JsonText of(ObjectNode tree) {
        return new JsonText(tree, Json.mapper().writeValueAsBytes(tree));
    }

    /**
     * What a file holds.
     *
     * @throws tools.jackson.core.JacksonException when it is not a JSON object
     */
    static JsonText read(byte[] utf8) {
        return new JsonText(Json.mapper().readValue(utf8, ObjectNode.class), utf8);
    }

    byte[] utf8() {
        return utf8.bytes();
    }

    /** The tree as if read from text: numbers put by code compare equal to those of a request. */
    ObjectNode tree() {
        ObjectNode known = tree.get();
        if (known != null) {
            return known;
        }
        ObjectNode read = Json.mapper().readValue(utf8.bytes(), ObjectNode.class);
        tree = new WeakReference<>(read);
        return read;
    }
}
