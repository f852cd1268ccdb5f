package io.agentstation.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines a child wrote: its output, which ends with what stopped it, or else its log. */
final class LogTail {

    private static final int LINES = 20;

    private LogTail() {}

    static String of(ChildSpec spec) throws IOException {
        String output = tail(spec.output());
        return output.isBlank() ? tail(spec.log()) : output;
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        // A log may hold bytes of any encoding: decoded leniently.
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
