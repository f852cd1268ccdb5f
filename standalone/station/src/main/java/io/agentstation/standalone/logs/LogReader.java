package io.agentstation.standalone.logs;

import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Copies a log that is rolled over by size, {@code x.log} to {@code x.log.1}, to the console. */
public final class LogReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final PrintStream out;

    /** A reader of this log. */
    public LogReader(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /**
     * Prints the last lines, those before the latest roll-over among them; returns the offset in the file behind them.
     *
     * @throws StationFailure when there is no log
     */
    public long printLast(int count) throws IOException {
        byte[] now;
        try {
            now = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StationFailure("there is no log " + file + " yet: that part has not run on this directory", e);
        }
        List<String> lines = new ArrayList<>(lines(now));
        Path before = file.resolveSibling(file.getFileName() + ".1");
        if (lines.size() < count && Files.exists(before)) {
            lines.addAll(0, lines(Files.readAllBytes(before)));
        }
        lines.subList(Math.max(0, lines.size() - count), lines.size()).forEach(out::println);
        out.flush();
        return now.length;
    }

    /** Prints what is written from the offset on, across roll-overs, until the thread is interrupted or nobody reads. */
    public void follow(long from) throws IOException {
        RandomAccessFile open = new RandomAccessFile(file.toFile(), "r");
        try {
            Object key = key();
            open.seek(from);
            while (!out.checkError() && isGoingOn()) {
                copy(open);
                Object present = key();
                if (present != null && (!Objects.equals(present, key) || Files.size(file) < open.getFilePointer())) {
                    // Rolled over: the rest of the old file, which this handle still has, then the new one.
                    copy(open);
                    open.close();
                    open = new RandomAccessFile(file.toFile(), "r");
                    key = present;
                }
            }
        } finally {
            open.close();
        }
    }

    private void copy(RandomAccessFile from) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
            out.write(buffer, 0, read);
        }
        out.flush();
    }

    /** The file's identity; null while it is being rolled over. */
    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean isGoingOn() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }
}
