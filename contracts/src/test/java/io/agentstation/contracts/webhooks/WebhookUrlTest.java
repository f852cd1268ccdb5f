package io.agentstation.contracts.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    private static final WebhookUrl STRICT = new WebhookUrl(false, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com",
                "https://example.com/hooks?team=mail&x=%20",
                "HTTPS://Example.COM:8443/",
                "https://8.8.8.8/hook",
                "https://[2606:4700:4700::1111]:8443/",
                "https://a.b-c.example.",
                "https://xn--bcher-kva.example/"
            })
    void anOrdinaryAddressIsFine(String url) {
        assertThat(STRICT.problem(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "//example.com",
                "/hook",
                "http://example.com",
                "ftp://example.com",
                "file:///etc/passwd",
                "https:example.com",
                "https://",
                "https:///path",
                "https://user:secret@example.com",
                "https://user@example.com",
                "https://@example.com",
                "https://example.com#part",
                "https://example.com:0",
                "https://example.com:65536",
                "https://exa mple.com",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://8.8.8/",
                "https://8.8.8.08/",
                "https://256.8.8.8/",
                "https://127.0.0.1/",
                "https://10.1.2.3/",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:8.8.8.8%25eth0]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://exa_mple..com\\@10.0.0.1/",
                "https://b\u00fccher.example/"
            })
    void anythingElseIsRefused(String url) {
        assertThat(STRICT.problem(url)).isPresent();
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        String longest = "https://example.com/" + "a".repeat(WebhookUrl.LONGEST - 20);

        assertThat(STRICT.problem(longest)).isEmpty();
        assertThat(STRICT.problem(longest + "a")).isPresent();
    }

    @Test
    void theSettingsAllowWhatTheySay() {
        assertThat(new WebhookUrl(true, false).problem("http://example.com")).isEmpty();
        assertThat(new WebhookUrl(true, false).problem("http://127.0.0.1")).isPresent();
        assertThat(new WebhookUrl(true, true).problem("http://127.0.0.1:9000/")).isEmpty();
        assertThat(new WebhookUrl(false, true).problem("http://127.0.0.1")).isPresent();
        assertThat(new WebhookUrl(true, true).problem("http://2130706433/")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.1.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void aSpecialAddressIsKnown(String address) throws UnknownHostException {
        assertThat(SpecialAddresses.isSpecial(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "2606:4700:4700::1111",
                "2a00:1450::1"
            })
    void anOrdinaryOneIsNot(String address) throws UnknownHostException {
        assertThat(SpecialAddresses.isSpecial(InetAddress.getByName(address))).isFalse();
    }
}
