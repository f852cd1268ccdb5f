package io.agentstation.webhooks.lanes;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.store.webhooks.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoints answer again after they have failed, as this dispatcher has seen or as another has noted with the
 * subscription; what waits for them here is then woken. A shortcut only: each lane has a time of its own, to which it is left
 * when the endpoint fails again, when something cannot be read, or when this dispatcher ends.
 */
final class Recoveries {

    private static final Logger log = LoggerFactory.getLogger(Recoveries.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(15);
    private static final int MOST_LOOKS = 100;

    private record Ailing(WorkspaceId workspace, UUID webhook, Instant failedAt, Instant lookAt) {}

    private final Map<UUID, Ailing> ailing = new ConcurrentHashMap<>();
    private final Map<UUID, Recovery> recovering = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> begun = new ConcurrentHashMap<>();
    private final LaneTables tables;
    private final EndpointGates gates;
    private final int width;

    /**
     * Recoveries.
     *
     * @param width most attempts at a time with an endpoint while lanes are woken for it; 0 wakes none
     */
    Recoveries(LaneTables tables, EndpointGates gates, int width) {
        this.tables = tables;
        this.gates = gates;
        this.width = width;
    }

    /** Notes that an endpoint answers again; no sooner than ten seconds after it did so before. */
    void answers(UUID webhook, Instant now) {
        ailing.remove(webhook);
        if (width > 0) {
            recovering.computeIfAbsent(webhook, id -> {
                Instant before = begun.getOrDefault(id, Instant.MIN);
                Instant from = before.isAfter(now.minus(PAUSE)) ? before.plus(PAUSE) : now;
                begun.put(id, from);
                return new Recovery(id, gates.of(id), width, from);
            });
        }
    }

    /** Notes that an endpoint fails: whether another dispatcher gets through to it is looked at now and then. */
    void fails(Webhook webhook, Instant now) {
        ailing.compute(
                webhook.id(),
                (id, known) -> new Ailing(
                        webhook.workspace(), id, now, known == null ? now.plus(LOOK_EVERY) : known.lookAt()));
    }

    /** Goes on with all of them, over these partitions; returns at once. */
    void tick(Collection<ShardLanes> shards, Instant now) {
        recovering.values().forEach(recovery -> {
            if (recovery.isOver(shards, now)) {
                recovering.remove(recovery.webhook(), recovery);
            }
        });
        if (width > 0) {
            lookAround(now);
        }
        begun.values().removeIf(from -> from.isBefore(now.minus(PAUSE)));
    }

    private void lookAround(Instant now) {
        List<Ailing> due = ailing.values().stream()
                .filter(each -> !each.lookAt().isAfter(now))
                .sorted(Comparator.comparing(Ailing::lookAt))
                .limit(MOST_LOOKS)
                .toList();
        for (Ailing each : due) {
            ailing.computeIfPresent(
                    each.webhook(),
                    (id, known) -> new Ailing(known.workspace(), id, known.failedAt(), now.plus(LOOK_EVERY)));
            look(each, now);
        }
    }

    private void look(Ailing each, Instant now) {
        UUID id = each.webhook();
        var unused = tables.webhooks().findAsync(each.workspace(), id).whenComplete((found, failure) -> {
            if (failure != null) {
                log.atInfo()
                        .addKeyValue("webhook", id)
                        .setCause(failure)
                        .log("Whether an endpoint answers again is not known, and is looked at later");
            } else if (found.filter(Webhook::enabled).isEmpty()) {
                ailing.remove(id);
            } else if (answersElsewhere(found.get(), each.failedAt())) {
                answers(id, now);
            }
        });
    }

    private static boolean answersElsewhere(Webhook webhook, Instant failedAt) {
        Instant success = webhook.lastSuccessAt();
        return webhook.failingSince() == null && success != null && success.isAfter(failedAt);
    }
}
