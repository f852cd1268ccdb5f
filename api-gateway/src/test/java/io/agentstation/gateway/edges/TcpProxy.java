package io.agentstation.gateway.edges;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stands before a server and makes it slow, silent or gone, and well again. */
final class TcpProxy implements AutoCloseable {

    /** What it does with what comes. */
    enum Mode {
        PASS,
        /** A pause before everything that is passed on, in both directions. */
        SLOW,
        /** Takes everything and passes nothing on. */
        SILENT,
        /** Ends every connection at once. */
        GONE
    }

    private static final long PAUSE_MS = 40;
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;

    /** Before the server at {@code host:port}. */
    TcpProxy(String hostAndPort) throws IOException {
        int colon = hostAndPort.lastIndexOf(':');
        this.host = hostAndPort.substring(0, colon);
        this.port = Integer.parseInt(hostAndPort.substring(colon + 1));
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("accept", this::accept);
    }

    String address() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    void be(Mode wanted) {
        mode = wanted;
        if (wanted == Mode.GONE) {
            open.forEach(TcpProxy::end);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // The server refuses, or this proxy ends: the next look tells which.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (mode == Mode.GONE) {
            end(client);
            return;
        }
        open.add(client);
        Socket server = new Socket(host, port);
        open.add(server);
        daemon("to-server", () -> pump(client, server));
        daemon("to-client", () -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hold();
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone; so does the other.
        } finally {
            end(from);
            end(to);
        }
    }

    private void hold() {
        if (mode == Mode.SLOW) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
        while (mode == Mode.SILENT) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        be(Mode.GONE);
        listener.close();
    }
}
