package io.agentstation.provisioner.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {

    private static final Instant EARLY = Instant.parse("2026-11-22T08:00:45Z");
    private static final Instant LATE = EARLY.plusSeconds(30);

    @Test
    void theFirstThatEndedCountsWhenAllHave() {
        List<Pod> pods = List.of(pod(restarted("agent", 0, LATE)), pod(ended("agent", 0, EARLY)));

        assertThat(Completion.of(pods)).contains(EARLY);
    }

    @Test
    void oneThatHasNotEndedOrNotWellIsEnoughToSayNothing() {
        assertThat(Completion.of(List.of())).isEmpty();
        assertThat(Completion.of(List.of(pod(running("agent"))))).isEmpty();
        assertThat(Completion.of(List.of(pod(ended("agent", 0, EARLY)), pod(running("agent")))))
                .isEmpty();
        assertThat(Completion.of(List.of(pod(ended("agent", 1, EARLY))))).isEmpty();
    }

    @Test
    void whatStandsBesideTheAgentRunsOn() {
        assertThat(Completion.of(List.of(pod(ended("agent", 0, EARLY), running("sidecar")))))
                .contains(EARLY);
    }

    @Test
    void aPodThatIsBeingDeletedDoesNotCount() {
        Pod terminating = new PodBuilder(pod(running("agent")))
                .editMetadata()
                .withDeletionTimestamp(LATE.toString())
                .endMetadata()
                .build();

        assertThat(Completion.of(List.of(terminating, pod(ended("agent", 0, EARLY)))))
                .contains(EARLY);
    }

    static Pod pod(ContainerStatus... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(containers)
                .endStatus()
                .build();
    }

    /** It ended and runs again. */
    static ContainerStatus restarted(String name, int code, Instant at) {
        return new ContainerStatusBuilder(running(name))
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(code)
                .withFinishedAt(at.toString())
                .endTerminated()
                .endLastState()
                .build();
    }

    private static ContainerStatus ended(String name, int code, Instant at) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withFinishedAt(at.toString())
                .endTerminated()
                .endState()
                .build();
    }

    private static ContainerStatus running(String name) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();
    }
}
