package io.agentstation.provisioner.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a client and an API server and does what it is told: refuses, carries out without answering, repeats an old
 * list, cuts watches, answers nothing at all. Every request has a connection of its own; a watch is passed through.
 */
public final class FaultyApi implements AutoCloseable {

    /** One request. */
    public record Request(String method, String path, boolean watch) {

        /** Whether it is a list, of everything or by labels. */
        public boolean isList() {
            return method.equals("GET") && !watch && path.contains("?");
        }
    }

    /** What becomes of a request. */
    public enum Fate {
        PASS,
        CONFLICT,
        TOO_MANY,
        ERROR,
        GONE,
        /** Carried out, but the connection ends without an answer. */
        UNANSWERED,
        /** The first answer that this path has had. */
        STALE
    }

    /** Decides; called on many threads. */
    public interface Script {
        Fate of(Request request);
    }

    private static final Map<Fate, String> REFUSALS = Map.of(
            Fate.CONFLICT, refusal(409, "Conflict", "the object has been modified", ""),
            Fate.TOO_MANY, refusal(429, "TooManyRequests", "too many requests, try later", "Retry-After: 1\r\n"),
            Fate.ERROR, refusal(500, "InternalError", "etcdserver: leader changed", ""),
            Fate.GONE, refusal(410, "Expired", "too old resource version", ""));

    private final ServerSocket server;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(FaultyApi::daemon);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> watches = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> first = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = request -> Fate.PASS;
    private volatile boolean dark;

    /** Before the API server at this address, passing everything on at first. */
    public FaultyApi(URI api) throws IOException {
        this.target = api.getPort();
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Where clients find it. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** From now on requests fare so. */
    public void follow(Script next) {
        script = next;
    }

    /** Nobody is answered and all connections end; or as before. */
    public void darken(boolean dark) {
        this.dark = dark;
        if (dark) {
            open.forEach(FaultyApi::end);
        }
    }

    /** Ends all watches without a word, so that events are missed until they are opened again. */
    public void cutWatches() {
        watches.forEach(FaultyApi::end);
    }

    /** Everything that has been asked so far, the unanswered too. */
    public int asked() {
        return requests.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            Optional<String> head = head(in);
            if (head.isPresent() && !dark) {
                serve(client, in, head.get());
            }
        } catch (IOException e) {
            // The other side has gone, as it may at any time.
        } finally {
            open.remove(client);
            watches.remove(client);
        }
    }

    private void serve(Socket client, InputStream in, String head) throws IOException {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", 3);
        boolean watch = head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket");
        Request request = new Request(line[0], line[1], watch);
        requests.add(request);
        byte[] body = in.readNBytes(length(head));
        Fate fate = script.of(request);
        String refusal = REFUSALS.get(fate);
        if (refusal != null) {
            client.getOutputStream().write(refusal.getBytes(StandardCharsets.UTF_8));
        } else if (watch) {
            watches.add(client);
            pass(client, in, head);
        } else {
            answer(client, request, fate, head, body);
        }
    }

    private void answer(Socket client, Request request, Fate fate, String head, byte[] body) throws IOException {
        byte[] before = first.get(request.path());
        if (fate == Fate.STALE && before != null) {
            client.getOutputStream().write(before);
            return;
        }
        byte[] answer = exchange(head, body);
        if (request.isList()) {
            first.putIfAbsent(request.path(), answer);
        }
        if (fate != Fate.UNANSWERED && !dark) {
            client.getOutputStream().write(answer);
        }
    }

    private byte[] exchange(String head, byte[] body) throws IOException {
        try (Socket api = new Socket(InetAddress.getLoopbackAddress(), target)) {
            String alone =
                    head.replaceAll("(?i)\r\nconnection:[^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
            api.getOutputStream().write(alone.getBytes(StandardCharsets.ISO_8859_1));
            api.getOutputStream().write(body);
            byte[] answer = api.getInputStream().readAllBytes();
            String said = new String(answer, StandardCharsets.ISO_8859_1);
            // Whoever is answered must not send a second request here.
            return said.replaceFirst("(?i)\r\nconnection:[^\r]*", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private void pass(Socket client, InputStream in, String head) throws IOException {
        try (Socket api = new Socket(InetAddress.getLoopbackAddress(), target)) {
            api.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            threads.execute(() -> pump(in, api));
            api.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void pump(InputStream in, Socket api) {
        try {
            OutputStream out = api.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One of the two has gone; the other direction ends too.
        }
    }

    private static Optional<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        int read = in.read();
        while (read >= 0) {
            head.write(read);
            state = read == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : read == '\r' ? 1 : 0;
            if (state == 4) {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
            }
            read = in.read();
        }
        return Optional.empty();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String refusal(int code, String reason, String message, String header) {
        String body = "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message
                + "\",\"reason\":\"" + reason + "\",\"details\":{\"retryAfterSeconds\":1},\"code\":" + code + "}";
        return "HTTP/1.1 " + code + " " + reason + "\r\n" + header
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("a socket cannot be closed", e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-api");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the faulty API cannot be closed", e);
        }
        open.forEach(FaultyApi::end);
        threads.shutdownNow();
    }
}
