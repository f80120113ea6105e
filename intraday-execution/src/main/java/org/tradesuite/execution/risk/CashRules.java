package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.market.Side;

/** Can the account pay what it buys, and does it own what it sells? */
final class CashRules {

    private CashRules() {}

    /**
     * Price, the dearest broker's charges, and what working buys have been promised, against the cash in the
     * instrument's currency. Proceeds of sales that are still working do not count.
     */
    static Answer buyingPower(Facts facts) {
        return facts.withInstrument(instrument -> {
            var currency = instrument.currency();
            if (facts.proposal.side() == Side.SELL) {
                return Answer.pass(Seen.inWords("a sale needs no cash"));
            }
            if (facts.account.isPresent() && facts.account.get().marginType() == MarginType.MARGIN) {
                return Answer.pass(Seen.inWords("a margin account may borrow: see MARGIN"));
            }
            if (!facts.book.knowsCash(facts.proposal.account(), currency)) {
                return Answer.block(
                        RefusalCode.CASH_UNKNOWN,
                        Seen.of("account", facts.proposal.account(), "balance", "unknown", "currency", currency));
            }
            var price = facts.countedPrice();
            if (price.isEmpty()) {
                return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
            }
            var gross = price.get().value().multiply(facts.proposal.quantity().value());
            var charges = dearestCharges(facts, instrument, gross);
            var promised = facts.otherCommittedCash(currency);
            var needed = gross.add(charges).add(promised).setScale(currency.scale(), RoundingMode.UP);
            var cash = facts.book.cash(facts.proposal.account(), currency).amount();
            var seen = Seen.of(
                    "gross",
                    gross,
                    "charges",
                    charges.setScale(currency.scale(), RoundingMode.UP),
                    "promised",
                    promised);
            if (facts.costsNoMore()) {
                return Answer.pass(needed, cash, currency.code(), seen.and("reduces", true));
            }
            // A warning at 80 percent of what is in the purse would be no news to anybody: either it suffices or not.
            return needed.compareTo(cash) > 0
                    ? Answer.block(RefusalCode.CASH_INSUFFICIENT, needed, cash, currency.code(), seen)
                    : Answer.pass(needed, cash, currency.code(), seen);
        });
    }

    private static BigDecimal dearestCharges(Facts facts, Instrument instrument, BigDecimal gross) {
        return facts.reference.brokers().stream()
                .flatMap(broker -> facts.reference.rate(broker.id(), instrument.mic()).stream())
                .map(rate -> rate.commission()
                        .fraction()
                        .multiply(gross)
                        .max(rate.minimumCommission())
                        .add(rate.fee().fraction().multiply(gross)))
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    /**
     * A sale, with the sales that work already, may not be larger than what is held: a cash account borrows nothing. What
     * a margin account may sell short is for {@link ShortSaleRules}.
     */
    static Answer shortSale(Facts facts) {
        return facts.withInstrument(instrument -> {
            if (facts.proposal.side() == Side.BUY) {
                return Answer.pass(Seen.inWords("a buy sells nothing short"));
            }
            if (facts.account.isPresent() && facts.account.get().marginType() == MarginType.MARGIN) {
                return Answer.pass(Seen.inWords("a margin account may sell short: see LOCATE"));
            }
            var sold = facts.otherWorkingSells().add(facts.proposal.quantity().value());
            var held = facts.held();
            var seen = Seen.of("held", held, "working", facts.otherWorkingSells());
            return sold.compareTo(held) > 0 && !facts.addsNothing()
                    ? Answer.block(RefusalCode.SHORT_SALE, sold, held, Answer.UNITS, seen)
                    : Answer.pass(sold, held, Answer.UNITS, seen);
        });
    }
}
