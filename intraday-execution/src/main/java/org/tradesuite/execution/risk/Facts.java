package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.MarketState;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.position.Valuation;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitedOrder;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Everything the rules may look at for one proposal, looked up once. */
final class Facts implements Valuation {

    final Proposal proposal;
    final ReferenceData reference;
    final Book book;
    final Activity activity;
    final Optional<Instrument> instrument;
    final Optional<Account> account;
    final MarketState market;
    private final MarketData allMarkets;
    private final @Nullable PendingOrder replaced;
    private final Map<LimitKind, List<Limit>> limits = new EnumMap<>(LimitKind.class);
    private final Optional<Price> freshPrice;
    private final Optional<Price> expectedPrice;

    Facts(Proposal proposal, Situation situation) {
        this.proposal = proposal;
        this.reference = situation.reference();
        this.book = situation.book();
        this.activity = situation.activity();
        var market = situation.market();
        this.instrument = reference.instrument(proposal.instrument());
        this.account = reference.account(proposal.account());
        this.market = market.of(proposal.instrument());
        this.allMarkets = market;
        this.replaced = proposal.replaces() == null ? null : book.pending(proposal.replaces());
        this.freshPrice = smallest(LimitKind.MAX_QUOTE_AGE_SECONDS)
                .flatMap(age -> this.market.freshPrice(proposal.at(), Duration.ofSeconds(age.longValue())));
        this.expectedPrice = expected();
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
        for (var limit : limits(kind)) {
            var answer = question.apply(limit);
            var named = answer.under(limit);
            tightest = tightest == null ? named : Answer.tighter(tightest, named);
        }
        return tightest != null ? tightest : Answer.block(missing, Seen.of("missing", kind));
    }

    List<Limit> limits(LimitKind kind) {
        if (instrument.isEmpty() || account.isEmpty()) {
            return List.of();
        }
        var known = limits.get(kind);
        if (known == null) {
            var order = new LimitedOrder(
                    instrument.get(),
                    account.get(),
                    proposal.strategy(),
                    proposal.trader(),
                    reference.trader(proposal.trader()).map(Trader::desk).orElse(null),
                    null);
            known = reference.limits().on(kind, order, now());
            limits.put(kind, known);
        }
        return known;
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

    /** What a unit of any instrument is worth: the last the market said, however old, or the last close. */
    Optional<BigDecimal> unitValue(InstrumentId id, Currency in) {
        var price = price(id);
        var currency = currency(id);
        var rate = currency == null ? null : rate(currency, in);
        return price == null || rate == null
                ? Optional.empty()
                : Optional.of(price.value().multiply(rate));
    }

    /** The last the market said of any instrument, however old, or its last close. */
    @Override
    public @Nullable Price price(InstrumentId id) {
        var known = reference.instrument(id).orElse(null);
        if (known == null) {
            return null;
        }
        var said = allMarkets.of(id).lastPrice();
        return said != null ? said : known.referencePrice();
    }

    @Override
    public @Nullable Currency currency(InstrumentId id) {
        var known = reference.instrument(id).orElse(null);
        return known == null ? null : known.currency();
    }

    @Override
    public @Nullable BigDecimal rate(Currency from, Currency to) {
        return reference.fxRate(from, to).orElse(null);
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
