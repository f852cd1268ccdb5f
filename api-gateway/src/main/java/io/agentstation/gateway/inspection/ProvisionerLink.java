package io.agentstation.gateway.inspection;

import io.agentstation.contracts.clusters.ClusterReport;
import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.inspection.InspectionProof;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.clusters.Clusters;
import io.agentstation.gateway.errors.RequestRefused;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import tools.jackson.core.JacksonException;

/** Asks the provisioner that has reported last. Any of them can answer for every agent. */
final class ProvisionerLink {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

    // Until the answer begins; the provisioner may have to ask the cluster about many pods.
    private static final Duration BEGIN_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Clusters clusters;
    private final StationKey key;
    private final InstantSource clock;

    ProvisionerLink(Clusters clusters, StationKey key, InstantSource clock) {
        this.clusters = clusters;
        this.key = key;
        this.clock = clock;
    }

    /**
     * The answer, to be read as it comes, and closed.
     *
     * @param target path and query
     * @throws RequestRefused 503 when no provisioner answers, or the cluster does not answer the provisioner
     */
    InputStream ask(String target) {
        URI base = clusters.current()
                .map(ClusterReport::inspection)
                .orElseThrow(() -> RequestRefused.unavailable(
                        "No provisioner that can be asked has reported within the last minute, try again", null));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + target))
                .timeout(BEGIN_WITHIN)
                .header(InspectionProof.HEADER, InspectionProof.of(key, target, clock.instant()))
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw refusal(answer);
            }
            return answer.body();
        } catch (IOException e) {
            throw RequestRefused.unavailable("The provisioner does not answer, try again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestRefused.unavailable("The station is stopping", e);
        }
    }

    private static RequestRefused refusal(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String why = Wire.mapper()
                    .readTree(body.readNBytes(64 * 1024))
                    .path("error")
                    .asString("");
            return RequestRefused.unavailable("The provisioner cannot tell now: " + why, null);
        } catch (JacksonException e) {
            return RequestRefused.unavailable("The provisioner answered HTTP " + answer.statusCode(), e);
        }
    }
}
