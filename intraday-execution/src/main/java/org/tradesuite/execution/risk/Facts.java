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
import org.tradesuite.execution.marketdata.MarketState;
import org.tradesuite.execution.marketdata.Tape;
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
import org.tradesuite.execution.reference.Mandate;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
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
    final ValueDates valueDates;
    final @Nullable TradingPhase phase;
    final Optional<Instrument> instrument;
    final Optional<Account> account;
    final MarketState market;
    private final Tape tape;
    private final @Nullable BigDecimal rate;
    private final @Nullable PendingOrder replaced;
    final Exposures exposures;
    final Stake stake;
    private final MessageRates rates;
    private final ByScope<MessageRates.Counts> sent = new ByScope<>();
    private final Limits.@Nullable Holding limits;
    private final Optional<Price> freshPrice;
    private final Optional<Price> expectedPrice;
    private final double unitWorth;
    private boolean worthKnown;
    private @Nullable Long worth;
    private @Nullable Cost cost;
    private @Nullable Mandate mandate;

    /** @param broker of a child order; absent as long as none is chosen */
    Facts(Proposal proposal, @Nullable BrokerId broker, Situation situation) {
        this(
                proposal,
                broker,
                proposal.replaces() == null ? null : situation.book().pending(proposal.replaces()),
                situation);
    }

    /** @param replaced what works already and is part of the proposal */
    Facts(Proposal proposal, @Nullable BrokerId broker, @Nullable PendingOrder replaced, Situation situation) {
        this.proposal = proposal;
        this.broker = broker;
        this.reference = situation.reference();
        this.book = situation.book();
        this.activity = situation.activity();
        this.exposures = situation.exposures();
        this.rates = situation.rates();
        this.switches = situation.switches();
        this.valueDates = situation.valueDates();
        this.phase = situation.phases().apply(proposal.instrument());
        this.account = reference.account(proposal.account());
        var product = exposures.asked(proposal.instrument());
        this.instrument = Optional.ofNullable(product.known);
        this.rate = product.rate;
        this.tape = product.tape;
        this.market = tape.state();
        this.replaced = replaced;
        var order = instrument.isPresent() && account.isPresent() ? limited(instrument.get(), account.get()) : null;
        this.stake = new Stake(proposal, exposures, product, order, replaced);
        this.limits = order == null ? null : reference.limits().under(order, proposal.at());
        var age = smallest(LimitKind.MAX_QUOTE_AGE_SECONDS);
        this.freshPrice =
                age == null ? Optional.empty() : market.freshPrice(proposal.at(), Duration.ofSeconds(age.longValue()));
        this.expectedPrice = expected();
        this.unitWorth = unitWorthOfIt();
    }

    /** Whether it changes an order that is there already. */
    boolean amends() {
        return proposal.replaces() != null;
    }

    /** Whether that order works now: one that is filled already may be made larger, and works again. */
    boolean changesWhatWorks() {
        return replaced != null;
    }

    Instant now() {
        return proposal.at();
    }

    /** Asks a question that needs to know the instrument; without it the answer is a refusal that says so. */
    Answer withInstrument(Function<Instrument, Answer> question) {
        return instrument.isPresent()
                ? question.apply(instrument.get())
                : Answer.block(RefusalCode.INSTRUMENT_UNKNOWN, Seen.of("instrument", proposal.instrument()));
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
     * @param estimate for whom a limit of that scope holds, in the limit's unit, money in the base currency, to a few parts
     *     in a million; not a number where the question must be asked itself
     */
    Answer tightest(
            LimitKind kind,
            RefusalCode missing,
            ToDoubleFunction<LimitScope> estimate,
            Function<Limit, Answer> question) {
        if (limits == null) {
            return tightest(kind, missing, question);
        }
        var nearest = -1;
        var most = Double.NEGATIVE_INFINITY;
        for (var place = 0; place < limits.size(); place++) {
            var amount = limits.amount(kind, place);
            if (amount == Limits.NONE) {
                continue;
            }
            var used = estimate.applyAsDouble(limits.scope(place)) / amount;
            if (!(used < FAR)) {
                return tightest(kind, missing, question);
            }
            if (used > most) {
                most = used;
                nearest = place;
            }
        }
        var limit = nearest < 0 ? null : limits.on(kind, nearest);
        return limit == null
                ? Answer.block(missing, Seen.of("missing", kind))
                : question.apply(limit).under(limit);
    }

    /** About what that many units are worth in the base currency at the price the order would trade at. */
    double estimatedWorth(double units) {
        return units * unitWorth;
    }

    private double unitWorthOfIt() {
        return rate == null || expectedPrice.isEmpty()
                ? Double.NaN
                : expectedPrice.get().value().doubleValue() * rate.doubleValue();
    }

    /** The order as a part of a day's average volume; not a number if nobody knows it. */
    double partOfVolume() {
        var adv = instrument.isEmpty() ? null : instrument.get().adv();
        return adv == null || adv.isZero()
                ? Double.NaN
                : proposal.quantity().value().doubleValue() / adv.value().doubleValue();
    }

    private LimitedOrder limited(Instrument known, Account of) {
        var desk = reference.trader(proposal.trader()).map(Trader::desk).orElse(null);
        return new LimitedOrder(known, of, proposal.strategy(), proposal.trader(), desk, broker);
    }

    private List<Limit> limits(LimitKind kind) {
        return limits == null ? List.of() : limits.on(kind);
    }

    /** The smallest amount of that kind of limit, which for an age is the strictest; null if there is none. */
    @Nullable
    BigDecimal smallest(LimitKind kind) {
        var smallest = limits == null ? null : limits.smallest(kind);
        return smallest == null ? null : smallest.amount();
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
     * The price at which the order counts from when it is let through: what is to become cheaper counts as it was until its
     * brokers have taken the cheaper price, and a market order as it was when it was decided, or at the market's middle if
     * that is dearer.
     */
    Optional<Price> countedPrice() {
        var counted = expectedPrice;
        if (proposal.limit() == null) {
            counted = dearer(counted, freshPrice);
        }
        return replaced == null ? counted : dearer(counted, Optional.of(replaced.price()));
    }

    private static Optional<Price> dearer(Optional<Price> one, Optional<Price> other) {
        return one.isPresent() && other.isPresent() && other.get().compareTo(one.get()) > 0 ? other : one;
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
        if (rate == null || expectedPrice.isEmpty()) {
            return null;
        }
        var gross = countedPrice()
                .orElseThrow()
                .value()
                .multiply(proposal.quantity().value());
        var worth = BaseAmount.up(gross, rate);
        return replaced == null
                ? worth
                : worth
                        - BaseAmount.up(
                                replaced.leaves()
                                        .value()
                                        .multiply(replaced.price().value()),
                                rate);
    }

    /** What went to brokers for whom a limit of that scope holds; null if nothing ever did. */
    MessageRates.@Nullable Counts sent(LimitScope scope) {
        var known = sent.get(scope);
        if (known == null) {
            known = rates.of(scope, stake.name(scope));
            if (known != null) {
                sent.put(scope, known);
            }
        }
        return known;
    }

    /** What the account has at stake. */
    Sum account() {
        return stake.sum(LimitScope.ACCOUNT);
    }

    /** Whether everything the account has, and this, can be valued. */
    boolean isAccountValued() {
        return stake.isValued(LimitScope.ACCOUNT);
    }

    /** An amount of the base currency in the limit's; null if nobody can say. */
    @Nullable
    BigDecimal inCurrencyOf(Limit limit, long amount) {
        var in = Objects.requireNonNull(limit.currency());
        var exact = BaseAmount.decimal(amount);
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
        return tape.priceAt(then);
    }

    /** Whether it leaves an order as large as it was, or makes it smaller. */
    boolean addsNothing() {
        return amends() && replaced != null && proposal.quantity().compareTo(replaced.leaves()) <= 0;
    }

    /** Whether it leaves an order at most as large, and at most as dear. */
    boolean costsNoMore() {
        var worth = worth();
        return addsNothing() && worth != null && worth <= 0;
    }

    BigDecimal held() {
        return stake.units(LimitScope.ACCOUNT).held;
    }

    /** Working buys without the order that this proposal takes the place of. */
    BigDecimal otherWorkingBuys() {
        return without(Side.BUY, stake.units(LimitScope.ACCOUNT).buys);
    }

    BigDecimal otherWorkingSells() {
        return without(Side.SELL, stake.units(LimitScope.ACCOUNT).sells);
    }

    private BigDecimal without(Side side, BigDecimal working) {
        return replaced != null && replaced.side() == side
                ? working.subtract(replaced.leaves().value())
                : working;
    }

    /**
     * What the order would cost, in the instrument's currency.
     *
     * @param gross price times quantity
     * @param charges of the broker that would ask for most
     */
    record Cost(BigDecimal gross, BigDecimal charges) {
        BigDecimal whole() {
            return gross.add(charges);
        }
    }

    /** At the price at which it counts; null without a price. */
    @Nullable
    Cost cost(Instrument of) {
        var price = cost == null ? countedPrice() : Optional.<Price>empty();
        if (price.isPresent()) {
            var gross = price.get().value().multiply(proposal.quantity().value());
            cost = new Cost(gross, reference.dearestCharges(of.mic(), gross));
        }
        return cost;
    }

    /** The mandate with that id, if any of its rules holds now; null if there is none. */
    @Nullable
    Mandate mandateInForce(String id) {
        if (mandate == null) {
            mandate = reference
                    .mandate(id)
                    .filter(known -> known.isInForce(proposal.at()))
                    .orElse(null);
        }
        return mandate;
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
