package io.agentstation.standalone.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class IngressFilterTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final MockFilterChain api = new MockFilterChain();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private HttpServer ingress;
    private IngressFilter filter;

    @BeforeEach
    void start() throws Exception {
        ingress = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ingress.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " for "
                    + exchange.getRequestHeaders().getFirst("X-Forwarded-Host") + " with "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{\"pod\":\"a\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        ingress.start();
        URI url = URI.create("http://127.0.0.1:" + ingress.getAddress().getPort());
        filter = new IngressFilter(
                new IngressSettings(url, "is.plugged.in", "station.is.plugged.in", Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        ingress.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.is.plugged.in", "A.IS.Plugged.In", "a.is.plugged.in.", "b.a.is.plugged.in"})
    void aRequestForAnAgentsHostNeverReachesTheApi(String host) throws Exception {
        MockHttpServletRequest request = request("POST", host, "/api/agents");
        request.setQueryString("limit=1");
        request.addHeader("Authorization", "Bearer secret");

        filter.doFilter(request, response, api);

        assertThat(api.getRequest()).as("what the API saw").isNull();
        assertThat(asked).containsExactly("POST /api/agents?limit=1 for " + host + " with null");
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("{\"pod\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "is.plugged.in",
                ".is.plugged.in",
                "evilis.plugged.in",
                "a.is.plugged.in.example.org",
                "station.is.plugged.in",
                ""
            })
    void everyOtherHostIsTheApis(String host) throws Exception {
        filter.doFilter(request("GET", host, "/api/agents"), response, api);

        assertThat(api.getRequest()).isNotNull();
        assertThat(asked).isEmpty();
    }

    @Test
    void anIngressThatIsAwayIsToldInWords() throws Exception {
        ingress.stop(0);

        filter.doFilter(request("GET", "a.is.plugged.in", "/"), response, api);

        assertThat(response.getStatus()).isEqualTo(502);
        assertThat(response.getContentAsString()).contains("a.is.plugged.in");
        assertThat(api.getRequest()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//localhost:1/x", "//agents.example.org/", "/..//x", "/@127.0.0.1:1/"})
    void noPathLeadsToAnotherHost(String path) throws Exception {
        filter.doFilter(request("GET", "a.is.plugged.in", path), response, api);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).startsWith("GET " + path + " for a.is.plugged.in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a=|", "a=\u007f"})
    void aQueryThatIsNoneIsTheCallersFault(String query) throws Exception {
        MockHttpServletRequest request = request("GET", "a.is.plugged.in", "/");
        request.setQueryString(query);

        filter.doFilter(request, response, api);

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(asked).isEmpty();
    }

    private static MockHttpServletRequest request(String method, String host, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setServerName(host);
        return request;
    }
}
