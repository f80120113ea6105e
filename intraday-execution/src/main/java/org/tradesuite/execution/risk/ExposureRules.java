package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.Exposure;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
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
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", instrument.id()));
        }
        var rate = facts.reference.fxRate(instrument.currency(), in);
        if (rate.isEmpty()) {
            return Answer.block(RefusalCode.FX_RATE_MISSING, Seen.of("from", instrument.currency(), "to", in));
        }
        var measured =
                after.abs().multiply(price.get().value()).multiply(rate.get()).setScale(in.scale(), RoundingMode.UP);
        var seen = Seen.of("held", facts.held(), "after", after, "price", price.get());
        // Who is over the limit already may always come down, but not through zero and out on the other side.
        var reduces = after.abs().compareTo(before.abs()) < 0 && after.signum() * before.signum() >= 0;
        return reduces
                ? Answer.pass(measured, limit.amount(), in.code(), seen.and("reduces", true))
                : Answer.within(measured, limit, RefusalCode.POSITION_LIMIT_EXCEEDED, seen);
    }

    /** Longs and shorts added up over the account, the portfolio, the client or the firm, whichever the limit holds. */
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
                    Seen.of("measuredBy", "ACCOUNT, PORTFOLIO, CLIENT or FIRM", "limitOf", limit.scope()));
        }
        var unit = facts.unitValue(facts.proposal.instrument(), in);
        if (unit.isEmpty()) {
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", facts.proposal.instrument(), "in", in));
        }
        var exposure = exposure(facts, limit, in);
        if (!exposure.isComplete()) {
            return Answer.block(RefusalCode.PRICE_MISSING, Seen.of("unpriced", exposure.unpriced(), "in", in));
        }
        var added = addedReach(facts).multiply(unit.get());
        var measured = exposure.grossWithWorking().amount().add(added).setScale(in.scale(), RoundingMode.UP);
        var seen = Seen.of("adds", added.setScale(in.scale(), RoundingMode.UP));
        return added.signum() <= 0
                ? Answer.pass(measured, limit.amount(), in.code(), seen)
                : Answer.within(measured, limit, RefusalCode.GROSS_EXPOSURE_EXCEEDED, seen);
    }

    private static boolean isMeasurable(LimitScope scope) {
        return switch (scope) {
            case FIRM, CLIENT, PORTFOLIO, ACCOUNT -> true;
            case DESK, TRADER, STRATEGY, ASSET_CLASS, MARKET, INSTRUMENT, BROKER -> false;
        };
    }

    private static Exposure exposure(Facts facts, Limit limit, Currency in) {
        return switch (limit.scope()) {
            case ACCOUNT -> facts.book.exposure(List.of(AccountId.of(limit.scopeId())), in, facts);
            case CLIENT ->
                facts.book.exposure(accounts(facts, each -> each.client().equals(limit.scopeId())), in, facts);
            case PORTFOLIO ->
                facts.book.exposure(accounts(facts, each -> each.portfolio().equals(limit.scopeId())), in, facts);
            case FIRM, DESK, TRADER, STRATEGY, ASSET_CLASS, MARKET, INSTRUMENT, BROKER ->
                facts.book.exposure(in, facts);
        };
    }

    private static List<AccountId> accounts(Facts facts, Predicate<Account> which) {
        var accounts = new ArrayList<AccountId>();
        for (var account : facts.reference.accounts()) {
            if (which.test(account)) {
                accounts.add(account.id());
            }
        }
        return accounts;
    }

    /** By how many units the order lets the line reach further than it does now. */
    private static BigDecimal addedReach(Facts facts) {
        var held = facts.held();
        var quantity = facts.proposal.quantity().value();
        var buys = facts.otherWorkingBuys().add(facts.proposal.side() == Side.BUY ? quantity : BigDecimal.ZERO);
        var sells = facts.otherWorkingSells().add(facts.proposal.side() == Side.SELL ? quantity : BigDecimal.ZERO);
        var account = facts.proposal.account();
        var instrument = facts.proposal.instrument();
        return Book.reach(held, buys, sells)
                .subtract(Book.reach(
                        held,
                        facts.book.workingBuys(account, instrument).value(),
                        facts.book.workingSells(account, instrument).value()));
    }
}
