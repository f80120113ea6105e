package org.tradesuite.execution.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.ParentOrder.Refusal;
import org.tradesuite.execution.order.ParentOrder.Status;
import org.tradesuite.execution.plan.Immediate;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.plan.Window;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** A parent order of 10,000 and one route of it: what it is follows from what its route is. */
class ParentOrderTest {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Plan PLAN =
            new Immediate(Quantity.of("10000"), List.of(new Window(NOW, NOW.plusSeconds(3600))));

    private final RouteStory route = new RouteStory("10000", "110");
    private ParentOrder order = ParentOrder.create("O", created());
    private @Nullable Route absorbed;

    private static ParentOrder.Created created() {
        return new ParentOrder.Created(
                new ParentOrder.Terms(
                        "D",
                        LocalDate.of(2026, 3, 2),
                        AccountId.of("GEQ1"),
                        "VALUE",
                        "apatel",
                        InstrumentId.of("VOD.XLON"),
                        "VOD",
                        "GB00BH4HKS39",
                        Mic.of("XLON"),
                        Currency.GBP,
                        Side.BUY,
                        OrderType.LIMIT,
                        Algo.IMMEDIATE,
                        TimeInForce.DAY,
                        NOW,
                        BrokerId.of("ALFA"),
                        "cheapest",
                        NOW,
                        Price.of("100"),
                        NOW,
                        null,
                        null),
                Quantity.of("10000"),
                Price.of("110"),
                NOW.plusSeconds(3600),
                PLAN);
    }

    private void routeMoved() {
        order = ParentOrder.absorb(order, absorbed, route.state(), NOW);
        absorbed = route.state();
    }

    private void happens(ParentOrder.Command command) {
        var outcome = ParentOrder.decide(order, command);
        assertThat(outcome).isInstanceOf(ParentOrder.Happened.class);
        for (var event : ((ParentOrder.Happened) outcome).events()) {
            order = ParentOrder.evolve(order, event, NOW);
        }
    }

    private void isRefused(ParentOrder.Command command, Refusal refusal) {
        assertThat(ParentOrder.decide(order, command)).isEqualTo(new ParentOrder.Refused(refusal));
    }

    private static ParentOrder.Amend amend(@Nullable String quantity, @Nullable String limit) {
        return new ParentOrder.Amend(
                quantity == null ? null : Quantity.of(quantity), limit == null ? null : Price.of(limit), null, PLAN);
    }

    @Test
    void its_status_follows_from_its_route() {
        assertThat(order.status()).isEqualTo(Status.NEW);
        routeMoved();
        assertThat(order.status()).isEqualTo(Status.SENT);
        route.acknowledged();
        routeMoved();
        assertThat(order.status()).isEqualTo(Status.WORKING);
        route.fills("B", "4000", "100");
        routeMoved();
        assertThat(order.status()).isEqualTo(Status.PARTFILLED);
        route.fills("C", "6000", "105");
        routeMoved();
        happens(new ParentOrder.Conclude(Price.of("104")));
        assertThat(order.status()).isEqualTo(Status.FILLED);
        assertThat(order.body().average()).isEqualTo(Price.of("103"));
        assertThat(order.body().endPrice()).isEqualTo(Price.of("104"));
    }

    @Test
    void a_rejected_route_gives_everything_back() {
        routeMoved();
        assertThat(order.body().unrouted()).isEqualTo(Quantity.ZERO);
        route.hears(RouteStory.report("A", ExecType.REJECTED, OrdStatus.REJECTED));
        routeMoved();
        assertThat(order.body().unrouted()).isEqualTo(Quantity.of("10000"));
        assertThat(order.status()).isEqualTo(Status.ASSIGN);
    }

    @Test
    void a_bust_opens_it_again() {
        route.acknowledged().fills("B", "10000", "100");
        routeMoved();
        happens(new ParentOrder.Conclude(null));
        route.busts("C", "B");
        routeMoved();
        happens(new ParentOrder.Conclude(null));
        assertThat(order).isInstanceOf(ParentOrder.Open.class);
        assertThat(order.status()).isEqualTo(Status.WORKING);
    }

    @Test
    void a_cancelled_order_waits_for_its_route_and_may_still_be_filled() {
        route.acknowledged();
        routeMoved();
        happens(new ParentOrder.Cancel("changed my mind"));
        happens(new ParentOrder.Conclude(null));
        assertThat(order.status()).isEqualTo(Status.CANCEL_REQUESTED);
        route.fills("B", "10000", "100");
        routeMoved();
        happens(new ParentOrder.Conclude(null));
        assertThat(order.status()).isEqualTo(Status.FILLED);
    }

    @Test
    void what_the_day_leaves_over_expires() {
        happens(new ParentOrder.Expire("the day is over"));
        happens(new ParentOrder.Conclude(null));
        assertThat(order.status()).isEqualTo(Status.EXPIRED);
        isRefused(new ParentOrder.Cancel("too late"), Refusal.HAS_ENDED);
        isRefused(amend("20000", null), Refusal.HAS_ENDED);
    }

    @Test
    void it_cannot_become_smaller_than_what_is_executed() {
        route.acknowledged().fills("B", "4000", "100");
        routeMoved();
        isRefused(amend("3999", null), Refusal.BELOW_EXECUTED_QUANTITY);
        happens(amend("4000", null));
        assertThat(order.body().excess()).isEqualTo(Quantity.of("6000"));
    }

    @Test
    void an_amendment_that_changes_nothing_is_refused() {
        isRefused(amend("10000", "110"), Refusal.NOTHING_TO_CHANGE);
    }

    @Test
    void a_parked_order_goes_on_when_it_is_amended() {
        happens(new ParentOrder.Park("nobody takes it"));
        assertThat(order.status()).isEqualTo(Status.ASSIGN);
        happens(amend(null, "111"));
        assertThat(order).isInstanceOf(ParentOrder.Open.class);
    }

    @Test
    void a_filled_order_is_complete_when_its_brokers_confirm() {
        route.acknowledged().fills("B", "10000", "100");
        routeMoved();
        happens(new ParentOrder.Confirm());
        assertThat(order.status()).isEqualTo(Status.FILLED);
        happens(new ParentOrder.Conclude(null));
        happens(new ParentOrder.Confirm());
        assertThat(order.status()).isEqualTo(Status.COMPLETED);
    }
}
