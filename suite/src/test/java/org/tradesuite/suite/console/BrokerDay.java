package org.tradesuite.suite.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.suite.day.Clerk;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Suite;

/**
 * A day before, reconciled with ALFA's statement out of the drop folder: one trade at another price, and one that ALFA
 * reports without its references, so that a person has to say whether it is ours.
 */
final class BrokerDay {

    static final LocalDate DATE = LocalDate.of(2026, 11, 17);
    static final String HEADING = "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,"
            + "quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency";
    /** At 118.50, and ours is at 118.40. */
    static final String OTHER_PRICE =
            "A-17-2,,AE-17-2,GEQ1,AZN,XLON,GB0009895292,BUY,10,118.50,1185.00,5.00,0.03,1190.03,"
                    + "2026-11-17,2026-11-19,GBP";
    /** Of the day before, as they say, without a reference. */
    static final String PROPOSED =
            ",,,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7260,726.00,5.00,0.03,731.03,2026-11-16,2026-11-19,GBP";

    /** With it sums differ, else the two would be taken together by their sum. */
    private static final String NOT_OURS = PROPOSED.replace("1000,", "50,");

    private static final String TRADES = """
        insert into execution.business_day values ('2026-11-17', 'CLOSED', '2026-11-17T00:00:00Z', '2026-11-17T21:00:00Z');
        with traded (id, instrument, quantity, price, gross, net) as (values
            ('17-1', 'VOD.XLON', 1000, 0.7230, 723.00, 728.03), ('17-2', 'AZN.XLON', 10, 118.40, 1184.00, 1189.03)),
        filled as (
            insert into execution.fill (fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id, strategy_id,
                trader_id, broker_id, instrument_id, isin, mic, currency, side, quantity, price, transact_time, received_at, live)
            select 'F-' || t.id, 'AE-' || t.id, 'R-' || t.id, 'O-' || t.id, 'D', '2026-11-17', 'GEQ1', 'S', 'T', 'ALFA', i.instrument_id,
                i.isin, i.mic, i.currency, 'BUY', t.quantity, t.price, '2026-11-17T10:00:00Z', '2026-11-17T10:00:00Z', true
            from traded t join reference.instrument i on i.instrument_id = t.instrument)
        insert into execution.confirmed_trade (trade_id, business_date, trade_date, account_id, order_ids, broker_id, broker_lei,
            broker_bic, instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount, commission, fees,
            net_amount, settlement_date, place_of_settlement, confirm_status, executed_at)
        select 'T-' || t.id, '2026-11-17', '2026-11-17', 'GEQ1', array['O-' || t.id], 'ALFA', 'LEI', 'BIC', i.instrument_id, i.isin, i.mic,
            i.currency, 'BUY', t.quantity, t.price, t.gross, 5.00, 0.03, t.net, '2026-11-19', i.place_of_settlement, 'AFFIRMED',
            '2026-11-17T10:00:00Z'
        from traded t join reference.instrument i on i.instrument_id = t.instrument
        """;

    private BrokerDay() {}

    static void reconcile(Suite suite, Path data) throws IOException, InterruptedException, SQLException {
        try (var connection = suite.postgres()
                        .database()
                        .dataSource(DatabaseRole.OWNER)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TRADES);
        }
        var file = data.resolve("drop/brokers/ALFA/trades-20261117.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", HEADING, PROPOSED, OTHER_PRICE, NOT_OURS, "TOTAL,3", ""));
        new Clerk(new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "house")))
                .complete("reconciliation", "reconcile-brokers", DATE, 1);
    }
}
