package io.agentstation.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A small ext4 in a file, mounted; only a process that may mount can have one. */
final class LoopFileSystem implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    private final Path mounted;

    private LoopFileSystem(Path mounted) {
        this.mounted = mounted;
    }

    /** Makes and mounts one below the directory; where that is not allowed, the test is skipped and says why. */
    static LoopFileSystem mount(Path directory, int mebibytes) throws IOException, InterruptedException {
        Path image = directory.resolve("image");
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        String refused = run(List.of("truncate", "-s", mebibytes + "M", image.toString()))
                + run(List.of("mkfs.ext4", "-q", "-m", "0", image.toString()))
                + run(List.of("mount", "-o", "loop", image.toString(), mounted.toString()));
        Assumptions.assumeTrue(refused.isEmpty(), "no file system can be mounted here: " + refused);
        return new LoopFileSystem(mounted);
    }

    Path directory() {
        return mounted;
    }

    /** Writes a file until nothing more fits. */
    Path fill() throws IOException {
        Path filler = mounted.resolve("filler");
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(mounted).getUsableSpace() > 0) {
                out.write(chunk);
            }
        } catch (IOException full) {
            if (Files.getFileStore(mounted).getUsableSpace() > CHUNK) {
                throw full;
            }
        }
        return filler;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return process.waitFor() == 0 ? "" : command + " " + said;
    }

    @Override
    public void close() {
        Awaitility.await("unmounted").atMost(20, TimeUnit.SECONDS).until(() -> {
            try {
                return run(List.of("umount", mounted.toString())).isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
