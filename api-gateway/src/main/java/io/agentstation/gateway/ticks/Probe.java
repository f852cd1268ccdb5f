package io.agentstation.gateway.ticks;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A heartbeat to oneself through the front door. Each probe opens a connection of its own: one that is kept alive would
 * still work when the listener takes no new ones.
 */
final class Probe {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofMillis(900);
    private static final byte[] BODY = "{\"mode\":\"EMERGENCY\",\"uptime_seconds\":0}".getBytes(StandardCharsets.UTF_8);

    private final URI target;
    private final String token;

    Probe(URI target, String token) {
        this.target = target;
        this.token = token;
    }

    /** Sends one and says whether it was acknowledged, within a second and a half. */
    boolean isAcknowledged() {
        try {
            URLConnection connection = target.toURL().openConnection(Proxy.NO_PROXY);
            return connection instanceof HttpURLConnection http && answer(http) == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            // That is what a probe is for; whoever asks decides what it means.
            return false;
        }
    }

    private int answer(HttpURLConnection http) throws IOException {
        try {
            http.setRequestMethod("POST");
            http.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
            http.setReadTimeout(Math.toIntExact(ANSWER.toMillis()));
            http.setRequestProperty("Connection", "close");
            http.setRequestProperty("Content-Type", "application/json");
            http.setRequestProperty("Authorization", "Bearer " + token);
            http.setDoOutput(true);
            http.setFixedLengthStreamingMode(BODY.length);
            http.getOutputStream().write(BODY);
            return http.getResponseCode();
        } finally {
            http.disconnect();
        }
    }
}
