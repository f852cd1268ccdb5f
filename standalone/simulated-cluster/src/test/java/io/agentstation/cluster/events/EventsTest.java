package io.agentstation.cluster.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectFiles;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are kept for an hour after they happened last. */
class EventsTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private ObjectStore store;
    private ClusterObject about;

    @BeforeEach
    void open() {
        store = new ObjectStore(new ObjectFiles(directory), clock);
        store.create(blank(ResourceKind.NAMESPACE, "", "agents"), false);
        about = store.create(blank(ResourceKind.CONFIG_MAP, "agents", "subject"), false);
    }

    @Test
    void anEventThatHasNotHappenedForAnHourGoes() {
        Events events = new Events(store, clock);
        say(events, "Early");
        after(Duration.ofMinutes(30));
        say(events, "Late");

        after(Duration.ofMinutes(31));
        say(events, "Now");

        assertThat(reasons()).containsExactlyInAnyOrder("Late", "Now");
    }

    @Test
    void oneThatHappenedAgainStays() {
        Events events = new Events(store, clock);
        say(events, "Early");
        after(Duration.ofMinutes(30));
        say(events, "Early");

        after(Duration.ofMinutes(31));
        say(events, "Now");

        assertThat(reasons()).containsExactlyInAnyOrder("Early", "Now");
    }

    @Test
    void whatWasWrittenBeforeARestartOrByOthersGoesWithinTwoHours() {
        say(new Events(store, clock), "BeforeTheRestart");
        after(Duration.ofMinutes(1));
        Events events = new Events(store, clock);
        say(events, "Early");
        store.create(written("ByOthers", now.toString()), false);
        after(Duration.ofMinutes(61));
        say(events, "Now");
        assertThat(reasons()).doesNotContain("BeforeTheRestart", "Early", "ByOthers");

        store.create(written("ByOthersToo", now.toString()), false);
        after(Duration.ofMinutes(59));
        say(events, "Now");
        after(Duration.ofMinutes(61));
        say(events, "Now");

        assertThat(reasons()).containsExactly("Now");
    }

    @Test
    void aTimeThatNobodyCanReadIsNoReasonToDeleteOrToFail() {
        Events events = new Events(store, clock);
        store.create(written("Unreadable", "yesterday"), false);

        say(events, "Now");
        after(Duration.ofMinutes(30));
        say(events, "Now");

        assertThat(reasons()).containsExactlyInAnyOrder("Unreadable", "Now");
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private void say(Events events, String reason) {
        events.from("test").normal(about, reason, "said");
    }

    private Iterable<String> reasons() {
        return store.list(ResourceKind.EVENT, Optional.empty()).stream()
                .map(event -> event.json().path("reason").asString())
                .toList();
    }

    private static ClusterObject written(String reason, String last) {
        ClusterObject event = blank(ResourceKind.EVENT, "agents", reason.toLowerCase(java.util.Locale.ROOT));
        return new ClusterObject(
                ResourceKind.EVENT, event.json().put("reason", reason).put(EventBody.LAST, last));
    }

    private static ClusterObject blank(ResourceKind kind, String namespace, String name) {
        return new ClusterObject(kind, ClusterObject.blank(new ObjectKey(kind, namespace, name)));
    }
}
