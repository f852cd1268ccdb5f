package io.agentstation.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.agentstation.store.fixtures.TestStore;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationsIT {

    private static final List<String> ALL =
            Migration.all().stream().map(Migration::version).toList();

    private final StoreSettings settings = TestStore.settings(
            "migrations_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16));

    @AfterEach
    void dropKeyspace() {
        execute("DROP KEYSPACE IF EXISTS " + settings.keyspace());
    }

    @Test
    void aNewKeyspaceGetsEveryMigrationAndASecondTimeNothing() {
        assertThat(SchemaMigrations.apply(settings)).isEqualTo(ALL);

        assertThat(SchemaMigrations.apply(settings)).isEmpty();
    }

    @Test
    void ofTwoServicesThatStartAtOnceOneAppliesAndBothGoOn() throws Exception {
        ExecutorService services = Executors.newFixedThreadPool(2);
        try {
            Callable<List<String>> start = () -> SchemaMigrations.apply(settings);
            List<List<String>> applied = new java.util.ArrayList<>();
            for (Future<List<String>> service : services.invokeAll(Collections.nCopies(2, start))) {
                applied.add(service.get());
            }

            assertThat(applied).containsExactlyInAnyOrder(ALL, List.of());
        } finally {
            services.shutdownNow();
        }
    }

    @Test
    void aMigrationCutShortIsAppliedAgain() {
        SchemaMigrations.apply(settings);
        execute("DROP TABLE " + settings.keyspace() + ".lifecycle_events");
        execute("TRUNCATE " + settings.keyspace() + ".schema_migrations");

        assertThat(SchemaMigrations.apply(settings)).isEqualTo(ALL);

        execute("SELECT * FROM " + settings.keyspace() + ".lifecycle_events LIMIT 1");
    }

    @Test
    void aKeyspaceOfANewerVersionIsRefused() {
        SchemaMigrations.apply(settings);
        execute("INSERT INTO " + settings.keyspace() + ".schema_migrations (version) VALUES ('V999__future')");

        assertThatThrownBy(() -> SchemaMigrations.apply(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("V999__future")
                .hasMessageContaining(settings.keyspace());
    }

    private static void execute(String cql) {
        CqlSession session = TestStore.session();
        session.execute(com.datastax.oss.driver.api.core.cql.SimpleStatement.newInstance(cql)
                .setExecutionProfileName(StoreSession.SCHEMA_PROFILE));
    }
}
