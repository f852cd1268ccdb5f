package io.agentstation.webhooks.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.contracts.webhooks.WebhookUrl;
import io.agentstation.webhooks.fixtures.Canary;
import io.agentstation.webhooks.fixtures.Receiver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However an address of this machine is spelt or hidden, nobody connects to it unless that is allowed. */
class HostileUrlsIT {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    /** Hosts that lead, or were used to lead, to this machine or its networks; {@code %s} is none. */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "127.255.255.254",
            "127.1",
            "127.0.1",
            "2130706433",
            "2130706434",
            "0x7f000001",
            "0x7f.0x0.0x0.0x1",
            "0x7f.1",
            "0X7F.0.0.1",
            "017700000001",
            "0177.0.0.1",
            "0177.0.0.01",
            "00000177.0.0.1",
            "0177.0x0.0.1",
            "127.0.0.01",
            "127.00.0.1",
            "127.0.0.1.",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "0",
            "0.0",
            "0.0.0.0",
            "0x0",
            "00",
            "0.0.0.1",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[0000::0001]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]",
            "[::127.0.0.1]",
            "[::7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2002:7f00:0001::1]",
            "[2001:0:7f00:1::]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fe80::1%25eth0]",
            "[fec0::1]",
            "[fc00::1]",
            "[fd00::1]",
            "[fd12:3456:789a::1]",
            "[ff02::1]",
            "[ff05::2]",
            "[100::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[5f00::1]",
            "10.0.0.1",
            "10.255.255.255",
            "10.1",
            "167772161",
            "0x0a000001",
            "012.0.0.1",
            "172.16.0.1",
            "172.31.255.254",
            "2886729729",
            "0xac100001",
            "192.168.0.1",
            "192.168.1.1",
            "192.168.257",
            "3232235521",
            "0xc0a80001",
            "0300.0250.0.1",
            "169.254.169.254",
            "169.254.0.1",
            "2852039166",
            "0xa9fea9fe",
            "0251.0376.0251.0376",
            "[::ffff:169.254.169.254]",
            "[::ffff:a9fe:a9fe]",
            "[::ffff:10.0.0.1]",
            "[::ffff:192.168.0.1]",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.254",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "254.1.1.1",
            "255.255.255.255",
            "4294967295",
            "0xffffffff",
            "256.0.0.1",
            "127.0.0.256",
            "1.2.3.4.5",
            "127.0.0",
            "%6c%6f%63%61%6c%68%6f%73%74",
            "%31%32%37.0.0.1",
            "127%2e0%2e0%2e1",
            "127\u30020\u30020\u30021",
            "\u2460\u2461\u2466.0.0.1",
            "\uff11\uff12\uff17.0.0.1",
            "127.0.0.1%00.example.com",
            "127.0.0.1\\@example.com",
            "example.com@127.0.0.1",
            "example.com:80@127.0.0.1",
            "user:pass@127.0.0.1",
            "user@[::1]",
            "@127.0.0.1",
            "127.0.0.1#@example.com",
            "127.0.0.1?@example.com",
            "127.0.0.1 .example.com",
            "127.0.0.1\t",
            " 127.0.0.1",
            "[127.0.0.1]",
            "[::1",
            "::1",
            "[::1].",
            "[[::1]]",
            "[::1]]",
            "127.0.0.1:80:80",
            "-127.0.0.1",
            "127..0.0.1",
            ".127.0.0.1",
            "");

    /** Ways to write the rest of a URL around a host. */
    private static final List<String> SHAPES = List.of("http://%s:%d/hook", "https://%s:%d/hook");

    /** What is no web address at all. */
    private static final List<String> OTHERS = List.of(
            "file:///etc/passwd",
            "gopher://127.0.0.1:%d/_x",
            "ftp://127.0.0.1:%d/",
            "dict://127.0.0.1:%d/",
            "ldap://127.0.0.1:%d/",
            "jar:http://127.0.0.1:%d!/",
            "//127.0.0.1:%d/",
            "http:127.0.0.1:%d",
            "http:/127.0.0.1:%d",
            "http:///127.0.0.1:%d/",
            "http:\\\\127.0.0.1:%d\\",
            "http://127.0.0.1:%d\r\nHost: x/",
            "unix:///tmp/x",
            "netdoc:///etc/passwd",
            "javascript:alert(1)",
            "data:,x");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Canary canary = new Canary();
    private final List<SafeClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(SafeClient::close);
        canary.close();
        timer.shutdownNow();
    }

    private SafeClient client(boolean allowPrivateAddresses, HostResolver resolver) {
        SafeClient client = new SafeClient(
                new WebhookUrl(true, allowPrivateAddresses),
                resolver,
                new ClientLimits(Duration.ofMillis(500), Duration.ofSeconds(2), 200),
                timer);
        clients.add(client);
        return client;
    }

    private List<String> hostile() {
        List<String> urls = new ArrayList<>();
        for (String shape : SHAPES) {
            HOSTS.forEach(host -> urls.add(shape.replace("%s", host).replace("%d", "" + canary.port())));
        }
        OTHERS.forEach(url -> urls.add(url.replace("%d", "" + canary.port())));
        return urls;
    }

    private static List<String> outcomes(SafeClient client, List<String> urls) {
        // Side by side: those that lead nowhere take until their time is up.
        List<CompletableFuture<Answer>> answers =
                urls.stream().map(url -> client.post(url, Map.of(), BODY)).toList();
        return answers.stream().map(HostileUrlsIT::outcome).toList();
    }

    private static String outcome(CompletableFuture<Answer> answer) {
        try {
            return "answered " + answer.join().status();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause());
        }
    }

    @Test
    void noHostileUrlReachesTheCanary() {
        SafeClient client = client(false, SafeClient.systemResolver());
        List<String> urls = hostile();
        assertThat(urls).hasSizeGreaterThanOrEqualTo(250);

        List<String> outcomes = outcomes(client, urls);

        assertThat(outcomes).noneMatch(outcome -> outcome.contains("answered"));
        assertThat(canary.connections()).isZero();
    }

    @Test
    void controlWithoutTheRuleTheCanaryIsReached() {
        SafeClient client = client(true, SafeClient.systemResolver());

        assertThat(outcomes(client, hostile())).isNotEmpty();

        assertThat(canary.connections()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void aNameThatHasOneSpecialAddressAmongOrdinaryOnesIsRefused() {
        SafeClient client = client(false, host -> addresses("93.184.216.34", "127.0.0.1"));

        assertThatThrownBy(() ->
                        client.post(canaryAt("mixed.example"), Map.of(), BODY).join())
                .hasMessageContaining("127.0.0.1");
        assertThat(canary.connections()).isZero();
    }

    @Test
    void aNameThatChangesItsAddressAfterTheCheckLeadsNowhereElse() {
        AtomicInteger asked = new AtomicInteger();
        // Ordinary when it is checked first (and given to nobody); loopback ever after.
        HostResolver rebinding = host -> asked.getAndIncrement() == 0 ? addresses("192.0.1.1") : addresses("127.0.0.1");
        SafeClient client = client(false, rebinding);

        String first = outcome(client.post(canaryAt("rebind.example"), Map.of(), BODY));
        String second = outcome(client.post(canaryAt("rebind.example"), Map.of(), BODY));

        assertThat(first).doesNotContain("answered");
        assertThat(second).contains("private or special address");
        // One look-up for each attempt: what was checked is what is connected to.
        assertThat(asked).hasValue(2);
        assertThat(canary.connections()).isZero();
    }

    @Test
    void controlTheAddressThatTheResolverGaveIsTheOneConnectedTo() {
        SafeClient client = client(true, host -> addresses("127.0.0.1"));

        assertThat(outcome(client.post(canaryAt("rebind.example"), Map.of(), BODY)))
                .isEqualTo("answered 204");
        assertThat(canary.connections()).isEqualTo(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        SafeClient client = client(true, SafeClient.systemResolver());
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            try (Receiver redirects = new Receiver((request, before) ->
                    new Receiver.Reply(status, Map.of("location", "http://127.0.0.1:" + canary.port() + "/"), ""))) {
                assertThat(outcome(client.post(redirects.url(), Map.of(), BODY)))
                        .isEqualTo("answered " + status);
            }
        }
        assertThat(canary.connections()).isZero();
    }

    private String canaryAt(String host) {
        return "http://" + host + ":" + canary.port() + "/";
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return addresses;
    }
}
