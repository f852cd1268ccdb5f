package io.agentstation.gateway.management;

import io.agentstation.gateway.health.GatewayHealth;
import io.agentstation.gateway.lifecycle.Waiters;
import io.agentstation.store.session.Store;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** How the gateway stands, as gauges that are read when somebody looks. Their meaning is in docs/gateway-metrics.md. */
final class GatewayFigures {

    GatewayFigures(MeterRegistry meters, Store store, Waiters waiters, GatewayHealth health) {
        Gauge.builder("station.gateway.waiting", waiters::count)
                .baseUnit("requests")
                .register(meters);
        flag(meters, "station.gateway.store.breaker.open", store::isRefusing);
        flag(meters, "station.gateway.ticking", health::isTicking);
        flag(meters, "station.gateway.detector.blind", health::isDetectorBlind);
    }

    private static void flag(MeterRegistry meters, String name, BooleanSupplier isSet) {
        Gauge.builder(name, () -> isSet.getAsBoolean() ? 1 : 0).register(meters);
    }
}
