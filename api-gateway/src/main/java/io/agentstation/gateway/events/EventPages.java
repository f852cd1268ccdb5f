package io.agentstation.gateway.events;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.history.PageQuery;
import io.agentstation.store.events.LifecycleEvents;
import io.agentstation.store.events.StoredEvent;
import io.agentstation.store.session.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Pages through an agent's events by their sequence. */
final class EventPages {

    /** So that a time in which nothing happened costs no more than this in one request. */
    private static final int MOST_READ = 5_000;

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

    /**
     * A part of the events, newest first.
     *
     * @param next the cursor of the next part, when there may be one
     */
    record Page(List<StoredEvent> events, Optional<String> next) {}

    private final LifecycleEvents events;

    EventPages(LifecycleEvents events) {
        this.events = events;
    }

    /** The sequence that a cursor means; empty when it is none. */
    static Optional<Long> cursor(String text) {
        return Optional.of(text)
                .filter(digits -> CURSOR.matcher(digits).matches())
                .map(Long::valueOf);
    }

    /** The page that is asked for. */
    CompletionStage<Page> page(AgentId agent, PageQuery<Long> query) {
        return new Search(events.before(agent, query.cursor().orElse(Long.MAX_VALUE)), query).run();
    }

    private static final class Search {

        private final Batches<StoredEvent> batches;
        private final PageQuery<Long> query;
        private final List<StoredEvent> found = new ArrayList<>();
        private long last;
        private int read;

        Search(Batches<StoredEvent> batches, PageQuery<Long> query) {
            this.batches = batches;
            this.query = query;
        }

        CompletionStage<Page> run() {
            return batches.next().thenCompose(batch -> {
                for (StoredEvent event : batch) {
                    if (found.size() == query.limit()) {
                        return goesOn();
                    }
                    last = event.sequence();
                    if (isWanted(event)) {
                        found.add(event);
                    }
                }
                read += batch.size();
                if (batch.isEmpty()) {
                    return CompletableFuture.completedStage(new Page(found, Optional.empty()));
                }
                return read < MOST_READ ? run() : goesOn();
            });
        }

        private CompletionStage<Page> goesOn() {
            return CompletableFuture.completedStage(new Page(found, Optional.of(Long.toString(last))));
        }

        private boolean isWanted(StoredEvent event) {
            return EventView.isShown(event)
                    && query.from().filter(event.occurredAt()::isBefore).isEmpty()
                    && query.to().filter(to -> !event.occurredAt().isBefore(to)).isEmpty();
        }
    }
}
