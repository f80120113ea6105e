package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.time.LocalDate;

/** One trade or one fill as the broker's back office books it; {@code isin} is empty for crypto pairs. */
record StatementRow(
        String reference,
        String clOrdIds,
        String execIds,
        String account,
        String symbol,
        String mic,
        String isin,
        boolean buy,
        BigDecimal quantity,
        BigDecimal price,
        Charges.Money money,
        LocalDate tradeDate,
        LocalDate settleDate,
        String currency) {

    StatementRow traded(BigDecimal newQuantity, BigDecimal newPrice) {
        BigDecimal gross =
                newQuantity.multiply(newPrice).setScale(money.gross().scale(), java.math.RoundingMode.HALF_UP);
        return with(newQuantity, newPrice, Charges.money(gross, money.commission(), money.fees(), buy), settleDate);
    }

    StatementRow charged(BigDecimal commission) {
        return with(quantity, price, Charges.money(money.gross(), commission, money.fees(), buy), settleDate);
    }

    StatementRow settling(LocalDate date) {
        return with(quantity, price, money, date);
    }

    private StatementRow with(
            BigDecimal newQuantity, BigDecimal newPrice, Charges.Money newMoney, LocalDate newSettleDate) {
        return new StatementRow(
                reference,
                clOrdIds,
                execIds,
                account,
                symbol,
                mic,
                isin,
                buy,
                newQuantity,
                newPrice,
                newMoney,
                tradeDate,
                newSettleDate,
                currency);
    }
}
