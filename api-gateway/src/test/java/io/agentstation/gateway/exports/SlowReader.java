package io.agentstation.gateway.exports;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.gateway.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks for an export and reads of it only what it is told to; little fits between it and the gateway. */
final class SlowReader implements AutoCloseable {

    private static final int RECEIVE_BUFFER = 8 * 1024;

    private final Socket socket = new Socket();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    SlowReader(Http user, AgentId agent, int telemetryLimit) {
        String body = "{\"telemetry_limit\":" + telemetryLimit + "}";
        String request = "POST /api/agents/" + agent + "/export HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Authorization: Bearer " + user.credential()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), user.port()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads some bytes; fewer at the end only. */
    int read(int most) {
        try {
            InputStream in = socket.getInputStream();
            byte[] some = in.readNBytes(most);
            seen.writeBytes(some);
            return some.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads to the end; a reset is one too. */
    void readAll() {
        try {
            while (read(64 * 1024) > 0) {
                // Goes on.
            }
        } catch (UncheckedIOException e) {
            seen.writeBytes(("\n" + e.getMessage()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What was read so far: head, chunk sizes and all. */
    String text() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** Whether the body has come to its end, as HTTP's chunked coding says it (RFC 9112 section 7.1). */
    boolean isWhole() {
        return text().endsWith("\r\n0\r\n\r\n");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
