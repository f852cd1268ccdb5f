package io.agentstation.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressesTest {

    @Test
    void whatAClientClaimsIsNotBelieved() {
        assertThat(from("192.0.2.9", new ClientAddresses(List.of()), "203.0.113.1"))
                .isEqualTo("192.0.2.9");
        assertThat(from("192.0.2.9", trusting("10.0.0.0/8"), "203.0.113.1")).isEqualTo("192.0.2.9");
    }

    @Test
    void aTrustedProxyIsBelievedAsFarAsProxiesWrote() {
        ClientAddresses addresses = trusting("10.0.0.0/8", "fd00::/8");

        assertThat(from("10.1.2.3", addresses, "203.0.113.1")).isEqualTo("203.0.113.1");
        assertThat(from("10.1.2.3", addresses, "6.6.6.6, 203.0.113.1, 10.9.9.9"))
                .isEqualTo("203.0.113.1");
        assertThat(from("10.1.2.3", addresses, "6.6.6.6", "203.0.113.1:4711")).isEqualTo("203.0.113.1");
        assertThat(from("fd00:0:0:0:0:0:0:1", addresses, "[2001:db8::5]:80")).isEqualTo("2001:db8:0:0:0:0:0:5");
        assertThat(from("10.1.2.3", addresses, "10.9.9.9")).isEqualTo("10.9.9.9");
    }

    @Test
    void behindWhatNobodyCanReadStandsTheProxy() {
        assertThat(from("10.1.2.3", trusting("10.0.0.0/8"), "203.0.113.1, unknown"))
                .isEqualTo("10.1.2.3");
        assertThat(from("10.1.2.3", trusting("10.0.0.0/8"), "")).isEqualTo("10.1.2.3");
        assertThat(from("10.1.2.3", trusting("10.0.0.0/8"))).isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0/8", "host.example/8", "10.0.0.0/-1", "::1/129", "10.0.0.256/8"})
    void aNetworkThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> Network.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aNetworkEndsWhereItsPrefixSays() {
        Network odd = Network.of("192.0.2.128/25");

        assertThat(odd.contains(Network.address("192.0.2.255").orElseThrow())).isTrue();
        assertThat(odd.contains(Network.address("192.0.2.127").orElseThrow())).isFalse();
        assertThat(odd.contains(Network.address("::1").orElseThrow())).isFalse();
        assertThat(Network.of("192.0.2.1").contains(Network.address("192.0.2.2").orElseThrow()))
                .isFalse();
    }

    private static ClientAddresses trusting(String... networks) {
        return new ClientAddresses(Arrays.stream(networks).map(Network::of).toList());
    }

    private static String from(String remote, ClientAddresses addresses, String... forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(remote);
        Arrays.stream(forwarded).forEach(value -> request.addHeader("X-Forwarded-For", value));
        return addresses.of(request);
    }
}
