package io.agentstation.standalone.startup;

import io.agentstation.gateway.ticks.TickGate;
import io.agentstation.liveness.metrics.MetricsEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The services, each a Spring application of its own in this process.
 *
 * @param behind those that work on what the API accepts
 * @param api the one that people and agents talk to
 */
public record Services(List<Service> behind, Service api) {

    /**
     * Services that run.
     *
     * @param api     the API's environment
     * @param metrics where services show their figures, by the service's name
     */
    record Started(Environment api, Map<String, String> metrics) {}

    /**
     * Starts all at the same time; when the last is ready, the API's gateway begins to tick.
     *
     * @param ended completed with a sentence when a service cannot go on
     */
    Started start(
            Map<String, Object> properties, Progress progress, RunningParts parts, CompletableFuture<String> ended) {
        Map<String, String> metrics = new ConcurrentHashMap<>();
        CompletableFuture<ConfigurableApplicationContext> gateway = new CompletableFuture<>();
        List<Callable<?>> lanes = new ArrayList<>();
        behind.forEach(service -> lanes.add(() -> {
            var context = run(service, properties, progress, parts, StopOrder.SERVICES);
            watch(service.name(), context, ended);
            note(service, context, metrics);
            return true;
        }));
        lanes.add(() -> {
            var context = run(api, properties, progress, parts, StopOrder.API);
            note(api, context, metrics);
            return gateway.complete(context);
        });
        InParallel.run(lanes);
        // Only now: before every service is ready no agent is to be judged.
        gateway.join().getBean(TickGate.class).open();
        return new Started(gateway.join().getEnvironment(), Map.copyOf(metrics));
    }

    private static void note(Service service, ConfigurableApplicationContext context, Map<String, String> metrics) {
        Optional.ofNullable(context.getEnvironment().getProperty(MetricsEndpoint.URL_PROPERTY))
                .ifPresent(url -> metrics.put(service.name(), url));
    }

    static void watch(String service, ConfigurableApplicationContext context, CompletableFuture<String> ended) {
        context.addApplicationListener((AvailabilityChangeEvent<?> event) -> {
            if (event.getState() == LivenessState.BROKEN) {
                ended.complete(service + " cannot go on, so the station stops too; see logs/station.log");
            }
        });
    }

    private static ConfigurableApplicationContext run(
            Service service, Map<String, Object> properties, Progress progress, RunningParts parts, StopOrder order) {
        ConfigurableApplicationContext context =
                progress.step(service.name(), () -> service.start().apply(properties));
        parts.add(order, service.name(), context);
        return context;
    }
}
