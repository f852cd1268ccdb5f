package io.agentstation.gateway.edges;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Stands before a server and makes it slow, silent or gone, and well again. */
final class TcpProxy implements AutoCloseable {

    /** What it does with what comes. */
    enum Mode {
        PASS,
        /** Takes everything and passes nothing on. */
        SILENT,
        /** Ends every connection at once. */
        GONE,
        /** Ends every connection and lets nobody connect. */
        REFUSING
    }

    private static final long LOOK_MS = 20;
    private static final int BUFFER = 16 * 1024;
    // Below the ephemeral range of Linux: no outgoing connection takes its port while it refuses.
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;

    private static final class Piece {

        private final long due;
        private final byte[] bytes;

        Piece(long due, byte[] bytes) {
            this.due = due;
            this.bytes = bytes;
        }

        boolean isLast() {
            return bytes.length == 0;
        }
    }

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong passed = new AtomicLong();
    private final int port;
    private volatile InetSocketAddress server = new InetSocketAddress(0);
    private volatile ServerSocket listener;
    private volatile Mode mode = Mode.PASS;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean closed;

    /** Before a server that is named later. */
    TcpProxy() throws IOException {
        this.listener = listen();
        this.port = listener.getLocalPort();
        daemon("accept", this::accept);
    }

    /** Before the server at {@code host:port}. */
    TcpProxy(String hostAndPort) throws IOException {
        this();
        to(hostAndPort);
    }

    /** Names the server that it stands before. */
    void to(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        server = new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    private static ServerSocket listen() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return listen(ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        return socket;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** How many bytes have come through, both ways. */
    long passed() {
        return passed.get();
    }

    void be(Mode wanted) {
        mode = wanted;
        delay = Duration.ZERO;
        try {
            if (wanted == Mode.REFUSING) {
                listener.close();
            } else if (listener.isClosed()) {
                listener = listen(port);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (wanted == Mode.GONE || wanted == Mode.REFUSING) {
            open.forEach(TcpProxy::end);
            open.clear();
        }
    }

    /** Passes everything on, each piece so much later: a long way, both ways. */
    void beSlow(Duration eachWay) {
        be(Mode.PASS);
        delay = eachWay;
    }

    private void accept() {
        while (!closed) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The server or this proxy refuses: the next look tells whether it still does.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (mode == Mode.GONE) {
            end(client);
            return;
        }
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        upstream.setTcpNoDelay(true);
        client.setTcpNoDelay(true);
        open.add(client);
        open.add(upstream);
        join(client, upstream, "to-server");
        join(upstream, client, "to-client");
    }

    private void join(Socket from, Socket to, String name) {
        BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
        daemon(name + "-read", () -> read(from, underWay));
        daemon(name + "-write", () -> write(underWay, from, to));
    }

    private void read(Socket from, BlockingQueue<Piece> underWay) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                underWay.add(new Piece(System.nanoTime() + delay.toNanos(), Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        }
        underWay.add(new Piece(System.nanoTime() + delay.toNanos(), new byte[0]));
    }

    private void write(BlockingQueue<Piece> underWay, Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            for (Piece piece = underWay.take(); !piece.isLast(); piece = underWay.take()) {
                hold(piece);
                out.write(piece.bytes);
                out.flush();
                passed.addAndGet(piece.bytes.length);
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private void hold(Piece piece) {
        for (long left = piece.due - System.nanoTime(); left > 0; left = piece.due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        while (mode == Mode.SILENT && !closed) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        be(Mode.GONE);
        listener.close();
    }
}
