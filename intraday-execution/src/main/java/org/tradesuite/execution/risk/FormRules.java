package org.tradesuite.execution.risk;

import java.math.BigDecimal;

/** Is the order one that its market can take at all? */
final class FormRules {

    private static final Answer NO_PRICE = Answer.pass(Seen.inWords("a market order has no price"));

    private FormRules() {}

    static Answer quantity(Facts facts) {
        return facts.withInstrument(instrument -> {
            var quantity = facts.proposal.quantity();
            var lot = instrument.lotSize();
            var seen = Seen.of("decimals", instrument.quantityScale());
            if (quantity.isZero()) {
                return Answer.block(RefusalCode.QUANTITY_ZERO, quantity.value(), lot.value(), Answer.UNITS, seen);
            }
            if (quantity.value().scale() > instrument.quantityScale()) {
                return Answer.block(
                        RefusalCode.QUANTITY_TOO_PRECISE, quantity.value(), lot.value(), Answer.UNITS, seen);
            }
            return quantity.isMultipleOf(lot)
                    ? Answer.pass(quantity.value(), lot.value(), Answer.UNITS, seen)
                    : Answer.block(RefusalCode.QUANTITY_OFF_LOT, quantity.value(), lot.value(), Answer.UNITS, seen);
        });
    }

    static Answer priceTick(Facts facts) {
        return facts.withInstrument(instrument -> {
            var limit = facts.proposal.limit();
            if (limit == null) {
                return NO_PRICE;
            }
            BigDecimal tick = instrument.tickSize();
            var unit = instrument.currency().code();
            var seen = Seen.of("price", limit, "tick", tick);
            if (limit.value().signum() <= 0) {
                return Answer.block(RefusalCode.PRICE_NOT_POSITIVE, limit.value(), tick, unit, seen);
            }
            return limit.isOnTick(tick)
                    ? Answer.pass(limit.value(), tick, unit, seen)
                    : Answer.block(RefusalCode.PRICE_OFF_TICK, limit.value(), tick, unit, seen);
        });
    }
}
