package org.tradesuite.reconciliation.custodian;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares what the custodian says has moved with what has settled in our books: statements of transactions, which must
 * have all of it, and single confirmations, of which each must be in our books. All that counts is compared each time, so
 * that a movement which comes late finds its partner.
 */
final class MovementBreaks {

    /** Of the passes below; counted up when one of them changes. */
    static final int RULES = 1;

    private static final List<String> FEEDS = List.of("CUSTODIAN_MOVEMENT", "CUSTODIAN_ADVICE");

    private static final String FORGET = """
        delete from reconciliation.movement_matched
        where reconciled_on = :date and feed in ('CUSTODIAN_MOVEMENT', 'CUSTODIAN_ADVICE')
        """;

    private static final String PAIR = """
        insert into reconciliation.movement_matched (reconciled_on, feed, page_id, number, instruction_id, sender_reference,
            pass, rule_version)
        """;

    /** What has no partner yet, of the custodian's and of ours. */
    private static final String LEFT = """
        with theirs as (
            select m.* from reconciliation.stated_movement m
            where m.feed = :feed and m.business_date <= :date and not exists (
                select from reconciliation.movement_matched x
                where x.reconciled_on = :date and x.feed = :feed and x.page_id = m.page_id and x.number = m.number)
        ), ours as (
            select o.* from settlement_api.securities_movement o
            where not exists (
                select from reconciliation.movement_matched x
                where x.reconciled_on = :date and x.feed = :feed and x.instruction_id = o.instruction_id
                    and x.sender_reference = o.sender_reference)
        )
        """;

    /** Pass 1: our reference and theirs, whatever else they say. */
    private static final String BY_IDENTITY = PAIR + LEFT + """
        , t as (
            select *, row_number() over (partition by reference, their_reference order by page_id, number) as k
            from theirs where not reversal and reference is not null and their_reference is not null
        )
        select :date, :feed, t.page_id, t.number, o.instruction_id, o.sender_reference, 'IDENTITY', :rules
        from t
        join ours o on o.instruction_id = t.reference and o.sender_reference = t.their_reference
        where t.k = 1
        """;

    /** Pass 2: our reference, account, security and quantity; the k-th with the k-th. */
    private static final String BY_REFERENCE = PAIR + LEFT + """
        , t as (
            select *, row_number() over (
                partition by account_id, reference, isin, quantity order by settled_on, their_reference, page_id, number) as k
            from theirs where not reversal and reference is not null
        ), o as (
            select *, row_number() over (
                partition by account_id, instruction_id, isin, quantity order by settled_on, sender_reference) as k
            from ours
        )
        select :date, :feed, t.page_id, t.number, o.instruction_id, o.sender_reference, 'REFERENCE', :rules
        from t
        join o on o.account_id = t.account_id and o.instruction_id = t.reference and o.isin = t.isin
            and o.quantity = t.quantity and o.k = t.k
        """;

    /** Pass 3: parts on one side that come to the one movement on the other. */
    private static final String BY_SUM = PAIR + LEFT + """
        , t as (
            select account_id, reference, isin, sum(quantity) as quantity, count(*) as parts
            from theirs where not reversal and reference is not null
            group by account_id, reference, isin
        ), o as (
            select account_id, instruction_id, isin, sum(quantity) as quantity, count(*) as parts
            from ours
            group by account_id, instruction_id, isin
        ), equal as (
            select t.account_id, t.reference, t.isin
            from t
            join o on o.account_id = t.account_id and o.instruction_id = t.reference and o.isin = t.isin
                and o.quantity = t.quantity
            where least(t.parts, o.parts) = 1 and greatest(t.parts, o.parts) > 1
        )
        select :date, :feed, m.page_id, m.number, s.instruction_id, s.sender_reference, 'AGGREGATED', :rules
        from equal e
        join theirs m on m.account_id = e.account_id and m.reference = e.reference and m.isin = e.isin and not m.reversal
        join ours s on s.account_id = e.account_id and s.instruction_id = e.reference and s.isin = e.isin
        """;

    /** Pass 4: our reference, where only one is left on each side; they differ in something. */
    private static final String BY_REFERENCE_ALONE = PAIR + LEFT + """
        , t as (select *, count(*) over (partition by reference) as alike from theirs where not reversal and reference is not null
        ), o as (select *, count(*) over (partition by instruction_id) as alike from ours)
        select :date, :feed, t.page_id, t.number, o.instruction_id, o.sender_reference, 'REFERENCE', :rules
        from t
        join o on o.instruction_id = t.reference
        where t.alike = 1 and o.alike = 1
        """;

    /** Pass 5: a movement and the one that takes it back, the k-th with the k-th, are nothing any more. */
    private static final String REVERSED = PAIR + LEFT + """
        , t as (
            select *, row_number() over (
                partition by account_id, coalesce(reference, their_reference), isin, quantity, reversal
                order by settled_on, page_id, number) as k
            from theirs where coalesce(reference, their_reference) is not null
        ), pair as (
            select t.page_id, t.number, back.page_id as back_page, back.number as back_number,
                coalesce(t.reference, t.their_reference) as reference
            from t
            join t as back on back.reversal and back.account_id = t.account_id and back.isin = t.isin
                and coalesce(back.reference, back.their_reference) = coalesce(t.reference, t.their_reference)
                and back.quantity = -t.quantity and back.k = t.k
            where not t.reversal
        )
        select :date, :feed, page_id, number, reference, 'taken back by the custodian', 'REVERSED', :rules from pair
        union all
        select :date, :feed, back_page, back_number, reference, 'taken back by the custodian', 'REVERSED', :rules from pair
        """;

    /** Pass 6: without a reference that we know, all that they say; the k-th with the k-th. */
    private static final String BY_ECONOMICS = PAIR + LEFT + """
        , t as (
            select *, row_number() over (
                partition by account_id, isin, quantity, settled_on, amount, currency order by page_id, number) as k
            from theirs
            where not reversal and not exists (
                select from settlement_api.instruction i where i.instruction_id = theirs.reference)
        ), o as (
            select *, row_number() over (
                partition by account_id, isin, quantity, settled_on, amount, currency order by instruction_id, sender_reference) as k
            from ours
        )
        select :date, :feed, t.page_id, t.number, o.instruction_id, o.sender_reference, 'ECONOMICS', :rules
        from t
        join o on o.account_id = t.account_id and o.isin = t.isin and o.quantity = t.quantity
            and o.settled_on = t.settled_on and o.amount is not distinct from t.amount
            and o.currency is not distinct from t.currency and o.k = t.k
        """;

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    /** Pairs that differ: what follows from another difference is not told again. */
    private static final String DIFFERENCES = INSERT + """
        with pair as (
            select t.*, o.account_id as our_account, o.instrument_id, o.isin as our_isin, o.quantity as our_quantity,
                o.amount as our_amount, o.currency as our_currency, o.settled_on as our_date, o.trade_date as our_trade_date,
                o.instruction_id, o.sender_reference, i.reference_price, i.currency as price_currency
            from reconciliation.movement_matched x
            join reconciliation.stated_movement t on t.page_id = x.page_id and t.number = x.number
            join settlement_api.securities_movement o
                on o.instruction_id = x.instruction_id and o.sender_reference = x.sender_reference
            left join reference_api.instrument i on i.instrument_id = o.instrument_id
            where x.reconciled_on = :date and x.feed = :feed and x.pass <> 'AGGREGATED'
        ), differing as (
            select p.*, d.*
            from pair p
            cross join lateral (
                select 'ACCOUNT' as break_class, our_account as said, account_id as stated, null::numeric as difference, abs(our_amount) as risk
                where our_account is distinct from account_id
                union all
                select 'INSTRUMENT_ID', our_isin, isin, null, abs(our_amount) where our_isin <> isin
                union all
                select 'SIDE', case when our_quantity > 0 then 'RECE' else 'DELI' end, case when quantity > 0 then 'RECE' else 'DELI' end,
                    quantity - our_quantity, abs(our_amount) * 2
                where sign(quantity) <> sign(our_quantity)
                union all
                select 'QUANTITY', reconciliation.plain(our_quantity), reconciliation.plain(quantity), quantity - our_quantity,
                    abs(quantity - our_quantity) * reference_price
                where sign(quantity) = sign(our_quantity) and quantity <> our_quantity
                union all
                select 'CURRENCY', our_currency, currency, null, abs(our_amount) where currency <> our_currency
                union all
                select 'AMOUNT', reconciliation.plain(our_amount), reconciliation.plain(amount), amount - our_amount, abs(amount - our_amount)
                where sign(quantity) = sign(our_quantity) and currency = our_currency and amount <> our_amount
                    and abs(amount * our_quantity - our_amount * quantity)
                        > abs(our_quantity) / power(10::numeric, reconciliation.decimals(our_currency))
                    and not exists (
                        select from reconciliation.found_break f
                        where f.job = 'reconcile-custodian' and f.reconciled_on = :date and f.feed = 'CUSTODIAN_CASH'
                            and f.break_class = 'AMOUNT' and f.our_item = p.instruction_id)
                union all
                select 'SETTLE_DATE', our_date::text, settled_on::text, null, abs(our_amount) where settled_on <> our_date
                union all
                select 'TRADE_DATE', our_trade_date::text, trade_date::text, null, 0 where trade_date <> our_trade_date
            ) d
        )
        select 'reconcile-custodian', :date, reconciliation.key(:feed, break_class, instruction_id, sender_reference), :feed,
            break_class, our_account, null, instrument_id, our_isin,
            case break_class when 'QUANTITY' then price_currency else our_currency end, instruction_id,
            case when our_quantity > 0 then 'BUY' else 'SELL' end, said, stated,
            case break_class when 'SETTLE_DATE' then (settled_on - our_date) || ' days'
                else reconciliation.plain(difference) end,
            risk, 'Settled under ' || sender_reference || ' on ' || our_date || ' in our books.', instruction_id, statement_id, place
        from differing
        """;

    /**
     * Movements of the custodian that we do not have: what it took back while we hold it for settled, what repeats another,
     * what we cancelled, what a corporate action moved, and what has not settled in our books or is not of us at all.
     */
    private static final String UNKNOWN = INSERT + LEFT + """
        , judged as (
            select t.*, i.status, p.instrument_id, p.reference_price, p.currency as price_currency,
                case
                    when t.reversal or i.status = 'CANCELLED' then 'CANCEL_NOT_SEEN'
                    when t.their_reference is not null and exists (
                        select from reconciliation.movement_matched x
                        join reconciliation.stated_movement m on m.page_id = x.page_id and m.number = x.number
                        where x.reconciled_on = :date and x.feed = :feed and x.pass <> 'REVERSED'
                            and m.account_id = t.account_id and m.reference is not distinct from t.reference
                            and m.their_reference = t.their_reference and m.isin = t.isin and m.quantity = t.quantity)
                        then 'DUPLICATE_THEIRS'
                    when i.status is null and t.corporate_action is not null then 'CORPORATE_ACTION'
                    else 'MISSING_OURS' end as break_class
            from theirs t
            left join settlement_api.instruction i on i.instruction_id = t.reference
            left join lateral (
                select instrument_id, reference_price, currency from reference_api.instrument r
                where r.isin = t.isin order by r.instrument_id = i.instrument_id desc, r.instrument_id limit 1) p on true
            -- What they took back of ours and does not stand with us any more is as it should be.
            where not t.reversal or i.status is null or exists (
                select from settlement_api.securities_movement o
                where o.instruction_id = t.reference and o.quantity = -t.quantity)
        ), counted as (
            select *, row_number() over (
                partition by break_class, account_id, isin, reference, their_reference, settled_on, quantity, reversal
                order by page_id, number) as nth
            from judged
        )
        select 'reconcile-custodian', :date,
            reconciliation.key(:feed, break_class, account_id, isin, reference, their_reference, settled_on::text,
                reconciliation.plain(quantity), reversal::text, nth::text),
            :feed, break_class, account_id, null, instrument_id, isin, coalesce(currency, price_currency),
            coalesce(reference, their_reference), case when quantity > 0 then 'BUY' else 'SELL' end, null,
            reconciliation.plain(quantity), reconciliation.plain(quantity),
            coalesce(abs(amount), abs(quantity) * reference_price),
            case
                when break_class = 'DUPLICATE_THEIRS' then 'The custodian states it more than once.'
                when reversal and status is not null then 'The custodian took it back on ' || settled_on
                    || '; in our books the instruction is ' || status || '.'
                when reversal then 'The custodian took back a movement that we do not know.'
                when status = 'CANCELLED' then 'The custodian settled it on ' || settled_on || '; we hold it for cancelled.'
                when status is not null then 'The custodian settled it on ' || settled_on || '; in our books the instruction is '
                    || status || ', and this is not among what has settled of it.'
                when break_class = 'CORPORATE_ACTION' then 'The custodian booked a corporate action (' || corporate_action || ') on '
                    || settled_on || '; our books do not have it.'
                else 'The custodian moved it on ' || settled_on || '; we have no such instruction.' end,
            reference, statement_id, place
        from counted
        """;

    /** What has settled in our books on a day that the custodian's statements cover, and is on none of them. */
    private static final String MISSING = INSERT + LEFT + """
        select 'reconcile-custodian', :date,
            reconciliation.key(:feed, 'MISSING_THEIRS', o.instruction_id, o.sender_reference),
            :feed, 'MISSING_THEIRS', o.account_id, null, o.instrument_id, o.isin, o.currency, o.instruction_id,
            case when o.quantity > 0 then 'BUY' else 'SELL' end, reconciliation.plain(o.quantity), null,
            reconciliation.plain(-o.quantity), abs(o.amount),
            'It settled in our books on ' || o.settled_on || ' under ' || o.sender_reference
                || '; the custodian''s statement of that day does not have it.',
            o.instruction_id, null, null
        from ours o
        where exists (
            select from reconciliation.statement s
            join reconciliation.statement_page p using (statement_id)
            where s.feed = :feed and s.status = 'LOADED' and s.business_date <= :date and s.account_id = o.account_id
                and o.settled_on between coalesce(p.from_date, s.statement_date) and s.statement_date)
        """;

    private final JdbcClient jdbc;

    MovementBreaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long match(LocalDate date) {
        jdbc.sql(FORGET).param("date", date).update();
        var pairs = 0L;
        for (var feed : FEEDS) {
            for (var pass : List.of(BY_IDENTITY, BY_REFERENCE, BY_SUM, BY_REFERENCE_ALONE, REVERSED, BY_ECONOMICS)) {
                pairs += jdbc.sql(pass)
                        .param("date", date)
                        .param("feed", feed)
                        .param("rules", RULES)
                        .update();
            }
        }
        return pairs;
    }

    /** After cash: an amount that differs there is not told again. */
    long find(LocalDate date) {
        var found = 0L;
        for (var feed : FEEDS) {
            for (var statement : List.of(DIFFERENCES, UNKNOWN)) {
                found += jdbc.sql(statement)
                        .param("date", date)
                        .param("feed", feed)
                        .update();
            }
        }
        return found
                + jdbc.sql(MISSING)
                        .param("date", date)
                        .param("feed", "CUSTODIAN_MOVEMENT")
                        .update();
    }
}
