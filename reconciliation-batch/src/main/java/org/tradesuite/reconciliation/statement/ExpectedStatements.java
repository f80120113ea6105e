package org.tradesuite.reconciliation.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.journal.Journal;
import tools.jackson.databind.json.JsonMapper;

/** Which statements we expect of whom and until when, as people entered it; every change is in the journal. */
public final class ExpectedStatements {

    private static final String ALL = """
        select expected_id, feed, sender, account_number, currency, due_by, zone, may_lag_days, active, edited_by,
            edited_at, reason, stream_version
        from reconciliation.expected_statement
        """;
    private static final String PUT = """
        insert into reconciliation.expected_statement as e (expected_id, feed, sender, account_number, currency, due_by, zone,
            may_lag_days, active, edited_by, edited_at, reason, stream_version)
        values (:id, :feed, :sender, :account, :currency, :dueBy, :zone, :lag, :active, :by, :at, :reason, 1)
        on conflict (expected_id) do update set feed = excluded.feed, sender = excluded.sender,
            account_number = excluded.account_number, currency = excluded.currency, due_by = excluded.due_by,
            zone = excluded.zone, may_lag_days = excluded.may_lag_days, active = excluded.active,
            edited_by = excluded.edited_by, edited_at = excluded.edited_at, reason = excluded.reason,
            stream_version = e.stream_version + 1
        """;
    private static final String SAME = """
        select expected_id from reconciliation.expected_statement
        where expected_id <> :id and feed = :feed and sender = :sender and account_number = :account
            and currency is not distinct from :currency
        """;

    private static final String NEWEST = """
        select e.expected_id, s.business_date, s.statement_date, s.received_at
        from reconciliation.expected_statement e
        cross join lateral (
            select business_date, statement_date, received_at from reconciliation.statement
            where feed = e.feed and account_number = e.account_number and coalesce(currency, '') = coalesce(e.currency, '')
                and status <> 'REFUSED'
            order by statement_id desc limit 1) s
        """;

    /**
     * The newest that came of what is expected and was not refused.
     *
     * @param date of the statement, null if it says none
     */
    public record Newest(LocalDate businessDate, @Nullable LocalDate date, Instant receivedAt) {}

    /**
     * One expectation.
     *
     * @param id given by who entered it
     * @param sender BIC of eight characters
     * @param dueBy on the business date, in the zone
     * @param mayLagDays how many days the date of the statement may be before the business date
     */
    public record Expected(
            String id,
            Feed feed,
            String sender,
            String account,
            @Nullable String currency,
            LocalTime dueBy,
            ZoneId zone,
            int mayLagDays,
            boolean active) {}

    /** An expectation as it stands. */
    public record Entered(
            Expected expected,
            String by,
            Instant at,
            @Nullable String reason,
            int version) {}

    /** What became of a change. */
    public sealed interface Answer {

        record Done(Entered entered) implements Answer {}

        /** Somebody else has changed it since. */
        record Changed(int version) implements Answer {}

        /** Another one expects the same. */
        record Twice(String id) implements Answer {}
    }

    private final JdbcClient jdbc;
    private final Journal journal;
    private final Clock clock;

    public ExpectedStatements(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.journal = new Journal(dataSource, json);
        this.clock = clock;
    }

    public List<Entered> all() {
        return jdbc.sql(ALL + " order by expected_id")
                .query((row, number) -> read(row))
                .list();
    }

    /** Of each that something came of, by its id, however many statements there are. */
    public Map<String, Newest> newest() {
        var newest = new HashMap<String, Newest>();
        jdbc.sql(NEWEST).query(row -> {
            newest.put(
                    row.getString("expected_id"),
                    new Newest(
                            row.getObject("business_date", LocalDate.class),
                            row.getObject("statement_date", LocalDate.class),
                            row.getObject("received_at", OffsetDateTime.class).toInstant()));
        });
        return newest;
    }

    private Optional<Entered> one(String id) {
        return jdbc.sql(ALL + " where expected_id = :id for update")
                .param("id", id)
                .query((row, number) -> read(row))
                .optional();
    }

    /**
     * Enters or changes one; joins the caller's transaction.
     *
     * @param version that is changed, 0 for a new one
     */
    public Answer put(Expected expected, int version, String by, @Nullable String reason) {
        var before = one(expected.id()).map(Entered::version).orElse(0);
        if (before != version) {
            return new Answer.Changed(before);
        }
        var same = jdbc.sql(SAME)
                .param("id", expected.id())
                .param("feed", expected.feed().name())
                .param("sender", expected.sender())
                .param("account", expected.account())
                .param("currency", expected.currency())
                .query(String.class)
                .optional();
        if (same.isPresent()) {
            return new Answer.Twice(same.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(PUT)
                .param("id", expected.id())
                .param("feed", expected.feed().name())
                .param("sender", expected.sender())
                .param("account", expected.account())
                .param("currency", expected.currency())
                .param("dueBy", expected.dueBy())
                .param("zone", expected.zone().getId())
                .param("lag", expected.mayLagDays())
                .param("active", expected.active())
                .param("by", by)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
        record(expected, version + 1, by, reason, now);
        return new Answer.Done(new Entered(expected, by, now, reason, version + 1));
    }

    private void record(Expected expected, int version, String by, @Nullable String reason, Instant now) {
        var payload = journal.payload()
                .put("feed", expected.feed().name())
                .put("sender", expected.sender())
                .put("accountNumber", expected.account())
                .put("dueBy", expected.dueBy().toString())
                .put("zone", expected.zone().getId())
                .put("mayLagDays", expected.mayLagDays())
                .put("active", expected.active());
        if (expected.currency() != null) {
            payload.put("currency", expected.currency());
        }
        journal.append("expected-statement/" + expected.id(), version, "StatementExpected", by, reason, now, payload);
    }

    private static Entered read(ResultSet row) throws SQLException {
        return new Entered(
                new Expected(
                        row.getString("expected_id"),
                        Feed.valueOf(row.getString("feed")),
                        row.getString("sender"),
                        row.getString("account_number"),
                        row.getString("currency"),
                        row.getObject("due_by", LocalTime.class),
                        ZoneId.of(row.getString("zone")),
                        row.getInt("may_lag_days"),
                        row.getBoolean("active")),
                row.getString("edited_by"),
                row.getObject("edited_at", OffsetDateTime.class).toInstant(),
                row.getString("reason"),
                row.getInt("stream_version"));
    }
}
