package org.tradesuite.reporting.confirmation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.market.Side;

/** All trades of one account on a date. */
record Confirmation(
        LocalDate businessDate,
        String firmName,
        String firmLei,
        String accountId,
        String accountName,
        String ownerLei,
        String custodianBic,
        String safekeepingAccount,
        List<ConfirmedTrade> trades) {

    Confirmation {
        trades = List.copyOf(trades);
    }

    /** What the account pays and receives in one currency. */
    record Total(String currency, int trades, BigDecimal bought, BigDecimal sold, BigDecimal charges, BigDecimal net) {}

    /** Totals by currency; net is positive when the account receives. */
    List<Total> totals() {
        Map<String, List<ConfirmedTrade>> byCurrency = new TreeMap<>();
        for (ConfirmedTrade trade : trades) {
            byCurrency
                    .computeIfAbsent(trade.currency(), currency -> new ArrayList<>())
                    .add(trade);
        }
        return byCurrency.entrySet().stream()
                .map(entry -> total(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Total total(String currency, List<ConfirmedTrade> trades) {
        BigDecimal bought = BigDecimal.ZERO;
        BigDecimal sold = BigDecimal.ZERO;
        BigDecimal charges = BigDecimal.ZERO;
        BigDecimal net = BigDecimal.ZERO;
        for (ConfirmedTrade trade : trades) {
            charges = charges.add(trade.commission()).add(trade.fees());
            if (trade.side() == Side.BUY) {
                bought = bought.add(trade.gross());
                net = net.subtract(trade.net().abs());
            } else {
                sold = sold.add(trade.gross());
                net = net.add(trade.net().abs());
            }
        }
        return new Total(currency, trades.size(), bought, sold, charges, net);
    }
}
