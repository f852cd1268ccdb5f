package io.agentstation.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Station;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

final class PagesIT {

    private final Station station = Station.get();
    private final Http nobody = station.http();

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        nobody.request(path)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theDocumentHasExactlyTheOperationsThatTheServerHas() {
        RequestMappingHandlerMapping server = station.bean(RequestMappingHandlerMapping.class);

        List<String> served = server.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> mapping.getPatternValues().stream().map(path -> method + " " + path)))
                .toList();

        assertThat(served).hasSizeGreaterThan(30);
        assertThat(server.getHandlerMethods().keySet())
                .as("a mapping of no method would answer all of them")
                .noneMatch(mapping -> mapping.getMethodsCondition().getMethods().isEmpty());
        assertThat(Contract.get().operations())
                .extracting(Operation::toString)
                .containsExactlyInAnyOrderElementsOf(served);
    }

    @Test
    void theDocumentIsForAnyone() throws Exception {
        HttpResponse<String> answer = ask("GET", "/api/openapi.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Wire.mapper().readTree(answer.body()).path("openapi").asString())
                .startsWith("3.1");
        assertThat(answer.body()).doesNotContain("${").doesNotContain("x-every");
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndMayRunNothingElse() throws Exception {
        HttpResponse<String> page = ask("GET", "/api/docs");
        List<String> links = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.body())
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).as("scripts in the page itself would not run").doesNotContain("<script>");
        assertThat(links).hasSize(4).allSatisfy(link -> {
            HttpResponse<String> file = ask("GET", "/api/" + link);
            assertThat(file.statusCode()).as(link).isEqualTo(200);
            assertThat(file.body()).isNotBlank();
        });
        assertThat(ask("HEAD", "/api/docs").body()).isEmpty();
    }

    @Test
    void nothingElseIsOpenedByIt() throws Exception {
        for (String path : List.of(
                "/api/docs/",
                "/api/docs/index.html",
                "/api/docs/../agents",
                "/api/docs/swagger-ui.js",
                "/api/docs;/api/agents",
                "/api/docs/%2e%2e/agents",
                "/api/openapi.json/",
                "/api/openapi.yaml")) {
            assertThat(ask("GET", path).statusCode()).as(path).isIn(400, 401);
        }
        assertThat(ask("POST", "/api/docs").statusCode()).isEqualTo(401);
        assertThat(ask("DELETE", "/api/openapi.json").statusCode()).isEqualTo(401);
    }
}
