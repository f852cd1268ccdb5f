package io.agentstation.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The least that an agent takes for a station: answers everything with one status and remembers who called. */
final class HttpStation implements AutoCloseable {

    record Call(String path, String authorization) {}

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    HttpStation() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    List<Call> calls(String pathPart) {
        return calls.stream().filter(call -> call.path().contains(pathPart)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        calls.add(new Call(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] body = "{\"message\":\"Heartbeat recorded\",\"state\":\"ACTIVE\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
