package io.agentstation.gateway.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.gateway.errors.RequestRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;

final class QueryFormTest {

    private final Problems problems = new Problems();

    private QueryForm form(String name, String... values) {
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        parameters.put(name, List.of(values));
        return QueryForm.of(parameters, problems);
    }

    private void assertProblem(String message) {
        assertThatThrownBy(problems::refuseIfAny)
                .isInstanceOf(RequestRefused.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T08:00:00Z, 2026-01-31T08:00:00Z",
        "2026-01-31t08:00:00z, 2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.123Z, 2026-01-31T08:00:00.123Z",
        "2026-01-31T08:00:00.123000001Z, 2026-01-31T08:00:00.124Z",
        "2026-01-31T23:59:59.9999Z, 2026-02-01T00:00:00Z",
        "2026-01-31T08:00:00+02:30, 2026-01-31T05:30:00Z",
        "2026-01-31T08:00:00-00:00, 2026-01-31T08:00:00Z",
        "0000-01-01T00:00:00+18:00, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00, 9999-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.9999Z, 9999-12-31T23:59:59.999Z"
    })
    void aTimeIsRoundedUpToTheMillisecond(String text, Instant time) {
        assertThat(form("from", text).time("from")).contains(time);
        problems.refuseIfAny();
    }

    @Test
    void whatIsBeforeAMomentCanStillBeWritten() {
        Instant yearZero = Instant.parse("0000-01-01T00:00:00Z");

        assertThat(QueryForm.before(yearZero.plusSeconds(5), Duration.ofHours(1)))
                .isEqualTo(yearZero);
        assertThat(QueryForm.before(yearZero.plusSeconds(5), Duration.ofSeconds(5)))
                .isEqualTo(yearZero);
    }

    @Test
    void whatIsAbsentIsNoProblem() {
        QueryForm form = form("other", "x");
        assertThat(form.time("from")).isEmpty();
        assertThat(form.integer("limit", 1, 5)).isEmpty();
        assertThat(form.oneOf("step", new String[] {"a"}, Function.identity())).isEmpty();
        problems.refuseIfAny();
    }

    @Test
    void whatIsGivenTwiceIsRefusedAlthoughBothAreTheSame() {
        assertThat(form("limit", "1", "1").integer("limit", 1, 5)).isEmpty();
        assertProblem("limit must be given once");
    }

    @Test
    void whatIsNoneOfTheValuesIsToldThem() {
        assertThat(form("step", "c").oneOf("step", new String[] {"a", "b"}, Function.identity()))
                .isEmpty();
        assertProblem("step must be one of: a, b");
    }
}
