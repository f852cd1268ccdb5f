package io.agentstation.provisioner.cluster;

import io.agentstation.contracts.inspection.LogLine;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.fabric8.kubernetes.client.dsl.TailPrettyLoggable;
import io.fabric8.kubernetes.client.dsl.TimeTailPrettyLoggable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What containers have printed, as the cluster keeps it: the last start and the one before. Thread-safe. */
public final class ContainerLogs {

    // Has not started, has no earlier start, is gone: nothing is there to be read.
    private static final Set<Integer> NOTHING_THERE = Set.of(400, 404);

    // Kubernetes keeps lines of any length.
    private static final int LONGEST_LINE = 16 * 1024;

    private final KubernetesClient client;
    private final String namespace;

    /** Of the pods in this namespace. */
    public ContainerLogs(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * The newest lines of a start, oldest first. Read as a whole: a stream that is closed when its last byte has been read
     * is cancelled by the client, which then may close the connection under the next request that it has already lent it to.
     *
     * @param isNewest whether the container has not been started again since
     * @throws ClusterFailure when the cluster refuses or does not answer
     */
    public List<LogLine> tail(ContainerStart start, boolean isNewest, Optional<Instant> since, int lines) {
        List<LogLine> found = new ArrayList<>();
        try {
            String log = loggable(start, isNewest, since, lines).getLog();
            read(new StringReader(log), start, since, found::add);
        } catch (KubernetesClientException e) {
            if (!NOTHING_THERE.contains(e.getCode())) {
                throw ApiErrors.translate("read the log of Pod " + start.pod(), e);
            }
        } catch (IOException e) {
            throw new ClusterFailure.Transient("The log of Pod " + start.pod() + " broke off", e);
        }
        return found;
    }

    /**
     * Hands over every line of the newest start from {@code since} on as it is printed; returns when it has ended.
     *
     * @throws ClusterFailure when the cluster refuses or the connection breaks
     */
    public void follow(ContainerStart start, Optional<Instant> since, Consumer<LogLine> sink) {
        try {
            followToItsEnd(loggable(start, true, since, Integer.MAX_VALUE).watchLog(), start, since, sink);
        } catch (KubernetesClientException e) {
            if (!NOTHING_THERE.contains(e.getCode())) {
                throw ApiErrors.translate("follow the log of Pod " + start.pod(), e);
            }
        } catch (IOException e) {
            throw new ClusterFailure.Transient("The log of Pod " + start.pod() + " broke off", e);
        }
    }

    /** Closes only what has not ended: see {@link #tail}. */
    private static void followToItsEnd(
            LogWatch watch, ContainerStart start, Optional<Instant> since, Consumer<LogLine> sink) throws IOException {
        boolean ended = false;
        try {
            read(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8), start, since, sink);
            ended = true;
        } finally {
            if (!ended) {
                watch.close();
            }
        }
    }

    private Loggable loggable(ContainerStart start, boolean isNewest, Optional<Instant> since, int lines) {
        ContainerResource container = client.pods()
                .inNamespace(namespace)
                .withName(start.pod())
                .inContainer(start.container())
                .withReadyWaitTimeout(0);
        TimeTailPrettyLoggable timed = container.usingTimestamps();
        if (!isNewest) {
            timed = container.usingTimestamps().terminated();
        }
        // The API server takes whole seconds.
        String second = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse(null);
        TailPrettyLoggable from = second == null ? timed : timed.sinceTime(second);
        return lines == Integer.MAX_VALUE ? from : from.tailingLines(lines);
    }

    private static void read(Reader log, ContainerStart start, Optional<Instant> since, Consumer<LogLine> sink)
            throws IOException {
        BufferedReader reader = new BufferedReader(log);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            parse(line, start)
                    .filter(parsed -> since.isEmpty() || !parsed.at().isBefore(since.get()))
                    .ifPresent(sink);
        }
    }

    /** A line begins with its time; what does not is the API server's own remark. */
    private static Optional<LogLine> parse(String line, ContainerStart start) {
        int space = line.indexOf(' ');
        String time = space < 0 ? line : line.substring(0, space);
        String text = space < 0 ? "" : line.substring(space + 1);
        try {
            return Optional.of(new LogLine(
                    Instant.parse(time),
                    start.pod(),
                    start.container(),
                    start.restart(),
                    text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "..."));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
