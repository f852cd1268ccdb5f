package io.agentstation.benchmarks.telemetry;

import io.agentstation.telemetry.TelemetryStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** telemetry-stream as it is delivered, in a process of its own; watched through its own metrics. */
final class Writer implements AutoCloseable {

    private final Jvm jvm;
    private final HttpRequest metrics;
    private final HttpClient client = HttpClient.newHttpClient();

    private Writer(Jvm jvm, int port) {
        this.jvm = jvm;
        this.metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
    }

    /** Starts it; its groups go on where they were. */
    static Writer start(Station station, Path output) throws IOException {
        int port = freePort();
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.kafka.bootstrap-servers=" + station.bootstrapServers(),
                "--station.store.contact-points="
                        + station.settings().contactPoints().get(0),
                "--station.store.local-datacenter=" + station.settings().localDatacenter(),
                "--station.store.keyspace=" + station.settings().keyspace(),
                // The question is about the writer alone.
                "--station.telemetry.streams.enabled=false",
                "--station.telemetry.metrics.port=" + port));
        List.of(System.getProperty("station.benchmark.writer", "").split(" ", -1)).stream()
                .filter(argument -> !argument.isBlank())
                .forEach(arguments::add);
        return new Writer(Jvm.start(TelemetryStream.class, output, arguments), port);
    }

    /** Rows of the table that it has written since it started. */
    long rows(Kind kind) throws IOException, InterruptedException {
        return (long) number("station_telemetry_rows_total\\{table=\"" + kind.table() + "\"} (\\S+)");
    }

    /** The mean number of rows in a statement. */
    double rowsInAStatement(Kind kind) throws IOException, InterruptedException {
        return rows(kind)
                / Math.max(
                        1, number("station_telemetry_statement_rows_count\\{table=\"" + kind.table() + "\"} (\\S+)"));
    }

    long pid() {
        return jvm.pid();
    }

    private double number(String pattern) throws IOException, InterruptedException {
        jvm.requireAlive();
        try {
            String page =
                    client.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
            Matcher found = Pattern.compile(pattern).matcher(page);
            return found.find() ? Double.parseDouble(found.group(1)) : 0;
        } catch (java.net.ConnectException notYet) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
