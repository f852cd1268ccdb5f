package io.agentstation.guarantees.processes;

import io.agentstation.guarantees.StationClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What all tests that start a gateway by itself must know. */
public final class GatewayProcess {

    /** Its main class. */
    public static final String MAIN = "io.agentstation.gateway.ApiGateway";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(150);

    private GatewayProcess() {}

    /** Waits until it answers. */
    public static void awaitAnswers(ServiceProcess gateway, String url) {
        StationClient client = new StationClient(url, "none");
        Awaitility.await("answers from " + url)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    gateway.requireWorking();
                    return client.get("/api/health").status() > 0;
                });
    }
}
