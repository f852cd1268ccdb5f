package io.agentstation.standalone;

import io.agentstation.gateway.ApiGateway;
import io.agentstation.liveness.LivenessDetector;
import io.agentstation.provisioner.ProvisionerWorker;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.settings.UpSettings;
import io.agentstation.standalone.startup.Progress;
import io.agentstation.standalone.startup.RunningParts;
import io.agentstation.standalone.startup.Service;
import io.agentstation.standalone.startup.Services;
import io.agentstation.standalone.startup.StationStart;
import io.agentstation.standalone.tls.TlsFiles;
import io.agentstation.telemetry.TelemetryStream;
import io.agentstation.webhooks.WebhookDispatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a whole station in the foreground until it is told to stop or cannot go on. */
@Command(
        name = "up",
        description = "Starts everything on this machine and runs until Ctrl-C.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class UpCommand implements Callable<Integer> {

    private static final Services SERVICES = new Services(
            List.of(
                    new Service("provisioner-worker", ProvisionerWorker::start),
                    new Service("liveness-detector", LivenessDetector::start),
                    new Service("telemetry-stream", TelemetryStream::start),
                    new Service("webhook-dispatcher", WebhookDispatcher::start)),
            new Service("api-gateway", ApiGateway::start));

    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept.")
    private Path data = Path.of("station-data");

    @Option(names = "--port", paramLabel = "PORT", description = "The API's port; 0 picks a free one and keeps it.")
    private int port = 8080;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "The address on which the API listens.")
    private String bind = "127.0.0.1";

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "The API's certificate with its chain, PEM.")
    private @Nullable Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The certificate's private key, PEM.")
    private @Nullable Path tlsKey;

    @Option(names = "--insecure", description = "Lets --bind listen beyond this machine without TLS.")
    private boolean insecure;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "A real cluster, instead of a simulated one.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context to use of the kubeconfig.")
    private @Nullable String context;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Where the agents live on the cluster.")
    private String namespace = "agents";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets any property of any service; STATION_... environment variables do the same.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(System.out);
        RunningParts parts = new RunningParts();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts, progress), "stop"));
        properties.putAll(TlsFiles.properties(tlsCertificate, tlsKey));
        UpSettings settings = new UpSettings(data, port, bind, kubeconfig, context, namespace, properties);
        settings.requireEncryption(insecure);
        String why = new StationStart(settings, System.getenv(), progress, parts)
                .run(SERVICES)
                .join();
        throw new StationFailure(why);
    }

    private static void stop(RunningParts parts, Progress progress) {
        if (!parts.isEmpty()) {
            progress.say("Agent Station stops ...");
            parts.stop();
            progress.say("Agent Station has stopped");
        }
    }
}
