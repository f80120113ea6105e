package org.tradesuite.execution.risk;

import java.math.BigDecimal;

/** Is the order one that its market can take at all? */
final class FormRules {

    private FormRules() {}

    static Answer quantity(Facts facts) {
        return facts.withInstrument(instrument -> {
            var quantity = facts.proposal.quantity();
            var lot = instrument.lotSize();
            var detail = "quantity=" + quantity + " lot=" + lot + " decimals=" + instrument.quantityScale();
            if (quantity.isZero()) {
                return Answer.block(RefusalCode.QUANTITY_ZERO, quantity.value(), lot.value(), Answer.UNITS, detail);
            }
            if (quantity.value().scale() > instrument.quantityScale()) {
                return Answer.block(
                        RefusalCode.QUANTITY_TOO_PRECISE, quantity.value(), lot.value(), Answer.UNITS, detail);
            }
            return quantity.isMultipleOf(lot)
                    ? Answer.pass(quantity.value(), lot.value(), Answer.UNITS, detail)
                    : Answer.block(RefusalCode.QUANTITY_OFF_LOT, quantity.value(), lot.value(), Answer.UNITS, detail);
        });
    }

    static Answer priceTick(Facts facts) {
        return facts.withInstrument(instrument -> {
            var limit = facts.proposal.limit();
            if (limit == null) {
                return Answer.pass("a market order has no price");
            }
            BigDecimal tick = instrument.tickSize();
            var unit = instrument.currency().code();
            var detail = "price=" + limit + " tick=" + tick.toPlainString();
            if (limit.value().signum() <= 0) {
                return Answer.block(RefusalCode.PRICE_NOT_POSITIVE, limit.value(), tick, unit, detail);
            }
            return limit.isOnTick(tick)
                    ? Answer.pass(limit.value(), tick, unit, detail)
                    : Answer.block(RefusalCode.PRICE_OFF_TICK, limit.value(), tick, unit, detail);
        });
    }
}
