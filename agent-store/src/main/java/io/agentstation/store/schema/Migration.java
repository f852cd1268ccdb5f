package io.agentstation.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One step of the schema: a file of statements that can be repeated. */
record Migration(String version, List<String> statements) {

    /** Every migration, oldest first; a new one is added at the end and never changed afterwards. */
    private static final List<String> FILES = List.of(
            "V001__first_tables",
            "V002__telemetry_history",
            "V003__latest_reports",
            "V004__webhooks",
            "V005__command_keys",
            "V007__webhook_waiting_lanes",
            "V008__workspaces_and_audit",
            "V009__webhook_progress");

    static List<Migration> all() {
        return FILES.stream().map(Migration::load).toList();
    }

    private static Migration load(String file) {
        try (InputStream in = Migration.class.getResourceAsStream("/schema/" + file + ".cql")) {
            if (in == null) {
                throw new IllegalStateException("migration " + file + " is not on the class path");
            }
            return new Migration(file, split(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("migration " + file + " cannot be read", e);
        }
    }

    private static List<String> split(String script) {
        String code = script.lines()
                .filter(line -> !line.stripLeading().startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Arrays.stream(code.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }
}
