package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who stands for a reconciled feed of a day, and what was open then. Where a material break is open it takes two persons;
 * what comes late opens it again.
 */
public class SignOffs {

    public enum Status {
        /** For a second person. */
        WAITING,
        SIGNED,
        /** Something of that day came later. */
        REOPENED
    }

    /**
     * A sign-off as it stands.
     *
     * @param atSignOff what was open when it was asked for, or signed
     */
    public record SignOff(
            LocalDate date,
            String feed,
            Status status,
            String askedBy,
            Instant askedAt,
            @Nullable String signedBy,
            @Nullable Instant signedAt,
            @Nullable String reason,
            long open,
            long material,
            BigDecimal firmMoney,
            String firmCurrency,
            List<BreakSummary.Cell> atSignOff,
            @Nullable String reopenedBy,
            @Nullable Instant reopenedAt,
            @Nullable String reopenedWhy,
            int version) {

        public SignOff {
            atSignOff = List.copyOf(atSignOff);
        }
    }

    private static final String COLUMNS = """
        select business_date, feed, status, asked_by, asked_at, signed_by, signed_at, reason, open_breaks, material_breaks,
            money_at_risk, firm_currency, snapshot, reopened_by, reopened_at, reopened_why, stream_version
        from reconciliation.sign_off
        """;
    private static final String LIST = COLUMNS + """
        where cast(:date as date) is null or business_date = :date
        order by business_date desc, feed
        """;
    private static final String ONE = COLUMNS + " where business_date = :date and feed = :feed for update";
    private static final String RECONCILED = """
        select exists (
            select from reconciliation_api.job_run
            where business_date = :date and status = 'COMPLETED' and job = any(:jobs))
        """;
    private static final String WRITE = """
        insert into reconciliation.sign_off (business_date, feed, status, asked_by, asked_at, signed_by, signed_at, reason, open_breaks,
            material_breaks, money_at_risk, firm_currency, snapshot, stream_version)
        values (:date, :feed, :status, :askedBy, :askedAt, :signedBy, :signedAt, :reason, :open, :material, :money, :currency,
            cast(:snapshot as jsonb), :version)
        on conflict (business_date, feed) do update set status = excluded.status, asked_by = excluded.asked_by,
            asked_at = excluded.asked_at, signed_by = excluded.signed_by, signed_at = excluded.signed_at, reason = excluded.reason,
            open_breaks = excluded.open_breaks, material_breaks = excluded.material_breaks, money_at_risk = excluded.money_at_risk,
            firm_currency = excluded.firm_currency, snapshot = excluded.snapshot, stream_version = excluded.stream_version,
            reopened_by = null, reopened_at = null, reopened_why = null
        """;

    /** Signed days of which this run has changed a break, or a statement of which came after the signature. */
    private static final String LATE = """
        update reconciliation.sign_off s
        set status = 'REOPENED', reopened_by = :job, reopened_at = :now, stream_version = s.stream_version + 1,
            reopened_why = coalesce(
                (select 'Statement ' || t.statement_id || ' (' || t.file_name || ') of ' || t.statement_date || ' came later.'
                from reconciliation.statement t
                where t.statement_date = s.business_date and t.business_date >= :date
                    and t.received_at > s.signed_at and (t.feed = s.feed or s.feed = 'STATEMENT' and t.status = 'REFUSED')
                order by t.statement_id desc limit 1),
                'Another run of ' || :job || ' for ' || :date || ' changed breaks.')
        where s.status = 'SIGNED' and (
            s.business_date = :date and s.feed = any(:touched)
            or exists (
                select from reconciliation.statement t
                where t.statement_date = s.business_date and t.business_date = :date and t.received_at > s.signed_at
                    and (t.feed = s.feed or s.feed = 'STATEMENT' and t.status = 'REFUSED')))
        returning business_date, feed, stream_version, reopened_why
        """;

    private record Late(LocalDate date, String feed, int version, String why) {}

    private final JdbcClient jdbc;
    private final Journal journal;
    private final BreakSummary summary;
    private final JsonMapper json;
    private final Clock clock;

    public SignOffs(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.journal = new Journal(dataSource, json);
        this.summary = new BreakSummary(jdbc);
        this.json = json;
        this.clock = clock;
    }

    public List<SignOff> list(@Nullable LocalDate date) {
        return jdbc.sql(LIST)
                .param("date", date)
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * Signs, or asks for a second person to; joins the caller's transaction.
     *
     * @param jobs any of which must have run for the date
     */
    public SignOff sign(LocalDate date, String feed, List<String> jobs, String by, @Nullable String reason) {
        journal.begin();
        requireReconciled(date, feed, jobs);
        var before = find(date, feed);
        if (before.isPresent() && before.get().status() == Status.SIGNED) {
            if (by.equals(before.get().signedBy())) {
                return before.get();
            }
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    feed + " of " + date + " is signed off already. GET /sign-offs shows by whom.");
        }
        var cells = summary.cells(feed, null, null);
        var material = cells.stream().mapToLong(BreakSummary.Cell::material).sum();
        var waits = before.filter(waiting -> waiting.status() == Status.WAITING).orElse(null);
        if (material > 0 && waits != null && waits.askedBy().equals(by)) {
            throw new ProblemException(
                    ProblemCode.MAKER_IS_CHECKER,
                    "Material breaks are open, and you signed " + feed + " of " + date
                            + " first. Somebody else has to sign it as well.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var signed = material == 0 || waits != null;
        var answer = new SignOff(
                date,
                feed,
                signed ? Status.SIGNED : Status.WAITING,
                waits == null ? by : waits.askedBy(),
                waits == null ? now : waits.askedAt(),
                signed ? by : null,
                signed ? now : null,
                reason == null && waits != null ? waits.reason() : reason,
                cells.stream().mapToLong(BreakSummary.Cell::open).sum(),
                material,
                cells.stream().map(BreakSummary.Cell::firmMoney).reduce(BigDecimal.ZERO, BigDecimal::add),
                summary.firmCurrency(),
                cells,
                null,
                null,
                null,
                before.map(SignOff::version).orElse(0) + 1);
        write(answer);
        record(answer, signed ? "SignedOff" : "SignOffAsked", by, now);
        return answer;
    }

    private void requireReconciled(LocalDate date, String feed, List<String> jobs) {
        if (!jdbc.sql(RECONCILED)
                .param("date", date)
                .param("jobs", jobs.toArray(String[]::new))
                .query(Boolean.class)
                .single()) {
            throw new ProblemException(
                    ProblemCode.SIGN_OFF_REFUSED,
                    feed + " of " + date + " has not been reconciled. Run " + String.join(" or ", jobs)
                            + " for that date first.");
        }
    }

    private Optional<SignOff> find(LocalDate date, String feed) {
        return jdbc.sql(ONE)
                .param("date", date)
                .param("feed", feed)
                .query((row, number) -> read(row))
                .optional();
    }

    private void write(SignOff answer) {
        var signedAt = answer.signedAt();
        jdbc.sql(WRITE)
                .param("date", answer.date())
                .param("feed", answer.feed())
                .param("status", answer.status().name())
                .param("askedBy", answer.askedBy())
                .param("askedAt", answer.askedAt().atOffset(ZoneOffset.UTC))
                .param("signedBy", answer.signedBy())
                .param("signedAt", signedAt == null ? null : signedAt.atOffset(ZoneOffset.UTC))
                .param("reason", answer.reason())
                .param("open", answer.open())
                .param("material", answer.material())
                .param("money", answer.firmMoney())
                .param("currency", answer.firmCurrency())
                .param("snapshot", json.writeValueAsString(answer.atSignOff()))
                .param("version", answer.version())
                .update();
    }

    private void record(SignOff answer, String event, String by, Instant now) {
        journal.append(
                stream(answer.date(), answer.feed()),
                answer.version(),
                event,
                by,
                answer.reason(),
                now,
                journal.payload()
                        .put("businessDate", answer.date().toString())
                        .put("feed", answer.feed())
                        .put("openBreaks", answer.open())
                        .put("materialBreaks", answer.material())
                        .put("moneyAtRisk", answer.firmMoney().toPlainString())
                        .put("currency", answer.firmCurrency()));
    }

    private static String stream(LocalDate date, String feed) {
        return "sign-off/" + date + "/" + feed;
    }

    /** Opens again what a run has changed; joins its transaction. */
    void reopen(String job, LocalDate date, Collection<String> touched, Instant now) {
        var late = jdbc.sql(LATE)
                .param("job", job)
                .param("date", date)
                .param("touched", touched.toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Late(
                        row.getObject("business_date", LocalDate.class),
                        row.getString("feed"),
                        row.getInt("stream_version"),
                        row.getString("reopened_why")))
                .list();
        for (var each : late) {
            journal.append(
                    stream(each.date(), each.feed()),
                    each.version(),
                    "SignOffReopened",
                    job,
                    each.why(),
                    now,
                    journal.payload()
                            .put("businessDate", each.date().toString())
                            .put("feed", each.feed()));
        }
    }

    private SignOff read(ResultSet row) throws SQLException {
        return new SignOff(
                row.getObject("business_date", LocalDate.class),
                row.getString("feed"),
                Status.valueOf(row.getString("status")),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("signed_by"),
                instant(row, "signed_at"),
                row.getString("reason"),
                row.getLong("open_breaks"),
                row.getLong("material_breaks"),
                row.getBigDecimal("money_at_risk"),
                row.getString("firm_currency"),
                List.of(json.readValue(row.getString("snapshot"), BreakSummary.Cell[].class)),
                row.getString("reopened_by"),
                instant(row, "reopened_at"),
                row.getString("reopened_why"),
                row.getInt("stream_version"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
