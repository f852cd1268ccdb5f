package io.agentstation.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OpenApiDocumentTest {

    private static final String HEAD = """
            openapi: 3.1.0
            paths: {}
            x-every-operation: { responses: { "401": { $ref: "#/a" } } }
            x-every-body: { responses: { "413": { $ref: "#/b" } } }
            x-every-response: { headers: { X-Request-Id: { $ref: "#/c" } } }
            """;
    private static final String ONE = """
            paths:
              /one:
                parameters: [{ name: id }]
                get: { responses: { "200": { description: "${word}" }, "401": { $ref: "#/own" } } }
            """;
    private static final String OTHER = """
            paths:
              /one:
                parameters: [{ name: id }]
                post: { requestBody: {}, responses: { "200": { description: fine } } }
            """;
    private static final Map<String, String> SETTINGS = Map.of("word", "said");

    private final Contract contract = Contract.get();

    @Test
    void partsShareAPathAndGetWhatIsTheSameEverywhere() {
        Map<String, Object> whole = OpenApiDocument.assemble(HEAD, List.of(ONE, OTHER), SETTINGS);

        assertThat(whole.toString())
                .contains("{responses={200={description=said, headers={X-Request-Id={$ref=#/c}}}, 401={$ref=#/own}}}")
                .contains("{requestBody={}, responses={200={description=fine, headers={X-Request-Id={$ref=#/c}}},"
                        + " 401={$ref=#/a}, 413={$ref=#/b}}}")
                .doesNotContain("x-every");
    }

    @Test
    void partsThatContradictEachOtherAreRefused() {
        String contradiction = OTHER.replace("post:", "get:");

        assertThatThrownBy(() -> OpenApiDocument.assemble(HEAD, List.of(ONE, contradiction), SETTINGS))
                .hasMessageContaining("/one get");
    }

    @Test
    void aSettingThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> OpenApiDocument.assemble(HEAD, List.of(ONE), Map.of()))
                .hasMessageContaining("word");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = values(contract.document(), "$ref");

        assertThat(references).hasSizeGreaterThan(100);
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                contract.document().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyOperationHasANameOfItsOwnASummaryAndAKnownTag() {
        List<String> tags = contract.document()
                .path("tags")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();

        assertThat(contract.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(contract.operations()).allSatisfy(operation -> {
            assertThat(operation.id()).matches("[a-z][A-Za-z]+");
            assertThat(operation.declared().path("summary").asString()).isNotBlank();
            assertThat(tags).contains(operation.declared().path("tags").path(0).asString());
        });
    }

    @Test
    void everyNameInAPathIsAParameterThatIsRequired() {
        assertThat(contract.operations()).allSatisfy(operation -> {
            List<String> names = Stream.of(operation.path().split("/", -1))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.substring(1, part.length() - 1))
                    .toList();
            assertThat(operation.pathNames()).containsExactlyElementsOf(names);
            assertThat(operation.named("path"))
                    .allMatch(parameter -> parameter.path("required").asBoolean());
        });
    }

    @Test
    void everyBodyHasAnExampleThatIsValid() {
        assertThat(contract.operations())
                .filteredOn(operation -> operation.bodySchema().isPresent())
                .allSatisfy(operation -> assertThat(contract.problems(
                                operation.bodySchema().orElseThrow(),
                                operation.bodyExample().orElseThrow()))
                        .as(operation.id())
                        .isEmpty());
    }

    @Test
    void anAnswerThatIsNotAsDocumentedIsFound() {
        String error = "{\"error\":\"Unauthorized\",\"code\":\"unauthorized\",\"request_id\":\"r\",\"details\":[]}";

        assertThat(problems(401, error)).isEmpty();
        assertThat(problems(418, error)).singleElement().asString().contains("not documented");
        assertThat(problems(401, error.replace("unauthorized", "other")))
                .singleElement()
                .asString()
                .contains("/code");
        assertThat(problems(401, error.replace("\"details\"", "\"more\":1,\"details\"")))
                .anyMatch(problem -> problem.contains("more"));
        assertThat(problems(401, error.replace(",\"details\":[]", "")))
                .anyMatch(problem -> problem.contains("details"));
        assertThat(contract.problems("GET", "/api/agents", 401, name -> java.util.Optional.empty(), bytes(error)))
                .anyMatch(problem -> problem.contains("X-Request-Id"))
                .anyMatch(problem -> problem.contains("Content-Type"));
    }

    private List<String> problems(int status, String body) {
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "X-Request-Id", "r", "WWW-Authenticate", "Bearer");
        return contract.problems(
                "GET", "/api/agents", status, name -> java.util.Optional.ofNullable(headers.get(name)), bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<String> values(JsonNode node, String name) {
        Stream<String> own =
                node.path(name).isString() ? Stream.of(node.path(name).asString()) : Stream.empty();
        return Stream.concat(own, node.values().stream().flatMap(child -> values(child, name).stream()))
                .toList();
    }
}
