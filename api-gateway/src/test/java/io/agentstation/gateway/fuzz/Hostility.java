package io.agentstation.gateway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What nobody sends by mistake: in a request's text, in its body's text, or in any byte. */
final class Hostility {

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "null",
            "[]",
            "\ufeff{}",
            "{}{}",
            "{} x",
            "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "{\"uptime_seconds\":1e999999999,\"mode\":\"IDLE\"}",
            "{\"replicas\":1e99999}",
            "{\"replicas\":" + "9".repeat(5_000) + "}",
            "{\"replicas\":-0}",
            "{\"port\":0x10}",
            "{\"port\":NaN}",
            "{\"description\":\"\\ud800\",\"name\":\"x\"}",
            "{\"description\":\"\\u0000\",\"name\":\"x\"}",
            "{\"\":\"\"}",
            "{\"__proto__\":{\"polluted\":true},\"name\":\"${jndi:ldap://x/y}\"}",
            "{\"name\":\"" + "x".repeat(300_000) + "\"}",
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
            "\u0000\u0001\u0002");

    private static final List<String> PATHS = List.of(
            "/%00",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2fetc",
            "/a%5cb",
            ";jsessionid=1",
            "/%c0%af",
            "//",
            "/.",
            "/%",
            "/%zz",
            "?%",
            "?a=%ff",
            "?limit=1&limit=2",
            "?limit=%00",
            "?cursor=" + "9".repeat(3_000),
            "?name[]=1",
            "?" + "a=1&".repeat(2_000),
            "?from=-999999999-01-01T00:00:00Z&to=%2B999999999-12-31T23:59:59Z",
            "?since=999999d&lines=00000000000000000001",
            "?label=" + "x".repeat(5_000) + "=y",
            "#fragment",
            "/{id}",
            "/<script>");

    private static final List<String> HEADERS = List.of(
            "X-Long: " + "x".repeat(20_000),
            "Content-Length: 5",
            "Content-Length: 99999999999999999999",
            "Content-Length: -1",
            "Transfer-Encoding: chunked",
            "Transfer-Encoding: gzip, chunked",
            "Expect: 100-continue",
            "Expect: nothing",
            "Content-Encoding: gzip",
            "Content-Type: application/json;charset=utf-7",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: \u00ff",
            "Accept: text/html;q=x, */*;q=9",
            "Accept-Encoding: gzip, br",
            "Authorization: Basic \u0000\u0001",
            "Authorization: Bearer " + "x".repeat(9_000),
            "Prefer: wait=-1",
            "Prefer: wait=9999999999",
            "Prefer: wait",
            "Prefer: wait=0, wait=1, respond-async",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key:",
            "Idempotency-Key: a b",
            "X-Request-Id: a\tb",
            "X-Request-Id: <script>",
            "X-Forwarded-For: 1.2.3.4, \"evil\"",
            "X-Forwarded-Host: evil.example",
            "Host: evil.example",
            "Range: bytes=0-1",
            "If-None-Match: *",
            "Upgrade: h2c",
            "Connection: Upgrade, HTTP2-Settings",
            "Cookie: " + "a=b; ".repeat(1_000),
            "Bad Header: x",
            ": empty",
            "Folded: a\r\n b",
            "X-HTTP-Method-Override: DELETE",
            "Last-Event-ID: not a time",
            "Origin: null");

    private static final List<String> METHODS = List.of(
            "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "BREW", "G\u0000T", "PUT", "PATCH", "DELETE", "");

    private final Random random;

    Hostility(Random random) {
        this.random = random;
    }

    String body() {
        return pick(BODIES);
    }

    String path(String path) {
        return random.nextInt(4) == 0 ? pick(PATHS) : path + pick(PATHS);
    }

    String header() {
        return pick(HEADERS);
    }

    String method(String method) {
        return random.nextInt(3) == 0 ? pick(METHODS) : method;
    }

    /** Some bytes changed, cut off or doubled. */
    byte[] bytes(byte[] request) {
        byte[] changed = request.clone();
        for (int i = 0; i <= random.nextInt(4) && changed.length > 0; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1)) : changed;
    }

    /** Text in bytes that are no UTF-8 when it has characters above 127. */
    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String pick(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
