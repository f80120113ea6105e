package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;

/** Is the order too large? Who makes a too large one smaller may, although it is too large still. */
final class SizeRules {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private SizeRules() {}

    static Answer orderQuantity(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_ORDER_QUANTITY,
                RefusalCode.ORDER_QUANTITY_LIMIT_MISSING,
                any -> facts.proposal.quantity().value().doubleValue(),
                limit -> within(
                        facts.addsNothing(),
                        facts.proposal.quantity().value(),
                        limit,
                        RefusalCode.ORDER_QUANTITY_EXCEEDED,
                        Seen.nothing()));
    }

    /** Measured in the limit's currency. A market order without any price is refused, not waved through. */
    static Answer orderNotional(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_ORDER_NOTIONAL,
                RefusalCode.ORDER_NOTIONAL_LIMIT_MISSING,
                any -> facts.estimatedWorth(facts.proposal.quantity().value().doubleValue()),
                limit -> facts.withInstrument(instrument -> {
                    var price = facts.expectedPrice();
                    if (price.isEmpty()) {
                        return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
                    }
                    var in = Objects.requireNonNull(limit.currency());
                    var rate = facts.reference.fxRate(instrument.currency(), in);
                    if (rate.isEmpty()) {
                        return Answer.block(
                                RefusalCode.FX_RATE_MISSING, Seen.of("from", instrument.currency(), "to", in));
                    }
                    var notional = price.get()
                            .value()
                            .multiply(facts.proposal.quantity().value())
                            .multiply(rate.get())
                            .setScale(in.scale(), RoundingMode.UP);
                    return within(
                            facts.costsNoMore(),
                            notional,
                            limit,
                            RefusalCode.ORDER_NOTIONAL_EXCEEDED,
                            Seen.of("price", price.get(), "fx", rate.get()));
                }));
    }

    static Answer advShare(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_ADV_SHARE_PERCENT,
                RefusalCode.ADV_SHARE_LIMIT_MISSING,
                any -> 100 * facts.partOfVolume(),
                limit -> facts.withInstrument(instrument -> {
                    var adv = instrument.adv();
                    if (adv == null || adv.isZero()) {
                        return Answer.block(RefusalCode.ADV_MISSING, Seen.of("instrument", instrument.id()));
                    }
                    var share =
                            facts.proposal.quantity().value().multiply(HUNDRED).divide(adv.value(), 6, RoundingMode.UP);
                    return within(
                            facts.addsNothing(), share, limit, RefusalCode.ADV_SHARE_EXCEEDED, Seen.of("adv", adv));
                }));
    }

    private static Answer within(boolean reduces, BigDecimal measured, Limit limit, RefusalCode beyond, Seen seen) {
        return reduces
                ? Answer.pass(measured, limit.amount(), limit.unit(), seen.and("reduces", true))
                : Answer.within(measured, limit, beyond, seen);
    }
}
