package io.agentstation.standalone.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.embedded.RunningServer;
import io.agentstation.embedded.process.StartFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisedServerTest {

    private final List<FakeServer> started = new CopyOnWriteArrayList<>();
    private final List<String> console = new CopyOnWriteArrayList<>();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final AtomicBoolean full = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private String address = "127.0.0.1:1";

    private final SupervisedServer server = new SupervisedServer(
            "kafka",
            Path.of("kafka.log"),
            this::startOne,
            full::get,
            new SupervisedServer.Voice(console::add, ended::add),
            // No pauses: they are the budget's own test.
            new RestartBudget(now::get, Duration.ZERO));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aServerThatEndsIsStartedAgainAndItIsSaid() {
        server.start();

        started.get(0).end(137);

        await().untilAsserted(() -> assertThat(console)
                .hasSize(2)
                .anyMatch(line -> line.contains("kafka ended with exit code 137"))
                .anyMatch(line -> line.contains("kafka runs again")));
        assertThat(started).hasSize(2);
        assertThat(ended).isEmpty();
    }

    @Test
    void theFourthEndWithinTenMinutesEndsTheStation() {
        server.start();
        for (int i = 0; i < RestartBudget.MOST; i++) {
            int next = i + 2;
            started.get(i).end(1);
            await().untilAsserted(() -> assertThat(started).hasSize(next));
        }
        assertThat(ended).isEmpty();

        started.get(RestartBudget.MOST).end(1);

        await().untilAsserted(() -> assertThat(ended)
                .singleElement()
                .asString()
                .contains("more than 3 times within 10 minutes", "kafka.log"));
    }

    @Test
    void aRestartThatFailsIsTriedAgainAndTheLastFailureIsSaid() {
        server.start();
        failures.set(Integer.MAX_VALUE);

        started.get(0).end(1);

        await().untilAsserted(() -> assertThat(ended).singleElement().asString().contains("no luck"));
    }

    @Test
    void whileTheDiskIsFullNothingIsStartedAndNothingIsSpent() {
        server.start();
        full.set(true);
        failures.set(0);

        started.get(0).end(1);
        await().untilAsserted(() -> assertThat(console).contains("kafka waits for room on the disk"));
        assertThat(started).hasSize(1);
        full.set(false);

        await().untilAsserted(() -> assertThat(started).hasSize(2));
    }

    @Test
    void anotherAddressEndsTheStationSinceNobodyWouldFindTheServer() {
        server.start();
        address = "127.0.0.1:2";

        started.get(0).end(1);

        await().untilAsserted(() -> assertThat(ended).singleElement().asString().contains("127.0.0.1:1 again"));
    }

    @Test
    void aServerThatWasStoppedIsNotStartedAgain() {
        server.start();

        server.close();

        assertThat(started)
                .singleElement()
                .satisfies(only -> assertThat(only.exit).isDone());
        assertThat(console).isEmpty();
        assertThat(ended).isEmpty();
    }

    private RunningServer startOne() {
        if (!started.isEmpty() && failures.getAndDecrement() > 0) {
            throw new StartFailed("no luck");
        }
        FakeServer fake = new FakeServer(address);
        started.add(fake);
        return fake;
    }

    private static final class FakeServer implements RunningServer {

        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private final String address;

        FakeServer(String address) {
            this.address = address;
        }

        void end(int code) {
            exit.complete(code);
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> onExit() {
            return exit;
        }

        @Override
        public void close() {
            exit.complete(0);
        }
    }
}
