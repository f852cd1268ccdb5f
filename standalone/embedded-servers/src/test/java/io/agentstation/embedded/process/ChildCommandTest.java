package io.agentstation.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChildCommandTest {

    @Test
    void givesNoJdkAFlagThatItDoesNotKnow() {
        assertThat(ChildCommand.versionFlags(17)).isEmpty();
        assertThat(ChildCommand.versionFlags(23)).isEmpty();
        assertThat(ChildCommand.versionFlags(24))
                .containsExactly("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        assertThat(ChildCommand.versionFlags(25)).contains("-XX:+UseCompactObjectHeaders");
        assertThat(ChildCommand.versionFlags(26)).contains("--enable-final-field-mutation=ALL-UNNAMED");
    }
}
