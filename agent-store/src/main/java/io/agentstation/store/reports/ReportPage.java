package io.agentstation.store.reports;

import java.util.List;

/**
 * Some reports of a history, newest first.
 *
 * @param more whether older ones follow
 */
public record ReportPage<T extends StoredReport>(List<T> reports, boolean more) {

    public ReportPage {
        reports = List.copyOf(reports);
    }
}
