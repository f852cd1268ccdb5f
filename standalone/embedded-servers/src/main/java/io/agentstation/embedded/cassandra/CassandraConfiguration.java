package io.agentstation.embedded.cassandra;

import io.agentstation.embedded.process.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Cassandra's settings: one node for one machine and a small fleet. */
public final class CassandraConfiguration {

    /** The port that clients use. */
    public static final String NATIVE_PORT = "native";

    /** The port between nodes, of which there is one; Cassandra listens on it all the same. */
    public static final String STORAGE_PORT = "storage";

    /** Both. */
    public static final List<String> PORT_NAMES = List.of(NATIVE_PORT, STORAGE_PORT);

    /** The name of the only datacenter: what SimpleSnitch says. */
    public static final String DATACENTER = "datacenter1";

    private static final String SETTINGS = """
            cluster_name: agent-station
            num_tokens: 1
            partitioner: org.apache.cassandra.dht.Murmur3Partitioner
            endpoint_snitch: SimpleSnitch
            listen_address: 127.0.0.1
            rpc_address: 127.0.0.1
            start_native_transport: true
            native_transport_port: %2$d
            storage_port: %3$d
            seed_provider:
              - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                parameters:
                  - seeds: '127.0.0.1:%3$d'

            # An acknowledged write is on the disk's side of the process: 'periodic' lost 107 of 5,000 rows on a kill -9.
            commitlog_sync: batch
            commitlog_segment_size: 16MiB
            commitlog_total_space: 256MiB
            commitlog_disk_access_mode: legacy

            data_file_directories:
              - '%4$s'
            commitlog_directory: '%5$s'
            hints_directory: '%6$s'
            saved_caches_directory: '%7$s'
            cdc_raw_directory: '%8$s'
            hinted_handoff_enabled: false

            auto_snapshot: false
            incremental_backups: false
            user_defined_functions_enabled: false
            # A laptop's disk may be small; what is full says so by itself.
            disk_failure_policy: die
            commit_failure_policy: die

            # Small: the defaults are sized for a server.
            memtable_heap_space: %1$dMiB
            memtable_offheap_space: %1$dMiB
            key_cache_size: 8MiB
            counter_cache_size: 0MiB
            row_cache_size: 0MiB
            file_cache_enabled: false
            networking_cache_size: 16MiB
            concurrent_reads: 16
            # Each write holds a thread until it is on disk: with 16 the node took 1,600 statements a second at most.
            concurrent_writes: 128
            concurrent_counter_writes: 2
            concurrent_compactors: 1
            memtable_flush_writers: 1
            native_transport_max_threads: 128

            # A linearizable read proposes nothing (CEP-14), so that it costs about half, and reads hold up no other.
            # Nothing of a directory that v1 wrote has to be converted, since both keep the same rows of system.paxos.
            # paxos_state_purging stays 'legacy', which lets them expire: 'repaired' keeps them until a repair, and none runs here.
            paxos_variant: v2

            # A cold node on a busy laptop.
            read_request_timeout: 10s
            range_request_timeout: 15s
            write_request_timeout: 10s
            cas_contention_timeout: 5s
            truncate_request_timeout: 60s
            request_timeout: 15s
            """;

    /** The part of the heap that holds what is not yet flushed. */
    private static final int MEMTABLES = 24;

    private CassandraConfiguration() {}

    /** Writes Cassandra's settings for these ports and a heap of so many MiB. */
    public static void write(Path directory, Map<String, Integer> ports, int heapMegabytes) throws IOException {
        WholeFile.write(
                file(directory),
                SETTINGS.formatted(
                        heapMegabytes / MEMTABLES,
                        ports.get(NATIVE_PORT),
                        ports.getOrDefault(STORAGE_PORT, 0),
                        quoted(directory, "data"),
                        quoted(directory, "commitlog"),
                        quoted(directory, "hints"),
                        quoted(directory, "saved_caches"),
                        quoted(directory, "cdc_raw")));
    }

    static Path file(Path directory) {
        return directory.resolve("cassandra.yaml");
    }

    private static String quoted(Path directory, String name) {
        return directory.resolve(name).toString().replace("'", "''");
    }
}
