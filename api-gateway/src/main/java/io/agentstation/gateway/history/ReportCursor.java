package io.agentstation.gateway.history;

import io.agentstation.store.reports.ReportPlace;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in an agent's reports as the text of a cursor: reports that come later do not move it. */
public final class ReportCursor {

    // As many digits as a time of four-digit years and an offset can have.
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})-([0-9]{1,18})");

    private ReportCursor() {}

    /** The cursor of a place. */
    public static String of(ReportPlace place) {
        return place.appendTime().toEpochMilli() + "-" + place.offset();
    }

    /** The place of a cursor; empty when it is none. */
    public static Optional<ReportPlace> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ReportPlace(
                        Instant.ofEpochMilli(Long.parseLong(form.group(1))), Long.parseLong(form.group(2))))
                : Optional.empty();
    }
}
