package io.agentstation.provisioner.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
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

    private static KubernetesClientException refused(int code, String message) {
        return new KubernetesClientException(
                message, code, new StatusBuilder().withMessage(message).build());
    }
}
