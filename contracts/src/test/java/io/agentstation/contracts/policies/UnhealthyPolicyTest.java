package io.agentstation.contracts.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnhealthyPolicyTest {

    private static final UnhealthyPolicy WORKSPACES = new UnhealthyPolicy(Action.KILL, 7);

    @Test
    void whoInheritsHasItsWorkspaces() {
        assertThat(UnhealthyPolicy.INHERIT.or(WORKSPACES)).isEqualTo(WORKSPACES);
        assertThat(UnhealthyPolicy.INHERIT.or(UnhealthyPolicy.NONE)).isEqualTo(UnhealthyPolicy.NONE);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INHERIT")
    void whoNamesOneHasItsOwn(Action action) {
        UnhealthyPolicy own = new UnhealthyPolicy(action, 2);

        assertThat(own.or(WORKSPACES)).isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE})
    void whatIsNoNumberOfIntervalsIsRefused(int intervals) {
        assertThatThrownBy(() -> new UnhealthyPolicy(Action.RESTART, intervals))
                .hasMessage("after_intervals must be 1 to 1000: " + intervals + ", action RESTART");
    }

    @Test
    void aWorkspaceInheritsFromNobody() {
        assertThatThrownBy(() -> new WorkspacePolicies(WorkspaceId.of("acme"), UnhealthyPolicy.INHERIT))
                .hasMessage("on_unhealthy of a workspace must not be inherit: acme");
    }
}
