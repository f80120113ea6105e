package org.tradesuite.reconciliation.custodian;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.WholeSets;

/**
 * Compares what the custodian says with what has settled in our books, for every account with a statement that counts.
 * Cash is here: entries are paired with our movements first; a balance that still differs after what they explain is a
 * break of its own, one that they explain in full is not. Here too: what is wrong with the statements themselves.
 */
final class CustodianBreaks {

    /** Of the passes below; counted up when one of them changes. */
    private static final int RULES = 1;

    private static final String FORGET =
            "delete from reconciliation.found_break where job = 'reconcile-custodian' and reconciled_on = :date";

    private static final String FORGET_MATCHES = "delete from reconciliation.cash_matched where reconciled_on = :date";

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    /** The newest statement that counts for each account, and currency where it is of cash. */
    private static final String CURRENT = """
        with current as (
            select distinct on (feed, account_id, currency) statement_id, feed, account_id, currency, account_number,
                statement_date, closing
            from reconciliation.statement
            where status = 'LOADED' and business_date = :date and feed in ('CUSTODIAN_POSITION', 'CUSTODIAN_CASH')
            order by feed, account_id, currency, statement_date desc, statement_id desc
        )
        """;

    private static final String LEFT = CURRENT + """
        , account as (
            select account_id, currency, max(statement_date) as until from current where feed = 'CUSTODIAN_CASH'
            group by account_id, currency
        ), entry_left as (
            select a.account_id, a.currency, e.*
            from account a
            join reconciliation.statement s
                on s.feed = 'CUSTODIAN_CASH' and s.status = 'LOADED' and s.account_id = a.account_id and s.currency = a.currency
                and s.statement_date <= a.until
            join reconciliation.statement_entry e using (statement_id)
            where not exists (
                select from reconciliation.cash_matched m
                where m.reconciled_on = :date and m.statement_id = e.statement_id and m.number = e.number)
        ), movement_left as (
            select m.account_id, m.currency, m.value_date, m.amount, m.instruction_id, coalesce(m.sender_reference, '') as sender_reference
            from account a
            join settlement_api.cash_movement m using (account_id, currency)
            where m.method = 'CUSTODIAN' and m.value_date <= a.until and not exists (
                select from reconciliation.cash_matched x
                where x.reconciled_on = :date and x.instruction_id = m.instruction_id
                    and x.sender_reference = coalesce(m.sender_reference, ''))
        )
        """;

    private static final String PAIR = """
        insert into reconciliation.cash_matched (reconciled_on, statement_id, number, instruction_id, sender_reference, pass,
            rule_version)
        """;

    /** Pass 1: our reference and the same amount. */
    private static final String BY_REFERENCE = PAIR + LEFT + """
        , e as (
            select *, row_number() over (partition by account_id, currency, reference, amount order by statement_id, number) as k
            from entry_left where reference is not null
        ), m as (
            select *, row_number() over (partition by account_id, currency, instruction_id, amount order by value_date, sender_reference) as k
            from movement_left
        )
        select :date, e.statement_id, e.number, m.instruction_id, m.sender_reference, 'REFERENCE', :rules
        from e
        join m on m.account_id = e.account_id and m.currency = e.currency and m.instruction_id = e.reference
            and m.amount = e.amount and m.k = e.k
        """;

    /**
     * Pass 2: what the custodian booked and took back under the same reference (a wrong entry and its reversal, RC or RD
     * in field 61) is nothing any more; the k-th with the k-th. The pair has no movement of ours: its sender's reference
     * is longer than any that SWIFT has, so that it hides none.
     */
    private static final String REVERSED = PAIR + LEFT + """
        , e as (
            select *, row_number() over (partition by account_id, currency, reference, amount order by statement_id, number) as k
            from entry_left where reference is not null
        )
        select :date, e.statement_id, e.number, e.reference, 'taken back by the custodian', 'REVERSED', :rules
        from e
        join e as other on other.account_id = e.account_id and other.currency = e.currency and other.reference = e.reference
            and other.amount = -e.amount and other.k = e.k
        """;

    /** Pass 3: the same value date and amount; the k-th with the k-th. */
    private static final String BY_ECONOMICS = PAIR + LEFT + """
        , e as (
            select *, row_number() over (partition by account_id, currency, value_date, amount order by statement_id, number) as k
            from entry_left
        ), m as (
            select *, row_number() over (partition by account_id, currency, value_date, amount order by instruction_id, sender_reference) as k
            from movement_left
        )
        select :date, e.statement_id, e.number, m.instruction_id, m.sender_reference, 'ECONOMICS', :rules
        from e
        join m using (account_id, currency, value_date, amount, k)
        """;

    /** Pass 4: one entry for all that was netted on a day. */
    private static final String BY_SUM = PAIR + LEFT + """
        , netted as (
            select account_id, currency, value_date, sum(amount) as amount
            from movement_left
            group by account_id, currency, value_date
            having count(*) > 1
        ), single as (
            select account_id, currency, value_date, min(statement_id) as statement_id, min(number) as number, sum(amount) as amount
            from entry_left
            group by account_id, currency, value_date
            having count(*) = 1
        )
        select :date, s.statement_id, s.number, m.instruction_id, m.sender_reference, 'AGGREGATED', :rules
        from netted
        join single s using (account_id, currency, value_date, amount)
        join movement_left m using (account_id, currency, value_date)
        """;

    /** Pass 5: our reference with another amount, where it is the only one of each. */
    private static final String BY_IDENTITY = PAIR + LEFT + """
        , candidate as (
            select e.statement_id, e.number, m.instruction_id, m.sender_reference,
                count(*) over (partition by e.statement_id, e.number) as movements,
                count(*) over (partition by m.instruction_id, m.sender_reference) as entries
            from entry_left e
            join movement_left m on m.account_id = e.account_id and m.currency = e.currency and m.instruction_id = e.reference
        )
        select :date, statement_id, number, instruction_id, sender_reference, 'IDENTITY', :rules
        from candidate
        where movements = 1 and entries = 1
        """;

    private static final String AMOUNTS = INSERT + """
        select 'reconcile-custodian', :date, reconciliation.key('CUSTODIAN_CASH', 'AMOUNT', m.instruction_id, m.sender_reference),
            'CUSTODIAN_CASH', 'AMOUNT', c.account_id, null, null, null, c.currency, e.reference, null,
            reconciliation.plain(c.amount), reconciliation.plain(e.amount), reconciliation.plain(e.amount - c.amount),
            abs(e.amount - c.amount), null, m.instruction_id, e.statement_id, e.number
        from reconciliation.cash_matched m
        join reconciliation.statement_entry e using (statement_id, number)
        join settlement_api.cash_movement c
            on c.instruction_id = m.instruction_id and coalesce(c.sender_reference, '') = m.sender_reference
        where m.reconciled_on = :date and m.pass = 'IDENTITY' and e.amount <> c.amount
        """;

    /** An entry that repeats one we have paired, with the same reference, was booked twice by them. */
    private static final String ENTRIES = INSERT + LEFT + """
        , judged as (
            select e.*, row_number() over (
                    partition by account_id, currency, value_date, amount, reference, their_reference order by statement_id, number) as nth,
                case when e.reference is not null and exists (
                    select from reconciliation.cash_matched m
                    join reconciliation.statement_entry paired using (statement_id, number)
                    join reconciliation.statement s using (statement_id)
                    where m.reconciled_on = :date and m.pass <> 'REVERSED' and m.instruction_id = e.reference
                        and s.account_id = e.account_id and s.currency = e.currency and paired.amount = e.amount)
                    then 'DUPLICATE_THEIRS' else 'MISSING_OURS' end as break_class
            from entry_left e
        )
        select 'reconcile-custodian', :date,
            reconciliation.key('CUSTODIAN_CASH', break_class, account_id, currency, value_date::text,
                reconciliation.plain(amount), reference, their_reference, nth::text),
            'CUSTODIAN_CASH', break_class, account_id, null, null, null, currency, coalesce(reference, their_reference), null,
            null, reconciliation.plain(amount), reconciliation.plain(amount), abs(amount),
            case break_class when 'DUPLICATE_THEIRS' then 'The custodian booked it more than once.'
                else 'The custodian booked it, we have no such movement.' end,
            null, statement_id, number
        from judged
        """;

    private static final String MOVEMENTS = INSERT + LEFT + """
        select 'reconcile-custodian', :date,
            reconciliation.key('CUSTODIAN_CASH', 'MISSING_THEIRS', instruction_id, sender_reference),
            'CUSTODIAN_CASH', 'MISSING_THEIRS', account_id, null, null, null, currency, instruction_id, null,
            reconciliation.plain(amount), null, reconciliation.plain(-amount), abs(amount),
            'We have the movement, the custodian did not book it.', instruction_id, null, null
        from movement_left
        """;

    /** What entries and movements without a partner do not explain of the balance. */
    private static final String BALANCES = INSERT + CURRENT + """
        , ours as (
            select c.account_id, c.currency, c.statement_id, c.closing,
                coalesce((select b.balance - b.venue_amount from settlement_api.cash_balance b
                    where b.account_id = c.account_id and b.currency = c.currency), 0)
                - coalesce((select sum(m.amount) from settlement_api.cash_movement m
                    where m.account_id = c.account_id and m.currency = c.currency and m.method = 'CUSTODIAN'
                        and m.value_date > c.statement_date), 0) as balance
            from current c
            where c.feed = 'CUSTODIAN_CASH'
        ), explained as (
            select account_id, currency, sum(difference::numeric) as amount
            from reconciliation.found_break
            where job = 'reconcile-custodian' and reconciled_on = :date and feed = 'CUSTODIAN_CASH'
            group by account_id, currency
        ), residue as (
            select o.*, o.closing - o.balance - coalesce(x.amount, 0) as difference, coalesce(x.amount, 0) as explained
            from ours o
            left join explained x using (account_id, currency)
        )
        select 'reconcile-custodian', :date, reconciliation.key('CUSTODIAN_CASH', 'CASH_BALANCE', account_id, currency),
            'CUSTODIAN_CASH', 'CASH_BALANCE', account_id, null, null, null, currency, currency || ' balance', null,
            reconciliation.plain(balance), reconciliation.plain(closing), reconciliation.plain(difference), abs(difference),
            case when explained <> 0 then 'Entries explain ' || reconciliation.plain(explained) || ' of the difference.'
                else 'No entry explains it.' end,
            account_id || ' ' || currency, statement_id, null
        from residue
        where difference <> 0
        """;

    /**
     * A good statement clears what was wrong with those of its date and earlier that came before it; a single advice, or
     * a report within the day, clears none but itself.
     */
    private static final String STATEMENTS = INSERT + """
        select 'reconcile-custodian', :date,
            reconciliation.key('STATEMENT', s.refusal, s.feed, coalesce(s.account_number, s.sha256), s.currency,
                coalesce(s.statement_date::text, ''), s.part, s.sender,
                case when s.refusal in ('DUPLICATE_THEIRS', 'ACCOUNT') or s.account_number is null
                        or s.statement_date is null and s.feed in ('CUSTODIAN_ADVICE', 'CUSTODIAN_INTRADAY')
                    then s.sha256 || ' ' || (select min(p.line) from reconciliation.statement_page p where p.statement_id = s.statement_id)
                    else '' end),
            'STATEMENT', s.refusal, s.account_id, null, null, null, s.currency,
            coalesce(nullif(s.reference, ''), s.file_name), null, null, null, null, null,
            s.reason, s.account_number, s.statement_id, null
        from reconciliation.statement s
        where s.feed <> 'BROKER_TRADE' and s.business_date = :date and s.status = 'REFUSED'
            and not (s.refusal = any(:clearable) and exists (
                select from reconciliation.statement good
                where good.status = 'LOADED' and good.business_date = :date and good.feed = s.feed
                    and good.statement_id > s.statement_id
                    and good.account_id = s.account_id and good.currency is not distinct from s.currency
                    and (s.feed not in ('CUSTODIAN_ADVICE', 'CUSTODIAN_INTRADAY') and (s.statement_date is null or good.statement_date >= s.statement_date)
                        or good.part = s.part and good.statement_date = s.statement_date)))
        order by s.statement_id
        on conflict do nothing
        """;

    /** Lines of statements that count which could not be compared; those that say the same are numbered, none is left out. */
    private static final String FINDINGS = INSERT + """
        select 'reconcile-custodian', :date,
            reconciliation.key('STATEMENT', f.refusal, f.feed, f.account_number, f.currency, f.subject, f.part, nullif(f.nth, 1)::text),
            'STATEMENT', f.refusal, f.account_id, null, null, null, f.currency, f.subject, null, null, null, null, null::numeric,
            f.detail || case when f.alike > 1 then ' It is one of ' || f.alike || ' lines that name the same.' else '' end,
            f.account_number, f.statement_id, f.line
        from (
            select s.feed, s.account_id, s.account_number, s.currency, s.part, s.statement_id, f.refusal, f.subject, f.detail, f.line,
                row_number() over (alike order by s.statement_id, f.page_id, f.number) as nth, count(*) over (alike) as alike
            from reconciliation.statement s
            join reconciliation.statement_finding f using (statement_id)
            where s.business_date = :date and s.status = 'LOADED'
            window alike as (partition by f.refusal, s.feed, s.account_number, s.currency, f.subject, s.part)) f
        """;

    /**
     * Accounts that hold or own something, once the day is closed, and what else we expect, of which no statement came
     * although it is time.
     */
    private static final String STALE = INSERT + """
        with due as (
            select distinct 'CUSTODIAN_POSITION' as feed, account_id, null::text as currency, safekeeping_account as number
            from settlement_api.settled_position
            where isin is not null and quantity <> 0
            union all
            select 'CUSTODIAN_CASH', b.account_id, b.currency, a.number
            from settlement_api.cash_balance b
            join reference_api.cash_account a using (account_id, currency)
            where b.balance - b.venue_amount <> 0
        ), asked as (
            select feed, account_id, currency, number from due d
            where not exists (
                    select from execution_api.business_day o where o.business_date = :date and o.status <> 'CLOSED')
                and not exists (
                select from reconciliation.expected_statement x
                where x.feed = d.feed and x.account_number = d.number and x.currency is not distinct from d.currency)
            union
            select x.feed, coalesce(c.account_id, a.account_id), x.currency, x.account_number
            from reconciliation.expected_statement x
            left join reference_api.cash_account c on c.number = x.account_number and c.currency = x.currency
            left join reference_api.account a on a.safekeeping_account = x.account_number and x.currency is null
            where x.active and cast(:now as timestamptz) >= (cast(:date as date) + x.due_by) at time zone x.zone
        ), there as (
            select feed, account_id, currency from reconciliation.statement
            where status = 'LOADED' and business_date = :date
        )
        select 'reconcile-custodian', :date,
            reconciliation.key('STATEMENT', 'STALE_STATEMENT', feed, number, currency, :date::date::text),
            'STATEMENT', 'STALE_STATEMENT', account_id, null, null, null, currency, number, null, null, null, null, null::numeric,
            'No statement came for account ' || number || ': ask the custodian for it.', number, null::bigint, null::bigint
        from asked d
        where not exists (
                select from there c
                where c.feed = d.feed and c.account_id = d.account_id and c.currency is not distinct from d.currency)
            and not exists (
                select from reconciliation.statement s
                where s.status = 'REFUSED' and s.business_date = :date and s.feed = d.feed and s.account_id = d.account_id
                    and s.currency is not distinct from d.currency and s.refusal <> 'DUPLICATE_THEIRS')
        """;

    private static final String JUDGED = CURRENT + """
        select feed || ' ' || account_id || ' ' || coalesce(currency, '') from current
        union
        select 'CUSTODIAN_PENDING ' || account_id || ' ' from reconciliation.statement
        where status = 'LOADED' and business_date = :date and feed = 'CUSTODIAN_PENDING'
        union
        select feed || ' ' || account_id || ' ' from reference_api.account, (values ('CUSTODIAN_MOVEMENT'), ('CUSTODIAN_ADVICE')) f (feed)
        union
        select 'CUSTODIAN_INTRADAY ' || account_id || ' ' || currency from reference_api.cash_account
        order by 1
        """;

    private final JdbcClient jdbc;
    private final MovementBreaks movements;
    private final PendingBreaks pending;
    private final AdvisedCash advised;
    private final PositionBreaks positions;

    CustodianBreaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.movements = new MovementBreaks(jdbc);
        this.pending = new PendingBreaks(jdbc);
        this.advised = new AdvisedCash(jdbc);
        this.positions = new PositionBreaks(jdbc);
    }

    /** Pairs what the custodian says with what we have; returns how many pairs were made. */
    long match(LocalDate date) {
        WholeSets.join(jdbc);
        jdbc.sql(FORGET_MATCHES).param("date", date).update();
        var pairs = 0L;
        for (var pass : List.of(BY_REFERENCE, REVERSED, BY_ECONOMICS, BY_SUM, BY_IDENTITY)) {
            pairs += jdbc.sql(pass).param("date", date).param("rules", RULES).update();
        }
        return pairs + movements.match(date) + pending.match(date) + advised.match(date);
    }

    /**
     * Names what differs; returns how many differences were found. Cash first: what differs there is not told again by the
     * movements, what these tell explains holdings and pending instructions.
     *
     * @param now what is due after this is not missing yet
     */
    long find(LocalDate date, Collection<String> clearable, Instant now) {
        WholeSets.join(jdbc);
        jdbc.sql(FORGET).param("date", date).update();
        var found = 0L;
        for (var statement : List.of(AMOUNTS, ENTRIES, MOVEMENTS, BALANCES)) {
            found += jdbc.sql(statement).param("date", date).update();
        }
        found += movements.find(date) + pending.find(date) + advised.find(date) + positions.find(date);
        for (var statement : List.of(STATEMENTS, FINDINGS, STALE)) {
            found += jdbc.sql(statement)
                    .param("date", date)
                    .param("clearable", clearable.toArray(String[]::new))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        }
        return found;
    }

    /** Feed, account and currency of all that was compared. */
    List<String> judged(LocalDate date) {
        return jdbc.sql(JUDGED)
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
