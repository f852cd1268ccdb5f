package io.agentstation.gateway.inspection;

import io.agentstation.contracts.inspection.InspectionPaths;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.contracts.wire.Wire;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines that a provisioner answers, one JSON object on each line of its answer. */
final class LogStream {

    private LogStream() {}

    static List<LogLine> all(InputStream answer) throws IOException {
        List<LogLine> lines = new ArrayList<>();
        BufferedReader reader = reader(answer);
        for (String json = next(reader); !json.equals(InspectionPaths.END); json = next(reader)) {
            if (!json.isEmpty()) {
                lines.add(Wire.readText(json, LogLine.class));
            }
        }
        return lines;
    }

    /**
     * Passes them on as server-sent events while they come; the id of each is its time, from which a client that comes again
     * goes on. A line with nothing new becomes a comment. At the end of the agent comes the event {@code end}.
     *
     * @throws IOException when the answer breaks off before that, or the client has gone
     * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
     */
    static void passOn(InputStream answer, OutputStream client) throws IOException {
        BufferedReader reader = reader(answer);
        send(client, ": the log of an agent\n\n");
        for (String json = next(reader); !json.equals(InspectionPaths.END); json = next(reader)) {
            send(client, json.isEmpty() ? ": nothing new\n\n" : event(Wire.readText(json, LogLine.class)));
        }
        send(client, "event: end\ndata: {}\n\n");
    }

    private static String next(BufferedReader reader) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new EOFException("the provisioner's answer broke off");
        }
        return line;
    }

    private static String event(LogLine line) {
        // JSON has no line breaks of its own.
        return "event: log\nid: " + line.at() + "\ndata: " + Wire.writeText(LogView.Line.of(line)) + "\n\n";
    }

    private static void send(OutputStream client, String text) throws IOException {
        client.write(text.getBytes(StandardCharsets.UTF_8));
        client.flush();
    }

    private static BufferedReader reader(InputStream answer) {
        return new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
    }
}
