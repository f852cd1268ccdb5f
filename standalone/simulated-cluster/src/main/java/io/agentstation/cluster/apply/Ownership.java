package io.agentstation.cluster.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-side apply and the ownership it rests on (KEP-555; the Kubernetes documentation, "Server-Side Apply").
 *
 * <p>Pure: arguments are not changed. Object metadata that the API server sets is not its business.
 */
public final class Ownership {

    private Ownership() {}

    /**
     * Who asks for a write.
     *
     * @param apiVersion of the request, recorded with the fields
     * @param subresource {@code status}, {@code scale} or empty
     */
    public record Writer(String manager, String apiVersion, String subresource, Instant now) {

        Scope scope() {
            return subresource.equals("status") ? Scope.STATUS : Scope.MAIN;
        }
    }

    /**
     * The live object with a configuration applied: the manager's fields set and owned, the fields it dropped gone
     * unless somebody else owns them.
     *
     * @param live the object as it is; for a new object its identity only
     * @throws ApplyConflict without force, when a field would change that another manager owns
     */
    public static ObjectNode apply(ObjectNode live, ObjectNode configuration, Writer writer, boolean force) {
        FieldOwner owner = new FieldOwner(writer.manager(), FieldOwner.APPLY, writer.subresource());
        ManagedFields managed = ManagedFields.of(live);
        FieldSet applied = Fields.owned(configuration, writer.scope());
        FieldSet contested = applied.filter(path -> differs(path, live, configuration));
        List<ApplyConflict.Cause> conflicts = conflicts(managed, owner, contested);
        if (!conflicts.isEmpty() && !force) {
            throw new ApplyConflict(conflicts);
        }
        ObjectNode merged = Merge.of(live, part(configuration, writer.scope()));
        FieldSet dropped = managed.of(owner).minus(applied);
        // A contested field has a new value, so its old owners lose it; a field of equal value is owned together.
        managed.changeOthers(owner, fields -> fields.minus(contested));
        managed.set(owner, applied, writer.apiVersion(), writer.now());
        drop(merged, dropped, managed.ofOthers(owner), applied);
        managed.writeTo(merged);
        return merged;
    }

    /**
     * The ownership after a write that was no apply: the writer owns what it changed, nobody owns what it removed.
     *
     * @param after the object as the writer wants it, with the ownership of {@code before}
     */
    public static ObjectNode updated(ObjectNode before, ObjectNode after, Writer writer) {
        FieldOwner owner = new FieldOwner(writer.manager(), FieldOwner.UPDATE, writer.subresource());
        ManagedFields managed = ManagedFields.of(before);
        FieldSet changed = Fields.changed(before, after, writer.scope());
        FieldSet there = Fields.owned(after, writer.scope());
        FieldSet removed = Fields.owned(before, writer.scope()).minus(there);
        managed.changeOthers(
                owner,
                fields -> fields.minus(changed.filter(path -> !path.isItem())).minus(removed));
        managed.set(owner, managed.of(owner).minus(removed).union(changed), writer.apiVersion(), writer.now());
        ObjectNode result = after.deepCopy();
        managed.writeTo(result);
        return result;
    }

    private static ObjectNode part(ObjectNode configuration, Scope scope) {
        ObjectNode part = configuration.deepCopy();
        if (scope == Scope.STATUS) {
            part.retain("status");
        } else {
            part.remove("status");
        }
        if (part.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return part;
    }

    private static boolean differs(FieldPath path, JsonNode live, JsonNode configuration) {
        Optional<JsonNode> value = path.in(live);
        return !path.isItem() && value.isPresent() && !value.equals(path.in(configuration));
    }

    private static List<ApplyConflict.Cause> conflicts(ManagedFields managed, FieldOwner owner, FieldSet contested) {
        List<ApplyConflict.Cause> conflicts = new ArrayList<>();
        managed.others(owner)
                .forEach((other, fields) -> contested.stream()
                        .filter(fields::contains)
                        .forEach(path -> conflicts.add(
                                new ApplyConflict.Cause(other.describe(managed.apiVersion(other)), path.toString()))));
        return conflicts;
    }

    /**
     * From the top down, so that a list item goes as a whole, with what others filled into it. The keys of an item that
     * stays are no fields to drop.
     */
    private static void drop(ObjectNode merged, FieldSet dropped, FieldSet others, FieldSet applied) {
        dropped.stream()
                .sorted(Comparator.comparing((FieldPath path) -> path.steps().size()))
                .filter(path -> !path.isKey() && !others.reaches(path) && !applied.reaches(path))
                .forEach(path -> {
                    path.removeFrom(merged);
                    prune(merged, path.parent(), others.union(applied));
                });
    }

    /** An object or list that only held what was dropped goes too, unless somebody wants it empty. */
    private static void prune(ObjectNode merged, FieldPath path, FieldSet wanted) {
        boolean empty = path.in(merged)
                .filter(JsonNode::isContainer)
                .filter(JsonNode::isEmpty)
                .isPresent();
        if (!path.steps().isEmpty() && empty && !wanted.contains(path)) {
            path.removeFrom(merged);
            prune(merged, path.parent(), wanted);
        }
    }
}
