package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules for every statement of the module, read from its compiled classes. */
class StatementsTest {

    private static final Pattern WRITE = Pattern.compile(
            "\\A\\s*(?:INSERT\\s+INTO|UPDATE|DELETE\\s+(?:[\\w, ]+\\s+)?FROM|TRUNCATE(?:\\s+TABLE)?)\\s+(\\S+)");

    private static final Map<String, List<String>> WRITES = writesByTable();

    @Test
    void theScanFindsTheWritesItJudges() {
        assertThat(WRITES.get("names")).hasSize(4);
        assertThat(WRITES.get("idempotency")).hasSize(1);
        assertThat(WRITES.get("agent_desired")).hasSize(2);
        assertThat(WRITES.get("command_keys")).hasSize(2);
        assertThat(WRITES.get("agents")).hasSize(5);
        assertThat(WRITES.get("latest_reports")).hasSize(2);
        assertThat(WRITES).containsKeys("heartbeats", "metrics", "lifecycle_events", "agent_secrets", "api_keys");
    }

    @Test
    void namesKeysAndDesiredAreOnlyWrittenConditionally() {
        for (String table :
                List.of("names", "idempotency", "agent_desired", "command_keys", "api_keys", "workspaces")) {
            assertThat(WRITES.get(table))
                    .as(table)
                    .allSatisfy(
                            cql -> assertThat(cql).containsPattern("\\sIF\\s").doesNotContain("USING TIMESTAMP"));
        }
    }

    /** ADR 38. */
    @Test
    void subscriptionsAreOnlyWrittenConditionallyButForWhatIsObservedOfTheirEndpoints() {
        Map<Boolean, List<String>> conditional = WRITES.getOrDefault("webhooks", List.of()).stream()
                .collect(Collectors.partitioningBy(
                        cql -> Pattern.compile("\\sIF\\s").matcher(cql).find()));
        assertThat(conditional.get(true))
                .hasSize(5)
                .allSatisfy(cql -> assertThat(cql).doesNotContain("USING TIMESTAMP"));
        assertThat(conditional.get(false))
                .hasSize(2)
                .allSatisfy(cql -> assertThat(cql)
                        .matches("\\s*UPDATE webhooks SET failing_since = :at\\s+WHERE .*"
                                + "|\\s*UPDATE webhooks SET failing_since = null, last_success_at = :at\\s+WHERE .*"));
    }

    @Test
    void projectionsAreOnlyWrittenWithAnExplicitTimestampAndNeverDeleted() {
        for (String table : List.of("agents", "latest_reports")) {
            assertThat(WRITES.get(table))
                    .as(table)
                    .allSatisfy(cql -> assertThat(cql)
                            .contains("USING TIMESTAMP :clock")
                            .doesNotContain("TTL")
                            .doesNotContainPattern("\\A\\s*(DELETE|TRUNCATE)"));
        }
    }

    @Test
    void windowsAreWrittenAtThePlaceOfTheirRecordAndExpire() {
        assertThat(List.of("metrics_minutes", "metrics_hours", "availability_hours"))
                .allSatisfy(table -> assertThat(WRITES.get(table))
                        .as(table)
                        .hasSize(1)
                        .allSatisfy(cql -> assertThat(cql).contains("USING TIMESTAMP :clock AND TTL :ttl")));
    }

    @Test
    void reportsAreOnlyWrittenAtTheirAppendTimeWithWhatIsLeftOfTheirRetention() {
        for (String table : List.of("heartbeats", "metrics")) {
            assertThat(WRITES.get(table))
                    .as(table)
                    .hasSize(1)
                    .allSatisfy(cql -> assertThat(cql).contains("USING TIMESTAMP :clock AND TTL :ttl"));
        }
    }

    @Test
    void lanesAreWrittenAtTheirOwnPlaceSoThatNobodyTakesThemBack() {
        assertThat(WRITES.get("webhook_progress"))
                .hasSize(3)
                .allSatisfy(cql -> assertThat(cql).contains("USING TIMESTAMP :sequence"));
        assertThat(WRITES).doesNotContainKey("webhook_lanes");
    }

    @Test
    void theAuditLogIsOnlyAddedTo() {
        assertThat(WRITES.get("audit"))
                .hasSize(1)
                .allSatisfy(
                        cql -> assertThat(cql).startsWith("INSERT INTO audit").doesNotContain("TTL"));
    }

    @Test
    void rowsOfIdempotencyAreNeverDeleted() {
        assertThat(WRITES.get("idempotency"))
                .noneSatisfy(cql -> assertThat(cql).containsPattern("\\A\\s*(DELETE|TRUNCATE)"));
    }

    @Test
    void everyTableThatIsWrittenIsNamedInTheStatement() {
        assertThat(WRITES.keySet()).allMatch(table -> table.matches("[a-z_]+"));
    }

    private static Map<String, List<String>> writesByTable() {
        return ConstantPool.textsBeside(Store.class).stream()
                .flatMap(text -> WRITE.matcher(text).results().map(found -> Map.entry(table(found), text)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static String table(MatchResult found) {
        return found.group(1).replaceAll("\\(.*", "");
    }
}
