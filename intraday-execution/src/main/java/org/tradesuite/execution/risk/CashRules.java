package org.tradesuite.execution.risk;

import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.market.Side;

/** Can the account pay what it buys, and does it own what it sells? */
final class CashRules {

    private static final Answer A_SALE = Answer.pass(Seen.inWords("a sale needs no cash"));
    private static final Answer A_BUY = Answer.pass(Seen.inWords("a buy sells nothing short"));
    private static final Answer MAY_BORROW = Answer.pass(Seen.inWords("a margin account may borrow: see MARGIN"));
    private static final Answer MAY_SELL_SHORT =
            Answer.pass(Seen.inWords("a margin account may sell short: see LOCATE"));
    private static final Answer NOTHING_TO_PAY_WITH =
            Answer.pass(Seen.inWords("no price or no balance: see BUYING_POWER"));

    private CashRules() {}

    /**
     * Price, the dearest broker's charges, and what working buys have been promised, against the cash in the
     * instrument's currency. Proceeds of sales that are still working do not count.
     */
    static Answer buyingPower(Facts facts) {
        return facts.withInstrument(instrument -> {
            var currency = instrument.currency();
            if (facts.proposal.side() == Side.SELL) {
                return A_SALE;
            }
            if (facts.account.isPresent() && facts.account.get().marginType() == MarginType.MARGIN) {
                return MAY_BORROW;
            }
            if (!facts.book.knowsCash(facts.proposal.account(), currency)) {
                return Answer.block(
                        RefusalCode.CASH_UNKNOWN,
                        Seen.of("account", facts.proposal.account(), "balance", "unknown", "currency", currency));
            }
            var cost = facts.cost(instrument);
            if (cost == null) {
                return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
            }
            var promised = facts.otherCommittedCash(currency);
            var needed = cost.whole().add(promised).setScale(currency.scale(), RoundingMode.UP);
            var cash = facts.book.cash(facts.proposal.account(), currency).amount();
            var seen = Seen.of(
                    "gross",
                    cost.gross(),
                    "charges",
                    cost.charges().setScale(currency.scale(), RoundingMode.UP),
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

    /**
     * The same on every date from the one on which it is paid: what was sold is there when that has settled and not before,
     * and what else is promised by then is paid by then. A cash account has no credit, on no date.
     */
    static Answer byValueDate(Facts facts) {
        return facts.withInstrument(instrument -> {
            var currency = instrument.currency();
            var account = facts.proposal.account();
            if (facts.proposal.side() == Side.SELL) {
                return A_SALE;
            }
            if (facts.account.isPresent() && facts.account.get().marginType() == MarginType.MARGIN) {
                return MAY_BORROW;
            }
            var cost = facts.cost(instrument);
            if (cost == null || !facts.book.knowsCash(account, currency)) {
                return NOTHING_TO_PAY_WITH;
            }
            var paid = facts.valueDates.date(instrument, facts.reference.businessDate(), facts.reference);
            if (paid == null) {
                return Answer.block(RefusalCode.SETTLEMENT_DATE_MISSING, Seen.of("market", instrument.mic()));
            }
            var cash = facts.book.cash(account, currency).amount();
            var promised = facts.otherCommittedCash(currency);
            @Nullable Answer tightest = null;
            for (var after : facts.valueDates.from(account, currency, paid)) {
                var there = cash.subtract(after.dealt());
                var needed = cost.whole()
                        .add(promised)
                        .subtract(after.promised())
                        .setScale(currency.scale(), RoundingMode.UP);
                var projected = there.subtract(needed);
                var seen = Seen.of("valueDate", after.date(), "projected", projected);
                var answer = projected.signum() >= 0
                        ? Answer.pass(needed, there, currency.code(), seen)
                        : facts.costsNoMore()
                                ? Answer.pass(needed, there, currency.code(), seen.and("reduces", true))
                                : Answer.block(RefusalCode.CASH_NOT_SETTLED, needed, there, currency.code(), seen);
                if (tightest == null || answer.isTighterThan(tightest)) {
                    tightest = answer;
                }
            }
            return Objects.requireNonNull(tightest);
        });
    }

    /**
     * A sale, with the sales that work already, may not be larger than what is held: a cash account borrows nothing. What
     * a margin account may sell short is for {@link ShortSaleRules}.
     */
    static Answer shortSale(Facts facts) {
        return facts.withInstrument(instrument -> {
            if (facts.proposal.side() == Side.BUY) {
                return A_BUY;
            }
            if (facts.account.isPresent() && facts.account.get().marginType() == MarginType.MARGIN) {
                return MAY_SELL_SHORT;
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
