package io.agentstation.standalone.startup;

import io.agentstation.embedded.process.Ports;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.settings.UpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** The port on which the API will listen: needed before the API starts, since agents are told of it. */
final class ApiPort {

    private static final String NAME = "api";

    private ApiPort() {}

    /** The port that was asked for; for 0 a free one, the same as last time where possible. */
    static int choose(UpSettings settings, DataDirectory data) throws IOException {
        int port = settings.port();
        if (port == 0) {
            port = new Ports(data.portsFile()).choose(List.of(NAME)).getOrDefault(NAME, 0);
        }
        checkFree(settings.address(), port);
        return port;
    }

    /** Known in the first second, rather than after everything else has started. */
    private static void checkFree(InetAddress address, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new StationFailure(
                    "the API cannot listen on %s port %d (%s): choose another with --port or --bind"
                            .formatted(address.getHostAddress(), port, e.getMessage()),
                    e);
        }
    }
}
