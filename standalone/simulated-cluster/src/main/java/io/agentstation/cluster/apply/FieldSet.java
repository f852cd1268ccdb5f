package io.agentstation.cluster.apply;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A set of fields, in the form that {@code managedFields} stores (KEP-555, FieldsV1). Immutable. */
final class FieldSet {

    static final FieldSet EMPTY = new FieldSet(new TreeSet<>());

    /** In FieldsV1 a field that has fields below it and is a member itself carries this child. */
    private static final String SELF = ".";

    private final SortedSet<FieldPath> paths;

    private FieldSet(SortedSet<FieldPath> paths) {
        this.paths = paths;
    }

    static FieldSet of(Collection<FieldPath> paths) {
        return new FieldSet(new TreeSet<>(paths));
    }

    Stream<FieldPath> stream() {
        return paths.stream();
    }

    boolean contains(FieldPath path) {
        return paths.contains(path);
    }

    /** Whether any member is this field or below it. */
    boolean reaches(FieldPath path) {
        return paths.stream().anyMatch(member -> member.startsWith(path));
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    FieldSet union(FieldSet other) {
        SortedSet<FieldPath> all = new TreeSet<>(paths);
        all.addAll(other.paths);
        return new FieldSet(all);
    }

    FieldSet minus(FieldSet other) {
        return filter(path -> !other.contains(path));
    }

    FieldSet filter(Predicate<FieldPath> kept) {
        return of(paths.stream().filter(kept).toList());
    }

    /** This set as a FieldsV1 tree. */
    ObjectNode toFieldsV1() {
        Branch root = new Branch();
        paths.forEach(root::add);
        return root.toJson();
    }

    /** The set that a FieldsV1 tree stands for. */
    static FieldSet fromFieldsV1(JsonNode tree) {
        SortedSet<FieldPath> found = new TreeSet<>();
        tree.propertyStream().forEach(child -> collect(FieldPath.ROOT.step(child.getKey()), child.getValue(), found));
        return new FieldSet(found);
    }

    private static void collect(FieldPath path, JsonNode tree, SortedSet<FieldPath> found) {
        if (tree.isEmpty() || tree.has(SELF)) {
            found.add(path);
        }
        tree.propertyStream()
                .filter(child -> !child.getKey().equals(SELF))
                .forEach(child -> collect(path.step(child.getKey()), child.getValue(), found));
    }

    private static final class Branch {

        private final Map<String, Branch> children = new TreeMap<>();
        private boolean member;

        private void add(FieldPath path) {
            Branch branch = this;
            for (String step : path.steps()) {
                branch = branch.children.computeIfAbsent(step, name -> new Branch());
            }
            branch.member = true;
        }

        private ObjectNode toJson() {
            ObjectNode json = Json.object();
            if (member && !children.isEmpty()) {
                json.putObject(SELF);
            }
            children.forEach((step, branch) -> json.set(step, branch.toJson()));
            return json;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet set && paths.equals(set.paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
