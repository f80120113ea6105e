package org.tradesuite.execution.desk.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.tradesuite.openapi.execution.model.CashBalance;
import org.tradesuite.openapi.execution.model.Exposure;
import org.tradesuite.openapi.execution.model.Position;

/**
 * What the accounts hold and what it is worth: at the middle of the last quote, else at the reference price. A position
 * in a currency without a rate to the account's own is not counted into its exposure; the rules refuse orders there.
 */
@Component
class BookReader {

    private static final String LAST_PRICE = """
        left join lateral (
            select (q.bid + q.ask) / 2 as price from execution.market_quote q
            where q.instrument_id = p.instrument_id order by q.quote_time desc limit 1) quoted on true
        left join reference_api.instrument i on i.instrument_id = p.instrument_id
        """;

    private static final String POSITION_COLUMNS = """
        select p.account_id, p.instrument_id, p.isin, p.quantity, p.average_cost, p.currency, p.updated_at,
               coalesce(quoted.price, i.reference_price) as last_price
        from execution.position p
        """ + LAST_PRICE;

    private static final String POSITIONS = POSITION_COLUMNS + """
        where (cast(:account as text) is null or p.account_id = :account)
          and (cast(:instrument as text) is null or p.instrument_id = :instrument)
          and (cast(:afterAccount as text) is null
                  or (p.account_id, p.instrument_id) > (cast(:afterAccount as text), cast(:afterInstrument as text)))
        order by p.account_id, p.instrument_id
        limit :limit
        """;

    private static final String POSITIONS_BY_KEY = POSITION_COLUMNS + """
        where p.account_id || ' ' || p.instrument_id = any(:keys)
        """;

    private static final String CASH = """
        with reserved as (
            select o.account_id, o.currency,
                   sum((o.quantity - o.executed_quantity) * coalesce(o.limit_price, o.decision_price, 0)) as amount
            from execution.parent_order o
            where o.side = 'BUY' and o.ended_at is null and o.quantity > o.executed_quantity
            group by o.account_id, o.currency)
        select c.account_id, c.currency, c.balance, coalesce(r.amount, 0) as reserved,
               c.balance - coalesce(r.amount, 0) as available
        from execution.cash c
        left join reserved r on r.account_id = c.account_id and r.currency = c.currency
        where (cast(:account as text) is null or c.account_id = :account)
        order by c.account_id, c.currency
        """;

    private static final String EXPOSURE = """
        with latest as (
            select distinct on (base, quote) base, quote, rate from reference_api.fx_rate
            order by base, quote, rate_date desc),
        direct as (
            select base, quote, rate from latest
            union all select quote, base, 1 / rate from latest
            union all select distinct base, base, 1::numeric from latest
            union all select distinct quote, quote, 1::numeric from latest),
        rate as (
            select f.base, t.quote, min(f.rate * t.rate) as rate
            from direct f join direct t on t.base = f.quote
            group by f.base, t.quote),
        held as (
            select p.account_id, a.base_currency, p.quantity * coalesce(quoted.price, i.reference_price)
                   * case when p.currency = a.base_currency then 1 else r.rate end as value
            from execution.position p
            join reference_api.account a on a.account_id = p.account_id
            left join rate r on r.base = p.currency and r.quote = a.base_currency
        """ + LAST_PRICE + """
        ),
        open_order as (
            select o.account_id, o.side,
                   (o.quantity - o.executed_quantity) * coalesce(o.limit_price, o.decision_price, 0)
                   * case when o.currency = a.base_currency then 1 else r.rate end as value
            from execution.parent_order o
            join reference_api.account a on a.account_id = o.account_id
            left join rate r on r.base = o.currency and r.quote = a.base_currency
            where o.ended_at is null and o.quantity > o.executed_quantity)
        select a.account_id, a.base_currency as currency,
               coalesce((select sum(value) from held h where h.account_id = a.account_id and value > 0), 0) as long_value,
               coalesce((select -sum(value) from held h where h.account_id = a.account_id and value < 0), 0)
                   as short_value,
               coalesce((select sum(abs(value)) from held h where h.account_id = a.account_id), 0) as gross,
               coalesce((select sum(value) from held h where h.account_id = a.account_id), 0) as net,
               coalesce((select sum(value) from open_order o where o.account_id = a.account_id and o.side = 'BUY'), 0)
                   as open_buys,
               coalesce((select sum(value) from open_order o where o.account_id = a.account_id and o.side = 'SELL'), 0)
                   as open_sells
        from reference_api.account a
        where (cast(:account as text) is null or a.account_id = :account)
        order by a.account_id
        """;

    private final JdbcClient jdbc;

    BookReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param after account and instrument of the last position of the page before */
    List<Position> positions(@Nullable String account, @Nullable String instrument, List<String> after, int limit) {
        return jdbc.sql(POSITIONS)
                .param("account", account)
                .param("instrument", instrument)
                .param("afterAccount", after.isEmpty() ? null : after.get(0))
                .param("afterInstrument", after.isEmpty() ? null : after.get(1))
                .param("limit", limit)
                .query(BookReader::position)
                .list();
    }

    /** @param keys account, a space, instrument */
    List<Position> positions(Collection<String> keys) {
        return jdbc.sql(POSITIONS_BY_KEY)
                .param("keys", keys.toArray(String[]::new))
                .query(BookReader::position)
                .list();
    }

    List<CashBalance> cash(@Nullable String account) {
        return jdbc.sql(CASH).param("account", account).query(BookReader::cash).list();
    }

    List<Exposure> exposure(@Nullable String account) {
        return jdbc.sql(EXPOSURE)
                .param("account", account)
                .query(BookReader::exposure)
                .list();
    }

    private static Position position(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        var position = new Position(
                        row.text("account_id"),
                        row.text("instrument_id"),
                        row.decimal("quantity"),
                        row.text("currency"),
                        row.instant("updated_at"))
                .isin(row.textOrNull("isin"))
                .averageCost(row.decimalOrNull("average_cost"));
        var price = columns.getBigDecimal("last_price");
        if (price != null) {
            var quantity = columns.getBigDecimal("quantity");
            position.lastPrice(Row.plain(price))
                    .marketValue(Row.plain(quantity.multiply(price)))
                    .unrealised(Row.plain(quantity.multiply(price.subtract(columns.getBigDecimal("average_cost")))));
        }
        return position;
    }

    private static CashBalance cash(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new CashBalance(row.text("account_id"), row.text("currency"), row.decimal("balance"))
                .reserved(row.decimal("reserved"))
                .available(row.decimal("available"));
    }

    private static Exposure exposure(ResultSet columns, int number) throws SQLException {
        var row = new Row(columns);
        return new Exposure(
                        row.text("account_id"),
                        row.text("currency"),
                        cents(row, "long_value"),
                        cents(row, "short_value"),
                        cents(row, "gross"),
                        cents(row, "net"))
                .openBuys(cents(row, "open_buys"))
                .openSells(cents(row, "open_sells"));
    }

    /** Valuations are estimates: two decimals are enough, and the contract knows no more than eighteen. */
    private static String cents(Row row, String column) throws SQLException {
        return row.columns()
                .getBigDecimal(column)
                .setScale(2, java.math.RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
