package io.agentstation.benchmarks.reads;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link GatewayMain} as its parent sees it. */
final class GatewayProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private GatewayProcess(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        this.port = Math.toIntExact(answer());
    }

    static GatewayProcess start(int heapMegabytes, Path directory, Map<String, Object> properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                GatewayMain.class.getName()));
        properties.forEach((key, value) -> command.add(key + "=" + value));
        Files.createDirectories(directory);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("gateway.log").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new GatewayProcess(builder.start());
    }

    int port() {
        return port;
    }

    /** Bytes that live now. */
    long live() throws IOException {
        tell(GatewayMain.LIVE);
        return answer();
    }

    /** From now on what lives is looked at. */
    void watch() throws IOException {
        tell(GatewayMain.WATCH);
    }

    /** The most bytes that lived since {@link #watch}. */
    long peak() throws IOException {
        tell(GatewayMain.PEAK);
        return answer();
    }

    private void tell(String question) throws IOException {
        OutputStream questions = process.getOutputStream();
        questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
    }

    private long answer() throws IOException {
        StringBuilder other = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(GatewayMain.ANSWER)) {
                return Long.parseLong(line.substring(GatewayMain.ANSWER.length()));
            }
            other.append(line).append('\n');
        }
        throw new IllegalStateException("the gateway has ended:\n" + other);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
