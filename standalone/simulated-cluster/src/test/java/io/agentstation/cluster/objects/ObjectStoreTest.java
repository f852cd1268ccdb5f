package io.agentstation.cluster.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class ObjectStoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = new ObjectStore(new ObjectFiles(directory), CLOCK);
    }

    @Test
    void aReloadKeepsEverythingAndTheVersionsRise() {
        ClusterObject kept = create("kept");
        store.delete(create("deleted").key(), Deletion.BACKGROUND);
        long last = store.version();

        open();

        assertThat(store.get(kept.key())).contains(kept);
        assertThat(store.list(ResourceKind.CONFIG_MAP, Optional.empty())).containsExactly(kept);
        assertThat(create("next").resourceVersion()).isGreaterThan(last);
    }

    @Test
    void whatAKillLeavesBehindIsClearedAway() throws IOException {
        ClusterObject whole = create("whole");
        Path unfinished = Files.writeString(directory.resolve("unfinished").resolve("x"), "{\"half");
        Files.writeString(directory.resolve("objects/core/configmaps/agents/broken.json"), "{\"half");

        open();

        assertThat(unfinished).doesNotExist();
        assertThat(store.all()).containsExactly(whole);
    }

    @Test
    void aChangeThatChangesNothingKeepsTheVersion() {
        ClusterObject object = create("a");

        ClusterObject after = store.update(object.key(), json -> data(json, "x"), false);
        ClusterObject again = store.update(object.key(), json -> data(json, "x"), false);

        assertThat(after.resourceVersion()).isGreaterThan(object.resourceVersion());
        assertThat(again.resourceVersion()).isEqualTo(after.resourceVersion());
    }

    @Test
    void aWriterCannotChangeTheIdentity() {
        ClusterObject object = create("a");

        ClusterObject after = store.update(
                object.key(),
                json -> {
                    ObjectNode metadata = json.withObjectProperty("metadata");
                    metadata.put("uid", "other").put("creationTimestamp", "1999-01-01T00:00:00Z");
                    metadata.put("deletionTimestamp", "1999-01-01T00:00:00Z");
                    return data(json, "x");
                },
                false);

        assertThat(after.uid()).isEqualTo(object.uid());
        assertThat(after.isDeleting()).isFalse();
        assertThat(after.json().path("metadata").path("creationTimestamp"))
                .isEqualTo(object.json().path("metadata").path("creationTimestamp"));
    }

    @Test
    void aFinalizerHoldsADeletedObjectUntilItIsTakenAway() {
        ClusterObject held = store.update(
                create("a").key(),
                json -> {
                    json.withObjectProperty("metadata").putArray("finalizers").add("x");
                    return json;
                },
                false);

        store.delete(held.key(), Deletion.BACKGROUND);
        boolean marked = store.require(held.key()).isDeleting();
        store.update(
                held.key(),
                json -> {
                    json.withObjectProperty("metadata").remove("finalizers");
                    return json;
                },
                false);

        assertThat(marked).isTrue();
        assertThat(store.get(held.key())).isEmpty();
    }

    @Test
    void aDeletionsPreconditionsMustHold() {
        ClusterObject object = create("a");
        Deletion old = new Deletion(
                Optional.empty(), Optional.of("999999"), Deletion.Propagation.BACKGROUND, Optional.empty(), false);

        assertThatExceptionOfType(ApiFailure.class)
                .isThrownBy(() -> store.delete(object.key(), old))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(409));
    }

    @Test
    void aWatchMissesNothingAfterItsVersion() {
        create("before");
        long version = store.version();
        ClusterObject missed = create("missed");
        List<String> seen = new ArrayList<>();

        store.watch(
                ResourceKind.CONFIG_MAP,
                Optional.of(version),
                change -> seen.add(change.type() + " " + change.object().name()));
        store.delete(missed.key(), Deletion.BACKGROUND);

        assertThat(seen).containsExactly("ADDED missed", "DELETED missed");
    }

    @Test
    void aWatchFromAnEarlierLifeIsToldToListAgain() {
        create("a");
        open();

        assertThatExceptionOfType(ApiFailure.class)
                .isThrownBy(() -> store.watch(ResourceKind.CONFIG_MAP, Optional.of(1L), change -> {}))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(410));
    }

    @Test
    void orphaningTakesTheReferenceAway() {
        ClusterObject owner = create("owner");
        ObjectNode dependent = ClusterObject.blank(key("dependent"));
        dependent
                .withObjectProperty("metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .put("name", "owner")
                .put("uid", owner.uid());
        store.create(new ClusterObject(ResourceKind.CONFIG_MAP, dependent), false);

        store.delete(owner.key(), Deletion.BACKGROUND.with(Deletion.Propagation.ORPHAN));

        assertThat(store.require(key("dependent")).owners()).isEmpty();
    }

    private ClusterObject create(String name) {
        return store.create(new ClusterObject(ResourceKind.CONFIG_MAP, ClusterObject.blank(key(name))), false);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey(ResourceKind.CONFIG_MAP, "agents", name);
    }

    private static ObjectNode data(ObjectNode json, String value) {
        json.withObjectProperty("data").put("key", value);
        return json;
    }
}
