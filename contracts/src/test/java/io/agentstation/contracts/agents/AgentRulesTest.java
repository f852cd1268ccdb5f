package io.agentstation.contracts.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.wire.Wire;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentRulesTest {

    @ParameterizedTest
    @CsvSource({
        "100m, 0.1",
        "1.5, 1.5",
        "256Mi, 268435456",
        "1Gi, 1073741824",
        "1G, 1000000000",
        "1k, 1000",
        "1e3, 1000",
        "1E-2, 0.01",
        "2Ei, 2305843009213693952",
        "1E, 1000000000000000000",
        "0, 0"
    })
    void quantitiesAreExact(String text, BigDecimal value) {
        assertThat(Quantity.of(text).value()).isEqualByComparingTo(value);
        assertThat(Quantity.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "-1", "+1", "1 Gi", "1gi", "1K", "m", ".5", "1.", "1e", "1e100", "1GiB", "١"})
    void whatIsNoQuantityIsRefused(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
        assertThatThrownBy(() -> Quantity.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantitiesOfDifferentUnitsCompare() {
        assertThat(Quantity.of("1000m")).isEqualByComparingTo(Quantity.of("1"));
        assertThat(Quantity.of("1G")).isLessThan(Quantity.of("1Gi"));
    }

    @Test
    void aRequestAboveItsLimitIsRefusedWithItsField() {
        assertThatThrownBy(() -> new Resources("2", "1Gi", "1000m", "1Gi"))
                .hasMessage("cpu_request cannot exceed cpu_limit: 2 > 1000m");
        assertThatThrownBy(() -> new Resources("1", "2Gi", "1", "1Gi"))
                .hasMessage("memory_request cannot exceed memory_limit: 2Gi > 1Gi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "my-agent", "0", "a--b", "agent-1"})
    void dnsLabelsAreNames(String name) {
        assertThat(AgentName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a-", "My-agent", "a.b", "a_b", "ä", "a\n"})
    void otherTextIsNoName(String name) {
        assertThat(AgentName.isValid(name)).isFalse();
    }

    @Test
    void namesHaveAtMost63Characters() {
        assertThat(AgentName.isValid("a".repeat(63))).isTrue();
        assertThat(AgentName.isValid("a".repeat(64))).isFalse();
    }

    @Test
    void aPatchChangesWhatItNamesAndNothingElse() {
        AgentSpec before = new AgentSpec(
                WorkspaceId.of("acme"),
                "a",
                "old",
                "image:1",
                Resources.DEFAULT,
                2,
                8080,
                new TreeMap<>(Map.of("keep", "1", "drop", "2")),
                new TreeSet<>(),
                UnhealthyPolicy.INHERIT,
                null);

        AgentSpec after = before.patched(
                new SpecPatch(null, "image:2", null, new TreeMap<>(Map.of("drop", "", "add", "3")), null));

        assertThat(after)
                .isEqualTo(new AgentSpec(
                        before.workspace(),
                        "a",
                        "old",
                        "image:2",
                        Resources.DEFAULT,
                        2,
                        8080,
                        new TreeMap<>(Map.of("keep", "1", "add", "3")),
                        new TreeSet<>(),
                        UnhealthyPolicy.INHERIT,
                        null));
        assertThat(before.patched(new SpecPatch(null, null, null, null, null))).isEqualTo(before);
    }

    @Test
    void aPatchOfThePolicyChangesNothingElseAndEveryOtherPatchKeepsIt() {
        UnhealthyPolicy restart = new UnhealthyPolicy(UnhealthyPolicy.Action.RESTART, 3);
        AgentSpec before = spec(UnhealthyPolicy.INHERIT);

        AgentSpec after = before.patched(SpecPatch.onUnhealthy(restart));

        assertThat(after).isEqualTo(spec(restart));
        assertThat(after.withReplicas(5).onUnhealthy()).isEqualTo(restart);
        assertThat(after.patched(new SpecPatch("new", null, null, null, null)).onUnhealthy())
                .isEqualTo(restart);
    }

    @Test
    void patchesOfResourcesMergeFieldByField() {
        AgentSpec before = spec(UnhealthyPolicy.INHERIT);

        AgentSpec after = before.patched(resources(null, "2")).patched(resources("1500m", null));

        assertThat(after.resources()).isEqualTo(new Resources("1500m", "256Mi", "2", "1Gi"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> before.patched(resources("1500m", null)))
                .withMessageContaining("cpu_request cannot exceed cpu_limit: 1500m > 1000m");
    }

    @Test
    void aPatchSetsAndRemovesVariablesWithTheVersionsOfTheirValues() {
        AgentSpec before = spec(UnhealthyPolicy.INHERIT);

        AgentSpec set = before.patched(environment(Map.of("A", "v1", "B", "v1")));
        AgentSpec after = set.withReplicas(3).patched(environment(Map.of("A", "v2", "B", "")));

        assertThat(set.environment()).containsExactly("A", "B");
        assertThat(after.environment()).containsExactly("A");
        assertThat(after.environmentVersions()).isEqualTo(Map.of("A", "v2"));
        assertThat(after.replicas()).isEqualTo(3);
    }

    @Test
    void anEmptyDescriptionIsNone() {
        AgentSpec described = spec(UnhealthyPolicy.INHERIT).patched(new SpecPatch("some", null, null, null, null));

        assertThat(described.description()).isEqualTo("some");
        assertThat(described.patched(new SpecPatch("", null, null, null, null)).description())
                .isNull();
    }

    @Test
    void aSidecarReportsForTheDefaultImageUnlessSomebodySaysOtherwise() {
        AgentSpec own = spec(UnhealthyPolicy.INHERIT);
        SpecPatch toDefault = new SpecPatch(null, AgentSpec.DEFAULT_IMAGE, null, null, null);
        String asked = Wire.writeText(own).replace("\"heartbeat\":null", "\"heartbeat\":\"sidecar\"");
        String older = Wire.writeText(own).replace(",\"heartbeat\":null", "");

        assertThat(own.heartbeatSource()).isEqualTo(HeartbeatSource.AGENT);
        assertThat(own.patched(toDefault).heartbeatSource()).isEqualTo(HeartbeatSource.SIDECAR);
        assertThat(Wire.readText(asked, AgentSpec.class).withReplicas(5).heartbeatSource())
                .isEqualTo(HeartbeatSource.SIDECAR);
        assertThat(older).doesNotContain("heartbeat");
        assertThat(Wire.readText(older, AgentSpec.class)).isEqualTo(own);
    }

    private static SpecPatch resources(@Nullable String cpuRequest, @Nullable String cpuLimit) {
        return new SpecPatch(null, null, new ResourcesPatch(cpuRequest, null, cpuLimit, null), null, null);
    }

    private static SpecPatch environment(Map<String, String> versions) {
        return new SpecPatch(null, null, null, null, null, new TreeMap<>(versions));
    }

    private static AgentSpec spec(UnhealthyPolicy policy) {
        return new AgentSpec(
                WorkspaceId.of("acme"),
                "a",
                null,
                "image:1",
                Resources.DEFAULT,
                2,
                8080,
                new TreeMap<>(),
                new TreeSet<>(),
                policy,
                null);
    }
}
