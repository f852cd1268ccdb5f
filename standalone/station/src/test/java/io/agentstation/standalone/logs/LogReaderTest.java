package io.agentstation.standalone.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.standalone.failures.StationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Test
    void printsTheLastLines() throws Exception {
        Files.writeString(log(), "a\nb\nc\n");
        reader().printLast(2);
        assertThat(lines()).isEqualTo("b\nc\n");
    }

    @Test
    void printsLinesFromBeforeTheRollOverToo() throws Exception {
        Files.writeString(directory.resolve("x.log.1"), "a\nb\n");
        Files.writeString(log(), "c\n");
        reader().printLast(2);
        assertThat(lines()).isEqualTo("b\nc\n");
    }

    @Test
    void saysThatThereIsNoLog() {
        assertThatThrownBy(() -> reader().printLast(1))
                .isInstanceOf(StationFailure.class)
                .hasMessageContaining("there is no log " + log());
    }

    @Test
    void followsAcrossARollOver() throws Exception {
        Files.writeString(log(), "a\n");
        LogReader reader = reader();
        long end = reader.printLast(1);
        Thread following = new Thread(() -> follow(reader, end), "following");
        following.start();
        try {
            Files.writeString(log(), "b\n", StandardOpenOption.APPEND);
            await().untilAsserted(() -> assertThat(lines()).isEqualTo("a\nb\n"));
            Files.writeString(log(), "c\n", StandardOpenOption.APPEND);
            Files.move(log(), directory.resolve("x.log.1"));
            Files.writeString(log(), "d\n");
            await().untilAsserted(() -> assertThat(lines()).isEqualTo("a\nb\nc\nd\n"));
        } finally {
            following.interrupt();
            following.join();
        }
    }

    private static void follow(LogReader reader, long from) {
        try {
            reader.follow(from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("x.log");
    }

    private LogReader reader() {
        return new LogReader(log(), new PrintStream(console, true, UTF_8));
    }

    private String lines() {
        return console.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
