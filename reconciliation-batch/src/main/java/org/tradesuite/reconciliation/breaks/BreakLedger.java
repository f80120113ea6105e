package org.tradesuite.reconciliation.breaks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
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

    static final String CHAIN = "reconciliation";
    private static final String WITHIN_THE_DAY = "reconcile-brokers-intraday";
    private static final int BREAKS_AT_ONCE = 20_000;
    private static final int KEY_RANGES = 256;
    private static final String COUNT =
            "select count(*) from reconciliation.found_break where job = :job and reconciled_on = :date";

    /**
     * Found of the run in a range of keys, so that what is on the way stays small; a rate and the rules of the desk are
     * looked up once for all that share them. A cause that follows from the class is given, a person may know better.
     */
    private static final String FOUND = """
        with found as materialized (
            select f.*, coalesce(a.base_currency, f.currency) as base_currency
            from reconciliation.found_break f
            left join reference_api.account a using (account_id)
            where f.job = :job and f.reconciled_on = :date and f.break_key >= :from and f.break_key < :to
        ), rate as materialized (
            select currency, base_currency, reconciliation.rate(currency, base_currency, :date) as rate,
                reconciliation.rate(currency, reconciliation.rule('CURRENCY', null, null, null), :date) as firm_rate
            from (select distinct currency, base_currency from found) c
        ), ruled as materialized (
            select k.*, coalesce(account_id, '') as account_key, coalesce(base_currency, '') as currency_key,
                cast(reconciliation.rule('MATERIALITY', feed, break_class, account_id) as numeric) as material_above,
                reconciliation.calendar_of(account_id, base_currency) as calendar,
                reconciliation.rule('OWNER', feed, break_class, account_id) as owner
            from (select distinct feed, break_class, account_id, base_currency from found) k
        ), due as materialized (
            select feed, break_class, account_key, currency_key, m.material, reconciliation.business_days_after(calendar, :date,
                cast(reconciliation.rule('DUE', feed, break_class, account_id, m.material) as integer)) as due_on
            from ruled
            cross join (values (true), (false)) as m (material)
        )
        """;

    private static final String CAUSE = """
            coalesce(f.cause_code, case
                when f.break_class = 'MISSING_OURS' and f.feed in ('BROKER_TRADE', 'BROKER_DROP_COPY', 'CUSTODIAN_POSITION') and not exists (
                    select from reference_api.instrument i where i.instrument_id = f.instrument_id or i.isin = f.isin)
                    then 'UNKNOWN_INSTRUMENT'
                when f.break_class = 'DUPLICATE_OURS' then 'BOOKED_TWICE_BY_US'
                when f.break_class = 'DUPLICATE_THEIRS' then case f.feed when 'STATEMENT' then 'STATEMENT_WRONG' else 'BOOKED_TWICE_BY_THEM' end
                when f.break_class = 'CORPORATE_ACTION' then 'CORPORATE_ACTION'
                when f.break_class = 'CANCEL_NOT_SEEN' then 'CANCEL_NOT_PROCESSED'
                when f.break_class = 'STALE_STATEMENT' then 'STATEMENT_LATE'
                when f.feed = 'STATEMENT' and f.break_class in ('INSTRUMENT_ID', 'ACCOUNT') then 'INSTRUMENT_STATIC'
                when f.feed = 'STATEMENT' then 'STATEMENT_WRONG' end)
        """;

    /**
     * Found again: a break that had cleared is open again and keeps its first age. One that a person closed stays closed
     * as long as the two sides say the same, whatever they say if it was closed by force; a closing that was asked for is
     * off when they say something else. One about which nothing new is said is not touched. What only runs within the day
     * have found before is to the day's run as if it were new.
     */
    private static final String SEEN_AGAIN = FOUND + """
        , before as (
            select b.break_id, b.status, b.ours, b.theirs, b.material,
                round(f.amount_at_risk * coalesce(r.rate, reconciliation.rate(f.currency, b.base_currency, :date)), 2) as risk,
                round(f.amount_at_risk * r.firm_rate, 2) as firm_risk,
                (b.ours, b.theirs) is distinct from (f.ours, f.theirs) as differs,
                b.status = 'RESOLVED' or b.status = 'CLOSED' and b.closing_kind <> 'FORCE_CLOSE'
                    and (b.ours, b.theirs) is distinct from (f.ours, f.theirs) as reopens,
                k.material_above,
        """ + CAUSE + """
                as cause
            from reconciliation.break b
            join found f using (break_key)
            join ruled k on k.feed = f.feed and k.break_class = f.break_class and k.account_key = coalesce(f.account_id, '')
                and k.currency_key = coalesce(f.base_currency, '')
            left join rate r on r.currency = f.currency and r.base_currency = f.base_currency
            -- What a later date's statement has cleared, an earlier one that comes late does not open again.
            where not (b.status = 'RESOLVED' and b.resolved_on > :date and :job = 'reconcile-brokers')
                and (not :withinTheDay or b.business_date = :date)
                and (b.last_seen < :date or b.status = 'RESOLVED' or b.within_the_day and not :withinTheDay
                or (b.ours, b.theirs, b.difference, b.reference, b.detail, b.our_item, b.their_statement, b.their_line, b.their_offset)
                    is distinct from
                    (f.ours, f.theirs, f.difference, f.reference, f.detail, f.our_item, f.their_statement, f.their_line, f.their_offset)
                or b.money_at_risk is distinct from
                    round(f.amount_at_risk * coalesce(r.rate, reconciliation.rate(f.currency, b.base_currency, :date)), 2)
                or b.firm_money is distinct from round(f.amount_at_risk * r.firm_rate, 2))
            for update of b
        ), judged as (
            select *, coalesce(risk > material_above, true) as is_material, reopens or status = 'CLOSING' and differs as opens from before
        )
        update reconciliation.break b
        set last_seen = greatest(b.last_seen, :date), ours = f.ours, theirs = f.theirs, difference = f.difference,
            break_class = f.break_class, instrument_id = f.instrument_id,
            reference = f.reference, detail = f.detail, our_item = f.our_item, their_statement = f.their_statement,
            their_line = f.their_line, their_offset = f.their_offset, amount_at_risk = f.amount_at_risk,
            money_at_risk = before.risk, firm_money = before.firm_risk, material = before.is_material,
            due_on = case
                when before.reopens and not b.due_by_hand then (
                    select d.due_on from due d where d.feed = b.feed and d.break_class = f.break_class
                        and d.account_key = coalesce(b.account_id, '') and d.currency_key = coalesce(f.base_currency, '')
                        and d.material = before.is_material)
                when b.due_by_hand or b.material = before.is_material then b.due_on
                else reconciliation.business_days_after(b.calendar, b.opened_on, cast(reconciliation.rule(
                    'DUE', b.feed, f.break_class, b.account_id, before.is_material) as integer)) end,
            cause_code = coalesce(b.cause_code, before.cause),
            status = case when before.opens then 'OPEN' else b.status end,
            closing_kind = case when before.opens then null else b.closing_kind end,
            resolution = case when before.opens then null else b.resolution end,
            close_reason = case when before.opens then null else b.close_reason end,
            closing_asked_by = case when before.opens then null else b.closing_asked_by end,
            closed_by = case when before.opens then null else b.closed_by end,
            closed_at = case when before.opens then null else b.closed_at end,
            opened_on = case when before.reopens then :date else b.opened_on end,
            reopened = b.reopened + case when before.reopens and not b.within_the_day then 1 else 0 end,
            within_the_day = b.within_the_day and :withinTheDay,
            resolved_on = null, cleared_by_job = null, cleared_by_run = null,
            stream_version = b.stream_version + case when before.reopens or before.differs then 1 else 0 end,
            row_version = b.row_version + 1
        from judged as before, found f
        where before.break_id = b.break_id and f.break_key = b.break_key
        returning b.break_id, b.stream_version,
            case when before.reopens then 'BreakReopened' when before.differs then 'BreakChanged' end as event,
            b.feed, b.break_class, b.reference, b.ours, b.theirs, b.difference
        """;

    private static final String NEW = FOUND + """
        insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, isin, currency,
            reference, side, ours, theirs, difference, amount_at_risk, money_at_risk, base_currency, firm_money, material,
            calendar, detail, our_item, their_statement, their_line, their_offset, business_date, first_seen, last_seen,
            opened_on, owner, due_on, cause_code, status, stream_version, within_the_day, within_the_day_at)
        select f.break_key, f.feed, f.break_class, f.account_id, f.broker_id, f.instrument_id, f.isin, f.currency,
            f.reference, f.side, f.ours, f.theirs, f.difference, f.amount_at_risk, f.money, f.base_currency,
            f.firm_money, f.material, k.calendar, f.detail, f.our_item, f.their_statement,
            f.their_line, f.their_offset, :date, :date, :date, :date, k.owner, d.due_on, f.cause, 'OPEN', 1,
            :withinTheDay, case when :withinTheDay then cast(:now as timestamptz) end
        from (
            select f.*, round(f.amount_at_risk * r.rate, 2) as money, round(f.amount_at_risk * r.firm_rate, 2) as firm_money,
                coalesce(round(f.amount_at_risk * r.rate, 2) > k.material_above, true) as material,
        """ + CAUSE + """
                as cause
            from found f
            join ruled k on k.feed = f.feed and k.break_class = f.break_class and k.account_key = coalesce(f.account_id, '')
                and k.currency_key = coalesce(f.base_currency, '')
            left join rate r on r.currency = f.currency and r.base_currency = f.base_currency
            where not exists (select from reconciliation.break b where b.break_key = f.break_key)) f
        join ruled k on k.feed = f.feed and k.break_class = f.break_class and k.account_key = coalesce(f.account_id, '')
            and k.currency_key = coalesce(f.base_currency, '')
        join due d on d.feed = f.feed and d.break_class = f.break_class and d.account_key = coalesce(f.account_id, '')
            and d.currency_key = coalesce(f.base_currency, '') and d.material = f.material
        order by f.break_key
        on conflict (break_key) do nothing
        returning break_id, stream_version, 'BreakOpened' as event, feed, break_class, reference, ours, theirs, difference
        """;

    /** What was written off is taken back when the break is open again: the ledger would have it twice. */
    private static final String TAKEN_BACK = """
        insert into reconciliation.adjustment (break_id, business_date, account_id, instrument_id, currency, amount, base_currency,
            base_amount, reverses, reason, asked_by, booked_at)
        select a.break_id, :date, a.account_id, a.instrument_id, a.currency, -a.amount, a.base_currency, -a.base_amount,
            a.adjustment_id, 'The break was opened again.', :job, :now
        from reconciliation.adjustment a
        join reconciliation.break b using (break_id)
        where b.status = 'OPEN' and a.reverses is null and not exists (
            select from reconciliation.adjustment r where r.reverses = a.adjustment_id)
        """;

    private static final String DAY = """
        insert into reconciliation.desk_day as d (as_of) values (:date)
        on conflict (single) do update set as_of = excluded.as_of where d.as_of < excluded.as_of
        """;
    private static final String COUNTED_OUT =
            "delete from reconciliation.break_rollup where open_breaks = 0 and unvalued = 0";

    /**
     * Not found any more although its feed was compared: cleared by this run. A run of an earlier date clears nothing that
     * a later one has found.
     */
    private static final String CLEARED = """
        update reconciliation.break b
        set status = 'RESOLVED', resolved_on = :date, cleared_by_job = :job, cleared_by_run = cast(:run as bigint),
            closing_kind = null, resolution = null, close_reason = null, closing_asked_by = null,
            -- What was missing on its day and is there on a later one was a matter of time.
            cause_code = case
                when b.feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and b.business_date < :date and b.break_class in ('MISSING_OURS', 'MISSING_THEIRS')
                    and b.cause_code is null then 'TIMING'
                else b.cause_code end,
            stream_version = b.stream_version + 1, row_version = b.row_version + 1
        where b.status in ('OPEN', 'CLOSING') and b.break_key >= :from and b.break_key < :to
            and (b.feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and :job = 'reconcile-brokers'
                    and b.feed || ' ' || b.broker_id = any(:judged)
                    and (b.business_date = :date or b.business_date < :date and b.break_class in ('MISSING_OURS', 'MISSING_THEIRS'))
                -- What only runs within the day have found, the day's run decides, whatever it could compare.
                or b.within_the_day and b.business_date = :date and (:job = 'reconcile-brokers'
                    or :withinTheDay and b.feed || ' ' || b.broker_id = any(:judged))
                or b.feed like 'CUSTODIAN%' and :job = 'reconcile-custodian' and b.last_seen <= :date
                    and b.feed || ' ' || coalesce(b.account_id, '') || ' ' || case when b.feed in ('CUSTODIAN_CASH', 'CUSTODIAN_INTRADAY') then b.currency else '' end = any(:judged)
                or b.feed = 'STATEMENT' and b.break_class = any(:clearable) and b.last_seen <= :date and :job = case
                        when b.broker_id is not null then 'reconcile-brokers' else 'reconcile-custodian' end
                    and exists (
                        select from reconciliation.statement s
                        where s.status = 'LOADED' and s.business_date = :date
                            and (b.broker_id is not null and s.feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and s.sender = b.broker_id
                                    and case when b.their_statement is null
                                        then b.break_key = reconciliation.key('STATEMENT', b.break_class, s.sender, s.statement_date::text,
                                            case s.feed when 'BROKER_TRADE' then '' else s.feed end)
                                        else exists (
                                            select from reconciliation.statement t
                                            where t.statement_id = b.their_statement and t.statement_id < s.statement_id and t.feed = s.feed
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

    private static final String DAYS_RUN = """
        select exists (
            select from reconciliation_api.job_run where job = 'reconcile-brokers' and business_date = :date)
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
    private final BusinessDays days;
    private final SignOffs signOffs;

    public BreakLedger(DataSource dataSource, JsonMapper json, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.json = json;
        this.clock = clock;
        this.days = new BusinessDays(dataSource);
        this.signOffs = new SignOffs(dataSource, json, clock);
    }

    /**
     * @param run number of the run on the job board; null outside of it
     * @param judged what the run has compared: feed and broker, or feed, account and currency, parted by blanks
     * @param clearable classes of statement breaks that a good statement clears
     * @return how many breaks changed
     */
    public long carry(String job, LocalDate date, @Nullable Long run, List<String> judged, List<String> clearable) {
        var found = jdbc.sql(COUNT)
                .param("job", job)
                .param("date", date)
                .query(Long.class)
                .single();
        var ranges = Math.clamp(found / BREAKS_AT_ONCE, 1, KEY_RANGES);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var changed = 0L;
        var touched = new TreeSet<String>();
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            var head = journal.begin(connection);
            var withinTheDay = job.equals(WITHIN_THE_DAY);
            // Asked with the journal in hand: a run of the day that has not begun by now carries its breaks after
            // these.
            if (withinTheDay
                    && jdbc.sql(DAYS_RUN)
                            .param("date", date)
                            .query(Boolean.class)
                            .single()) {
                return 0;
            }
            days.prepare(job, date);
            for (var range = 0; range < ranges; range++) {
                var events = new ArrayList<NewEvent>();
                for (var statement : List.of(SEEN_AGAIN, NEW, CLEARED)) {
                    changes(
                                    statement,
                                    job,
                                    date,
                                    run,
                                    judged,
                                    clearable,
                                    bound(range, ranges),
                                    bound(range + 1, ranges),
                                    withinTheDay,
                                    now)
                            .filter(change -> change.event() != null)
                            .peek(change -> touched.add(change.feed()))
                            .map(change -> event(change, job, date, run, now))
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
            jdbc.sql(TAKEN_BACK)
                    .param("job", job)
                    .param("date", date)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
            jdbc.sql(COUNTED_OUT).update();
            jdbc.sql(DAY).param("date", date).update();
            if (!withinTheDay) {
                signOffs.reopen(job, date, touched, now);
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
            @Nullable Long run,
            List<String> judged,
            List<String> clearable,
            String from,
            String to,
            boolean withinTheDay,
            Instant now) {
        return jdbc
                .sql(statement)
                .param("job", job)
                .param("date", date)
                .param("run", run)
                .param("judged", judged.toArray(String[]::new))
                .param("clearable", clearable.toArray(String[]::new))
                .param("from", from)
                .param("to", to)
                .param("withinTheDay", withinTheDay)
                .param("now", now.atOffset(ZoneOffset.UTC))
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

    private NewEvent event(Change change, String job, LocalDate date, @Nullable Long run, Instant now) {
        var payload = json.createObjectNode()
                .put("feed", change.feed())
                .put("breakClass", change.breakClass())
                .put("businessDate", date.toString())
                .put("reference", change.reference())
                .put("ours", change.ours())
                .put("theirs", change.theirs())
                .put("difference", change.difference())
                .put("run", run);
        return new NewEvent(
                "break/" + change.breakId(),
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
}
