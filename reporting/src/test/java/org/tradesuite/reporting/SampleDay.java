package org.tradesuite.reporting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A small closed business date as execution would have left it: twelve orders of two accounts in four markets, most of
 * them filled in two parts, one of them not at all, one fill cancelled by the broker.
 */
final class SampleDay {

    static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");

    private record Instrument(String id, String isin, String mic, String currency, String price, String place) {}

    private static final List<Instrument> INSTRUMENTS = List.of(
            new Instrument("VOD.XLON", "GB00BH4HKS39", "XLON", "GBP", "0.7210", "CRSTGB22XXX"),
            new Instrument("SAP.XETR", "DE0007164600", "XETR", "EUR", "210.50", "DAKVDEFFXXX"),
            new Instrument("AAPL.XNYS", "US0378331005", "XNYS", "USD", "231.20", "DTCYUS33XXX"),
            new Instrument("BTCUSD.XBTS", "", "XBTS", "USD", "812.4", ""));

    private final JdbcClient owner;

    SampleDay(JdbcClient owner) {
        this.owner = owner;
    }

    void write() {
        reference();
        run("insert into execution.business_day values (?, 'CLOSED', ?, ?)", FRIDAY, at(0), at(36_000));
        for (int i = 0; i < 12; i++) {
            order(i, INSTRUMENTS.get(i % 4), i % 3 == 0 ? "GEQ1" : "PEN1");
        }
        externals();
        trades();
    }

    /** One order that nobody gave here is claimed, another waits in suspense; each has an execution that stands. */
    private void externals() {
        for (var status : List.of("CLAIMED", "IN_SUSPENSE")) {
            run("""
                insert into execution.external_order (
                    external_order_id, broker_id, origin, business_date, trade_date, cl_ord_id, symbol, instrument_id,
                    isin, mic, currency, side, quantity, average_price, status, account_id, reported_at, updated_at)
                values ('X-ALFA-' || ?, 'ALFA', 'VENUE', ?, ?, 'PHONE', 'VOD', 'VOD.XLON', 'GB00BH4HKS39', null, 'GBP',
                    'BUY', 100, 0.72, ?, 'GEQ1', ?, ?)
                """, status, FRIDAY, FRIDAY, status, at(30), at(30));
            run("""
                insert into execution.external_fill
                values ('X-ALFA-' || ? || '-F1', 'X-ALFA-' || ?, ?, ?, 100, 0.72, 1.00, ?, ?, true)
                """, status, status, "PHONE-" + status, FRIDAY, at(30), at(30));
        }
    }

    private void reference() {
        run("insert into reference.firm values ('9845TRADESUITE000186', 'TRSUGB2LXXX', 'Tradesuite Asset"
                + " Management Limited', 'GB')");
        run("""
            insert into reference.account values
            ('GEQ1', 'Global Equity Core', 'GLOBAL-EQUITY', '9845TSALPHAFND000137', 'GBP', 'CUSTGB2LXXX', 'SAFEGEQ1001', 'ACTIVE', 'ALPHA', 'CASH'),
            ('PEN1', 'Pension Scheme Growth', 'PENSION', '9845TSBETAPENS000189', 'GBP', 'CUSTGB2LXXX', 'SAFEPEN1001', 'ACTIVE', 'ALPHA', 'CASH')
            """);
        run("insert into reference.cash_account values ('GEQ1', 'GBP', 'GEQ1GBP01'), ('GEQ1', 'EUR', 'GEQ1EUR01')");
        run("""
            insert into reference.broker values
            ('ALFA', 'Alfa Securities Limited', '9845ALFASECUR0000104', 'ALFAGB2LXXX', 'ACTIVE'),
            ('BRAVO', 'Bravo Markets Europe SE', '9845BRAVOMARK0000121', 'BRAVDEFFXXX', 'ACTIVE')
            """);
        run("insert into reference.strategy values ('VALUE', 'Long-horizon value', 'TSALG-VALUE-1')");
        run("insert into reference.trader values ('apatel', 'Anita Patel', 'GB', 'AB123456C', 'EUROPE')");
        run("insert into reference.fx_rate values ('2026-11-20', 'GBP', 'USD', 1.3120), ('2026-11-20', 'EUR',"
                + " 'USD', 1.1560)");
        for (Instrument instrument : INSTRUMENTS) {
            run(
                    """
                    insert into reference.instrument values
                    (?, nullif(?, ''), ?, ?, 'ESVUFR', ?, null, null, ?, ?, 1, 0.0001, 0, 1000000, 3, 0.015, 'Sector',
                     'GB', nullif(?, ''), 'GBLO', ?, 'ACTIVE')
                    """,
                    instrument.id(),
                    instrument.isin(),
                    instrument.id().substring(0, instrument.id().indexOf('.')),
                    instrument.mic(),
                    instrument.id() + " ordinary share",
                    instrument.currency(),
                    instrument.isin().isEmpty() ? "CRYPTO" : "EQUITY",
                    instrument.place(),
                    new BigDecimal(instrument.price()));
        }
    }

    private void order(int i, Instrument instrument, String account) {
        String order = "O-20261120-%06d".formatted(i);
        String broker = i % 2 == 0 ? "ALFA" : "BRAVO";
        String side = i % 5 == 4 ? "SELL" : "BUY";
        String algo = i % 3 == 0 ? "IMMEDIATE" : i % 3 == 1 ? "TWAP" : "VWAP";
        BigDecimal mid = new BigDecimal(instrument.price());
        BigDecimal tick = mid.movePointLeft(4);
        BigDecimal quantity = BigDecimal.valueOf(1000L + 100L * i);
        int parts = i == 7 ? 0 : 2;
        BigDecimal executed = quantity.divide(BigDecimal.valueOf(4)).multiply(BigDecimal.valueOf(parts));
        run(
                """
                insert into execution.parent_order values
                (?, ?, ?, ?, 'VALUE', 'apatel', ?, ?, nullif(?, ''), ?, ?, ?, ?, null, ?, 'DAY', ?, ?, 'COMPLETED', null, ?, ?, 0,
                 ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'cheapest', ?)
                """,
                order,
                "D-" + i,
                FRIDAY,
                account,
                instrument.id(),
                instrument.id(),
                instrument.isin(),
                instrument.mic(),
                instrument.currency(),
                side,
                quantity,
                algo,
                at(i),
                at(i + 600),
                executed,
                parts == 0 ? null : mid,
                at(i),
                mid.subtract(tick),
                at(i + 1),
                mid.subtract(tick),
                mid.add(tick),
                parts == 0 ? null : at(i + 10),
                parts == 0 ? null : at(i + 20),
                mid.add(tick.multiply(BigDecimal.TWO)),
                at(i + 600),
                broker,
                at(i + 600));
        for (int part = 1; part <= parts; part++) {
            fill(i, part, order, account, broker, side, instrument, quantity.divide(BigDecimal.valueOf(4)), mid, tick);
            run(
                    "insert into execution.market_print values (?, ?, ?, ?)",
                    instrument.id(),
                    at(i + 10 * part),
                    mid.add(tick.multiply(BigDecimal.valueOf(part - 1L))),
                    BigDecimal.valueOf(5000));
        }
    }

    private void fill(
            int i,
            int part,
            String order,
            String account,
            String broker,
            String side,
            Instrument instrument,
            BigDecimal quantity,
            BigDecimal mid,
            BigDecimal tick) {
        run(
                """
                insert into execution.fill values
                (?, ?, ?, ?, ?, ?, ?, 'VALUE', 'apatel', ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, 'A', '2', 'B', ?, ?, ?)
                """,
                "F-20261120-%06d".formatted(i * 10 + part),
                "E" + i + "-" + part,
                "R-" + i,
                order,
                "D-" + i,
                FRIDAY,
                account,
                broker,
                instrument.id(),
                instrument.isin(),
                instrument.mic(),
                instrument.currency(),
                side,
                quantity,
                mid.add(tick.multiply(BigDecimal.valueOf(part))),
                at(i + 10 * part),
                at(i + 10 * part),
                instrument.mic(),
                mid.subtract(tick),
                mid.add(tick),
                i != 5 || part != 2);
    }

    /** One trade for each account, broker, instrument and side, as execution adds them up. */
    private void trades() {
        run("""
            insert into execution.confirmed_trade
            select 'T-' || row_number() over (order by f.account_id, f.broker_id, f.instrument_id, f.side),
                   f.business_date, f.business_date, f.account_id, array_agg(distinct f.order_id), f.broker_id,
                   b.lei, b.bic, f.instrument_id, f.isin, f.mic, f.currency, f.side, sum(f.quantity),
                   round(sum(f.quantity * f.price) / sum(f.quantity), 6), round(sum(f.quantity * f.price), 2),
                   round(sum(f.quantity * f.price) * 0.0002, 2), round(sum(f.quantity * f.price) * 0.00005, 2),
                   round(sum(f.quantity * f.price), 2)
                   + case f.side when 'BUY' then 1 else -1 end
                     * (round(sum(f.quantity * f.price) * 0.0002, 2) + round(sum(f.quantity * f.price) * 0.00005, 2)),
                   f.business_date + 4, i.place_of_settlement, 'AFFIRMED', 'C-1', null, max(f.transact_time)
              from execution.fill f
              join reference.broker b using (broker_id)
              join reference.instrument i using (instrument_id)
             where f.live
             group by f.business_date, f.account_id, f.broker_id, b.lei, b.bic, f.instrument_id, f.isin, f.mic,
                      f.currency, f.side, i.place_of_settlement
            """);
    }

    BigDecimal charges() {
        return owner.sql("select round(sum(commission + fees), 2) from execution.confirmed_trade")
                .query(BigDecimal.class)
                .single()
                .setScale(2, RoundingMode.UNNECESSARY);
    }

    private static Object at(int seconds) {
        return TEN.plusSeconds(seconds).atOffset(ZoneOffset.UTC);
    }

    private void run(String statement, @Nullable Object... values) {
        owner.sql(statement).params(Arrays.asList(values)).update();
    }
}
