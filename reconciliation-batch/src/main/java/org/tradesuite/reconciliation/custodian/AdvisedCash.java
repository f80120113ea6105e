package org.tradesuite.reconciliation.custodian;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares cash that was advised, or reported within the day, with the statement of its day: what was said to be booked has
 * to be on it. As long as that statement has not come it is compared with our movements, so that a run within the day finds
 * what we do not know. Reports within the day may repeat what earlier ones said; an advice is said once.
 */
final class AdvisedCash {

    static final int RULES = 1;

    private static final List<String> FEEDS = List.of("CUSTODIAN_ADVICE", "CUSTODIAN_INTRADAY");

    private static final String FORGET = "delete from reconciliation.advice_matched where reconciled_on = :date";

    /**
     * What was said, once, and what is booked, both without a partner. A booked entry takes the place of the same one
     * expected.
     */
    private static final String LEFT = """
        with until as (
            select account_id, currency, max(statement_date) as until
            from reconciliation.statement
            where feed = 'CUSTODIAN_CASH' and status = 'LOADED' and business_date <= :date
            group by account_id, currency
        ), said as (
            select a.*, row_number() over (
                partition by statement_id, value_date, amount, reference, their_reference, entry_status order by page_id, number) as nth
            from reconciliation.advised_entry a
            where feed = :feed and business_date <= :date
        ), advised as (
            select distinct on (account_id, currency, value_date, amount, reference, their_reference, part, nth) *
            from said
            order by account_id, currency, value_date, amount, reference, their_reference, part, nth, entry_status, page_id desc
        ), advice_left as (
            select a.*, u.until
            from advised a
            left join until u using (account_id, currency)
            where not exists (
                select from reconciliation.advice_matched x
                where x.reconciled_on = :date and x.feed = :feed
                    and (x.page_id = a.page_id and x.number = a.number
                        or x.pass = 'REVERSED' and x.other_page = a.page_id and x.other_number = a.number))
        ), booked_left as (
            select s.account_id, s.currency, r.*
            from reconciliation.statement s
            join reconciliation.statement_page p using (statement_id)
            join reconciliation.cash_row r using (page_id)
            where s.feed = 'CUSTODIAN_CASH' and s.status = 'LOADED' and s.business_date <= :date and r.entry_status = 'BOOK'
                and not exists (
                    select from reconciliation.advice_matched x
                    where x.reconciled_on = :date and x.feed = :feed and x.pass <> 'REVERSED' and x.other_page = r.page_id
                        and x.other_number = r.number)
        )
        """;

    private static final String PAIR = """
        insert into reconciliation.advice_matched (reconciled_on, feed, page_id, number, other_page, other_number, pass,
            rule_version)
        """;

    /** Pass 1: their reference and the amount. */
    private static final String BY_IDENTITY = PAIR + LEFT + """
        , a as (
            select *, row_number() over (partition by account_id, currency, their_reference, amount order by page_id, number) as k
            from advice_left where their_reference is not null
        ), b as (
            select *, row_number() over (partition by account_id, currency, their_reference, amount order by page_id, number) as k
            from booked_left where their_reference is not null
        )
        select :date, :feed, a.page_id, a.number, b.page_id, b.number, 'IDENTITY', :rules
        from a join b using (account_id, currency, their_reference, amount, k)
        """;

    /** Pass 2: our reference and the amount. */
    private static final String BY_REFERENCE = PAIR + LEFT + """
        , a as (
            select *, row_number() over (partition by account_id, currency, reference, amount order by value_date, page_id, number) as k
            from advice_left where reference is not null
        ), b as (
            select *, row_number() over (partition by account_id, currency, reference, amount order by value_date, page_id, number) as k
            from booked_left where reference is not null
        )
        select :date, :feed, a.page_id, a.number, b.page_id, b.number, 'REFERENCE', :rules
        from a join b using (account_id, currency, reference, amount, k)
        """;

    /** Pass 3: the value date and the amount, where no reference says otherwise. */
    private static final String BY_ECONOMICS = PAIR + LEFT + """
        , a as (
            select *, row_number() over (partition by account_id, currency, value_date, amount order by page_id, number) as k
            from advice_left where due_on <= until
        ), b as (
            select *, row_number() over (partition by account_id, currency, value_date, amount order by page_id, number) as k
            from booked_left
        )
        select :date, :feed, a.page_id, a.number, b.page_id, b.number, 'ECONOMICS', :rules
        from a join b using (account_id, currency, value_date, amount, k)
        where a.reference is null or b.reference is null or a.reference = b.reference
        """;

    /** Pass 4: taken back by another before the statement came. */
    private static final String REVERSED = PAIR + LEFT + """
        , a as (
            select *, row_number() over (partition by account_id, currency, reference, amount, reversal order by page_id, number) as k
            from advice_left where reference is not null and entry_status = 'BOOK'
        )
        select :date, :feed, a.page_id, a.number, back.page_id, back.number, 'REVERSED', :rules
        from a
        join a as back on back.reversal and back.account_id = a.account_id and back.currency = a.currency
            and back.reference = a.reference and back.amount = -a.amount and back.k = a.k
        where not a.reversal
        """;

    /** Pass 5: their reference alone, where one is left on each side; the amount differs. */
    private static final String BY_IDENTITY_ALONE = PAIR + LEFT + """
        , a as (
            select *, count(*) over (partition by account_id, currency, their_reference) as alike
            from advice_left where their_reference is not null and entry_status = 'BOOK'
        ), b as (
            select *, count(*) over (partition by account_id, currency, their_reference) as alike
            from booked_left where their_reference is not null
        )
        select :date, :feed, a.page_id, a.number, b.page_id, b.number, 'AMOUNT', :rules
        from a join b using (account_id, currency, their_reference)
        where a.alike = 1 and b.alike = 1
        """;

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    private static final String AMOUNTS = INSERT + """
        select 'reconcile-custodian', :date,
            reconciliation.key(a.feed, 'AMOUNT', a.account_id, a.currency, a.their_reference),
            a.feed, 'AMOUNT', a.account_id, null, null, null, a.currency, coalesce(a.reference, a.their_reference), null,
            reconciliation.plain(a.amount), reconciliation.plain(b.amount), reconciliation.plain(b.amount - a.amount),
            abs(b.amount - a.amount),
            'It was advised as ' || reconciliation.plain(a.amount) || ' and booked as ' || reconciliation.plain(b.amount) || '.',
            null, a.statement_id, a.place
        from reconciliation.advice_matched x
        join reconciliation.advised_entry a on a.page_id = x.page_id and a.number = x.number
        join reconciliation.cash_row b on b.page_id = x.other_page and b.number = x.other_number
        where x.reconciled_on = :date and x.feed = :feed and x.pass = 'AMOUNT'
        """;

    /** Booked according to an advice or a report within the day, or expected, and not on the statement of the day. */
    private static final String NEVER_BOOKED = INSERT + LEFT + """
        , late as (
            select *, case entry_status when 'BOOK' then 'MISSING_THEIRS' else 'TIMING' end as break_class
            from advice_left
            where due_on <= until and (entry_status = 'BOOK' or value_date <= until)
        )
        select 'reconcile-custodian', :date,
            reconciliation.key(feed, break_class, account_id, currency, value_date::text, reconciliation.plain(amount), reference,
                their_reference, part, nth::text),
            feed, break_class, account_id, null, null, null, currency, coalesce(reference, their_reference), null,
            reconciliation.plain(amount), null, reconciliation.plain(-amount), abs(amount),
            case entry_status when 'BOOK' then 'The custodian told us that it was booked; the statement of the day does not have it.'
                else 'The custodian expected it for ' || value_date || ' and has not booked it.' end,
            null, statement_id, place
        from late
        """;

    /** Within the day: told by the custodian, and none of our movements. */
    private static final String NOT_OURS = INSERT + LEFT + """
        , open_advice as (
            select *, row_number() over (partition by account_id, currency, reference, amount order by page_id, number) as k,
                row_number() over (partition by account_id, currency, value_date, amount order by page_id, number) as same_day
            from advice_left
            where entry_status = 'BOOK' and (until is null or due_on > until)
        ), ours as (
            select m.*, row_number() over (
                    partition by account_id, currency, instruction_id, amount order by value_date, sender_reference) as k,
                row_number() over (
                    partition by account_id, currency, value_date, amount order by instruction_id, sender_reference) as same_day
            from settlement_api.cash_movement m
            where m.method = 'CUSTODIAN' and not exists (
                select from reconciliation.cash_matched x
                where x.reconciled_on = :date and x.instruction_id = m.instruction_id
                    and x.sender_reference = coalesce(m.sender_reference, ''))
        ), unknown as (
            select a.*, o.amount as our_amount
            from open_advice a
            left join lateral (
                select sum(amount) as amount from ours o
                where o.account_id = a.account_id and o.currency = a.currency and o.instruction_id = a.reference) o on true
            where not exists (
                select from ours o
                where o.account_id = a.account_id and o.currency = a.currency and o.amount = a.amount
                    and (o.instruction_id = a.reference and o.k = a.k
                        or (a.reference is null or not exists (
                                select from settlement_api.instruction i where i.instruction_id = a.reference))
                            and o.value_date = a.value_date and o.same_day = a.same_day))
        )
        select 'reconcile-custodian', :date,
            reconciliation.key(feed, 'MISSING_OURS', account_id, currency, value_date::text, reconciliation.plain(amount), reference,
                their_reference, part, nth::text),
            feed, 'MISSING_OURS', account_id, null, null, null, currency, coalesce(reference, their_reference), null,
            reconciliation.plain(our_amount), reconciliation.plain(amount), reconciliation.plain(amount - coalesce(our_amount, 0)),
            abs(amount - coalesce(our_amount, 0)),
            case when our_amount is null then 'The custodian told us of it; we have no such movement.'
                else 'The custodian told us of it; our movements for it come to ' || reconciliation.plain(our_amount) || '.' end,
            null, statement_id, place
        from unknown
        """;

    private final JdbcClient jdbc;

    AdvisedCash(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long match(LocalDate date) {
        jdbc.sql(FORGET).param("date", date).update();
        var pairs = 0L;
        for (var feed : FEEDS) {
            for (var pass : List.of(BY_IDENTITY, BY_REFERENCE, BY_ECONOMICS, REVERSED, BY_IDENTITY_ALONE)) {
                pairs += jdbc.sql(pass)
                        .param("date", date)
                        .param("feed", feed)
                        .param("rules", RULES)
                        .update();
            }
        }
        return pairs;
    }

    /** After the entries of the statements of the day have been paired with our movements. */
    long find(LocalDate date) {
        var found = 0L;
        for (var feed : FEEDS) {
            for (var statement : List.of(AMOUNTS, NEVER_BOOKED, NOT_OURS)) {
                found += jdbc.sql(statement)
                        .param("date", date)
                        .param("feed", feed)
                        .update();
            }
        }
        return found;
    }
}
