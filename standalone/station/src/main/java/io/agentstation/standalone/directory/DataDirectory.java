package io.agentstation.standalone.directory;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.embedded.process.DirectoryLock;
import io.agentstation.embedded.process.WholeFile;
import io.agentstation.standalone.failures.StationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A station's data directory, owned by this process until it is closed. */
public final class DataDirectory implements AutoCloseable {

    /** The file that marks a directory as a station's. */
    static final String ID_FILE = "station-id";

    /** The names of everything that a station makes in its directory, the mark last but for the lock. */
    public static final List<String> ENTRIES = List.of(
            "endpoints.json",
            "kubeconfig",
            "ports.properties",
            "tls-certificate.pem",
            "api-key",
            "kafka",
            "cassandra",
            "cluster",
            "liveness",
            "telemetry",
            "logs",
            "station-key",
            ID_FILE,
            "lock");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int STATION_ID_BYTES = 6;

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes the directory, made when it is missing; with it the station key and the station's id at the first start.
     *
     * @throws StationFailure when another station has it, or it cannot be written, or its station key is gone or broken
     */
    public static DataDirectory open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root, OwnerOnlyFile.ownerOnly("rwx------"));
            DirectoryLock lock = DirectoryLock.tryTake(root).orElseThrow(() -> inUse(root));
            DataDirectory data = new DataDirectory(root, lock);
            Files.createDirectories(data.logs());
            data.makeIdentity();
            return data;
        } catch (IOException e) {
            throw new StationFailure(
                    "the data directory " + root + " cannot be used (" + describe(e)
                            + "): see that this user may write there, or choose another directory with --data",
                    e);
        }
    }

    private static StationFailure inUse(Path root) {
        try {
            return new StationFailure("the data directory " + root + " is in use by another station ("
                    + DirectoryLock.holder(root) + "): stop that one, or choose another directory with --data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    private void makeIdentity() throws IOException {
        if (!Files.exists(keyFile())) {
            if (Files.exists(broker()) || Files.exists(cassandra())) {
                throw new StationFailure("the file " + keyFile() + " is missing although " + root
                        + " holds a station's data: put it back, since keys and secrets cannot be read without it");
            }
            byte[] secret = new byte[StationKey.LENGTH];
            RANDOM.nextBytes(secret);
            OwnerOnlyFile.write(keyFile(), StationKey.format(secret) + "\n");
        }
        if (!Files.exists(idFile())) {
            byte[] id = new byte[STATION_ID_BYTES];
            RANDOM.nextBytes(id);
            WholeFile.write(idFile(), HexFormat.of().formatHex(id) + "\n");
        }
        key();
    }

    /** The station key. */
    public StationKey key() {
        return keyOf(root);
    }

    /** The station key of a directory that another process may own. */
    public static StationKey keyOf(Path directory) {
        Path file = directory.resolve("station-key");
        try {
            return StationKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new StationFailure("the station key " + file + " cannot be read: " + describe(e), e);
        } catch (IllegalArgumentException e) {
            throw new StationFailure("the file " + file + " holds no station key: " + e.getMessage(), e);
        }
    }

    /** The station's id: a name for what it owns on a cluster. */
    public String stationId() throws IOException {
        return Files.readString(idFile()).strip();
    }

    /** Writes the first API key, alone, for its owner only. */
    public void writeApiKey(String key) throws IOException {
        OwnerOnlyFile.write(apiKeyFile(), key + "\n");
    }

    /** Publishes the addresses, in one step. */
    public void writeEndpoints(Map<String, String> endpoints) throws IOException {
        WholeFile.write(root.resolve(Endpoints.FILE), Endpoints.format(endpoints));
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** Holds the station key. */
    public Path keyFile() {
        return root.resolve("station-key");
    }

    /** Holds the first API key. */
    public Path apiKeyFile() {
        return apiKeyFileOf(root);
    }

    /** The file of the first API key in a directory that another process may own. */
    public static Path apiKeyFileOf(Path directory) {
        return directory.resolve("api-key");
    }

    /** Names the simulated cluster's address to its clients. */
    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    /** Remembers the API's port when a free one was picked. */
    public Path portsFile() {
        return root.resolve("ports.properties");
    }

    /** The broker's own directory. */
    public Path broker() {
        return root.resolve("kafka");
    }

    /** Cassandra's own directory. */
    public Path cassandra() {
        return root.resolve("cassandra");
    }

    /** The simulated cluster's objects. */
    public Path cluster() {
        return root.resolve("cluster");
    }

    /** The detector's state. */
    public Path liveness() {
        return root.resolve("liveness");
    }

    /** The state of telemetry's windows. */
    public Path telemetry() {
        return root.resolve("telemetry");
    }

    /** The station's logs. */
    public Path logs() {
        return root.resolve("logs");
    }

    private Path idFile() {
        return root.resolve(ID_FILE);
    }

    /** Gives the directory back. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
