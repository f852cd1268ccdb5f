package io.agentstation.guarantees.liveness;

import io.agentstation.embedded.process.Ports;
import io.agentstation.guarantees.processes.GatewayProcess;
import io.agentstation.guarantees.processes.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two gateways, each a process of its own, at addresses that outlive them. */
final class Gateways {

    private static final List<String> NAMES = List.of("gateway-1", "gateway-2");

    /** Starts a process of a gateway. */
    interface Starter {

        ServiceProcess start(String name, int port);
    }

    private final Starter starter;
    private final List<Integer> ports;
    private final List<ServiceProcess> processes = new ArrayList<>();

    /** Starts both and waits until they answer. */
    Gateways(Path directory, Starter starter) throws IOException {
        this.starter = starter;
        this.ports = List.copyOf(
                new Ports(directory.resolve("ports.properties")).choose(NAMES).values());
        for (int i = 0; i < NAMES.size(); i++) {
            processes.add(starter.start(NAMES.get(i), ports.get(i)));
        }
        for (int i = 0; i < NAMES.size(); i++) {
            GatewayProcess.awaitAnswers(processes.get(i), urls().get(i));
        }
    }

    List<String> urls() {
        return ports.stream().map(port -> "http://127.0.0.1:" + port).toList();
    }

    /** kill -9 of the second: the first is left alone. */
    void killOne() {
        processes.remove(1).kill();
    }

    /** Starts the second again, where its agents look for it; does not wait for it. */
    void restartOne() {
        processes.add(starter.start(NAMES.get(1), ports.get(1)));
    }
}
