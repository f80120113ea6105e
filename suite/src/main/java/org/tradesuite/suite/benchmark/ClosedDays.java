package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.market.Isin;
import org.tradesuite.suite.market.WholeFile;

/**
 * Two closed trading days as execution would have left them: one with a hundred thousand trades and the broker's
 * statement of them, one with some thousand orders to be measured. A hundred accounts, five hundred instruments.
 */
final class ClosedDays {

    static final LocalDate DAY_OF_ORDERS = LocalDate.of(2026, 11, 19);
    static final LocalDate DAY_OF_TRADES = LocalDate.of(2026, 11, 20);
    static final int ORDERS = 4_000;
    static final int TRADES = 100_000;
    static final int WRONG_ROWS = 10;

    private static final int INSTRUMENTS = 500;

    private static final String FIRM = """
        insert into reference.firm values ('9845TRADESUITE000186', 'TRSUGB2LXXX', 'Tradesuite', 'GB');
        insert into reference.account
        select 'ACC' || a, 'Account ' || a, 'GLOBAL', '9845TSALPHAFND000137', 'GBP', 'CUSTGB2LXXX', 'SAFE' || a, 'ACTIVE', 'ALPHA', 'CASH'
        from generate_series(0, 99) a;
        insert into reference.cash_account select account_id, 'GBP', account_id || 'GBP' from reference.account;
        insert into reference.broker values
            ('ALFA', 'Alfa Securities Limited', '9845ALFASECUR0000104', 'ALFAGB2LXXX', 'ACTIVE');
        insert into reference.strategy values ('VALUE', 'Long-horizon value', 'TSALG-VALUE-1');
        insert into reference.trader values ('apatel', 'Anita Patel', 'GB', 'AB123456C', 'EUROPE');
        insert into reference.fx_rate values ('2026-11-19', 'GBP', 'USD', 1.25), ('2026-11-20', 'GBP', 'USD', 1.25);
        insert into execution.business_day values
            ('2026-11-19', 'CLOSED', '2026-11-19T00:00:00Z', '2026-11-19T21:00:00Z'),
            ('2026-11-20', 'CLOSED', '2026-11-20T00:00:00Z', '2026-11-20T21:00:00Z');
        """;

    private static final String INSTRUMENT = """
        insert into reference.instrument (instrument_id, isin, symbol, mic, cfi, name, currency, asset_class, lot_size,
            tick_size, quantity_scale, adv, spread_bps, volatility_daily, sector, country, place_of_settlement, calendar,
            reference_price, status)
        values ('S' || ? || '.XLON', ?, 'S' || ?, 'XLON', 'ESVUFR', 'Share ' || ?, 'GBP', 'EQUITY', 1, 0.01, 0, 1000000, 3,
            0.015, 'Sector', 'GB', 'CRSTGB22XXX', 'GBLO', 10, 'ACTIVE')
        """;

    /** One fill a trade; account, instrument and side make each trade its own. */
    private static final String TRADES_AND_FILLS = """
        create temporary table trade as
        select n, 'ACC' || n %% 100 as account_id, i.instrument_id, i.isin, i.symbol,
            case when n / 50000 = 0 then 'BUY' else 'SELL' end as side, 100 + n %% 900 as quantity,
            5 + (n %% 1999) * 0.01 as price, 5.00 as commission, 0.25 as fees
        from generate_series(0, %1$d - 1) n
        join reference.instrument i on i.instrument_id = 'S' || (n / 100) %% %2$d || '.XLON';
        insert into execution.fill (fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id,
            strategy_id, trader_id, broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time,
            received_at, live)
        select 'F-20-' || n, 'AE' || n, 'R-20-' || n, 'O-20-' || n, 'D-20-' || n, '2026-11-20', account_id, 'VALUE', 'apatel',
            'ALFA', instrument_id, isin, 'XLON', 'GBP', side, quantity, price, '2026-11-20T10:00:00Z',
            '2026-11-20T10:00:00Z', true
        from trade;
        insert into execution.confirmed_trade (trade_id, business_date, trade_date, account_id, order_ids, broker_id,
            broker_lei, broker_bic, instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount,
            commission, fees, net_amount, settlement_date, place_of_settlement, confirm_status, executed_at)
        select 'T-20-' || n, '2026-11-20', '2026-11-20', account_id, array['O-20-' || n], 'ALFA', '9845ALFASECUR0000104',
            'ALFAGB2LXXX', instrument_id, isin, 'XLON', 'GBP', side, quantity, price, quantity * price, commission, fees,
            quantity * price + case side when 'BUY' then 1 else -1 end * (commission + fees), '2026-11-24',
            'CRSTGB22XXX', 'AFFIRMED', '2026-11-20T10:00:00Z'
        from trade;
        """.formatted(TRADES, INSTRUMENTS);

    /** Every so many rows one is wrong, in turn in quantity, price, commission and settlement date; all add up. */
    private static final String STATEMENT = """
        with error as (
            select *, case when n %% %1$d = %1$d / 2 then n / %1$d %% 4 end as kind from trade
        ), said as (
            select n, account_id, symbol, isin, side,
                quantity + case when kind = 0 then 1 else 0 end as quantity,
                price + case when kind = 1 then 1 else 0 end as price,
                commission + case when kind = 2 then 10 else 0 end as commission, fees,
                case when kind = 3 then '2026-11-25' else '2026-11-24' end as settle_date
            from error
        )
        select concat_ws(',', 'A' || n, 'C' || n, 'AE' || n, account_id, symbol, 'XLON', isin, side, quantity, price,
            quantity * price, commission, fees,
            quantity * price + case side when 'BUY' then 1 else -1 end * (commission + fees),
            '2026-11-20', settle_date, 'GBP')
        from said order by n
        """.formatted(TRADES / WRONG_ROWS);

    private static final String HEADING =
            "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,quantity,"
                    + "average_price,gross,commission,fees,net,trade_date,settle_date,currency\n";

    /** Orders of two fills each, and a market that prints every second for two hours. */
    private static final String ORDERS_AND_FILLS = """
        create temporary table parent as
        select n, 'ACC' || n %% 20 as account_id, i.instrument_id, i.isin, i.symbol,
            case when n %% 5 = 4 then 'SELL' else 'BUY' end as side, 1000 + n %% 900 as quantity,
            10 + (n %% 100) * 0.01 as price, timestamptz '2026-11-19T10:00:00Z' + n %% 3600 * interval '1 s' as at
        from generate_series(0, %1$d - 1) n
        join reference.instrument i on i.instrument_id = 'S' || n %% 40 || '.XLON';
        insert into execution.parent_order (order_id, decision_id, business_date, account_id, strategy_id, trader_id,
            instrument_id, symbol, isin, mic, currency, side, quantity, algo, time_in_force, start_time,
            end_time, status, executed_quantity, average_price, outstanding_quantity, decision_time, decision_price, arrival_time,
            arrival_bid, arrival_ask, first_fill_time, last_fill_time, end_price, ended_at, broker_id, broker_reason,
            updated_at)
        select 'O-19-' || n, 'D-19-' || n, '2026-11-19', account_id, 'VALUE', 'apatel', instrument_id, symbol, isin,
            'XLON', 'GBP', side, quantity, (array['IMMEDIATE', 'TWAP', 'VWAP'])[n %% 3 + 1], 'DAY', at,
            at + interval '10 min', 'COMPLETED', 2 * (quantity / 4), price + 0.015, 0, at, price - 0.01, at + interval '1 s', price - 0.01,
            price + 0.01, at + interval '30 s', at + interval '60 s', price + 0.02, at + interval '10 min', 'ALFA',
            'cheapest', at + interval '10 min'
        from parent;
        insert into execution.fill (fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id,
            strategy_id, trader_id, broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time,
            received_at, bid, ask, live)
        select 'F-19-' || n || '-' || part, 'PE' || n || '-' || part, 'R-19-' || n, 'O-19-' || n, 'D-19-' || n, '2026-11-19',
            account_id, 'VALUE', 'apatel', 'ALFA', instrument_id, isin, 'XLON', 'GBP', side, quantity / 4,
            price + 0.01 * part, at + part * interval '30 s', at + part * interval '30 s', price - 0.01, price + 0.01, true
        from parent cross join generate_series(1, 2) part;
        insert into execution.market_print
        select 'S' || i || '.XLON', timestamptz '2026-11-19T10:00:00Z' + s * interval '1 s', 10 + (s + i) %% 100 * 0.01, 500
        from generate_series(0, 39) i cross join generate_series(0, 7199) s;
        insert into execution.confirmed_trade (trade_id, business_date, trade_date, account_id, order_ids, broker_id,
            broker_lei, broker_bic, instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount,
            commission, fees, net_amount, settlement_date, place_of_settlement, confirm_status, executed_at)
        select 'T-19-' || row_number() over (), business_date, business_date, account_id, array_agg(distinct order_id),
            'ALFA', '9845ALFASECUR0000104', 'ALFAGB2LXXX', instrument_id, isin, mic, currency, side, sum(quantity),
            round(sum(quantity * price) / sum(quantity), 6), sum(quantity * price), 5, 0.25,
            sum(quantity * price) + case side when 'BUY' then 5.25 else -5.25 end, '2026-11-23', 'CRSTGB22XXX',
            'AFFIRMED', max(transact_time)
        from execution.fill where business_date = '2026-11-19'
        group by business_date, account_id, instrument_id, isin, mic, currency, side;
        """.formatted(ORDERS);

    /** What the server would find out by itself within a minute or two. */
    private static final String STATISTICS =
            "analyze execution.fill, execution.confirmed_trade, execution.parent_order, execution.market_print";

    private ClosedDays() {}

    /** Enters both days, and leaves the broker's statement in the drop folder. */
    static void write(LocalDatabase database, Path drop) throws SQLException, IOException {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(FIRM);
            instruments(connection);
            statement.execute(TRADES_AND_FILLS);
            statement.execute(ORDERS_AND_FILLS);
            statement.execute(STATISTICS);
            var text = new StringBuilder(HEADING);
            try (var rows = statement.executeQuery(STATEMENT)) {
                while (rows.next()) text.append(rows.getString(1)).append('\n');
            }
            text.append("TOTAL,").append(TRADES).append('\n');
            var name = "trades-" + DateTimeFormatter.BASIC_ISO_DATE.format(DAY_OF_TRADES) + ".csv";
            WholeFile.write(drop.resolve("brokers").resolve("ALFA").resolve(name), text.toString());
        }
    }

    private static void instruments(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement(INSTRUMENT)) {
            for (var i = 0; i < INSTRUMENTS; i++) {
                insert.setString(1, Integer.toString(i));
                insert.setString(2, isin("GB00BM%05d".formatted(i)));
                insert.setString(3, Integer.toString(i));
                insert.setString(4, Integer.toString(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** With its check digit: letters count as two digits, every second digit from the right twice. */
    private static String isin(String withoutDigit) {
        var digits = withoutDigit
                .chars()
                .mapToObj(letter -> Integer.toString(Character.digit(letter, 36)))
                .collect(Collectors.joining());
        var sum = 0;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(digits.length() - 1 - i) - '0';
            var counted = i % 2 == 0 ? 2 * digit : digit;
            sum += counted / 10 + counted % 10;
        }
        return Isin.of(withoutDigit + (10 - sum % 10) % 10).value();
    }
}
