package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.MarketState;
import org.tradesuite.execution.marketdata.TradingPhase;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.LimitedOrder;
import org.tradesuite.execution.reference.Limits;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Everything the rules may look at for one proposal, looked up once. */
final class Facts {

    /** No limit warns before four fifths, unless it says where. */
    private static final double FAR = 0.79;

    final Proposal proposal;
    final @Nullable BrokerId broker;
    final ReferenceData reference;
    final Book book;
    final Activity activity;
    final Switches switches;
    final @Nullable TradingPhase phase;
    final Optional<Instrument> instrument;
    final Optional<Account> account;
    final MarketState market;
    private final MarketData markets;
    private final @Nullable PendingOrder replaced;
    final Exposures exposures;
    final Stake stake;
    final MessageRates rates;
    private final Limits.@Nullable Holding limits;
    private final Optional<Price> freshPrice;
    private final Optional<Price> expectedPrice;
    private boolean worthKnown;
    private @Nullable Long worth;

    /** @param broker of a child order; absent as long as none is chosen */
    Facts(Proposal proposal, @Nullable BrokerId broker, Situation situation) {
        this.proposal = proposal;
        this.broker = broker;
        this.reference = situation.reference();
        this.book = situation.book();
        this.activity = situation.activity();
        this.exposures = situation.exposures();
        this.rates = situation.rates();
        this.switches = situation.switches();
        this.phase = situation.phases().apply(proposal.instrument());
        this.instrument = reference.instrument(proposal.instrument());
        this.account = reference.account(proposal.account());
        this.markets = situation.market();
        this.market = markets.of(proposal.instrument());
        this.replaced = proposal.replaces() == null ? null : book.pending(proposal.replaces());
        this.stake = new Stake(proposal, exposures, replaced);
        this.limits = instrument.isPresent() && account.isPresent() ? limits(instrument.get(), account.get()) : null;
        this.freshPrice = smallest(LimitKind.MAX_QUOTE_AGE_SECONDS)
                .flatMap(age -> this.market.freshPrice(proposal.at(), Duration.ofSeconds(age.longValue())));
        this.expectedPrice = expected();
    }

    /** Whether it changes an order that is there already. */
    boolean amends() {
        return proposal.replaces() != null;
    }

    Instant now() {
        return proposal.at();
    }

    /** Asks a question that needs to know the instrument; without it the answer is a refusal that says so. */
    Answer withInstrument(Function<Instrument, Answer> question) {
        return instrument
                .map(question)
                .orElseGet(() ->
                        Answer.block(RefusalCode.INSTRUMENT_UNKNOWN, Seen.of("instrument", proposal.instrument())));
    }

    /** Asks for every limit of that kind the order falls under and gives the tightest answer; none is a refusal. */
    Answer tightest(LimitKind kind, RefusalCode missing, Function<Limit, Answer> question) {
        if (instrument.isEmpty()) {
            return withInstrument(known -> Answer.pass(Seen.nothing()));
        }
        if (account.isEmpty()) {
            return Answer.block(RefusalCode.ACCOUNT_UNKNOWN, Seen.of("account", proposal.account()));
        }
        @Nullable Answer tightest = null;
        @Nullable Limit of = null;
        for (var limit : limits(kind)) {
            var answer = question.apply(limit);
            if (tightest == null || answer.isTighterThan(tightest)) {
                tightest = answer;
                of = limit;
            }
        }
        return tightest != null && of != null ? tightest.under(of) : Answer.block(missing, Seen.of("missing", kind));
    }

    /**
     * The same, and faster where nothing is near: an estimate of what would be measured tells which limit is the nearest,
     * and if even that one is not used up to four fifths, where no limit warns yet, it is the only one that is asked.
     *
     * @param estimate in the limit's unit, to a few parts in a million; NaN where the question must be asked itself
     */
    Answer tightest(
            LimitKind kind, RefusalCode missing, ToDoubleFunction<Limit> estimate, Function<Limit, Answer> question) {
        if (limits == null) {
            return tightest(kind, missing, question);
        }
        @Nullable Limit nearest = null;
        var most = Double.NEGATIVE_INFINITY;
        for (var place = 0; place < limits.size(); place++) {
            var limit = limits.on(kind, place);
            if (limit == null) {
                continue;
            }
            var used = estimate.applyAsDouble(limit) / limit.amount().doubleValue();
            if (!(used < FAR) || limit.warnAt() != null) {
                return tightest(kind, missing, question);
            }
            if (used > most) {
                most = used;
                nearest = limit;
            }
        }
        return nearest == null
                ? Answer.block(missing, Seen.of("missing", kind))
                : question.apply(nearest).under(nearest);
    }

    /** About what an amount of the base currency is in the limit's; NaN if nobody can say. */
    double estimated(Limit limit, double amount) {
        var in = Objects.requireNonNull(limit.currency());
        if (in.equals(exposures.base())) {
            return amount / Exposures.UNIT;
        }
        var rate = reference.fxRate(exposures.base(), in);
        return rate.isEmpty()
                ? Double.NaN
                : amount / Exposures.UNIT * rate.get().doubleValue();
    }

    /** About what that many units are worth in the limit's currency at the price the order would trade at. */
    double estimated(Limit limit, BigDecimal units) {
        var rate = instrument.map(each -> exposures.rate(each.currency())).orElse(null);
        if (rate == null || expectedPrice.isEmpty()) {
            return Double.NaN;
        }
        var price = expectedPrice.get().value().doubleValue();
        return estimated(limit, Math.abs(units.doubleValue()) * price * rate.doubleValue() * Exposures.UNIT);
    }

    private Limits.Holding limits(Instrument known, Account of) {
        var desk = reference.trader(proposal.trader()).map(Trader::desk).orElse(null);
        var order = new LimitedOrder(known, of, proposal.strategy(), proposal.trader(), desk, broker);
        return reference.limits().under(order, now());
    }

    List<Limit> limits(LimitKind kind) {
        return limits == null ? List.of() : limits.on(kind);
    }

    /** The smallest amount of that kind of limit, which for an age is the strictest. */
    Optional<BigDecimal> smallest(LimitKind kind) {
        return limits(kind).stream().map(Limit::amount).min(BigDecimal::compareTo);
    }

    /** The market's price now, if it has one that is young enough; empty also when no limit says how young. */
    Optional<Price> freshPrice() {
        return freshPrice;
    }

    /**
     * At what price the order would trade: a limit order at its limit or at the market's price, whichever is dearer for
     * what is measured; a market order at the market's price, or at the last close when the market is silent.
     */
    Optional<Price> expectedPrice() {
        return expectedPrice;
    }

    private Optional<Price> expected() {
        var marketPrice = freshPrice().or(() -> instrument.flatMap(each -> Optional.ofNullable(each.referencePrice())));
        var limit = proposal.limit();
        if (limit == null) {
            var quote = market.quote();
            var fresh = freshPrice();
            // A market order crosses the spread; the far touch only counts while the quote is as young as the price.
            return quote != null && fresh.isPresent() && fresh.get().equals(quote.mid())
                    ? Optional.of(quote.farTouch(proposal.side()))
                    : marketPrice;
        }
        if (proposal.side() == Side.BUY) {
            return Optional.of(limit);
        }
        // A sale above its limit brings more, and so weighs more in every limit.
        return Optional.of(
                marketPrice.filter(price -> price.compareTo(limit) > 0).orElse(limit));
    }

    /**
     * What the order is worth in the base currency, in ten-thousandths, less what the order it takes the place of is
     * worth; null if nobody can say.
     */
    @Nullable
    Long worth() {
        if (!worthKnown) {
            worth = worthOfIt();
            worthKnown = true;
        }
        return worth;
    }

    private @Nullable Long worthOfIt() {
        var rate = instrument.map(each -> exposures.rate(each.currency())).orElse(null);
        if (rate == null || expectedPrice.isEmpty()) {
            return null;
        }
        var gross = expectedPrice.get().value().multiply(proposal.quantity().value());
        var worth = Exposures.amount(gross, rate);
        return replaced == null
                ? worth
                : worth
                        - Exposures.amount(
                                replaced.leaves()
                                        .value()
                                        .multiply(replaced.price().value()),
                                rate);
    }

    /** What the account has at stake. */
    Sum account() {
        return exposures.of(LimitScope.ACCOUNT, proposal.account().value());
    }

    /** Whether everything the account has, and this, can be valued. */
    boolean isAccountValued() {
        return exposures.unitValue(proposal.instrument()) != null && account().unvalued == 0;
    }

    /** An amount of the base currency in the limit's; null if nobody can say. */
    @Nullable
    BigDecimal inCurrencyOf(Limit limit, long amount) {
        var in = Objects.requireNonNull(limit.currency());
        var exact = Exposures.decimal(amount);
        if (!in.equals(exposures.base())) {
            var rate = reference.fxRate(exposures.base(), in);
            if (rate.isEmpty()) {
                return null;
            }
            exact = exact.multiply(rate.get());
        }
        return exact.setScale(in.scale(), RoundingMode.UP);
    }

    Answer noRate(Limit limit) {
        return Answer.block(
                RefusalCode.FX_RATE_MISSING,
                Seen.of("from", exposures.base(), "to", Objects.requireNonNull(limit.currency())));
    }

    /** What the market's price was then; null if it never said any. */
    @Nullable
    Price priceAt(Instant then) {
        return markets.priceAt(proposal.instrument(), then);
    }

    /** Whether it leaves an order as large as it was, or makes it smaller. */
    boolean addsNothing() {
        return replaced != null && proposal.quantity().compareTo(replaced.leaves()) <= 0;
    }

    BigDecimal held() {
        return book.position(proposal.account(), proposal.instrument()).quantity();
    }

    /** Working buys without the order that this proposal takes the place of. */
    BigDecimal otherWorkingBuys() {
        return without(Side.BUY, book.workingBuys(proposal.account(), proposal.instrument()));
    }

    BigDecimal otherWorkingSells() {
        return without(Side.SELL, book.workingSells(proposal.account(), proposal.instrument()));
    }

    private BigDecimal without(Side side, Quantity working) {
        return replaced != null && replaced.side() == side
                ? working.value().subtract(replaced.leaves().value())
                : working.value();
    }

    /** Cash promised to working buys, without the order that this proposal takes the place of. */
    BigDecimal otherCommittedCash(Currency currency) {
        var committed = book.committedCash(proposal.account(), currency).amount();
        return replaced != null
                        && replaced.side() == Side.BUY
                        && replaced.currency().equals(currency)
                ? committed.subtract(
                        replaced.leaves().value().multiply(replaced.price().value()))
                : committed;
    }
}
