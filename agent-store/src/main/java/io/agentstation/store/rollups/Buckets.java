package io.agentstation.store.rollups;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** How a table's windows are divided into partitions of one agent, by UTC. */
enum Buckets {
    /** Column {@code day}: at most 1,440 minutes. */
    DAYS("day") {
        @Override
        LocalDate startOf(LocalDate day) {
            return day;
        }

        @Override
        LocalDate after(LocalDate start) {
            return start.plusDays(1);
        }

        @Override
        BoundStatement bind(BoundStatement statement, LocalDate start) {
            return statement.setLocalDate(column(), start);
        }
    },
    /** Column {@code month}, as in 202611: at most 744 hours. */
    MONTHS("month") {
        @Override
        LocalDate startOf(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate after(LocalDate start) {
            return start.plusMonths(1);
        }

        @Override
        BoundStatement bind(BoundStatement statement, LocalDate start) {
            return statement.setInt(column(), start.getYear() * 100 + start.getMonthValue());
        }
    };

    private final String column;

    Buckets(String column) {
        this.column = column;
    }

    /** The column that holds the bucket. */
    String column() {
        return column;
    }

    /** The first day of the bucket that the moment lies in. */
    LocalDate of(Instant time) {
        return startOf(time.atZone(ZoneOffset.UTC).toLocalDate());
    }

    abstract LocalDate startOf(LocalDate day);

    /** The first day of the next bucket. */
    abstract LocalDate after(LocalDate start);

    /** Names the bucket in a statement. */
    abstract BoundStatement bind(BoundStatement statement, LocalDate start);
}
