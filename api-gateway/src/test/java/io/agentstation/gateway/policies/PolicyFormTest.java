package io.agentstation.gateway.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class PolicyFormTest {

    private static JsonForm form(String json) {
        return JsonForm.of((ObjectNode) Wire.mapper().readTree(json), new Problems());
    }

    private static Optional<UnhealthyPolicy> read(String json) {
        JsonForm form = form(json);
        Optional<UnhealthyPolicy> policy = PolicyForm.read(form, Action.values());
        form.problems().refuseIfAny();
        return policy;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"on_unhealthy\":\"none\"}|NONE|1",
                "{\"on_unhealthy\":\"restart\"}|RESTART|1",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1}|KILL|1",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1000}|KILL|1000",
                "{\"on_unhealthy\":\"inherit\",\"unhealthy_after_intervals\":null}|INHERIT|1"
            })
    void aPolicyIsAnActionAndANumberOfIntervals(String json, Action action, int after) {
        assertThat(read(json)).contains(new UnhealthyPolicy(action, after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"on_unhealthy\":null}", "{\"on_unhealthy\":null,\"unhealthy_after_intervals\":null}"})
    void whatIsNotNamedIsAbsent(String json) {
        assertThat(read(json)).isEmpty();
        assertThatThrownBy(() -> PolicyForm.require(form(json), Action.NONE, Action.KILL))
                .hasMessage("on_unhealthy is required: one of none, kill");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"on_unhealthy\":\"reboot\"}|on_unhealthy must be one of: inherit, none, restart, kill",
                "{\"on_unhealthy\":\"RESTART\"}|on_unhealthy must be one of: inherit, none, restart, kill",
                "{\"on_unhealthy\":\"\"}|on_unhealthy must be one of: inherit, none, restart, kill",
                "{\"on_unhealthy\":true}|on_unhealthy must be a string",
                "{\"on_unhealthy\":{\"action\":\"kill\"}}|on_unhealthy must be a string",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":0}"
                        + "|unhealthy_after_intervals must be an integer from 1 to 1000",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1001}"
                        + "|unhealthy_after_intervals must be an integer from 1 to 1000",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":1.0}"
                        + "|unhealthy_after_intervals must be an integer from 1 to 1000",
                "{\"on_unhealthy\":\"kill\",\"unhealthy_after_intervals\":\"3\"}"
                        + "|unhealthy_after_intervals must be an integer from 1 to 1000",
                "{\"unhealthy_after_intervals\":3}|unhealthy_after_intervals means nothing without on_unhealthy",
                "{\"unhealthy_after_intervals\":\"x\"}|unhealthy_after_intervals means nothing without on_unhealthy"
            })
    void whatIsNoPolicyIsRefused(String json, String error) {
        assertThatThrownBy(() -> read(json)).hasMessage(error);
    }

    @Test
    void onlyWhatIsAllowedIsTaken() {
        assertThatThrownBy(
                        () -> PolicyForm.require(form("{\"on_unhealthy\":\"inherit\"}"), Action.NONE, Action.RESTART))
                .hasMessage("on_unhealthy must be one of: none, restart");
    }
}
