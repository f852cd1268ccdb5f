package io.agentstation.standalone.startup;

import io.agentstation.gateway.ticks.TickGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The services, each a Spring application of its own in this process.
 *
 * @param behind those that work on what the API accepts
 * @param api the one that people and agents talk to
 */
public record Services(List<Service> behind, Service api) {

    /** Starts all at the same time; when the last is ready, the API's gateway begins to tick. Returns the API's context. */
    ConfigurableApplicationContext start(Map<String, Object> properties, Progress progress, RunningParts parts) {
        CompletableFuture<ConfigurableApplicationContext> gateway = new CompletableFuture<>();
        List<Callable<?>> lanes = new ArrayList<>();
        behind.forEach(service -> lanes.add(() -> run(service, properties, progress, parts, StopOrder.SERVICES)));
        lanes.add(() -> gateway.complete(run(api, properties, progress, parts, StopOrder.API)));
        InParallel.run(lanes);
        // Only now: before every service is ready no agent is to be judged.
        gateway.join().getBean(TickGate.class).open();
        return gateway.join();
    }

    private static ConfigurableApplicationContext run(
            Service service, Map<String, Object> properties, Progress progress, RunningParts parts, StopOrder order) {
        ConfigurableApplicationContext context =
                progress.step(service.name(), () -> service.start().apply(properties));
        parts.add(order, service.name(), context);
        return context;
    }
}
