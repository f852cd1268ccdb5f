package io.agentstation.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.commands.AgentCommand;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.observations.Observation.Applied;
import io.agentstation.contracts.observations.Observation.Removed;
import io.agentstation.provisioner.testing.FaultyApi;
import io.agentstation.provisioner.testing.FaultyApi.Fate;
import io.agentstation.provisioner.testing.Samples;
import io.agentstation.provisioner.testing.TestStation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real worker before an API server that fails as real ones do: it converges, asks with measure, and deletes nobody. */
class ScriptedFaultsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Object> QUICK =
            Map.of("station.provisioner.retry.first", "200ms", "station.provisioner.retry.longest", "2s");

    // The faults profile lets it last as long as the guarantee says.
    private static final Duration OUTAGE = Duration.ofSeconds(Boolean.getBoolean("faults.full") ? 30 : 6);

    @TempDir
    private Path directory;

    private TestStation station;
    private FaultyApi api;

    @BeforeEach
    void start() throws IOException {
        station = new TestStation(directory);
        api = station.startFaultyApi();
        station.startWorker(QUICK);
    }

    @AfterEach
    void stop() {
        station.close();
    }

    @Test
    void refusalsAndAnswersThatAreLostEndInWhatIsDesired() {
        long seed = System.nanoTime();
        System.out.println("seed of the faults: " + seed);
        Random random = new Random(seed);
        AgentCommand bystander = provision("bystander");
        station.await(bystander, Applied.class);
        Set<String> untouched = uids(bystander.agentId());
        List<Fate> fates = List.of(Fate.CONFLICT, Fate.TOO_MANY, Fate.ERROR, Fate.UNANSWERED);
        api.follow(request -> {
            if (request.watch()) {
                return random.nextInt(3) == 0 ? Fate.GONE : Fate.PASS;
            }
            return random.nextInt(10) == 0 ? fates.get(random.nextInt(fates.size())) : Fate.PASS;
        });

        List<AgentCommand> created =
                IntStream.range(0, 8).mapToObj(i -> provision("faulty-" + i)).toList();
        created.forEach(command -> station.await(command, Applied.class));
        api.cutWatches();
        List<AgentCommand> deleted = created.stream()
                .limit(4)
                .map(command -> Samples.deprovision(command.agentId()))
                .toList();
        deleted.forEach(station::send);
        deleted.forEach(command -> station.await(command, Removed.class));
        api.follow(request -> Fate.PASS);

        await().atMost(PATIENCE).untilAsserted(() -> {
            deleted.forEach(
                    command -> assertThat(station.objectsOf(command.agentId())).isEmpty());
            created.stream()
                    .skip(4)
                    .forEach(command -> assertThat(kinds(command.agentId()))
                            .contains("ConfigMap", "Secret", "Service", "Ingress", "Deployment"));
        });
        assertThat(uids(bystander.agentId())).as("nobody else was touched").isEqualTo(untouched);
    }

    @Test
    void listsThatAreOldDeleteNobodyAndHoldUpNoRemovalForGood() {
        AgentCommand first = provision("stale-1");
        station.await(first, Applied.class);
        AgentCommand second = provision("stale-2");
        station.await(second, Applied.class);
        Set<String> before = uids(second.agentId());
        AgentCommand removal = Samples.deprovision(first.agentId());
        api.follow(request -> request.isList() ? Fate.STALE : Fate.PASS);
        station.send(removal);
        await().atMost(PATIENCE)
                .until(() -> station.outcomes(removal.commandId()).isEmpty() && !anchored(first));

        api.follow(request -> Fate.PASS);

        station.await(removal, Removed.class);
        assertThat(station.objectsOf(first.agentId())).isEmpty();
        assertThat(uids(second.agentId())).isEqualTo(before);
    }

    @Test
    void anOutageIsAskedIntoWithMeasureAndEndsInWhatIsDesired() {
        AgentCommand before = provision("before-outage");
        station.await(before, Applied.class);
        Set<String> untouched = uids(before.agentId());
        api.darken(true);
        List<AgentCommand> during =
                IntStream.range(0, 20).mapToObj(i -> provision("during-" + i)).toList();
        int asked = api.asked();
        long start = System.nanoTime();

        await().pollDelay(OUTAGE).atMost(PATIENCE).until(() -> true);

        double seconds = (System.nanoTime() - start) / 1e9;
        double perSecond = (api.asked() - asked) / seconds;
        api.darken(false);
        during.forEach(command -> station.await(command, Applied.class));
        assertThat(perSecond)
                .as("requests a second for 20 agents and 9 watches")
                .isLessThan(60);
        assertThat(uids(before.agentId())).isEqualTo(untouched);
    }

    @Test
    void anAgentThatTheClusterIsSlowWithHoldsUpNoOther() throws InterruptedException {
        var release = new java.util.concurrent.CountDownLatch(1);
        api.follow(request -> {
            if (request.path().contains("slow-one")) {
                try {
                    var unused = release.await(30, java.util.concurrent.TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Fate.PASS;
        });
        AgentCommand slow = provision("slow-one");
        List<AgentCommand> others =
                IntStream.range(0, 12).mapToObj(i -> provision("quick-" + i)).toList();

        others.forEach(command -> station.await(command, Applied.class));

        assertThat(station.outcomes(slow.commandId()).stream().filter(Applied.class::isInstance))
                .isEmpty();
        release.countDown();
        station.await(slow, Applied.class);
    }

    private AgentCommand provision(String name) {
        AgentCommand provision = Samples.provision(Samples.fresh(), name);
        station.send(provision);
        return provision;
    }

    private boolean anchored(AgentCommand command) {
        return kinds(command.agentId()).contains("ConfigMap");
    }

    private Set<String> kinds(AgentId agent) {
        return station.objectsOf(agent).stream().map(HasMetadata::getKind).collect(Collectors.toSet());
    }

    private Set<String> uids(AgentId agent) {
        return station.objectsOf(agent).stream()
                .filter(object -> !object.getKind().equals("Pod"))
                .map(object -> object.getMetadata().getUid())
                .collect(Collectors.toSet());
    }
}
