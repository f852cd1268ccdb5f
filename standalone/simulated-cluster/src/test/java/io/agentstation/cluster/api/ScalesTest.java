package io.agentstation.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentstation.cluster.objects.ApiFailure;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectFiles;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Scaling an object that its controllers write all the time. */
class ScalesTest {

    private static final String PATH = "/apis/apps/v1/namespaces/agents/deployments/busy/scale";
    private static final ObjectKey BUSY = new ObjectKey(ResourceKind.DEPLOYMENT, "agents", "busy");

    private ObjectStore store;
    private Scales scales;

    @BeforeEach
    void open(@TempDir Path directory) {
        store = new ObjectStore(new ObjectFiles(directory), Clock.systemUTC());
        scales = new Scales(store, Clock.systemUTC());
        ObjectNode deployment = ClusterObject.blank(BUSY);
        deployment.putObject("spec").put("replicas", 1);
        var unused = store.create(new ClusterObject(ResourceKind.DEPLOYMENT, deployment), false);
    }

    @Test
    void whoNamesNoVersionIsNeverRefusedForOneThatHasChanged() {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> controller = CompletableFuture.runAsync(() -> {
            for (int change = 0; !done.get(); change++) {
                status(change);
            }
        });
        try {
            for (int replicas = 0; replicas < 500; replicas++) {
                assertThat(patch("{\"spec\":{\"replicas\":" + replicas + "}}").code())
                        .isEqualTo(200);
            }
        } finally {
            done.set(true);
            controller.join();
        }

        assertThat(store.require(BUSY).spec().path("replicas").asInt(0)).isEqualTo(499);
    }

    @Test
    void whoNamesAnotherVersionIsRefused() {
        String before = Long.toString(store.require(BUSY).resourceVersion());
        status(1);

        assertThatExceptionOfType(ApiFailure.class)
                .isThrownBy(() ->
                        patch("{\"metadata\":{\"resourceVersion\":\"" + before + "\"}," + "\"spec\":{\"replicas\":3}}"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(409));
        assertThat(store.require(BUSY).spec().path("replicas").asInt(0)).isEqualTo(1);
    }

    private void status(int number) {
        store.amend(store.require(BUSY), json -> {
            json.withObjectProperty("status").put("observedGeneration", number);
            return json;
        });
    }

    private Answer patch(String body) {
        ApiRequest request = ApiRequest.of(
                "PATCH",
                PATH,
                Map.of("Content-Type", "application/merge-patch+json")::get,
                body.getBytes(StandardCharsets.UTF_8));
        return scales.patch(Target.of(request.segments()).orElseThrow(), request);
    }
}
