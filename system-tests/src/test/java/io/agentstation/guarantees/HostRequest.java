package io.agentstation.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstation.contracts.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import tools.jackson.databind.JsonNode;

/** A request with a Host header of one's own, which the JDK's client does not let a program set. */
final class HostRequest {

    private static final int PATIENCE_MS = 15_000;

    private HostRequest() {}

    /** Sends it and returns the status and the JSON body. */
    static StationClient.Answer send(String url, String host, String method, String path, String key, String body) {
        URI station = URI.create(url);
        try (Socket socket = new Socket(station.getHost(), station.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + key
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            int status = Integer.parseInt(answer.split(" ", 3)[1]);
            // Whatever the framing of the body, it is one JSON object.
            JsonNode json = Wire.mapper().readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
            return new StationClient.Answer(status, json);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + " for " + host, e);
        }
    }
}
