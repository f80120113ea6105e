package org.tradesuite.reconciliation.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.openapi.reconciliation.api.SignOffsApi;
import org.tradesuite.openapi.reconciliation.model.Feed;
import org.tradesuite.openapi.reconciliation.model.NewSignOff;
import org.tradesuite.openapi.reconciliation.model.SignOff;
import org.tradesuite.openapi.reconciliation.model.SignOffs;
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.breaks.Breaks;
import org.tradesuite.web.ProblemException;

/** Signing off a reconciled feed of a day, over HTTP as reconciliation.yaml says. Once signed it stays signed. */
@RestController
class SignOffsController implements SignOffsApi {

    private static final String RECONCILED = """
        select exists (
            select from reconciliation_api.job_run
            where business_date = :date and status = 'COMPLETED' and job = any(:jobs))
        """;
    private static final String SIGN = """
        insert into reconciliation.sign_off (business_date, feed, signed_by, signed_at, open_breaks, reason)
        values (:date, :feed, :by, :at, :open, :reason)
        on conflict (business_date, feed) do nothing
        """;
    private static final String SIGNED = """
        select business_date, feed, signed_by, signed_at, open_breaks
        from reconciliation.sign_off
        where cast(:date as date) is null or business_date = :date
        order by business_date desc, feed
        """;

    private final JdbcClient jdbc;
    private final Breaks breaks;
    private final BreakLedger ledger;
    private final Clock clock;

    SignOffsController(JdbcClient jdbc, Breaks breaks, BreakLedger ledger, Clock clock) {
        this.jdbc = jdbc;
        this.breaks = breaks;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public ResponseEntity<SignOffs> listSignOffs(@Nullable LocalDate businessDate) {
        return ResponseEntity.ok(new SignOffs(jdbc.sql(SIGNED)
                .param("date", businessDate)
                .query((row, number) -> signOff(row))
                .list()));
    }

    @Override
    @Transactional
    @PreAuthorize("hasAnyRole('OPERATIONS', 'ADMINISTRATOR')")
    public ResponseEntity<SignOff> signOff(NewSignOff wanted) {
        var feed = wanted.getFeed();
        var date = wanted.getBusinessDate();
        var jobs = switch (feed) {
            case BROKER_TRADE -> new String[] {"reconcile-brokers"};
            case CUSTODIAN_POSITION,
                    CUSTODIAN_MOVEMENT,
                    CUSTODIAN_PENDING,
                    CUSTODIAN_CASH,
                    CUSTODIAN_INTRADAY,
                    CUSTODIAN_ADVICE -> new String[] {"reconcile-custodian"};
            case STATEMENT -> new String[] {"reconcile-brokers", "reconcile-custodian"};
        };
        if (!jdbc.sql(RECONCILED)
                .param("date", date)
                .param("jobs", jobs)
                .query(Boolean.class)
                .single()) {
            throw new ProblemException(
                    ProblemCode.SIGN_OFF_REFUSED,
                    feed.getValue() + " of " + date + " has not been reconciled. Run " + String.join(" or ", jobs)
                            + " for that date first.");
        }
        var open = breaks.countOpen(org.tradesuite.reconciliation.statement.Feed.valueOf(feed.getValue()));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var signed = jdbc.sql(SIGN)
                .param("date", date)
                .param("feed", feed.getValue())
                .param("by", SignedIn.name())
                .param("at", now.atOffset(ZoneOffset.UTC))
                .param("open", open)
                .param("reason", wanted.getReason())
                .update();
        if (signed == 0) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    feed.getValue() + " of " + date + " is signed off already. GET /sign-offs shows by whom.");
        }
        ledger.recordSignOff(date, feed.getValue(), open, SignedIn.name(), wanted.getReason(), now);
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new SignOff(date, feed, SignedIn.name(), now).openBreaks(open));
    }

    private static SignOff signOff(ResultSet row) throws SQLException {
        return new SignOff(
                        row.getObject("business_date", LocalDate.class),
                        Feed.fromValue(row.getString("feed")),
                        row.getString("signed_by"),
                        row.getObject("signed_at", OffsetDateTime.class).toInstant())
                .openBreaks(row.getInt("open_breaks"));
    }
}
