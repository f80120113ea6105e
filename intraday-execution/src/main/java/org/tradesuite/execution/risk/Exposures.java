package org.tradesuite.execution.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Tape;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.position.Watcher;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Side;

/**
 * What everybody who has a limit has at stake, kept up with every fill and every order that works, so that nobody walks
 * the book to check an order. It is a view of the {@link org.tradesuite.execution.position.Book}: nothing in it is not
 * there too, and it is made anew from it at start, when a day opens and when the reference data change.
 *
 * <p>Accounts, portfolios, clients and the firm have what they hold. Traders, desks and strategies have what they dealt
 * since the day opened: positions are an account's, and nobody knows who dealt the ones of the morning. Longs, shorts and
 * the reach of working orders add up by the accounts' lines, so that one account's short does not lessen another's long;
 * net exposure and net positions net across accounts.
 *
 * <p>Valued at the marks: the last the market said, or the last close. Marks are taken when {@link #mark} is called, not
 * at every quote. Amounts are those of {@link BaseAmount}. Belongs to one thread.
 */
public final class Exposures implements Watcher {

    /** Who dealt it, and whether that was in the day that is open. */
    public record Dealer(String strategy, String trader, boolean today) {}

    private ReferenceData reference;
    private final MarketData market;
    private final Currency base;
    private final Function<String, @Nullable Dealer> dealers;

    private final Map<LimitScope, Map<String, Sum>> sums = new EnumMap<>(LimitScope.class);
    private final Map<InstrumentId, Product> products = new HashMap<>();
    private final Map<AccountId, Holder> holders = new HashMap<>();
    private final Map<Sum, Map<InstrumentId, Line>> dealtLines = new HashMap<>();
    private final Map<String, Placed> placed = new HashMap<>();
    private final Map<String, AtBroker> atBrokers = new HashMap<>();
    private final Map<Currency, BigDecimal> rates = new HashMap<>();
    private final Set<InstrumentId> moved = new HashSet<>();
    private final Set<String> unvalued = new TreeSet<>();

    private static final class Holder {
        /** The account, its portfolio, its client and the firm; nobody where the account is not known. */
        final @Nullable Sum[] owners;

        final Map<InstrumentId, Line> lines = new HashMap<>();
        final Map<Currency, Long> cash = new HashMap<>();

        Holder(@Nullable Sum[] owners) {
            this.owners = owners;
        }
    }

    /** A working order as it was counted. */
    private record Placed(PendingOrder order, long value, List<Sum> owners, List<Line> dealt) {}

    private record AtBroker(Sum sum, long value) {}

    /**
     * Empty until a book is told to {@link org.tradesuite.execution.position.Book#watch tell} it.
     *
     * @param base what everything is added up in
     * @param dealers by the order; null for one that nobody here dealt
     */
    public Exposures(
            ReferenceData reference, MarketData market, Currency base, Function<String, @Nullable Dealer> dealers) {
        this.reference = reference;
        this.market = market;
        this.base = base;
        this.dealers = dealers;
    }

    /** The same instruments, accounts and rates, and something else besides. */
    public void take(ReferenceData same) {
        reference = same;
    }

    public Currency base() {
        return base;
    }

    /** What somebody has; a sum of nothing for whom it never heard of. */
    Sum of(LimitScope scope, String id) {
        var known = sums.getOrDefault(scope, Map.of()).get(id);
        return known == null ? Sum.NOBODYS : known;
    }

    /** What the account has of the instrument, with everybody's sums that it is part of; null if it never had any. */
    @Nullable
    Line line(AccountId account, Product product) {
        var holder = holders.get(account);
        return holder == null ? null : holder.lines.get(product.id);
    }

    /** What nobody can value, for a person to look at. */
    Set<String> unvalued() {
        return unvalued;
    }

    // Marks

    /** The market said something of it; it counts at the next {@link #mark()}. */
    public void moved(InstrumentId instrument) {
        moved.add(instrument);
    }

    /** Values anew what the market has moved. */
    public void mark() {
        for (var instrument : moved) {
            var product = products.get(instrument);
            if (product != null) {
                mark(product);
            }
        }
        moved.clear();
    }

    private void mark(Product product) {
        if (product.mark()) {
            product.lines.forEach(this::revalue);
        }
    }

    /** What one unit of a currency is worth in the base currency; null if nobody can say. */
    @Nullable
    BigDecimal rate(Currency currency) {
        var known = rates.get(currency);
        if (known == null) {
            known = reference.fxRate(currency, base).orElse(null);
            if (known != null) {
                rates.put(currency, known);
            }
        }
        return known;
    }

    // What is dealt besides orders in the book

    /** What an order of today had executed before the book was watched. */
    public void dealt(
            AccountId account,
            InstrumentId instrument,
            Side side,
            BigDecimal executed,
            BigDecimal consideration,
            Dealer dealer) {
        trade(account, instrument, side, executed, consideration, dealer, 1);
    }

    /**
     * What a broker has of us in one route from now on.
     *
     * @param leaves zero when it has ended
     * @param price at which it is counted
     */
    public void atBroker(String routeId, BrokerId broker, Currency currency, BigDecimal leaves, BigDecimal price) {
        var before = atBrokers.remove(routeId);
        if (before != null) {
            before.sum.working -= before.value;
            before.sum.orders--;
        }
        if (leaves.signum() > 0) {
            var rate = rate(currency);
            var value = rate == null ? BaseAmount.TOP : BaseAmount.up(leaves.multiply(price), rate);
            var sum = sum(LimitScope.BROKER, broker.value());
            sum.working += value;
            sum.orders++;
            atBrokers.put(routeId, new AtBroker(sum, value));
        }
    }

    // As a watcher of the book

    @Override
    public void line(AccountId account, InstrumentId instrument, BigDecimal held, BigDecimal buys, BigDecimal sells) {
        var line = lineToChange(account, product(instrument));
        change(line, held.subtract(line.own.held), buys.subtract(line.own.buys), sells.subtract(line.own.sells));
    }

    @Override
    public void pending(PendingOrder order) {
        var product = product(order.instrument());
        var rate = rate(order.currency());
        var leaves = order.leaves().value();
        var value = rate == null
                ? BaseAmount.TOP
                : BaseAmount.up(leaves.multiply(order.price().value()), rate);
        var dealer = dealers.apply(order.orderId());
        var owners = owners(order.account(), product, dealer);
        var counted = new Placed(order, value, owners, dealer == null ? List.of() : dealt(product, dealer));
        count(counted, 1);
        placed.put(order.orderId(), counted);
    }

    @Override
    public void released(PendingOrder order) {
        var counted = placed.remove(order.orderId());
        if (counted != null) {
            count(counted, -1);
        }
    }

    private void count(Placed counted, int times) {
        for (var owner : counted.owners) {
            owner.orders += times;
            owner.working += times * counted.value;
        }
        var leaves = counted.order.leaves().value();
        var units = times > 0 ? leaves : leaves.negate();
        var buys = counted.order.side() == Side.BUY ? units : BigDecimal.ZERO;
        var sells = counted.order.side() == Side.SELL ? units : BigDecimal.ZERO;
        for (var line : counted.dealt) {
            change(line, BigDecimal.ZERO, buys, sells);
        }
    }

    @Override
    public void booked(BookedFill fill) {
        trade(fill, 1);
    }

    @Override
    public void takenBack(BookedFill fill) {
        trade(fill, -1);
    }

    private void trade(BookedFill fill, int times) {
        var dealer = dealers.apply(fill.orderId());
        if (dealer != null && dealer.today()) {
            var quantity = fill.quantity().value();
            trade(
                    fill.account(),
                    fill.instrument(),
                    fill.side(),
                    quantity,
                    quantity.multiply(fill.price().value()),
                    dealer,
                    times);
        }
    }

    private void trade(
            AccountId account,
            InstrumentId instrument,
            Side side,
            BigDecimal executed,
            BigDecimal consideration,
            Dealer dealer,
            int times) {
        var product = product(instrument);
        var rate = product.known == null ? null : rate(product.known.currency());
        var value = rate == null ? BaseAmount.TOP : BaseAmount.up(consideration, rate);
        for (var owner : owners(account, product, dealer)) {
            owner.traded += times * value;
        }
        var units = executed.multiply(BigDecimal.valueOf((long) side.sign() * times));
        for (var line : dealt(product, dealer)) {
            change(line, units, BigDecimal.ZERO, BigDecimal.ZERO);
        }
    }

    @Override
    public void cash(AccountId account, Money balance) {
        var holder = holder(account);
        var rate = rate(balance.currency());
        var before = holder.cash.get(balance.currency());
        var value = rate == null ? 0 : BaseAmount.down(balance.amount(), rate);
        holder.cash.put(balance.currency(), value);
        for (var owner : holder.owners) {
            if (owner != null) {
                owner.cash += value - (before == null ? 0 : before);
                owner.unvalued += rate == null && before == null ? 1 : 0;
            }
        }
        if (rate == null) {
            unvalued.add(account + " " + balance.currency());
        }
    }

    // How it is counted

    private void change(Line line, BigDecimal held, BigDecimal buys, BigDecimal sells) {
        line.add(held, buys, sells);
        revalue(line);
    }

    private void revalue(Line line) {
        var wasValued = line.isValued();
        line.revalue();
        if (wasValued != line.isValued()) {
            tell(line.product);
        }
    }

    private void tell(Product product) {
        var id = product.id.toString();
        if (product.unit == null) {
            unvalued.add(id);
        } else {
            unvalued.remove(id);
        }
    }

    /** How far a line may go, long or short, if everything that works traded on the side where that is further. */
    static BigDecimal reach(BigDecimal held, BigDecimal buys, BigDecimal sells) {
        return held.add(buys).abs().max(held.subtract(sells).abs()).max(held.abs());
    }

    // Who has what

    /** What an order is about, valued anew; nothing is remembered of an instrument that nobody knows. */
    Product asked(InstrumentId id) {
        var known = products.get(id);
        if (known != null) {
            mark(known);
            return known;
        }
        return reference.instrument(id).isPresent() ? product(id) : new Product(id, null, Tape.SILENT, null);
    }

    private Product product(InstrumentId id) {
        var known = products.get(id);
        if (known == null) {
            var instrument = reference.instrument(id).orElse(null);
            var rate = instrument == null ? null : rate(instrument.currency());
            known = new Product(id, instrument, market.tape(id), rate);
            products.put(id, known);
        }
        return known;
    }

    private Sum sum(LimitScope scope, String id) {
        return sums.computeIfAbsent(scope, each -> new HashMap<>()).computeIfAbsent(id, each -> new Sum());
    }

    private Holder holder(AccountId id) {
        var known = holders.get(id);
        if (known == null) {
            var owners = new @Nullable Sum[Line.OWNERS];
            owners[0] = sum(LimitScope.ACCOUNT, id.value());
            reference.account(id).ifPresent(account -> {
                owners[1] = sum(LimitScope.PORTFOLIO, account.portfolio());
                owners[2] = sum(LimitScope.CLIENT, account.client());
            });
            owners[3] = sum(LimitScope.FIRM, Limit.THE_FIRM);
            known = new Holder(owners);
            holders.put(id, known);
        }
        return known;
    }

    private Line lineToChange(AccountId account, Product product) {
        var holder = holder(account);
        var known = holder.lines.get(product.id);
        if (known == null) {
            known = accountLine(holder, product);
            holder.lines.put(product.id, known);
        }
        return known;
    }

    private Line accountLine(Holder holder, Product product) {
        var instrument = product.known;
        var listed = new @Nullable Sum[Line.LISTS];
        if (instrument != null) {
            listed[0] = sum(LimitScope.ASSET_CLASS, instrument.assetClass().name());
            listed[1] = sum(LimitScope.MARKET, instrument.mic().value());
            listed[2] = sum(LimitScope.INSTRUMENT, instrument.id().value());
        }
        return Line.ofAccount(product, holder.owners, listed);
    }

    /** Null where it has none: a crypto pair has no issuer and no country. */
    static @Nullable String value(Sum.Dimension dimension, Instrument instrument) {
        return switch (dimension) {
            case ISSUER ->
                instrument.issuerLei() != null ? instrument.issuerLei().value() : instrument.issuer();
            case SECTOR -> instrument.sector();
            case COUNTRY -> instrument.country();
            case CURRENCY -> instrument.currency().code();
            case ASSET_CLASS -> instrument.assetClass().name();
        };
    }

    /** Whose limits an order counts in. */
    private List<Sum> owners(AccountId account, Product product, @Nullable Dealer dealer) {
        var owners = new ArrayList<Sum>();
        for (var owner : holder(account).owners) {
            if (owner != null) {
                owners.add(owner);
            }
        }
        if (product.known != null) {
            owners.add(sum(LimitScope.ASSET_CLASS, product.known.assetClass().name()));
            owners.add(sum(LimitScope.MARKET, product.known.mic().value()));
            owners.add(sum(LimitScope.INSTRUMENT, product.id.value()));
        }
        if (dealer != null) {
            owners.addAll(traderAndDesk(dealer.trader()));
            owners.add(sum(LimitScope.STRATEGY, dealer.strategy()));
        }
        return owners;
    }

    private List<Sum> traderAndDesk(String trader) {
        var known = reference.trader(trader);
        return known.isPresent()
                ? List.of(
                        sum(LimitScope.TRADER, trader),
                        sum(LimitScope.DESK, known.get().desk()))
                : List.of(sum(LimitScope.TRADER, trader));
    }

    /** What a trader, and what a strategy dealt in it. */
    private List<Line> dealt(Product product, Dealer dealer) {
        return List.of(
                dealt(product, traderAndDesk(dealer.trader())),
                dealt(product, List.of(sum(LimitScope.STRATEGY, dealer.strategy()))));
    }

    private Line dealt(Product product, List<Sum> owners) {
        return dealtLines
                .computeIfAbsent(owners.getFirst(), each -> new HashMap<>())
                .computeIfAbsent(product.id, each -> Line.ofDealers(product, owners));
    }
}
