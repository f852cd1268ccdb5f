package io.agentstation.standalone;

import io.agentstation.provisioner.preflight.Finding;
import io.agentstation.standalone.preflight.ClusterPreflight;
import io.agentstation.standalone.settings.UpSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a real cluster lacks, one sentence for each thing, and changes nothing on it. */
@Command(
        name = "check",
        description =
                "Says what a cluster lacks for a station's agents; changes nothing. Exit code 1 if it lacks anything.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CheckCommand implements Callable<Integer> {

    @Option(names = "--kubeconfig", paramLabel = "FILE", required = true, description = "The cluster.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context to use of the kubeconfig.")
    private @Nullable String context;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Where the agents are to live.")
    private String namespace = "agents";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A property, as given to up.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        UpSettings settings =
                new UpSettings(Path.of("unused"), 0, "127.0.0.1", kubeconfig, context, namespace, properties);
        List<Finding> findings = ClusterPreflight.run(settings, System.getenv());
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.printf("%-8s %s%n", word(finding), finding.sentence()));
        long problems = findings.stream().filter(Finding::isFatal).count();
        long lacking = findings.stream().filter(Finding::isProblem).count() - problems;
        out.println(
                problems + lacking == 0
                        ? "The cluster lacks nothing."
                        : "%d that keep a station from starting, %d that agents will miss."
                                .formatted(problems, lacking));
        out.flush();
        return problems + lacking == 0 ? 0 : 1;
    }

    private static String word(Finding finding) {
        return switch (finding.severity()) {
            case OK -> "ok";
            case WARNING -> "warning";
            case FATAL -> "problem";
        };
    }
}
