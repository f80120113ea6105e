package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.WholeSets;

/**
 * Pairs the rows of the brokers' statements with our trades and fills, in passes from the strongest evidence to the
 * weakest, each a statement over whole sets. A row or an item is used once; where several would fit equally well none
 * is chosen. The order in which rows came in does not matter. Everything is made anew for the date, so it may run
 * again.
 */
final class BrokerMatching {

    /** Stored with every match; raised when a rule changes. */
    static final int RULES = 1;

    /**
     * What may differ and still be the same: prices and amounts in basis points, amounts in units of their last
     * decimal.
     */
    record Tolerances(BigDecimal priceBasisPoints, BigDecimal amountBasisPoints, int minorUnits, int settleDays) {}

    private static final String FORGET_MATCHES = "delete from reconciliation.matched where reconciled_on = :date";

    private static final String FORGET_ITEMS = "delete from reconciliation.our_item where reconciled_on = :date";

    /**
     * Trades of the date for brokers that report a row a trade, fills for those that report a row a fill; and what a
     * broker still owed us from earlier dates.
     */
    private static final String OUR_ITEMS = """
        insert into reconciliation.our_item
        with trade as (
            select t.*, t.business_date < :date as late
            from execution_api.confirmed_trade t
            where t.broker_id = any(:brokers)
                and (t.business_date = :date or exists (
                    select from reconciliation.break b
                    where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_THEIRS' and b.status in ('OPEN', 'CLOSING')
                        and b.broker_id = t.broker_id and b.business_date = t.business_date))
        ), execution as (
            select t.trade_id, f.exec_id, f.quantity, f.price
            from trade t
            join execution_api.fill f
                on f.business_date = t.business_date and f.broker_id = t.broker_id and f.account_id = t.account_id
                and f.instrument_id = t.instrument_id and f.side = t.side and f.order_id = any(t.order_ids) and f.live
        ), executed as (
            select trade_id, array_agg(exec_id) as refs from execution group by trade_id
        ), known_there as (
            select order_id, broker_id, cl_ord_id from execution_api.route
            union all
            select external_order_id, broker_id, cl_ord_id from execution_api.external_order where cl_ord_id is not null
        ), routed as (
            select t.trade_id, array_agg(r.cl_ord_id) as refs
            from trade t
            cross join unnest(t.order_ids) as worked(order_id)
            join known_there r on r.order_id = worked.order_id and r.broker_id = t.broker_id
            group by t.trade_id
        ), item as (
            select t.trade_id as item_id, 'TRADE' as kind, t.trade_id,
                array_remove(array[t.trade_id, t.confirm_ref], null) || coalesce(e.refs, '{}') || coalesce(r.refs, '{}') as refs,
                t.quantity, t.average_price as price, t.gross_amount as gross
            from trade t
            left join executed e using (trade_id)
            left join routed r using (trade_id)
            where t.broker_id <> all(:perFill)
            union all
            select e.exec_id, 'FILL', t.trade_id, array[e.exec_id], e.quantity, e.price, e.quantity * e.price
            from trade t
            join execution e using (trade_id)
            where t.broker_id = any(:perFill)
        )
        select :date, t.broker_id, i.item_id, i.kind, i.trade_id, i.refs, t.account_id, t.instrument_id, t.isin, t.side,
            i.quantity, i.price, i.gross, t.commission + t.fees, t.settlement_date, t.currency, t.business_date
        from item i
        join trade t using (trade_id)
        where not t.late or exists (
            select from reconciliation.break b
            where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_THEIRS' and b.status in ('OPEN', 'CLOSING')
                and b.broker_id = t.broker_id and b.our_item = i.item_id)
        """;

    /**
     * Their rows: of the statements for the date that count, and those of earlier dates we still had nothing for. A row
     * that repeats another with the same references is a duplicate and takes no part.
     */
    static final String THEIRS = """
        their as (
            select r.*
            from (
                select r.*, s.statement_date, row_number() over (
                    partition by r.statement_id, r.reference, r.refs, r.account_id, r.symbol, r.mic, r.side, r.quantity,
                        r.price, r.gross, r.commission, r.fees, r.net, r.trade_date, r.settle_date, r.currency,
                        case when r.refs = '{}' then r.line end
                    order by r.line) as copy
                from reconciliation.broker_row r
                join reconciliation.statement s using (statement_id)
                where s.status = 'LOADED' and s.feed = 'BROKER_TRADE' and s.sender = any(:brokers)
                    and (s.statement_date = :date or s.statement_date < :date and exists (
                        select from reconciliation.break b
                        where b.feed = 'BROKER_TRADE' and b.break_class = 'MISSING_OURS' and b.status in ('OPEN', 'CLOSING')
                            and b.their_statement = r.statement_id and b.their_line = r.line))
            ) r
            where r.copy = 1
        )
        """;

    private static final String LEFT = THEIRS + """
        , row_left as (
            select t.* from their t
            where not exists (
                select from reconciliation.matched m
                where m.reconciled_on = :date and m.statement_id = t.statement_id and m.line = t.line)
        ), item_left as (
            select i.* from reconciliation.our_item i
            where i.reconciled_on = :date and i.broker_id = any(:brokers) and not exists (
                select from reconciliation.matched m
                where m.reconciled_on = :date and m.broker_id = i.broker_id and m.item_id = i.item_id)
        )
        """;

    private static final String INSERT = """
        insert into reconciliation.matched (reconciled_on, broker_id, item_id, statement_id, line, pass, rule_version)
        """;

    /** Pass 1: a reference of ours on their row. One row an item; if several add up to the item, all of them. */
    private static final String BY_REFERENCE = INSERT + "with " + LEFT + """
        , row_ref as (
            select distinct statement_id, line, broker_id, unnest(refs) as ref from row_left
        ), item_ref as (
            select distinct item_id, broker_id, unnest(refs) as ref from item_left
        ), candidate as (
            select distinct r.statement_id, r.line, r.broker_id, i.item_id
            from row_ref r
            join item_ref i using (broker_id, ref)
        ), certain as (
            select c.*, count(*) over (partition by c.statement_id, c.line) as items from candidate c
        ), judged as (
            select c.*,
                count(*) over item as rows,
                sum(t.quantity) over item = i.quantity as adds_up,
                row_number() over (
                    partition by c.broker_id, c.item_id
                    order by t.quantity = i.quantity desc, t.price = i.price desc, abs(t.quantity - i.quantity),
                        abs(t.price - i.price), t.reference, t.statement_id, t.line) as rank
            from certain c
            join row_left t using (statement_id, line)
            join item_left i on i.broker_id = c.broker_id and i.item_id = c.item_id
            where c.items = 1
            window item as (partition by c.broker_id, c.item_id)
        )
        select :date, broker_id, item_id, statement_id, line,
            case when rows > 1 and adds_up then 'AGGREGATED' else 'REFERENCE' end, :rules
        from judged
        where rank = 1 or adds_up
        """;

    /**
     * Pass 2: the same account, instrument, side, quantity, settlement date and price; the k-th of ours with the k-th
     * of theirs.
     */
    private static final String BY_ECONOMICS = INSERT + "with " + LEFT + """
        , r as (
            select *, row_number() over (
                partition by broker_id, account_id, instrument_id, side, quantity, price, settle_date, currency
                order by reference, statement_id, line) as k
            from row_left where instrument_id is not null
        ), i as (
            select *, row_number() over (
                partition by broker_id, account_id, instrument_id, side, quantity, price, settle_date, currency
                order by item_id) as k
            from item_left
        )
        select :date, broker_id, i.item_id, r.statement_id, r.line, 'ECONOMICS', :rules
        from r
        join i using (broker_id, account_id, instrument_id, side, quantity, price, settle_date, currency, k)
        """;

    /**
     * Pass 3: the same but for a little in price and settlement date, where exactly one of ours and one of theirs fit.
     */
    private static final String BY_TOLERANCE = INSERT + "with " + LEFT + """
        , candidate as (
            select r.statement_id, r.line, r.broker_id, i.item_id,
                count(*) over (partition by r.statement_id, r.line) as items,
                count(*) over (partition by i.broker_id, i.item_id) as rows
            from row_left r
            join item_left i using (broker_id, account_id, instrument_id, side, quantity, currency)
            where abs(r.price - i.price) * 10000 <= abs(i.price) * :priceBasisPoints
                and abs(r.settle_date - i.settle_date) <= :settleDays
        )
        select :date, broker_id, item_id, statement_id, line, 'TOLERANCE', :rules
        from candidate
        where items = 1 and rows = 1
        """;

    /**
     * Pass 4: several rows without references that add up to one trade of ours, or several fills of ours to one row.
     */
    private static final String BY_SUM = INSERT + "with " + LEFT + """
        , r as (
            select broker_id, account_id, instrument_id, side, currency, sum(quantity) as quantity, count(*) as rows
            from row_left where instrument_id is not null
            group by broker_id, account_id, instrument_id, side, currency
        ), i as (
            select broker_id, account_id, instrument_id, side, currency, sum(quantity) as quantity, count(*) as items
            from item_left
            group by broker_id, account_id, instrument_id, side, currency
        ), equal as (
            select * from r
            join i using (broker_id, account_id, instrument_id, side, currency, quantity)
            where (rows = 1) <> (items = 1)
        )
        select :date, e.broker_id, item.item_id, row.statement_id, row.line, 'AGGREGATED', :rules
        from equal e
        join row_left row using (broker_id, account_id, instrument_id, side, currency)
        join item_left item using (broker_id, account_id, instrument_id, side, currency)
        """;

    /**
     * Pass 5: one of ours and one of theirs left in the same instrument, account and side: the same trade, told
     * differently.
     */
    private static final String BY_IDENTITY = INSERT + "with " + LEFT + """
        , candidate as (
            select r.statement_id, r.line, r.broker_id, i.item_id,
                count(*) over (partition by r.statement_id, r.line) as items,
                count(*) over (partition by i.broker_id, i.item_id) as rows
            from row_left r
            join item_left i using (broker_id, account_id, instrument_id, side)
            where i.business_date = r.trade_date
        )
        select :date, broker_id, item_id, statement_id, line, 'IDENTITY', :rules
        from candidate
        where items = 1 and rows = 1
        """;

    private final JdbcClient jdbc;
    private final List<String> rowPerFill;
    private final Tolerances tolerances;

    BrokerMatching(JdbcClient jdbc, Collection<String> rowPerFill, Tolerances tolerances) {
        this.jdbc = jdbc;
        this.rowPerFill = List.copyOf(rowPerFill);
        this.tolerances = tolerances;
    }

    /**
     * @param brokers those with a statement that counts for the date
     * @return how many pairs were made
     */
    long match(LocalDate date, Collection<String> brokers) {
        WholeSets.join(jdbc);
        jdbc.sql(FORGET_MATCHES).param("date", date).update();
        jdbc.sql(FORGET_ITEMS).param("date", date).update();
        var names = brokers.toArray(String[]::new);
        jdbc.sql(OUR_ITEMS)
                .param("date", date)
                .param("brokers", names)
                .param("perFill", rowPerFill.toArray(String[]::new))
                .update();
        var pairs = 0L;
        for (var pass : List.of(BY_REFERENCE, BY_ECONOMICS, BY_TOLERANCE, BY_SUM, BY_IDENTITY)) {
            pairs += jdbc.sql(pass)
                    .param("date", date)
                    .param("brokers", names)
                    .param("rules", RULES)
                    .param("priceBasisPoints", tolerances.priceBasisPoints())
                    .param("settleDays", tolerances.settleDays())
                    .update();
        }
        return pairs;
    }
}
