package org.tradesuite.reconciliation.broker;

import java.time.LocalDate;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.WholeSets;

/**
 * Names what differs: in each pair, and what was left without a partner. One cause gives one break: an amount that
 * follows from a wrong quantity or price is not reported again, only what that does not explain.
 */
final class BrokerBreaks {

    private static final String FORGET =
            "delete from reconciliation.found_break where job = 'reconcile-brokers' and reconciled_on = :date";

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    /** Differences within the pairs. A fill carries no charges; those are compared for the whole trade below. */
    private static final String IN_PAIRS = INSERT + """
        with pair as (
            select i.broker_id || '|' || i.item_id as pair_id, i.item_id, i.kind, i.trade_id, i.account_id, i.broker_id, i.instrument_id, i.isin, i.side,
                i.currency, i.quantity, i.price, i.gross, i.costs, i.settle_date,
                min(r.reference) as reference, min(m.statement_id) as statement_id, min(m.line) as line,
                max(r.account_id) as their_account, max(r.instrument_id) as their_instrument, max(r.side) as their_side,
                max(r.currency) as their_currency, max(r.isin) as their_isin, max(r.symbol || '.' || r.mic) as their_symbol,
                sum(r.quantity) as their_quantity, sum(r.quantity * r.price) / sum(r.quantity) as their_price,
                sum(r.gross) as their_gross, sum(r.commission + r.fees) as their_costs, sum(r.net) as their_net,
                (array_agg(r.settle_date order by r.settle_date = i.settle_date, r.settle_date))[1] as their_settle_date
            from reconciliation.matched m
            join reconciliation.our_item i using (reconciled_on, broker_id, item_id)
            join reconciliation.broker_row r on r.statement_id = m.statement_id and r.line = m.line
            where m.reconciled_on = :date and not exists (
                select from reconciliation.matched other
                where other.reconciled_on = m.reconciled_on and other.statement_id = m.statement_id
                    and other.line = m.line and other.item_id <> m.item_id)
            group by i.item_id, i.kind, i.trade_id, i.account_id, i.broker_id, i.instrument_id, i.isin, i.side,
                i.currency, i.quantity, i.price, i.gross, i.costs, i.settle_date
        ), judged as (
            select *,
                case when quantity = their_quantity
                        and abs(price - their_price) * 10000 <= abs(price) * :priceBasisPoints
                    then gross else their_gross end as agreed_gross,
                greatest(:minorUnits * power(10::numeric, -reconciliation.decimals(currency)),
                    abs(gross) * :amountBasisPoints / 10000) as amount_tolerance
            from pair
        ), expected as (
            select *, case side when 'BUY' then agreed_gross + costs else agreed_gross - costs end as expected_net
            from judged
        ), difference (pair_id, break_class, ours, theirs, difference, amount_at_risk, detail) as (
            select pair_id, 'ACCOUNT', account_id, their_account, null, gross, 'Booked to another account.'
            from expected where account_id <> their_account
            union all
            select pair_id, 'INSTRUMENT_ID', coalesce(isin, instrument_id), coalesce(their_isin, their_symbol), null, gross,
                'Another instrument under our reference.'
            from expected where instrument_id is distinct from their_instrument
            union all
            select pair_id, 'SIDE', side, their_side, null, 2 * gross, 'Bought and sold are swapped.'
            from expected where side <> their_side
            union all
            select pair_id, 'CURRENCY', currency, their_currency, null, gross, 'Another currency.'
            from expected where currency <> their_currency
            union all
            select pair_id, 'QUANTITY', reconciliation.plain(quantity), reconciliation.plain(their_quantity),
                reconciliation.plain(their_quantity - quantity), abs(their_quantity - quantity) * price, null
            from expected where quantity <> their_quantity
            union all
            select pair_id, 'PRICE', reconciliation.plain(price), reconciliation.plain(their_price),
                reconciliation.plain(their_price - price), abs(their_price - price) * quantity, null
            from expected where abs(price - their_price) * 10000 > abs(price) * :priceBasisPoints
            union all
            select pair_id, 'SETTLE_DATE', settle_date::text, their_settle_date::text,
                (their_settle_date - settle_date) || ' days', gross, null
            from expected where settle_date <> their_settle_date
            union all
            select pair_id, 'AMOUNT', reconciliation.plain(expected_net), reconciliation.plain(their_net),
                reconciliation.plain(their_net - expected_net), abs(their_net - expected_net),
                case when abs(their_costs - costs) > amount_tolerance
                    then 'Commission and fees: ours ' || reconciliation.plain(costs) || ', theirs ' || reconciliation.plain(their_costs) || '.'
                    else 'Net amount does not follow from gross, commission and fees.' end
            from expected where kind = 'TRADE' and abs(their_net - expected_net) > amount_tolerance
        )
        select 'reconcile-brokers', :date,
            reconciliation.key('BROKER_TRADE', d.break_class, e.broker_id, e.item_id),
            'BROKER_TRADE', d.break_class, e.account_id, e.broker_id, e.instrument_id, e.isin, e.currency, e.reference, e.side,
            d.ours, d.theirs, d.difference, d.amount_at_risk, d.detail, e.item_id, e.statement_id, e.line
        from difference d
        join expected e using (pair_id)
        """;

    /**
     * Charges of a trade reported fill by fill: their sum against ours, once every fill has its row. The row that is
     * furthest from its share is named.
     */
    private static final String CHARGES_OVER_FILLS = INSERT + """
        with paired as (
            select i.trade_id, i.item_id, i.broker_id, i.account_id, i.instrument_id, i.isin, i.side, i.currency, i.costs,
                i.gross, m.statement_id, m.line, r.reference, r.commission + r.fees as their_costs
            from reconciliation.our_item i
            left join reconciliation.matched m using (reconciled_on, broker_id, item_id)
            left join reconciliation.broker_row r on r.statement_id = m.statement_id and r.line = m.line
            where i.reconciled_on = :date and i.broker_id = any(:brokers) and i.kind = 'FILL'
        ), charged as (
            select trade_id, sum(their_costs) as theirs
            from (select distinct trade_id, statement_id, line, their_costs from paired) row
            group by trade_id
        ), trade as (
            select trade_id, sum(p.gross) as gross, max(p.costs) as ours, max(c.theirs) as theirs,
                greatest(:minorUnits * power(10::numeric, -reconciliation.decimals(max(p.currency))),
                    sum(p.gross) * :amountBasisPoints / 10000) as tolerance
            from paired p
            join charged c using (trade_id)
            group by trade_id
            having count(*) = count(p.line)
        ), furthest as (
            select distinct on (p.trade_id) p.*, t.ours, t.theirs
            from trade t
            join paired p using (trade_id)
            where abs(t.theirs - t.ours) > t.tolerance
            order by p.trade_id, abs(p.their_costs - t.ours * p.gross / t.gross) desc, p.item_id
        )
        select 'reconcile-brokers', :date, reconciliation.key('BROKER_TRADE', 'AMOUNT', broker_id, trade_id),
            'BROKER_TRADE', 'AMOUNT', account_id, broker_id, instrument_id, isin, currency, reference, side,
            reconciliation.plain(ours), reconciliation.plain(theirs), reconciliation.plain(theirs - ours), abs(theirs - ours),
            'Commission and fees of trade ' || trade_id || '.', trade_id, statement_id, line
        from furthest
        """;

    private static final String MISSING_THEIRS = INSERT + """
        select 'reconcile-brokers', :date, reconciliation.key('BROKER_TRADE', 'MISSING_THEIRS', i.broker_id, i.item_id),
            'BROKER_TRADE', 'MISSING_THEIRS', i.account_id, i.broker_id, i.instrument_id, i.isin, i.currency, i.item_id, i.side,
            reconciliation.plain(i.quantity) || ' at ' || reconciliation.plain(i.price), null,
            reconciliation.plain(-i.quantity), i.gross,
            'We have it, ' || i.broker_id || ' does not report it.', i.item_id, null, null
        from reconciliation.our_item i
        where i.reconciled_on = :date and i.broker_id = any(:brokers) and not exists (
            select from reconciliation.matched m
            where m.reconciled_on = :date and m.broker_id = i.broker_id and m.item_id = i.item_id)
        """;

    /** Rows left over: repeated, of an execution that was busted, or unknown to us. */
    private static final String LEFT_OVER = INSERT + """
        with copy as (
            select r.*, row_number() over (
                partition by r.statement_id, r.reference, r.refs, r.account_id, r.symbol, r.mic, r.side, r.quantity,
                    r.price, r.gross, r.commission, r.fees, r.net, r.trade_date, r.settle_date, r.currency,
                    case when r.refs = '{}' then r.line end
                order by r.line) as number
            from reconciliation.broker_row r
            join reconciliation.statement s using (statement_id)
            where s.status = 'LOADED' and s.feed = 'BROKER_TRADE' and s.sender = any(:brokers)
                and (s.statement_date = :date or s.statement_date < :date and exists (
                    select from reconciliation.break b
                    where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_OURS' and b.status in ('OPEN', 'CLOSING')
                        and b.their_statement = r.statement_id and b.their_line = r.line))
        ), unmatched as (
            select c.* from copy c
            where not exists (
                select from reconciliation.matched m
                where m.reconciled_on = :date and m.statement_id = c.statement_id and m.line = c.line)
        ), unmatched_ref as (
            select statement_id, line, broker_id, unnest(refs) as ref from unmatched
        ), known as (
            select distinct u.statement_id, u.line
            from unmatched_ref u
            join (
                select broker_id, unnest(refs) as ref from reconciliation.our_item
                where reconciled_on = :date and broker_id = any(:brokers)) i using (broker_id, ref)
        ), cancelled as (
            select distinct u.statement_id, u.line
            from unmatched_ref u
            join execution_api.fill f on f.broker_id = u.broker_id and f.exec_id = u.ref
            where not f.live
        ), left_over as (
            select u.*,
                case
                    when u.number > 1 or k.line is not null then 'DUPLICATE_THEIRS'
                    when x.line is not null then 'CANCEL_NOT_SEEN'
                    else 'MISSING_OURS'
                end as break_class
            from unmatched u
            left join known k using (statement_id, line)
            left join cancelled x using (statement_id, line)
        ), numbered as (
            select l.*, row_number() over (
                partition by l.break_class, l.broker_id, l.account_id, l.symbol, l.mic, l.side, l.reference, l.trade_date,
                    l.quantity, l.price
                order by l.line) as nth
            from left_over l
        )
        select 'reconcile-brokers', :date,
            reconciliation.key('BROKER_TRADE', break_class, broker_id, account_id, symbol, mic, side, reference,
                trade_date::text, reconciliation.plain(quantity), reconciliation.plain(price), nth::text),
            'BROKER_TRADE', break_class, account_id, broker_id, instrument_id, isin, currency,
            coalesce(nullif(reference, ''), 'line ' || line), side,
            null, reconciliation.plain(quantity) || ' at ' || reconciliation.plain(price), reconciliation.plain(quantity), gross,
            case break_class
                when 'DUPLICATE_THEIRS' then broker_id || ' reports it more than once.'
                when 'CANCEL_NOT_SEEN' then broker_id || ' reports an execution that it has cancelled.'
                else broker_id || ' reports it, we do not have it.' end,
            null, statement_id, line
        from numbered
        """;

    /** Statements refused in this run, and brokers we traded with that sent none. */
    private static final String STATEMENTS = INSERT + """
        select 'reconcile-brokers', :date,
            reconciliation.key('STATEMENT', refusal, sender, coalesce(statement_date::text, sha256),
                case when refusal in ('DUPLICATE_THEIRS', 'ACCOUNT') then sha256::text else '' end),
            'STATEMENT', refusal, null, sender, null, null, null, file_name, null,
            null, null, null, null, reason, null, min(statement_id), null
        from reconciliation.statement
        where feed = 'BROKER_TRADE' and business_date = :date and status = 'REFUSED'
            and not (refusal = any(:clearable) and sender = any(:brokers) and statement_date = :date)
        group by refusal, sender, statement_date, sha256, file_name, reason
        on conflict do nothing
        """;

    private static final String STALE = INSERT + """
        select distinct 'reconcile-brokers', :date,
            reconciliation.key('STATEMENT', 'STALE_STATEMENT', t.broker_id, t.business_date::text, ''),
            'STATEMENT', 'STALE_STATEMENT', null::text, t.broker_id, null::text, null::text, null::text, 'trades of ' || t.business_date,
            null::text, null::text, null::text, null::text, null::numeric,
            'No statement came from ' || t.broker_id || ' for ' || t.business_date || ': ask for it.',
            null::text, null::bigint, null::bigint
        from execution_api.confirmed_trade t
        where t.business_date = :date and t.broker_id <> all(:brokers) and not exists (
            select from reconciliation.statement s
            where s.feed = 'BROKER_TRADE' and s.sender = t.broker_id and s.business_date = :date and s.status = 'REFUSED'
                and s.refusal <> 'DUPLICATE_THEIRS')
        """;

    private final JdbcClient jdbc;
    private final BrokerMatching.Tolerances tolerances;

    BrokerBreaks(JdbcClient jdbc, BrokerMatching.Tolerances tolerances) {
        this.jdbc = jdbc;
        this.tolerances = tolerances;
    }

    /**
     * @param brokers those with a statement that counts for the date
     * @param clearable refusals that a good statement for the same date makes good
     * @return how many differences were found
     */
    long find(LocalDate date, Collection<String> brokers, Collection<String> clearable) {
        WholeSets.join(jdbc);
        jdbc.sql(FORGET).param("date", date).update();
        var names = brokers.toArray(String[]::new);
        var found = 0L;
        for (var statement :
                new String[] {IN_PAIRS, CHARGES_OVER_FILLS, MISSING_THEIRS, LEFT_OVER, STATEMENTS, STALE}) {
            found += jdbc.sql(statement)
                    .param("date", date)
                    .param("brokers", names)
                    .param("clearable", clearable.toArray(String[]::new))
                    .param("priceBasisPoints", tolerances.priceBasisPoints())
                    .param("amountBasisPoints", tolerances.amountBasisPoints())
                    .param("minorUnits", tolerances.minorUnits())
                    .update();
        }
        return found;
    }
}
