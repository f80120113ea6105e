package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.market.Side;

/** What a margin account sells short has to be borrowed, and must not push a price down that has fallen already. */
final class ShortSaleRules {

    private static final Answer A_BUY = Answer.pass(Seen.inWords("a buy sells nothing short"));
    private static final Answer NOT_RESTRICTED = Answer.pass(Seen.of("restricted", false));
    private static final Answer BORROWS_NOTHING =
            Answer.pass(Seen.inWords("a cash account borrows nothing: see SHORT_SALE"));

    private ShortSaleRules() {}

    /**
     * Regulation SHO, rule 203(b)(1): before a short sale somebody has said that it can be borrowed. What counts is what
     * the account would sell short today if this order and all working sales traded: what it sold short today already,
     * the part of the working sales that it does not have, and the part of this one. What was short when the day began
     * was borrowed then. A lender's word is for the day; what is easy to borrow needs none.
     */
    static Answer locate(Facts facts) {
        return ofShortSale(facts, (instrument, account) -> {
            if (account.marginType() == MarginType.CASH) {
                return BORROWS_NOTHING;
            }
            var held = facts.held();
            var opening = facts.reference.openingQuantity(account.id(), instrument.id());
            var soldToday = shortPart(held).subtract(shortPart(opening)).max(BigDecimal.ZERO);
            var needed = soldToday.add(wouldBeShort(facts));
            var located = facts.reference.located(account.id(), instrument.id());
            var easy = facts.reference.isEasyToBorrow(instrument.id(), facts.now());
            var seen = Seen.of(
                    "held",
                    held,
                    "working",
                    facts.otherWorkingSells(),
                    "shortToday",
                    soldToday,
                    "located",
                    located,
                    "easyToBorrow",
                    easy);
            if (easy || facts.addsNothing()) {
                return Answer.pass(needed, null, Answer.UNITS, seen);
            }
            if (located.signum() == 0) {
                return Answer.block(RefusalCode.LOCATE_MISSING, needed, located, Answer.UNITS, seen);
            }
            return needed.compareTo(located) > 0
                    ? Answer.block(RefusalCode.LOCATE_EXCEEDED, needed, located, Answer.UNITS, seen)
                    : Answer.pass(needed, located, Answer.UNITS, seen);
        });
    }

    /** Regulation SHO, rule 201: while it is restricted, a short sale is above the best bid, and so has a limit. */
    static Answer restriction(Facts facts) {
        return ofShortSale(facts, (instrument, account) -> {
            if (!facts.reference.isRestrictedShort(instrument.id(), facts.now())) {
                return NOT_RESTRICTED;
            }
            var limit = facts.proposal.limit();
            if (limit == null) {
                return Answer.block(RefusalCode.SHORT_SALE_RESTRICTED, Seen.of("restricted", true, "price", "MARKET"));
            }
            var quote = freshQuote(facts);
            if (quote.isEmpty()) {
                return Answer.block(
                        RefusalCode.MARKET_PRICE_MISSING,
                        Seen.of(
                                "restricted",
                                true,
                                "bid",
                                "none",
                                "lastHeard",
                                facts.market.lastHeard().map(Object::toString).orElse("never")));
            }
            var bid = quote.get().bid();
            var seen =
                    Seen.of("restricted", true, "bid", bid, "bidAt", quote.get().at());
            var unit = instrument.currency().code();
            return limit.compareTo(bid) > 0
                    ? Answer.pass(limit.value(), bid.value(), unit, seen)
                    : Answer.block(RefusalCode.SHORT_SALE_RESTRICTED, limit.value(), bid.value(), unit, seen);
        });
    }

    private static Answer ofShortSale(Facts facts, BiFunction<Instrument, Account, Answer> question) {
        return facts.withInstrument(instrument -> {
            if (facts.account.isEmpty()) {
                return Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", facts.proposal.account()));
            }
            if (facts.proposal.side() == Side.BUY) {
                return A_BUY;
            }
            if (wouldBeShort(facts).signum() == 0) {
                return Answer.pass(
                        Seen.of("held", facts.held(), "working", facts.otherWorkingSells(), "short", "nothing"));
            }
            return question.apply(instrument, facts.account.get());
        });
    }

    /** How much of this order and the other working sales the account does not have. */
    private static BigDecimal wouldBeShort(Facts facts) {
        return facts.otherWorkingSells()
                .add(facts.proposal.quantity().value())
                .subtract(facts.held().max(BigDecimal.ZERO))
                .max(BigDecimal.ZERO);
    }

    private static BigDecimal shortPart(BigDecimal position) {
        return position.negate().max(BigDecimal.ZERO);
    }

    private static Optional<Quote> freshQuote(Facts facts) {
        var age = facts.smallest(LimitKind.MAX_QUOTE_AGE_SECONDS);
        return age == null
                ? Optional.empty()
                : Optional.ofNullable(facts.market.quote())
                        .filter(quote -> !quote.isOlderThan(Duration.ofSeconds(age.longValue()), facts.now()));
    }
}
