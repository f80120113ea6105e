package org.tradesuite.reporting.breaks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.reporting.breaks.SignOffSheet.Feed;
import org.tradesuite.reporting.breaks.SignOffSheet.Open;
import org.tradesuite.reporting.breaks.SignOffSheet.Sheet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sign-offs of a date as reconciliation publishes them. */
final class SignOffReader {

    /** Feeds of which something came, is open, or was signed. */
    private static final String FEEDS = """
        select f.feed, s.status, s.asked_by, s.asked_at, s.signed_by, s.signed_at, s.reason, s.firm_currency, s.snapshot,
            s.reopened_by, s.reopened_at, s.reopened_why
        from (
            select feed from reconciliation_api.sign_off where business_date = :date
            union
            select feed from reconciliation_api.statement where business_date = :date and status = 'LOADED'
            union
            select feed from reconciliation_api.open_break where business_date = :date
        ) f
        left join reconciliation_api.sign_off s on s.feed = f.feed and s.business_date = :date
        order by f.feed
        """;

    private static final int MOST_SHEETS = 20;

    private final JdbcClient jdbc;
    private final Archive archive;

    /** Money is read as it is written. */
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    SignOffReader(JdbcClient jdbc, Archive archive) {
        this.jdbc = jdbc;
        this.archive = archive;
    }

    SignOffSheet of(LocalDate date) {
        return new SignOffSheet(
                date,
                jdbc.sql(FEEDS)
                        .param("date", date)
                        .query((row, number) -> feed(row))
                        .list(),
                archive.page(date, Kind.BREAK_SHEET, Long.MAX_VALUE, MOST_SHEETS).stream()
                        .map(report -> new Sheet(report.fileName(), report.sha256()))
                        .toList());
    }

    private Feed feed(ResultSet row) throws SQLException {
        String name = row.getString("feed");
        String status = row.getString("status");
        if (status == null) {
            return Feed.notSigned(name);
        }
        return new Feed(
                name,
                status,
                row.getString("asked_by"),
                at(row, "asked_at"),
                row.getString("signed_by"),
                at(row, "signed_at"),
                row.getString("reason"),
                row.getString("firm_currency"),
                open(json.readTree(row.getString("snapshot"))),
                row.getString("reopened_by"),
                at(row, "reopened_at"),
                row.getString("reopened_why"));
    }

    private static List<Open> open(JsonNode snapshot) {
        var open = new ArrayList<Open>();
        for (var cell : snapshot) {
            open.add(new Open(
                    cell.required("breakClass").asString(),
                    cell.required("ageBucket").asString(),
                    cell.required("open").asLong(),
                    cell.required("material").asLong(),
                    cell.required("overdue").asLong(),
                    cell.required("unvalued").asLong(),
                    cell.required("firmMoney").decimalValue()));
        }
        return open;
    }

    private static @Nullable Instant at(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
