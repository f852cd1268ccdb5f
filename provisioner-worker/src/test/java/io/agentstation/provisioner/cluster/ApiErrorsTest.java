package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiErrorsTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 415, 422})
    void whatTheApiRefusesForGoodIsPermanent(int code) {
        ClusterFailure failure = ApiErrors.translate("apply Deployment first", refused(code, "spec is invalid"));

        assertThat(failure)
                .isInstanceOf(ClusterFailure.Permanent.class)
                .hasMessageContaining("apply Deployment first")
                .hasMessageContaining("spec is invalid");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 409, 429, 500, 503, 504})
    void whatCanPassIsTransient(int code) {
        assertThat(ApiErrors.translate("apply Deployment first", refused(code, "try later")))
                .isInstanceOf(ClusterFailure.Transient.class)
                .hasMessageContaining("try later");
    }

    @Test
    void anApiThatDoesNotAnswerIsTransientAndKeepsItsCause() {
        KubernetesClientException silent =
                new KubernetesClientException("Operation: [get] failed", new IOException("Connection refused"));

        assertThat(ApiErrors.translate("read Secret first-agent", silent))
                .isInstanceOf(ClusterFailure.Transient.class)
                .hasMessageContaining("does not answer")
                .hasCause(silent);
    }

    @Test
    void aTimeToWaitIsHeeded() {
        KubernetesClientException busy = new KubernetesClientException(
                "later",
                429,
                new StatusBuilder()
                        .withNewDetails()
                        .withRetryAfterSeconds(7)
                        .endDetails()
                        .build());

        assertThat(ApiErrors.translate("apply Pod a", busy))
                .isInstanceOfSatisfying(
                        ClusterFailure.Transient.class,
                        failure -> assertThat(failure.notBefore()).isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void aQuotaIsNamedAsSuchAndARightAsSuch() {
        assertThat(ApiErrors.translate("apply Pod a", refused(403, "exceeded quota: agents, requested: pods=1")))
                .hasMessageStartingWith("quota exceeded: exceeded quota: agents")
                .hasMessageContaining("raise the quota");
        assertThat(ApiErrors.translate("apply Pod a", refused(403, "pods is forbidden")))
                .hasMessageContaining("does not allow")
                .hasMessageContaining("pods is forbidden");
    }

    private static KubernetesClientException refused(int code, String message) {
        return new KubernetesClientException(
                message, code, new StatusBuilder().withMessage(message).build());
    }
}
