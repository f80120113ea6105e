package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Whatever happens in whatever order, what was kept up is what somebody would add up who walks the book. */
class ExposuresProperties {

    private static final List<AccountId> ACCOUNTS = List.of(AccountId.of("GEQ1"), AccountId.of("GEQ2"));
    private static final List<InstrumentId> INSTRUMENTS =
            List.of(SampleDesk.VOD, SampleDesk.TOYOTA, SampleDesk.IBM, SampleDesk.BITCOIN);
    private static final List<Exposures.Dealer> DEALERS =
            List.of(new Exposures.Dealer("VALUE", "apatel", true), new Exposures.Dealer("OTHER", "stranger", true));

    private final ReferenceData reference = SampleDesk.reference();
    private final MarketData market = new MarketData();
    private final Book book = new Book();
    private final Map<String, Exposures.Dealer> dealers = new HashMap<>();
    private final Exposures exposures = new Exposures(reference, market, Currency.USD, dealers::get);
    private final Map<String, PendingOrder> working = new LinkedHashMap<>();
    private final Map<String, BookedFill> fills = new LinkedHashMap<>();

    @Property(tries = 300)
    void what_was_kept_up_is_what_the_book_adds_up_to(
            @ForAll @LongRange(min = 0, max = 100_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 80) int actions) {
        // Every try begins with an empty book.
        new ExposuresProperties().walk(seed, actions);
    }

    private void walk(long seed, int actions) {
        var random = new Random(seed);
        book.watch(exposures);
        for (var account : ACCOUNTS) {
            book.openCash(account, Money.of("GBP 100000.00"));
        }
        for (var action = 0; action < actions; action++) {
            act(random, action);
        }
        INSTRUMENTS.forEach(exposures::asked);
        for (var account : ACCOUNTS) {
            compare(LimitScope.ACCOUNT, account.value(), List.of(account));
        }
        compare(LimitScope.PORTFOLIO, "GLOBAL", ACCOUNTS);
        compare(LimitScope.CLIENT, "ALPHA", ACCOUNTS);
        compare(LimitScope.FIRM, "*", ACCOUNTS);
        compareDealers();
        compareAnew();
    }

    private void act(Random random, int action) {
        var account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        var instrument = INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
        var quantity = Quantity.of(new BigDecimal(1 + random.nextInt(5_000)).movePointLeft(random.nextInt(2)));
        var price = Price.of(new BigDecimal(1 + random.nextInt(9_999)).movePointLeft(2));
        switch (random.nextInt(7)) {
            case 0 ->
                book.openPosition(
                        account,
                        instrument,
                        currency(instrument),
                        quantity.value().negate(),
                        price);
            case 1 ->
                market.quote(
                        instrument,
                        new Quote(
                                price,
                                Price.of(price.value().add(BigDecimal.ONE)),
                                SampleDesk.TEN.plusSeconds(action)));
            case 2, 3 -> {
                var id = "O" + action;
                dealers.put(id, DEALERS.get(random.nextInt(DEALERS.size())));
                var order =
                        new PendingOrder(id, account, instrument, currency(instrument), side(random), quantity, price);
                working.put(id, order);
                book.pend(order);
            }
            case 4 -> {
                var order = any(random, working);
                if (order != null) {
                    fill(order, "F" + action, quantity, price);
                }
            }
            case 5 -> {
                var fill = any(random, fills);
                if (fill != null) {
                    fills.remove(fill.fillId());
                    book.takeBack(fill.fillId());
                }
            }
            default -> {
                var order = any(random, working);
                if (order != null) {
                    working.remove(order.orderId());
                    book.release(order.orderId());
                }
            }
        }
    }

    private void fill(PendingOrder order, String id, Quantity quantity, Price price) {
        var part = quantity.min(order.leaves());
        var fill = new BookedFill(
                id,
                order.orderId(),
                order.account(),
                order.instrument(),
                order.currency(),
                order.side(),
                part,
                price,
                Money.zero(order.currency()));
        fills.put(id, fill);
        book.apply(fill);
        var left = order.leaves().minus(part);
        if (left.isZero()) {
            working.remove(order.orderId());
        } else {
            working.put(
                    order.orderId(),
                    new PendingOrder(
                            order.orderId(),
                            order.account(),
                            order.instrument(),
                            order.currency(),
                            order.side(),
                            left,
                            order.price()));
        }
    }

    private void compare(LimitScope scope, String id, List<AccountId> accounts) {
        var sum = exposures.of(scope, id);
        var longs = 0L;
        var shorts = 0L;
        var further = 0L;
        for (var account : accounts) {
            for (var line : book.holdings(account)) {
                var held = line.position().quantity();
                var buys = line.workingBuys().value();
                var sells = line.workingSells().value();
                longs += value(line.instrument(), held.max(BigDecimal.ZERO));
                shorts += value(line.instrument(), held.negate().max(BigDecimal.ZERO));
                further += value(
                        line.instrument(), Exposures.reach(held, buys, sells).subtract(held.abs()));
            }
        }
        assertThat(sum.longs).as("%s %s longs", scope, id).isEqualTo(longs);
        assertThat(sum.shorts).as("%s %s shorts", scope, id).isEqualTo(shorts);
        assertThat(sum.further).as("%s %s further", scope, id).isEqualTo(further);
        assertThat(sum.orders).isEqualTo((int) working.values().stream()
                .filter(order -> accounts.contains(order.account()))
                .count());
        assertThat(sum.working)
                .isEqualTo(working.values().stream()
                        .filter(order -> accounts.contains(order.account()))
                        .mapToLong(order -> BaseAmount.up(
                                order.leaves().value().multiply(order.price().value()), rate(order.currency())))
                        .sum());
        assertThat(sum.traded)
                .isEqualTo(fills.values().stream()
                        .filter(fill -> accounts.contains(fill.account()))
                        .mapToLong(ExposuresProperties::traded)
                        .sum());
        for (var instrument : INSTRUMENTS) {
            var held = accounts.stream()
                    .map(account -> book.position(account, instrument).quantity())
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum.units(instrument).held).isEqualByComparingTo(held);
        }
        var currencies = sum.parts(Sum.Dimension.CURRENCY).values();
        assertThat(currencies.stream().mapToLong(Sum::net).sum()).isEqualTo(sum.net());
        var cash = 0L;
        for (var account : accounts) {
            for (var currency : List.of(Currency.GBP, Currency.USD, Currency.JPY)) {
                cash += book.cash(account, currency)
                        .amount()
                        .multiply(rate(currency))
                        .movePointRight(4)
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact();
            }
        }
        assertThat(sum.cash).isEqualTo(cash);
    }

    private void compareDealers() {
        for (var dealer : DEALERS) {
            for (var instrument : INSTRUMENTS) {
                var dealt = fills.values().stream()
                        .filter(fill -> dealer.equals(dealers.get(fill.orderId()))
                                && fill.instrument().equals(instrument))
                        .map(fill -> fill.side().signed(fill.quantity()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(exposures.of(LimitScope.TRADER, dealer.trader()).units(instrument).held)
                        .isEqualByComparingTo(dealt);
                assertThat(exposures.of(LimitScope.STRATEGY, dealer.strategy()).units(instrument).held)
                        .isEqualByComparingTo(dealt);
            }
        }
    }

    /** Added up anew from the book it is the same. */
    private void compareAnew() {
        var anew = new Exposures(reference, market, Currency.USD, dealers::get);
        book.watch(anew);
        for (var account : ACCOUNTS) {
            var one = exposures.of(LimitScope.ACCOUNT, account.value());
            var other = anew.of(LimitScope.ACCOUNT, account.value());
            assertThat(List.of(
                            other.longs,
                            other.shorts,
                            other.further,
                            other.workingBuys,
                            other.workingSells,
                            other.cash))
                    .isEqualTo(
                            List.of(one.longs, one.shorts, one.further, one.workingBuys, one.workingSells, one.cash));
        }
    }

    private long value(InstrumentId instrument, BigDecimal units) {
        var said = market.of(instrument).lastPrice();
        var price = said != null
                ? said
                : reference.instrument(instrument).orElseThrow().referencePrice();
        var exact = java.util.Objects.requireNonNull(price)
                .value()
                .multiply(rate(currency(instrument)))
                .round(new java.math.MathContext(10, RoundingMode.UP))
                .multiply(units);
        return exact.movePointRight(4).setScale(0, RoundingMode.UP).longValueExact();
    }

    private static long traded(BookedFill fill) {
        return BaseAmount.up(
                fill.quantity().value().multiply(fill.price().value()),
                SampleDesk.reference().fxRate(fill.currency(), Currency.USD).orElseThrow());
    }

    private BigDecimal rate(Currency currency) {
        return reference.fxRate(currency, Currency.USD).orElseThrow();
    }

    private Currency currency(InstrumentId instrument) {
        return reference.instrument(instrument).orElseThrow().currency();
    }

    private static Side side(Random random) {
        return random.nextBoolean() ? Side.BUY : Side.SELL;
    }

    private static <T> @Nullable T any(Random random, Map<String, T> of) {
        return of.isEmpty() ? null : List.copyOf(of.values()).get(random.nextInt(of.size()));
    }
}
