package io.agentstation.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a reader of {@code /api/docs} sees: its scripts are run, and draw every operation out of the document. */
final class DocsPageIT {

    private static final Path SCRIPT = Path.of("src", "test", "resources", "docs-page.js");
    // Where Debian's packages of node modules are.
    private static final String MODULES = "/usr/share/nodejs:/usr/lib/nodejs";
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path directory;

    private static ProcessBuilder node(String... arguments) {
        ProcessBuilder node = new ProcessBuilder("node");
        node.command().addAll(List.of(arguments));
        node.environment().put("NODE_PATH", MODULES);
        return node;
    }

    private static boolean hasJsdom() throws IOException, InterruptedException {
        try {
            Process tried = node("-e", "require('jsdom')")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return tried.waitFor() == 0;
        } catch (IOException withoutNode) {
            return false;
        }
    }

    private JsonNode opened(String url, String unfolded) throws IOException, InterruptedException {
        Path seen = directory.resolve("seen");
        Path errors = directory.resolve("errors");
        Process process = node(SCRIPT.toString(), url, unfolded)
                .redirectOutput(seen.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the page is drawn")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Wire.mapper().readTree(Files.readString(seen));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void thePageDrawsEveryOperationOfTheDocument() throws Exception {
        assumeTrue(hasJsdom(), "node or jsdom is not installed: apt-get install nodejs node-jsdom");
        String origin = "http://127.0.0.1:" + Station.get().port();

        JsonNode page = opened(origin + "/api/docs", "operations-agents-createAgent");

        assertThat(texts(page.path("failures"))).isEmpty();
        assertThat(texts(page.path("errors"))).isEmpty();
        assertThat(page.path("title").asString()).isEqualTo("Agent Station");
        assertThat(texts(page.path("operations")))
                .containsExactlyInAnyOrderElementsOf(Contract.get().operations().stream()
                        .map(Operation::toString)
                        .toList());
        assertThat(texts(page.path("loaded")))
                .contains(origin + "/api/openapi.json")
                .allMatch(resource -> resource.startsWith(origin + "/api/"));
        // References were followed.
        assertThat(texts(page.path("parameters"))).contains("Idempotency-Key");
        assertThat(texts(page.path("statuses"))).contains("201", "409", "422", "503");
        assertThat(page.path("example").asString()).contains("research-7");
    }
}
