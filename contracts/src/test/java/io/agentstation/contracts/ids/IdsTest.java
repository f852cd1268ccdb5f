package io.agentstation.contracts.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    // RFC 9562, appendix A.4: "www.example.com" in the DNS namespace.
    @Test
    void namedUuidsAreThoseOfTheRfc() {
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

        assertThat(NamedUuid.of(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void anAgentsTextIsLowerCaseWhateverWasRead() {
        AgentId agent = AgentId.of("0190A5C0-ABCD-7000-8000-00000000000F");

        assertThat(agent).hasToString("0190a5c0-abcd-7000-8000-00000000000f");
        assertThat(agent).isEqualTo(AgentId.of(agent.toString()));
    }

    // UUID.fromString takes the short forms and pads them: two texts would then name one agent.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0190a5c0-0000-7000-8000-00000000000",
                "0190a5c0-0000-7000-8000-0000000000011",
                "0190a5c000007000800000000000000f",
                " 0190a5c0-0000-7000-8000-000000000001",
                "0190a5c0-0000-7000-8000-00000000000g"
            })
    void whatIsNoUuidOf36CharactersIsRefused(String text) {
        assertThat(AgentId.parse(text)).isEmpty();
        assertThatThrownBy(() -> AgentId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agentIdsSortByTheirText() {
        AgentId earlier = AgentId.of("0190a5c0-0000-7000-8000-000000000001");
        AgentId later = AgentId.of("f190a5c0-0000-7000-8000-000000000001");

        assertThat(earlier).isLessThan(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "-a", "a-", "a_b", "a/b"})
    void whatIsNoDnsLabelIsNoWorkspace(String text) {
        assertThatThrownBy(() -> WorkspaceId.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void workspacesHaveAtMost63Characters() {
        assertThat(WorkspaceId.of("a".repeat(63)).value()).hasSize(63);
        assertThatThrownBy(() -> WorkspaceId.of("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }
}
