package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Side;

/** Would we hold too much if this order and everything that works traded in full? */
final class ExposureRules {

    private ExposureRules() {}

    /** The account's line in the instrument, at the price the order would trade at, on the side the order makes larger. */
    static Answer position(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_POSITION_NOTIONAL,
                RefusalCode.POSITION_LIMIT_MISSING,
                limit -> facts.withInstrument(instrument -> position(facts, instrument, limit)));
    }

    private static Answer position(Facts facts, Instrument instrument, Limit limit) {
        var quantity = facts.proposal.quantity().value();
        var side = facts.proposal.side();
        var before = side == Side.BUY
                ? facts.held().add(facts.otherWorkingBuys())
                : facts.held().subtract(facts.otherWorkingSells());
        var after = side == Side.BUY ? before.add(quantity) : before.subtract(quantity);
        var in = Objects.requireNonNull(limit.currency());
        var price = facts.expectedPrice();
        if (price.isEmpty()) {
            return Answer.block(RefusalCode.PRICE_MISSING, "no price is known of " + instrument.id());
        }
        var rate = facts.reference.fxRate(instrument.currency(), in);
        if (rate.isEmpty()) {
            return Answer.block(
                    RefusalCode.FX_RATE_MISSING, "no rate is known from " + instrument.currency() + " to " + in);
        }
        var measured =
                after.abs().multiply(price.get().value()).multiply(rate.get()).setScale(in.scale(), RoundingMode.UP);
        var detail =
                "held=" + facts.held().toPlainString() + " after=" + after.toPlainString() + " price=" + price.get();
        // Who is over the limit already may always come down, but not through zero and out on the other side.
        var reduces = after.abs().compareTo(before.abs()) < 0 && after.signum() * before.signum() >= 0;
        return reduces
                ? Answer.pass(measured, limit.amount(), in.code(), detail + " reduces")
                : Answer.within(measured, limit, RefusalCode.POSITION_LIMIT_EXCEEDED, detail);
    }

    /** Longs and shorts added up over the account, the portfolio or the firm, whichever the limit holds. */
    static Answer gross(Facts facts) {
        return facts.tightest(
                LimitKind.MAX_GROSS_EXPOSURE,
                RefusalCode.GROSS_EXPOSURE_LIMIT_MISSING,
                limit -> facts.withInstrument(instrument -> gross(facts, limit)));
    }

    private static Answer gross(Facts facts, Limit limit) {
        var in = Objects.requireNonNull(limit.currency());
        if (!isMeasurable(limit.scope())) {
            return Answer.block(
                    RefusalCode.GROSS_EXPOSURE_NOT_MEASURABLE,
                    "gross exposure is measured by account, portfolio or firm, not by " + limit.scope());
        }
        var unit = facts.unitValue(facts.proposal.instrument(), in);
        if (unit.isEmpty()) {
            return Answer.block(
                    RefusalCode.PRICE_MISSING,
                    "no price or exchange rate is known of " + facts.proposal.instrument() + " in " + in);
        }
        var added = addedReach(facts).multiply(unit.get());
        var measured = BigDecimal.ZERO;
        for (var reach : reaches(facts, limit, in)) {
            if (!reach.unpriced.isEmpty()) {
                return Answer.block(
                        RefusalCode.PRICE_MISSING,
                        "no price or exchange rate is known of " + reach.unpriced + " in " + in);
            }
            measured = measured.add(reach.value());
        }
        measured = measured.add(added).setScale(in.scale(), RoundingMode.UP);
        var detail = "adds=" + added.setScale(in.scale(), RoundingMode.UP).toPlainString();
        return added.signum() <= 0
                ? Answer.pass(measured, limit.amount(), in.code(), detail)
                : Answer.within(measured, limit, RefusalCode.GROSS_EXPOSURE_EXCEEDED, detail);
    }

    private static boolean isMeasurable(LimitScope scope) {
        return switch (scope) {
            case FIRM, PORTFOLIO, ACCOUNT -> true;
            case STRATEGY, TRADER, ASSET_CLASS, MARKET, INSTRUMENT -> false;
        };
    }

    private static List<Reach> reaches(Facts facts, Limit limit, Currency in) {
        return switch (limit.scope()) {
            case ACCOUNT -> List.of(Reach.of(facts, in, AccountId.of(limit.scopeId())));
            case PORTFOLIO ->
                facts.reference.accounts().stream()
                        .filter(account -> account.portfolio().equals(limit.scopeId()))
                        .map(account -> Reach.of(facts, in, account.id()))
                        .toList();
            case FIRM, STRATEGY, TRADER, ASSET_CLASS, MARKET, INSTRUMENT -> List.of(Reach.of(facts, in));
        };
    }

    /**
     * Longs and shorts at their price, added up for each currency and exchanged as a sum: prices and units are short
     * numbers, a rate has sixteen digits, and what is added up is the same.
     */
    private static final class Reach {
        final Set<InstrumentId> unpriced = new TreeSet<>();
        private final Facts facts;
        private final Currency in;
        private final Map<Currency, BigDecimal> sums = new HashMap<>();

        private Reach(Facts facts, Currency in) {
            this.facts = facts;
            this.in = in;
        }

        static Reach of(Facts facts, Currency in) {
            var reach = new Reach(facts, in);
            facts.book.reaches(reach::add);
            return reach;
        }

        static Reach of(Facts facts, Currency in, AccountId account) {
            var reach = new Reach(facts, in);
            facts.book.reaches(account, reach::add);
            return reach;
        }

        private void add(InstrumentId id, BigDecimal units) {
            var price = facts.lastPrice(id);
            var currency =
                    facts.reference.instrument(id).map(Instrument::currency).orElse(null);
            if (price == null
                    || currency == null
                    || facts.reference.fxRate(currency, in).isEmpty()) {
                unpriced.add(id);
                return;
            }
            sums.merge(currency, price.value().multiply(units), BigDecimal::add);
        }

        BigDecimal value() {
            var value = BigDecimal.ZERO;
            for (var sum : sums.entrySet()) {
                value = value.add(sum.getValue()
                        .multiply(facts.reference.fxRate(sum.getKey(), in).orElseThrow()));
            }
            return value.setScale(in.scale(), RoundingMode.UP);
        }
    }

    /** By how many units the order lets the line reach further than it does now. */
    private static BigDecimal addedReach(Facts facts) {
        var held = facts.held();
        var quantity = facts.proposal.quantity().value();
        var buys = facts.otherWorkingBuys().add(facts.proposal.side() == Side.BUY ? quantity : BigDecimal.ZERO);
        var sells = facts.otherWorkingSells().add(facts.proposal.side() == Side.SELL ? quantity : BigDecimal.ZERO);
        var account = facts.proposal.account();
        var instrument = facts.proposal.instrument();
        return reach(held, buys, sells)
                .subtract(reach(
                        held,
                        facts.book.workingBuys(account, instrument).value(),
                        facts.book.workingSells(account, instrument).value()));
    }

    private static BigDecimal reach(BigDecimal held, BigDecimal buys, BigDecimal sells) {
        return held.add(buys).abs().max(held.subtract(sells).abs()).max(held.abs());
    }
}
