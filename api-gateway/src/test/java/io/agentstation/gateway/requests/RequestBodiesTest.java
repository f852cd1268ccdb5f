package io.agentstation.gateway.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.gateway.errors.RequestRefused;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

final class RequestBodiesTest {

    private static final DataSize MOST = DataSize.ofBytes(20);

    private static MockHttpServletRequest request(String body, String type) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        request.setContentType(type);
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8"})
    void jsonIsRead(String type) {
        assertThat(RequestBodies.object(request("{\"a\":1}", type), MOST)
                        .path("a")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void exactlyTheLargestBodyIsRead() {
        assertThat(RequestBodies.object(request("{\"a\":\"" + "x".repeat(12) + "\"}", "application/json"), MOST))
                .isNotEmpty();
        assertThatThrownBy(() ->
                        RequestBodies.object(request("{\"a\":\"" + "x".repeat(13) + "\"}", "application/json"), MOST))
                .isInstanceOfSatisfying(
                        RequestRefused.class,
                        refusal -> assertThat(refusal.status().value()).isEqualTo(413));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[\"\\udc00\"]}", "{\"a\":{\"b\":\"\\ud800x\"}}"
            })
    void textThatCannotBeStoredIsRefused(String body) {
        assertThatThrownBy(() -> RequestBodies.parse(body.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("valid Unicode");
    }

    @Test
    void pairsOfSurrogatesAreText() {
        assertThat(RequestBodies.parse("{\"a\":\"\\ud83d\\ude00\"}".getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() -> RequestBodies.parse(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}";
        assertThatThrownBy(() -> RequestBodies.parse(deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RequestRefused.class);
    }
}
