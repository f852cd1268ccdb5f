package io.agentstation.cluster.apply;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The owners of an object's fields, read from and written to {@code metadata.managedFields}. */
final class ManagedFields {

    private record Entry(String apiVersion, String time, FieldSet fields) {}

    private final Map<FieldOwner, Entry> entries = new LinkedHashMap<>();

    private ManagedFields() {}

    static ManagedFields of(JsonNode object) {
        ManagedFields managed = new ManagedFields();
        for (JsonNode json : object.path("metadata").path("managedFields")) {
            managed.entries.put(
                    FieldOwner.of(json),
                    new Entry(
                            json.path("apiVersion").asString(""),
                            json.path("time").asString(""),
                            FieldSet.fromFieldsV1(json.path("fieldsV1"))));
        }
        return managed;
    }

    FieldSet of(FieldOwner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? FieldSet.EMPTY : entry.fields();
    }

    String apiVersion(FieldOwner owner) {
        Entry entry = entries.get(owner);
        return entry == null ? "" : entry.apiVersion();
    }

    /** What anybody but this owner owns. */
    FieldSet ofOthers(FieldOwner owner) {
        return others(owner).values().stream().reduce(FieldSet.EMPTY, FieldSet::union);
    }

    Map<FieldOwner, FieldSet> others(FieldOwner owner) {
        Map<FieldOwner, FieldSet> others = new LinkedHashMap<>();
        entries.forEach((other, entry) -> {
            if (!other.equals(owner)) {
                others.put(other, entry.fields());
            }
        });
        return others;
    }

    /** The owner's fields become these; an owner of nothing leaves. Unchanged fields keep their time. */
    void set(FieldOwner owner, FieldSet fields, String apiVersion, Instant now) {
        Entry old = entries.get(owner);
        if (fields.isEmpty()) {
            entries.remove(owner);
        } else if (old == null
                || !old.fields().equals(fields)
                || !old.apiVersion().equals(apiVersion)) {
            String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
            entries.put(owner, new Entry(apiVersion, time, fields));
        }
    }

    /** Changes what everybody but this owner owns; who owns nothing afterwards leaves. */
    void changeOthers(FieldOwner owner, UnaryOperator<FieldSet> change) {
        others(owner).forEach((other, fields) -> {
            FieldSet changed = change.apply(fields);
            Entry entry = entries.get(other);
            if (changed.isEmpty()) {
                entries.remove(other);
            } else if (entry != null) {
                entries.put(other, new Entry(entry.apiVersion(), entry.time(), changed));
            }
        });
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode list = Json.array();
        entries.forEach((owner, entry) -> {
            ObjectNode json = list.addObject();
            json.put("manager", owner.manager());
            json.put("operation", owner.operation());
            json.put("apiVersion", entry.apiVersion());
            json.put("time", entry.time());
            json.put("fieldsType", "FieldsV1");
            json.set("fieldsV1", entry.fields().toFieldsV1());
            if (!owner.subresource().isEmpty()) {
                json.put("subresource", owner.subresource());
            }
        });
        metadata.set("managedFields", list);
    }
}
