package org.tradesuite.reporting.confirmation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.market.Side;

/** Reads the trades of a date as execution publishes them, account by account. */
final class Confirmations {

    private static final String TRADES = """
        select t.trade_id, t.trade_date, t.executed_at, t.side, t.instrument_id, t.isin, t.mic, t.quantity,
               t.average_price, t.currency, t.gross_amount, t.commission, t.fees, t.net_amount, t.settlement_date,
               t.place_of_settlement, t.broker_id, t.broker_lei, t.broker_bic, t.confirm_status, t.confirm_ref,
               t.account_id, i.name as instrument_name, b.name as broker_name, a.name as account_name, a.owner_lei,
               a.custodian_bic, a.safekeeping_account, c.number as cash_account, f.name as firm_name, f.lei as firm_lei
          from execution_api.confirmed_trade t
          join reference_api.account a on a.account_id = t.account_id
          left join reference_api.instrument i on i.instrument_id = t.instrument_id
          left join reference_api.broker b on b.broker_id = t.broker_id
          left join reference_api.cash_account c on c.account_id = t.account_id and c.currency = t.currency
          cross join reference_api.firm f
         where t.business_date = :businessDate
         order by t.account_id, t.instrument_id, t.side, t.broker_id, t.trade_id
        """;

    private final JdbcClient jdbc;

    Confirmations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Confirmation> of(LocalDate businessDate) {
        Map<String, Confirmation> accounts = new LinkedHashMap<>();
        jdbc.sql(TRADES).param("businessDate", businessDate).query((ResultSet rows) -> {
            String account = rows.getString("account_id");
            Confirmation before = accounts.get(account);
            List<ConfirmedTrade> trades = new ArrayList<>(before == null ? List.of() : before.trades());
            trades.add(trade(rows));
            accounts.put(
                    account,
                    new Confirmation(
                            businessDate,
                            rows.getString("firm_name"),
                            rows.getString("firm_lei"),
                            account,
                            rows.getString("account_name"),
                            rows.getString("owner_lei"),
                            rows.getString("custodian_bic"),
                            rows.getString("safekeeping_account"),
                            trades));
        });
        return List.copyOf(accounts.values());
    }

    private static ConfirmedTrade trade(ResultSet rows) throws SQLException {
        String instrument = rows.getString("instrument_id");
        String instrumentName = rows.getString("instrument_name");
        String brokerName = rows.getString("broker_name");
        return new ConfirmedTrade(
                rows.getString("trade_id"),
                rows.getObject("trade_date", LocalDate.class),
                rows.getObject("executed_at", OffsetDateTime.class).toInstant(),
                Side.valueOf(rows.getString("side")),
                instrument,
                instrumentName == null ? instrument : instrumentName,
                rows.getString("isin"),
                rows.getString("mic"),
                rows.getBigDecimal("quantity"),
                rows.getBigDecimal("average_price"),
                rows.getString("currency"),
                rows.getBigDecimal("gross_amount"),
                rows.getBigDecimal("commission"),
                rows.getBigDecimal("fees"),
                rows.getBigDecimal("net_amount"),
                rows.getObject("settlement_date", LocalDate.class),
                rows.getString("place_of_settlement"),
                brokerName == null ? rows.getString("broker_id") : brokerName,
                rows.getString("broker_lei"),
                rows.getString("broker_bic"),
                rows.getString("cash_account"),
                rows.getString("confirm_status"),
                rows.getString("confirm_ref"));
    }
}
