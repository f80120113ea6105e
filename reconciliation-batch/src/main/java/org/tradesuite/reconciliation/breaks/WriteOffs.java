package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.ProblemException;

/** Differences that are not worth chasing: up to a tolerance, and as adjustments that the ledger books. */
public final class WriteOffs {

    private static final String TOLERANCE =
            "select cast(reconciliation.rule('TOLERANCE', :feed, :class, :account) as numeric)";
    private static final String BOOK = """
        insert into reconciliation.adjustment (break_id, business_date, account_id, instrument_id, currency, amount, base_currency,
            base_amount, reason, asked_by, approved_by, booked_at)
        select b.break_id, day.as_of, b.account_id, b.instrument_id, b.currency, s.sign * b.amount_at_risk, b.base_currency,
            s.sign * b.money_at_risk, :reason, :askedBy, :by, :now
        from reconciliation.break b
        cross join lateral (select case when b.difference like '-%' then -1 else 1 end as sign) s
        cross join reconciliation.desk_day day
        where b.break_id = :break
        """;
    private static final String TAKE_BACK = """
        insert into reconciliation.adjustment (break_id, business_date, account_id, instrument_id, currency, amount, base_currency,
            base_amount, reverses, reason, asked_by, booked_at)
        select a.break_id, day.as_of, a.account_id, a.instrument_id, a.currency, -a.amount, a.base_currency, -a.base_amount,
            a.adjustment_id, :reason, :by, :now
        from reconciliation.adjustment a
        cross join reconciliation.desk_day day
        where a.break_id = :break and a.reverses is null and not exists (
            select from reconciliation.adjustment r where r.reverses = a.adjustment_id)
        """;
    private static final String LIST = """
        select adjustment_id, break_id, business_date, account_id, instrument_id, currency, amount, base_currency, base_amount,
            reverses, reason, asked_by, approved_by, booked_at
        from reconciliation.adjustment
        where adjustment_id < :before and (cast(:date as date) is null or business_date = :date)
        order by adjustment_id desc
        limit :limit
        """;

    /**
     * What the ledger has to book.
     *
     * @param amount with the sign of the difference, theirs less ours
     * @param reverses the adjustment that is taken back
     */
    public record Adjustment(
            long id,
            long breakId,
            LocalDate date,
            @Nullable String accountId,
            @Nullable String instrumentId,
            @Nullable String currency,
            BigDecimal amount,
            String baseCurrency,
            BigDecimal baseAmount,
            @Nullable Long reverses,
            String reason,
            String askedBy,
            @Nullable String approvedBy,
            Instant bookedAt) {}

    private final JdbcClient jdbc;

    WriteOffs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void requireWithinTolerance(Break of) {
        var risk = of.moneyAtRisk();
        if (risk == null) {
            throw refused("Break " + of.id() + " has no money at risk that is known, so nothing can be written off.");
        }
        var tolerance = jdbc.sql(TOLERANCE)
                .param("feed", of.feed())
                .param("class", of.breakClass())
                .param("account", of.accountId())
                .query((row, number) -> row.getBigDecimal(1))
                .list()
                .getFirst();
        if (tolerance == null) {
            throw refused("No tolerance is in force for " + of.breakClass()
                    + ". Have one approved (POST /desk-rules), or close the break.");
        }
        if (risk.compareTo(tolerance) > 0) {
            throw refused("Break " + of.id() + " is " + risk.toPlainString() + ", and up to "
                    + tolerance.toPlainString() + " may be written off. Close it instead.");
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(ProblemCode.WRITE_OFF_REFUSED, detail);
    }

    void book(Break of, String by, String reason, Instant now) {
        jdbc.sql(BOOK)
                .param("break", of.id())
                .param("askedBy", of.closingAskedBy())
                .param("by", by)
                .param("reason", reason)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void takeBack(Break of, String by, String reason, Instant now) {
        jdbc.sql(TAKE_BACK)
                .param("break", of.id())
                .param("by", by)
                .param("reason", reason)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first. */
    public List<Adjustment> page(@Nullable LocalDate date, long before, int limit) {
        return jdbc.sql(LIST)
                .param("date", date)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    private static Adjustment read(ResultSet row) throws SQLException {
        return new Adjustment(
                row.getLong("adjustment_id"),
                row.getLong("break_id"),
                row.getObject("business_date", LocalDate.class),
                row.getString("account_id"),
                row.getString("instrument_id"),
                row.getString("currency"),
                row.getBigDecimal("amount"),
                row.getString("base_currency"),
                row.getBigDecimal("base_amount"),
                row.getObject("reverses", Long.class),
                row.getString("reason"),
                row.getString("asked_by"),
                row.getString("approved_by"),
                row.getObject("booked_at", OffsetDateTime.class).toInstant());
    }
}
