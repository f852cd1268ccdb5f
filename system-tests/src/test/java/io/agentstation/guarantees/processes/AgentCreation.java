package io.agentstation.guarantees.processes;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.guarantees.StationClient;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Makes agents through the API, several at a time. */
public final class AgentCreation {

    private static final int AT_A_TIME = 8;

    private final StationClient client;

    public AgentCreation(StationClient client) {
        this.client = client;
    }

    /** Makes so many and returns their uuids. */
    public List<AgentId> make(int count) {
        ExecutorService hands = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            Callable<AgentId> one = () -> AgentId.of(client.create("agent-" + UUID.randomUUID()));
            return hands.invokeAll(IntStream.range(0, count).mapToObj(i -> one).toList()).stream()
                    .map(AgentCreation::made)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while agents were made", e);
        } finally {
            hands.shutdownNow();
        }
    }

    private static AgentId made(Future<AgentId> creation) {
        try {
            return creation.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an agent was not made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while agents were made", e);
        }
    }
}
