package io.agentstation.cluster.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The objects as JSON files, one each, under {@code objects/<group>/<plural>/<namespace>/<name>.json}.
 *
 * <p>A file is written beside and renamed, so that a process killed at any moment leaves whole files only. Nothing is
 * forced to the disk: a simulation survives its process, not the machine's power.
 */
public final class ObjectFiles {

    private static final Logger log = LoggerFactory.getLogger(ObjectFiles.class);
    private static final String CORE = "core";
    private static final String NO_NAMESPACE = "_";
    private static final String SUFFIX = ".json";
    private static final String VERSION_FILE = "resource-version";

    private final Path directory;
    private final Path objects;
    private final Path unfinished;

    /** Takes over the directory, making it when it is absent. */
    public ObjectFiles(Path directory) {
        this.directory = directory;
        this.objects = directory.resolve("objects");
        this.unfinished = directory.resolve("unfinished");
        try {
            Files.createDirectories(objects);
            Files.createDirectories(unfinished);
            for (Path leftOver : listed(unfinished)) {
                Files.delete(leftOver);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("preparing the cluster's directory " + directory, e);
        }
    }

    /** All objects of known kinds. */
    List<ClusterObject> load() {
        List<ClusterObject> loaded = new ArrayList<>();
        try (Stream<Path> files = Files.walk(objects)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .forEach(file -> read(file).ifPresent(loaded::add));
        } catch (IOException e) {
            throw new UncheckedIOException("reading the cluster's objects from " + objects, e);
        }
        return loaded;
    }

    void write(ObjectKey key, JsonText object) {
        replace(file(key), object.utf8());
    }

    void delete(ObjectKey key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + file(key), e);
        }
    }

    /** The version up to which numbers may have been given out; 0 at first. */
    long reservedVersion() {
        Path file = directory.resolve(VERSION_FILE);
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    void reserveVersion(long version) {
        replace(
                directory.resolve(VERSION_FILE),
                Long.toString(version).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private void replace(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = unfinished.resolve(java.util.UUID.randomUUID().toString());
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    private Path file(ObjectKey key) {
        ResourceKind kind = key.kind();
        return objects.resolve(kind.group().isEmpty() ? CORE : kind.group())
                .resolve(kind.plural())
                .resolve(key.namespace().isEmpty() ? NO_NAMESPACE : key.namespace())
                .resolve(key.name() + SUFFIX);
    }

    private static Optional<ClusterObject> read(Path file) {
        try {
            JsonText text = JsonText.read(Files.readAllBytes(file));
            JsonNode json = text.tree();
            return ResourceKind.ofBody(
                            json.path("apiVersion").asString(""),
                            json.path("kind").asString(""))
                    .map(kind -> ClusterObject.stored(kind, text));
        } catch (JacksonException e) {
            // Only a loss of power can leave such a file; one lost object must not keep the cluster from starting.
            log.atError()
                    .addKeyValue("file", file)
                    .addKeyValue("problem", e.getOriginalMessage())
                    .log("an object's file is not JSON, left out");
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static List<Path> listed(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
