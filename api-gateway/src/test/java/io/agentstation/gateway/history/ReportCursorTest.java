package io.agentstation.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.store.reports.ReportPlace;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportCursorTest {

    @Test
    void aPlaceComesBackAsItWas() {
        ReportPlace place = new ReportPlace(Instant.parse("2026-11-22T10:00:00.123Z"), 987_654_321_012L);
        assertThat(ReportCursor.parse(ReportCursor.of(place))).contains(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "1--1",
                "1-2-3",
                "a-b",
                " 1-1",
                "1-1 ",
                "9999999999999999-1",
                "1-9999999999999999999"
            })
    void anythingElseIsNone(String text) {
        assertThat(ReportCursor.parse(text)).isEmpty();
    }
}
