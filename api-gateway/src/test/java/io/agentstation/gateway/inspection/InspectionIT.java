package io.agentstation.gateway.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.inspection.LogLine;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionIT {

    private static final String END = "\"end\"";
    private static final LogLine FIRST =
            new LogLine(Instant.parse("2026-11-22T08:00:45.123456789Z"), "pod-1", "agent", 0, "hello \n \"world\"");
    private static final LogLine SECOND = new LogLine(FIRST.at().plusSeconds(1), "pod-2", "agent", 1, "again");

    private final Station station = Station.get();
    private final Http user = station.tenant();
    private final AgentId agent = AgentId.of(user.post("/api/agents", "{\"name\":\"" + Station.name() + "\"}")
            .body()
            .at("/agent/uuid")
            .asString());
    private final String logs = "/api/agents/" + agent + "/logs";
    private final PlayedProvisioner provisioner;

    InspectionIT() throws IOException {
        provisioner = new PlayedProvisioner();
    }

    @BeforeEach
    void announce() {
        provisioner.announce();
    }

    @AfterEach
    void end() {
        provisioner.close();
        PlayedProvisioner.announce(null);
    }

    @Test
    void theLinesAreShownInTheDocumentsWords() {
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(FIRST), "", Wire.writeText(SECOND), END);

        Answer answer = user.get(logs + "?lines=2&since=2026-11-22T08:00:00Z");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/logs/0").toString())
                .isEqualTo("{\"timestamp\":\"2026-11-22T08:00:45.123456789Z\",\"pod\":\"pod-1\","
                        + "\"container\":\"agent\",\"restart\":0,\"message\":\"hello \\n \\\"world\\\"\"}");
        assertThat(answer.body().at("/total_lines").asInt()).isEqualTo(2);
        assertThat(answer.body().at("/truncated").asBoolean()).isTrue();
        assertThat(provisioner.asked)
                .containsExactly("/agents/" + agent + "/logs?lines=2&follow=false&since=2026-11-22T08:00:00Z");
    }

    @Test
    void anAnswerThatBrokeOffIsNotTakenForTheWhole() {
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(FIRST));

        assertThat(user.get(logs).status()).isEqualTo(503);
        // Negative control: with its last line it is one.
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(FIRST), END);
        assertThat(user.get(logs).status()).isEqualTo(200);
    }

    @Test
    void aFollowedLogIsServerSentEventsUpToTheEndOfTheAgent() throws Exception {
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(FIRST), "", Wire.writeText(SECOND), END);

        HttpResponse<String> stream = follow("", BodyHandlers.ofString());

        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.body()).isEqualTo("""
                : the log of an agent

                event: log
                id: 2026-11-22T08:00:45.123456789Z
                data: {"timestamp":"2026-11-22T08:00:45.123456789Z","pod":"pod-1","container":"agent","restart":0,\
                "message":"hello \\n \\"world\\""}

                : nothing new

                event: log
                id: 2026-11-22T08:00:46.123456789Z
                data: {"timestamp":"2026-11-22T08:00:46.123456789Z","pod":"pod-2","container":"agent","restart":1,\
                "message":"again"}

                event: end
                data: {}

                """);
    }

    @Test
    void aStreamThatBreaksOffIsCutAndGoesOnAfterTheLastLine() throws Exception {
        provisioner.answer = PlayedProvisioner.lines(Wire.writeText(FIRST));

        assertThatThrownBy(() -> follow("", BodyHandlers.ofString())).isInstanceOf(IOException.class);
        provisioner.answer = PlayedProvisioner.lines(END);
        var unused = follow(FIRST.at().toString(), BodyHandlers.ofString());

        assertThat(provisioner.asked.get(1))
                .isEqualTo("/agents/" + agent + "/logs?lines=5000&follow=true&since=2026-11-22T08:00:45.123456790Z");
    }

    @Test
    void fiveLogsOfOneWorkspaceAreFollowedAndTheSixthIsRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        provisioner.answer = out -> {
            out.write("\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.flush();
            release.await();
            out.write((END + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        };
        List<CompletableFuture<Integer>> streams = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            streams.add(CompletableFuture.supplyAsync(this::statusOfAStream));
        }
        await().until(() -> provisioner.asked.size() == 5);

        int sixth = statusOfAStream();
        release.countDown();

        assertThat(sixth).isEqualTo(429);
        assertThat(streams).allSatisfy(stream -> assertThat(stream.join()).isEqualTo(200));
        assertThat(statusOfAStream()).as("when they have ended").isEqualTo(200);
    }

    @Test
    void whatTheClusterDoesNotTellIsSaidInWords() {
        provisioner.status = 502;
        provisioner.answer = PlayedProvisioner.lines("{\"error\":\"The cluster's API does not answer\"}");

        for (String path : List.of(logs, logs + "?follow=true", "/api/agents/" + agent + "/kubernetes")) {
            Answer answer = user.get(path);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error()).isEqualTo("The provisioner cannot tell now: The cluster's API does not answer");
            assertThat(answer.header("Retry-After")).isPresent();
        }
    }

    @Test
    void withoutAProvisionerItSaysSo() {
        PlayedProvisioner.announce(null);
        assertThat(user.get(logs).status()).isEqualTo(503);
        assertThat(user.get(logs).error()).startsWith("No provisioner that can be asked");

        provisioner.announce();
        provisioner.close();
        assertThat(user.get(logs).status()).isEqualTo(503);
        assertThat(user.get(logs).error()).isEqualTo("The provisioner does not answer, try again");
    }

    @Test
    void nobodyAsksForOthersAgentsOrWithoutSense() {
        Http stranger = station.tenant();

        assertThat(stranger.get(logs).status()).isEqualTo(404);
        assertThat(stranger.get("/api/agents/" + agent + "/kubernetes").status())
                .isEqualTo(404);
        assertThat(user.get(logs + "?since=99999999d").fields()).containsExactly("since");
        assertThat(user.get(logs + "?lines=1&lines=2").fields()).containsExactly("lines");
        assertThat(provisioner.asked).isEmpty();
    }

    private int statusOfAStream() {
        try {
            return follow("", BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> HttpResponse<T> follow(String lastEvent, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + station.port() + logs + "?follow=true"))
                .header("Authorization", "Bearer " + user.credential());
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        return HttpClient.newHttpClient().send(request.build(), body);
    }
}
