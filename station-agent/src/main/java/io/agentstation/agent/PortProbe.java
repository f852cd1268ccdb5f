package io.agentstation.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/**
 * Whether something listens on a port of this pod: containers of a pod share the loopback address. The same question as a
 * readiness probe by {@code tcpSocket}, asked without any credential. Waits a second at most.
 */
record PortProbe(int port) implements BooleanSupplier {

    private static final int TIMEOUT_MS = 1_000;

    @Override
    public boolean getAsBoolean() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
