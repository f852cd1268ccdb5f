package io.agentstation.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered on a connection of its own.
 *
 * @param status 0 when the connection ended without an answer
 * @param headers by lower-case name, the first of each
 * @param latin   the body, each byte as the character of its number
 */
record Reply(int status, Map<String, String> headers, String latin) {

    private static final int TIMEOUT_MS = 30_000;
    private static final Reply NONE = new Reply(0, Map.of(), "");

    /** Sends bytes as they are, ends the sending, and reads all that comes back. */
    static Reply to(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            send(socket, request);
            return parse(receive(socket));
        }
    }

    // A server that refuses a request before its end closes its side: what it answered is still to be read.
    private static void send(Socket socket, byte[] request) throws IOException {
        try {
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        } catch (SocketException e) {
            if (socket.isClosed()) {
                throw e;
            }
        }
    }

    private static byte[] receive(Socket socket) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(received);
        } catch (SocketException e) {
            // Reset after the answer, or instead of one: whoever asks decides.
            return received.toByteArray();
        }
        return received.toByteArray();
    }

    private static Reply parse(byte[] received) throws IOException {
        int end = indexOf(received, "\r\n\r\n", 0);
        if (end < 0) {
            return NONE;
        }
        String[] head = new String(received, 0, end, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            headers.putIfAbsent(
                    head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    head[i].substring(colon + 1).strip());
        }
        int status = Integer.parseInt(head[0].split(" ", 3)[1]);
        byte[] rest = Arrays.copyOfRange(received, end + 4, received.length);
        if (status < 200) {
            // 100 Continue: the answer itself follows.
            return parse(rest);
        }
        return new Reply(status, headers, new String(body(headers, rest), StandardCharsets.ISO_8859_1));
    }

    private static byte[] body(Map<String, String> headers, byte[] rest) throws IOException {
        if (headers.containsKey("content-length")) {
            int length = Integer.parseInt(headers.get("content-length"));
            return Arrays.copyOf(rest, Math.min(length, rest.length));
        }
        return "chunked".equals(headers.get("transfer-encoding")) ? joined(rest) : rest;
    }

    private static byte[] joined(byte[] chunks) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int lineEnd = indexOf(chunks, "\r\n", at);
            int length = Integer.parseInt(new String(chunks, at, lineEnd - at, StandardCharsets.ISO_8859_1), 16);
            if (length == 0) {
                return body.toByteArray();
            }
            body.write(chunks, lineEnd + 2, length);
            at = lineEnd + 2 + length + 2;
        }
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        for (int at = from; at <= bytes.length - text.length(); at++) {
            boolean found = true;
            for (int i = 0; i < text.length() && found; i++) {
                found = bytes[at + i] == text.charAt(i);
            }
            if (found) {
                return at;
            }
        }
        return -1;
    }

    /** A header. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    byte[] body() {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }
}
