package org.tradesuite.reconciliation.custodian;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the newest list of pending instructions of each account with our instructions: every one that is open in our
 * books has to be on it, with the same terms and in the same state, and no other. Runs after the movements: what they say
 * has settled is not missing on the list.
 */
final class PendingBreaks {

    static final int RULES = 1;

    private static final String FORGET =
            "delete from reconciliation.movement_matched where reconciled_on = :date and feed = 'CUSTODIAN_PENDING'";

    /** The list that holds for each account. */
    private static final String LIST = """
        with list as (
            select distinct on (s.account_id) s.account_id, s.statement_id, s.statement_date, p.complete
            from reconciliation.statement s
            join reconciliation.statement_page p on p.statement_id = s.statement_id and p.number = 1
            where s.status = 'LOADED' and s.business_date = :date and s.feed = 'CUSTODIAN_PENDING'
            order by s.account_id, s.statement_date desc, s.statement_id desc
        ), theirs as (
            select t.* from list l
            join reconciliation.stated_pending t using (statement_id)
            where not exists (
                select from reconciliation.movement_matched x
                where x.reconciled_on = :date and x.feed = 'CUSTODIAN_PENDING' and x.page_id = t.page_id and x.number = t.number)
        ), ours as (
            select i.*, i.quantity - i.settled_quantity as rest, case i.direction when 'RECE' then 1 else -1 end as sign
            from settlement_api.instruction i
            where not exists (
                select from reconciliation.movement_matched x
                where x.reconciled_on = :date and x.feed = 'CUSTODIAN_PENDING' and x.instruction_id = i.instruction_id)
        )
        """;

    private static final String PAIR = """
        insert into reconciliation.movement_matched (reconciled_on, feed, page_id, number, instruction_id, sender_reference,
            pass, rule_version)
        """;

    private static final String BY_REFERENCE = PAIR + LIST + """
        , t as (select *, row_number() over (partition by reference order by page_id, number) as k from theirs)
        select :date, 'CUSTODIAN_PENDING', t.page_id, t.number, o.instruction_id, '', 'REFERENCE', :rules
        from t
        join ours o on o.instruction_id = t.reference
        where t.k = 1
        """;

    /** Without a reference that we know: all that they say, where it fits one and only one that is open. */
    private static final String BY_ECONOMICS = PAIR + LIST + """
        , fitting as (
            select t.page_id, t.number, o.instruction_id, count(*) over (partition by t.page_id, t.number) as of_ours,
                count(*) over (partition by o.instruction_id) as of_theirs
            from theirs t
            join ours o on o.account_id = t.account_id and o.isin = t.isin and o.settlement_date = t.settlement_date
                and t.quantity in (o.sign * o.quantity, o.sign * o.rest)
            where o.status not in ('SETTLED', 'CANCELLED', 'REJECTED') and not exists (
                select from settlement_api.instruction i where i.instruction_id = t.reference)
        )
        select :date, 'CUSTODIAN_PENDING', page_id, number, instruction_id, '', 'ECONOMICS', :rules
        from fitting
        where of_ours = 1 and of_theirs = 1
        """;

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    /**
     * Which states of theirs are as good as one of ours: ours say less. One that fails in our books because its date has
     * passed may still be unmatched or pending at the custodian.
     */
    private static final String AGREEING = """
        , agreeing (ours, theirs) as (values
            ('INSTRUCTED', 'IPRC//PACK'), ('INSTRUCTED', 'IPRC//PPRC'),
            ('ACKNOWLEDGED', 'IPRC//PACK'), ('ACKNOWLEDGED', 'IPRC//CGEN'), ('ACKNOWLEDGED', 'IPRC//PPRC'), ('ACKNOWLEDGED', 'SETT//PEND'),
            ('UNMATCHED', 'MTCH//NMAT'), ('UNMATCHED', 'INMH//NMAT'),
            ('MATCHED', 'MTCH//MACH'), ('MATCHED', 'INMH//MACH'), ('MATCHED', 'SETT//PEND'),
            ('PENDING', 'SETT//PEND'), ('PENDING', 'IPRC//PPRC'), ('PENDING', 'IPRC//REPR'), ('PENDING', 'IPRC//MPRC'),
            ('ON_HOLD', 'SETT//PEND'), ('ON_HOLD', 'SETT//PENF'),
            ('FAILING', 'SETT//PENF'), ('FAILING', 'SETT//PEND'), ('FAILING', 'MTCH//NMAT'), ('FAILING', 'INMH//NMAT'),
            ('PARTIALLY_SETTLED', 'SETT//PEND'), ('PARTIALLY_SETTLED', 'SETT//PENF'),
            ('REVERSED', 'SETT//PEND'), ('REVERSED', 'SETT//PENF'), ('REVERSED', 'MTCH//MACH'),
            ('CANCEL_REQUESTED', 'IPRC//CANP'), ('CANCEL_REQUESTED', 'IPRC//CPRC'), ('CANCEL_REQUESTED', 'SETT//PEND'),
            ('CANCEL_REQUESTED', 'SETT//PENF'), ('CANCEL_REQUESTED', 'MTCH//MACH'), ('CANCEL_REQUESTED', 'MTCH//NMAT'),
            ('CANCELLED', 'IPRC//CAND'), ('CANCELLED', 'IPRC//CANP'),
            ('REJECTED', 'IPRC//REJT'), ('REJECTED', 'IPRC//REPR'), ('REJECTED', 'IPRC//CAND')
        )
        """;

    private static final String DIFFERENCES = INSERT + """
        with pair as (
            select t.*, o.account_id as our_account, o.instrument_id, o.isin as our_isin, o.quantity as our_quantity,
                o.quantity - o.settled_quantity as rest, case o.direction when 'RECE' then 1 else -1 end as sign,
                o.amount as our_amount, o.amount - o.settled_amount as amount_left, o.currency as our_currency,
                o.settlement_date as our_date, o.trade_date as our_trade_date, o.direction, o.instruction_id,
                o.status, o.reason_code, o.settled_on, i.reference_price, i.currency as price_currency
            from reconciliation.movement_matched x
            join reconciliation.stated_pending t on t.page_id = x.page_id and t.number = x.number
            join settlement_api.instruction o on o.instruction_id = x.instruction_id
            left join reference_api.instrument i on i.instrument_id = o.instrument_id
            where x.reconciled_on = :date and x.feed = 'CUSTODIAN_PENDING'
        )
        """ + AGREEING + """
        , differing as (
            select p.*, d.*
            from pair p
            cross join lateral (
                select 'ACCOUNT' as break_class, our_account as said, account_id as stated, null as difference, our_amount as risk,
                    null as why
                where our_account <> account_id
                union all
                select 'INSTRUMENT_ID', our_isin, isin, null, our_amount, null where our_isin <> isin
                union all
                select 'SIDE', direction, case when quantity > 0 then 'RECE' else 'DELI' end, null, our_amount * 2, null
                where sign(quantity) <> sign
                union all
                -- A list may give what was instructed or what is left of it.
                select 'QUANTITY', reconciliation.plain(sign * our_quantity), reconciliation.plain(quantity),
                    reconciliation.plain(quantity - sign * our_quantity), abs(quantity - sign * our_quantity) * reference_price,
                    case when rest <> our_quantity then reconciliation.plain(rest) || ' are left of it.' end
                where sign(quantity) = sign and abs(quantity) not in (our_quantity, rest)
                union all
                select 'CURRENCY', our_currency, currency, null, our_amount, null where currency <> our_currency
                union all
                select 'AMOUNT', reconciliation.plain(-sign * our_amount), reconciliation.plain(amount),
                    reconciliation.plain(amount + sign * our_amount), abs(abs(amount) - our_amount), null
                where currency = our_currency and sign(quantity) = sign and abs(quantity) in (our_quantity, rest)
                    and abs(amount) not in (our_amount, amount_left)
                union all
                select 'SETTLE_DATE', our_date::text, settlement_date::text, (settlement_date - our_date) || ' days', our_amount, null
                where settlement_date <> our_date
                union all
                select 'TRADE_DATE', our_trade_date::text, trade_date::text, null, 0, null where trade_date <> our_trade_date
                union all
                select 'CANCEL_NOT_SEEN', status, settlement_status, null, our_amount, 'We hold it for cancelled.'
                where status = 'CANCELLED' and not exists (
                    select from agreeing a where a.ours = status and a.theirs = settlement_status)
                union all
                -- What settled after the day of the list was pending on it.
                select 'STATUS', status, settlement_status, reconciliation.plain(-sign * our_quantity), our_amount,
                    'It settled in our books on ' || settled_on || '; the list is of ' || statement_date || '.'
                where status = 'SETTLED' and settled_on <= statement_date and not exists (
                    select from reconciliation.found_break f
                    where f.job = 'reconcile-custodian' and f.reconciled_on = :date and f.feed = 'CUSTODIAN_MOVEMENT'
                        and f.break_class = 'MISSING_THEIRS' and f.our_item = p.instruction_id)
                union all
                select 'STATUS', concat_ws(' ', status, reason_code),
                    concat_ws(' ', settlement_status, nullif(array_to_string(reasons, ','), '')), null, 0,
                    case when a.theirs is null then 'The two stand at different points.' else 'The reasons differ.' end
                from (values (1)) one
                left join agreeing a on a.ours = status and a.theirs = settlement_status
                where status not in ('SETTLED', 'CANCELLED') and (
                    a.theirs is null
                    or reason_code is not null and cardinality(reasons) > 0 and reason_code <> all(reasons))
            ) d
        )
        select 'reconcile-custodian', :date, reconciliation.key('CUSTODIAN_PENDING', break_class, instruction_id),
            'CUSTODIAN_PENDING', break_class, our_account, null, instrument_id, our_isin,
            case break_class when 'QUANTITY' then price_currency else our_currency end, instruction_id,
            case direction when 'RECE' then 'BUY' else 'SELL' end, said, stated, difference, risk, why, instruction_id,
            statement_id, place
        from differing
        """;

    private static final String UNKNOWN = INSERT + LIST + """
        , judged as (
            select t.*, p.instrument_id, p.reference_price, p.currency as price_currency,
                case when exists (
                    select from reconciliation.movement_matched x
                    where x.reconciled_on = :date and x.feed = 'CUSTODIAN_PENDING' and x.instruction_id = t.reference)
                    then 'DUPLICATE_THEIRS' else 'MISSING_OURS' end as break_class,
                row_number() over (
                    partition by t.account_id, t.isin, t.reference, t.their_reference, t.settlement_date, t.quantity
                    order by page_id, number) as nth
            from theirs t
            left join lateral (
                select instrument_id, reference_price, currency from reference_api.instrument r
                where r.isin = t.isin order by r.instrument_id limit 1) p on true
        )
        select 'reconcile-custodian', :date,
            reconciliation.key('CUSTODIAN_PENDING', break_class, account_id, isin, reference, their_reference,
                settlement_date::text, reconciliation.plain(quantity), nth::text),
            'CUSTODIAN_PENDING', break_class, account_id, null, instrument_id, isin, coalesce(currency, price_currency),
            coalesce(reference, their_reference), case when quantity > 0 then 'BUY' else 'SELL' end, null,
            reconciliation.plain(quantity), reconciliation.plain(quantity),
            coalesce(abs(amount), abs(quantity) * reference_price),
            case break_class when 'DUPLICATE_THEIRS' then 'The custodian lists it more than once.'
                else 'It is pending at the custodian (' || settlement_status || '); we have no such instruction.' end,
            reference, statement_id, place
        from judged
        """;

    /** Open in our books, due to be on a list of everything, and neither on it nor among what has moved. */
    private static final String MISSING = INSERT + LIST + """
        select 'reconcile-custodian', :date, reconciliation.key('CUSTODIAN_PENDING', 'MISSING_THEIRS', o.instruction_id),
            'CUSTODIAN_PENDING', 'MISSING_THEIRS', o.account_id, null, o.instrument_id, o.isin, o.currency, o.instruction_id,
            case o.direction when 'RECE' then 'BUY' else 'SELL' end, o.status, null, reconciliation.plain(-o.sign * o.rest),
            o.amount - o.settled_amount, 'It is ' || o.status || ' in our books; the custodian''s list of '
                || l.statement_date || ' does not have it.',
            o.instruction_id, null, null
        from list l
        join ours o using (account_id)
        where l.complete and o.trade_date <= l.statement_date and o.status not in ('SETTLED', 'CANCELLED', 'REJECTED')
            and not exists (
                select from reconciliation.found_break f
                where f.job = 'reconcile-custodian' and f.reconciled_on = :date and f.our_item = o.instruction_id
                    and f.feed in ('CUSTODIAN_MOVEMENT', 'CUSTODIAN_ADVICE')
                    and f.break_class in ('MISSING_OURS', 'CANCEL_NOT_SEEN', 'QUANTITY'))
        """;

    private final JdbcClient jdbc;

    PendingBreaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long match(LocalDate date) {
        jdbc.sql(FORGET).param("date", date).update();
        var pairs = 0L;
        for (var pass : List.of(BY_REFERENCE, BY_ECONOMICS)) {
            pairs += jdbc.sql(pass).param("date", date).param("rules", RULES).update();
        }
        return pairs;
    }

    long find(LocalDate date) {
        var found = 0L;
        for (var statement : List.of(DIFFERENCES, UNKNOWN, MISSING)) {
            found += jdbc.sql(statement).param("date", date).update();
        }
        return found;
    }
}
