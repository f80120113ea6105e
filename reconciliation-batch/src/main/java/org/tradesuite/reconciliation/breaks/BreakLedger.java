package org.tradesuite.reconciliation.breaks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries what a reconciliation found into the breaks that people work on, and records every change of a break in the
 * journal. Joins the caller's transaction; run again with the same findings it changes nothing.
 */
public final class BreakLedger {

    private static final String CHAIN = "reconciliation";
    private static final int BREAKS_AT_ONCE = 20_000;
    private static final int KEY_RANGES = 256;
    private static final String COUNT =
            "select count(*) from reconciliation.found_break where job = :job and reconciled_on = :date";

    /** Found of the run in a range of keys, so that what is on the way stays small; a rate is looked up once. */
    private static final String FOUND = """
        with found as materialized (
            select f.*, coalesce(a.base_currency, f.currency) as base_currency
            from reconciliation.found_break f
            left join reference_api.account a using (account_id)
            where f.job = :job and f.reconciled_on = :date and f.break_key >= :from and f.break_key < :to
        ), rate as materialized (
            select currency, base_currency, reconciliation.rate(currency, base_currency, :date) as rate
            from (select distinct currency, base_currency from found) c
        )
        """;

    /**
     * Found again: a break that had cleared is open again and keeps its first age. One that a person closed stays closed
     * as long as the two sides say the same. One about which nothing new is said is not touched.
     */
    private static final String SEEN_AGAIN = FOUND + """
        , before as (
            select b.break_id, b.status, b.ours, b.theirs,
                round(f.amount_at_risk * coalesce(r.rate, reconciliation.rate(f.currency, b.base_currency, :date)), 2) as risk
            from reconciliation.break b
            join found f using (break_key)
            left join rate r on r.currency = f.currency and r.base_currency = b.base_currency
            where b.last_seen < :date or b.status = 'RESOLVED'
                or (b.ours, b.theirs, b.difference, b.reference, b.detail, b.our_item, b.their_statement, b.their_line, b.their_offset)
                    is distinct from
                    (f.ours, f.theirs, f.difference, f.reference, f.detail, f.our_item, f.their_statement, f.their_line, f.their_offset)
                or b.money_at_risk is distinct from
                    round(f.amount_at_risk * coalesce(r.rate, reconciliation.rate(f.currency, b.base_currency, :date)), 2)
            for update of b
        )
        update reconciliation.break b
        set last_seen = greatest(b.last_seen, :date), ours = f.ours, theirs = f.theirs, difference = f.difference,
            reference = f.reference, detail = f.detail, our_item = f.our_item, their_statement = f.their_statement,
            their_line = f.their_line, their_offset = f.their_offset, money_at_risk = before.risk,
            status = case
                when b.status = 'RESOLVED' then 'OPEN'
                when b.status = 'CLOSED' and (b.ours, b.theirs) is distinct from (f.ours, f.theirs) then 'OPEN'
                else b.status end,
            resolved_on = null,
            stream_version = b.stream_version + case
                when b.status = 'RESOLVED' or (b.ours, b.theirs) is distinct from (f.ours, f.theirs) then 1 else 0 end,
            row_version = b.row_version + 1
        from before, found f
        where before.break_id = b.break_id and f.break_key = b.break_key
        returning b.break_id, b.stream_version,
            case
                when before.status in ('RESOLVED', 'CLOSED') and b.status = 'OPEN' then 'BreakReopened'
                when (before.ours, before.theirs) is distinct from (b.ours, b.theirs) then 'BreakChanged'
            end as event,
            b.feed, b.break_class, b.reference, b.ours, b.theirs, b.difference
        """;

    private static final String NEW = FOUND + """
        insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, isin, currency,
            reference, side, ours, theirs, difference, money_at_risk, base_currency, detail, our_item, their_statement,
            their_line, their_offset, business_date, first_seen, last_seen, status, stream_version)
        select f.break_key, f.feed, f.break_class, f.account_id, f.broker_id, f.instrument_id, f.isin, f.currency,
            f.reference, f.side, f.ours, f.theirs, f.difference, round(f.amount_at_risk * r.rate, 2), f.base_currency,
            f.detail, f.our_item, f.their_statement, f.their_line, f.their_offset, :date, :date, :date, 'OPEN', 1
        from found f
        left join rate r on r.currency = f.currency and r.base_currency = f.base_currency
        where not exists (select from reconciliation.break b where b.break_key = f.break_key)
        order by f.break_key
        on conflict (break_key) do nothing
        returning break_id, stream_version, 'BreakOpened' as event, feed, break_class, reference, ours, theirs, difference
        """;

    /**
     * Not found any more although its feed was compared: cleared by this run. A run of an earlier date clears nothing that
     * a later one has found.
     */
    private static final String CLEARED = """
        update reconciliation.break b
        set status = 'RESOLVED', resolved_on = :date, stream_version = b.stream_version + 1, row_version = b.row_version + 1
        where b.status in ('OPEN', 'CLOSING') and b.break_key >= :from and b.break_key < :to
            and (b.feed = 'BROKER_TRADE' and :job = 'reconcile-brokers' and b.broker_id = any(:judged)
                    and (b.business_date = :date or b.business_date < :date and b.break_class in ('MISSING_OURS', 'MISSING_THEIRS'))
                or b.feed in ('CUSTODIAN_POSITION', 'CUSTODIAN_CASH') and :job = 'reconcile-custodian' and b.last_seen <= :date
                    and b.feed || ' ' || coalesce(b.account_id, '') || ' ' || case b.feed when 'CUSTODIAN_CASH' then b.currency else '' end = any(:judged)
                or b.feed = 'STATEMENT' and b.break_class = any(:clearable) and b.last_seen <= :date and :job = case
                        when b.broker_id is not null then 'reconcile-brokers' else 'reconcile-custodian' end
                    and exists (
                        select from reconciliation.statement s
                        where s.status = 'LOADED' and s.business_date = :date
                            and (b.broker_id is not null and s.feed = 'BROKER_TRADE' and s.sender = b.broker_id
                                    and case when b.their_statement is null then s.statement_date = b.business_date
                                        else exists (
                                            select from reconciliation.statement t
                                            where t.statement_id = b.their_statement and t.statement_id < s.statement_id
                                                and t.statement_date = s.statement_date) end
                                or b.broker_id is null and s.account_id = b.account_id
                                    and s.currency is not distinct from b.currency
                                    and case when b.their_statement is null
                                        then b.break_key = reconciliation.key('STATEMENT', b.break_class, s.feed, s.account_number,
                                            s.currency, b.business_date::text)
                                        else exists (
                                            select from reconciliation.statement t
                                            where t.statement_id = b.their_statement and t.statement_id < s.statement_id
                                                and t.feed in (s.feed, 'STATEMENT')
                                                and (t.feed not in ('CUSTODIAN_ADVICE', 'CUSTODIAN_INTRADAY')
                                                        and (t.statement_date is null or t.statement_date <= s.statement_date)
                                                    or t.part = s.part and t.statement_date = s.statement_date)) end)))
            and not exists (
                select from reconciliation.found_break f
                where f.job = :job and f.reconciled_on = :date and f.break_key = b.break_key)
        returning b.break_id, b.stream_version, 'BreakCleared' as event, b.feed, b.break_class, b.reference, b.ours, b.theirs, b.difference
        """;

    private record Change(
            long breakId,
            int version,
            @Nullable String event,
            String feed,
            String breakClass,
            @Nullable String reference,
            @Nullable String ours,
            @Nullable String theirs,
            @Nullable String difference) {}

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final JsonMapper json;
    private final Clock clock;
    private final EventStore journal = new EventStore(CHAIN);

    public BreakLedger(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param judged what the run has compared: brokers, or feed, account and currency parted by blanks
     * @param clearable classes of statement breaks that a good statement clears
     * @return how many breaks changed
     */
    public long carry(String job, LocalDate date, List<String> judged, List<String> clearable) {
        var found = jdbc.sql(COUNT)
                .param("job", job)
                .param("date", date)
                .query(Long.class)
                .single();
        var ranges = Math.clamp(found / BREAKS_AT_ONCE, 1, KEY_RANGES);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var changed = 0L;
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            var head = journal.begin(connection);
            for (var range = 0; range < ranges; range++) {
                var events = new ArrayList<NewEvent>();
                for (var statement : List.of(SEEN_AGAIN, NEW, CLEARED)) {
                    changes(statement, job, date, judged, clearable, bound(range, ranges), bound(range + 1, ranges))
                            .filter(change -> change.event() != null)
                            .map(change -> event(change, job, date, now))
                            .forEach(events::add);
                }
                if (!events.isEmpty()) {
                    var appending = journal.appending(events, now, head);
                    try (var insert = connection.prepareStatement(appending.sql())) {
                        appending.bind(insert, 1);
                        insert.executeUpdate();
                    }
                    head = appending.head();
                    changed += events.size();
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("The journal did not take what became of the breaks", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
        return changed;
    }

    /** Keys are hashes in hexadecimal digits, so equal ranges of the first two hold equal shares. */
    private static String bound(int range, int of) {
        return range == of ? "g" : "%02x".formatted(range * KEY_RANGES / of);
    }

    private Stream<Change> changes(
            String statement,
            String job,
            LocalDate date,
            List<String> judged,
            List<String> clearable,
            String from,
            String to) {
        return jdbc
                .sql(statement)
                .param("job", job)
                .param("date", date)
                .param("judged", judged.toArray(String[]::new))
                .param("clearable", clearable.toArray(String[]::new))
                .param("from", from)
                .param("to", to)
                .query((row, number) -> new Change(
                        row.getLong("break_id"),
                        row.getInt("stream_version"),
                        row.getString("event"),
                        row.getString("feed"),
                        row.getString("break_class"),
                        row.getString("reference"),
                        row.getString("ours"),
                        row.getString("theirs"),
                        row.getString("difference")))
                .list()
                .stream();
    }

    private NewEvent event(Change change, String job, LocalDate date, Instant now) {
        var payload = json.createObjectNode()
                .put("feed", change.feed())
                .put("breakClass", change.breakClass())
                .put("businessDate", date.toString())
                .put("reference", change.reference())
                .put("ours", change.ours())
                .put("theirs", change.theirs())
                .put("difference", change.difference());
        return new NewEvent(
                stream(change.breakId()),
                change.version(),
                String.valueOf(change.event()),
                1,
                now,
                job,
                null,
                null,
                job + "/" + date,
                json.writeValueAsString(payload));
    }

    /** Records what a person did to a break. */
    void record(Break changed, String event, String actor, @Nullable String reason, Instant at) {
        var payload = json.createObjectNode()
                .put("status", changed.status().name())
                .put("owner", changed.owner())
                .put("resolution", changed.resolution());
        append(
                List.of(new NewEvent(
                        stream(changed.id()),
                        changed.nextStreamVersion(),
                        event,
                        1,
                        at,
                        actor,
                        reason,
                        null,
                        null,
                        json.writeValueAsString(payload))),
                at);
    }

    /** Records that somebody stands for a feed of a day. */
    public void recordSignOff(
            LocalDate date, String feed, int openBreaks, String actor, @Nullable String reason, Instant at) {
        var payload = json.createObjectNode()
                .put("businessDate", date.toString())
                .put("feed", feed)
                .put("openBreaks", openBreaks);
        append(
                List.of(new NewEvent(
                        "sign-off/" + date + "/" + feed,
                        1,
                        "SignedOff",
                        1,
                        at,
                        actor,
                        reason,
                        null,
                        null,
                        json.writeValueAsString(payload))),
                at);
    }

    private static String stream(long breakId) {
        return "break/" + breakId;
    }

    private void append(List<NewEvent> events, Instant at) {
        if (events.isEmpty()) {
            return;
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            journal.append(connection, events, at);
        } catch (SQLException failed) {
            throw new IllegalStateException("The journal did not take what became of the breaks", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }
}
