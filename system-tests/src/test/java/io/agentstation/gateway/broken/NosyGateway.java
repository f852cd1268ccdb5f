package io.agentstation.gateway.broken;

import io.agentstation.telemetry.TelemetryStream;
import java.util.Map;

/** Starts another service itself. */
public final class NosyGateway {

    private NosyGateway() {}

    static void start() {
        TelemetryStream.start(Map.of()).close();
    }
}
