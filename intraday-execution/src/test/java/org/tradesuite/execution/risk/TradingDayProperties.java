package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.MONDAY_23_NOVEMBER_2026;
import static org.tradesuite.execution.reference.SampleDesk.TEN;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.tradesuite.execution.allocation.Allocation;
import org.tradesuite.execution.allocation.DayFill;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.plan.EndBehaviour;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.plan.Progress;
import org.tradesuite.execution.plan.Twap;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.BookedFill;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.execution.routing.BrokerRouter;
import org.tradesuite.execution.routing.RoutingPolicy;
import org.tradesuite.execution.routing.Scorecards;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** All rooms together through a random day: checked, planned, routed, executed in parts, cancelled, allocated. */
class TradingDayProperties {

    private static final Price LIMIT = Price.of("1.00");

    private record Live(String id, Side side, Twap plan, BigDecimal executed, BigDecimal working, BrokerId broker) {}

    @Property(tries = 150)
    void no_limit_is_ever_passed_and_at_the_end_the_trades_are_the_book(
            @ForAll @LongRange(min = 0, max = 10_000_000) long seed, @ForAll @IntRange(min = 1, max = 60) int actions) {
        var random = new Random(seed);
        var reference = SampleDesk.reference();
        var market = new MarketData();
        var book = new Book();
        var activity = new Activity();
        var scorecards = new Scorecards();
        var live = new HashMap<String, Live>();
        var fills = new ArrayList<DayFill>();
        var cashEffects = BigDecimal.ZERO;
        book.openCash(ACCOUNT, Money.of("GBP 150000.00"));
        book.openPosition(ACCOUNT, VOD, Currency.GBP, new BigDecimal("20000"), LIMIT);

        for (var action = 0; action < actions; action++) {
            var now = TEN.plusSeconds(20L * action);
            market.quote(VOD, new Quote(Price.of("0.99"), Price.of("1.01"), now));
            if (random.nextInt(3) > 0) {
                var side = random.nextBoolean() ? Side.BUY : Side.SELL;
                var quantity = Quantity.of(1 + random.nextInt(99_000));
                var proposal = new Proposal(ACCOUNT, "VALUE", "apatel", VOD, side, quantity, LIMIT, now, null, null);
                if (!PreTrade.assess(proposal, RiskRoom.situation(reference, market, book, activity))
                        .isRefused()) {
                    var id = "O" + action;
                    activity.accepted(proposal);
                    book.pend(new PendingOrder(id, ACCOUNT, VOD, Currency.GBP, side, quantity, LIMIT));
                    var vodafone = reference.instrument(VOD).orElseThrow();
                    var choice = BrokerRouter.choose(
                            vodafone,
                            quantity,
                            LIMIT,
                            reference,
                            scorecards,
                            RoutingPolicy.STARTING,
                            Set.of(SampleDesk.ALFA, SampleDesk.BRAVO));
                    var open = Plan.windows(now, null, reference.sessionsOn(vodafone.mic(), MONDAY_23_NOVEMBER_2026));
                    live.put(
                            id,
                            new Live(
                                    id,
                                    side,
                                    Twap.of(
                                            quantity,
                                            vodafone.lotSize(),
                                            Quantity.of(500),
                                            Duration.ofSeconds(30),
                                            open,
                                            EndBehaviour.CANCEL),
                                    BigDecimal.ZERO,
                                    BigDecimal.ZERO,
                                    java.util.Objects.requireNonNull(choice.broker())));
                }
            }
            for (var order : List.copyOf(live.values())) {
                var working = order.working();
                var sent = order.plan()
                        .step(now, new Progress(Quantity.of(order.executed()), Quantity.of(working), Quantity.ZERO))
                        .send()
                        .value();
                working = working.add(sent);
                var filled = working.multiply(BigDecimal.valueOf(random.nextInt(101)))
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.DOWN);
                if (filled.signum() > 0) {
                    var fillId = order.id() + "-" + action;
                    var booking = book.apply(new BookedFill(
                            fillId,
                            order.id(),
                            ACCOUNT,
                            VOD,
                            Currency.GBP,
                            order.side(),
                            Quantity.of(filled),
                            LIMIT,
                            Money.zero(Currency.GBP)));
                    cashEffects = cashEffects.add(booking.cashEffect().amount());
                    fills.add(new DayFill(
                            fillId,
                            order.id(),
                            MONDAY_23_NOVEMBER_2026,
                            ACCOUNT,
                            order.broker(),
                            VOD,
                            order.side(),
                            Quantity.of(filled),
                            LIMIT,
                            now));
                    scorecards.filled(order.broker(), VOD.mic(), order.side(), Quantity.of(filled), LIMIT, LIMIT);
                }
                var left = new Live(
                        order.id(),
                        order.side(),
                        order.plan(),
                        order.executed().add(filled),
                        // The broker gives some of the rest back: it returns to the plan.
                        random.nextInt(4) == 0 ? BigDecimal.ZERO : working.subtract(filled),
                        order.broker());
                if (random.nextInt(10) == 0) {
                    live.remove(order.id());
                    book.release(order.id());
                } else {
                    live.put(order.id(), left);
                }
                assertThat(left.executed().add(left.working()))
                        .isLessThanOrEqualTo(order.plan().quantity().value());
            }
            nothingIsBeyondItsLimit(book);
            workingIsWhatTheOrdersSay(book, live);
        }

        var day = Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, reference);
        assertThat(day.unallocated()).isEmpty();
        var traded = BigDecimal.ZERO;
        var paid = BigDecimal.ZERO;
        for (var trade : day.trades()) {
            traded = traded.add(trade.side().signed(trade.quantity()));
            paid = paid.add(trade.grossAmount()
                    .amount()
                    .multiply(BigDecimal.valueOf(trade.side().sign())));
        }
        assertThat(book.position(ACCOUNT, VOD).quantity()).isEqualByComparingTo(new BigDecimal("20000").add(traded));
        assertThat(paid.negate()).isEqualByComparingTo(cashEffects);
        assertThat(book.cash(ACCOUNT, Currency.GBP).amount())
                .isEqualByComparingTo(new BigDecimal("150000.00").add(cashEffects));
    }

    private static void nothingIsBeyondItsLimit(Book book) {
        var held = book.position(ACCOUNT, VOD).quantity();
        assertThat(held).as("never short").isNotNegative();
        assertThat(held.subtract(book.workingSells(ACCOUNT, VOD).value()))
                .as("never short if all sales trade")
                .isNotNegative();
        assertThat(book.cash(ACCOUNT, Currency.GBP).amount())
                .as("never overdrawn")
                .isNotNegative();
        assertThat(held.add(book.workingBuys(ACCOUNT, VOD).value()))
                .as("250,000 dollars of Vodafone at 1.00 and 1.25 dollars to the pound")
                .isLessThanOrEqualTo(new BigDecimal("200000"));
        var reach = Exposures.reach(
                held,
                book.workingBuys(ACCOUNT, VOD).value(),
                book.workingSells(ACCOUNT, VOD).value());
        assertThat(reach.multiply(new BigDecimal("1.25")))
                .as("gross exposure")
                .isLessThanOrEqualTo(new BigDecimal("300000"));
    }

    private static void workingIsWhatTheOrdersSay(Book book, Map<String, Live> live) {
        var buys = BigDecimal.ZERO;
        for (var order : live.values()) {
            if (order.side() == Side.BUY) {
                buys = buys.add(order.plan().quantity().value().subtract(order.executed()));
            }
        }
        assertThat(book.workingBuys(ACCOUNT, VOD).value()).isEqualByComparingTo(buys);
    }
}
