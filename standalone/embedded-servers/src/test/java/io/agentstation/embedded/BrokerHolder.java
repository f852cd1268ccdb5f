package io.agentstation.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A parent to be killed: starts a broker, prints its process id, and waits for ever. */
final class BrokerHolder {

    private BrokerHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]));
        System.out.println(broker.pid());
        new CountDownLatch(1).await();
    }
}
