package org.tradesuite.execution.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** A route that hears one thing after the other. Every step also checks what always holds. */
final class RouteStory {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private Route route;
    private List<Route.Event> events = List.of();

    RouteStory(String quantity, String price) {
        route = Route.open(
                "R",
                new Route.Opened(
                        "O",
                        BrokerId.of("ALFA"),
                        "cheapest",
                        "R-1",
                        Side.BUY,
                        OrderType.LIMIT,
                        Quantity.of(quantity),
                        Price.of(price),
                        null,
                        Quantity.ZERO),
                NOW);
    }

    Route state() {
        return route;
    }

    Route.Event last() {
        return events.getLast();
    }

    RouteStory hears(Route.Command command) {
        return wants(command);
    }

    RouteStory hears(Saying saying) {
        var report = saying.report();
        return wants(Route.command(report, "F" + report.execId(), null, null, Money.zero(Currency.GBP)));
    }

    RouteStory wants(Route.Command command) {
        var outcome = Route.decide(route, command);
        assertThat(outcome).isInstanceOf(Route.Happened.class);
        events = ((Route.Happened) outcome).events();
        for (var event : events) {
            route = Route.evolve(route, event, NOW);
        }
        var body = route.body();
        if (route.live()) {
            assertThat(body.quantity()).isEqualTo(body.cumulative().plus(route.leaves()));
        } else {
            assertThat(route.leaves()).isEqualTo(Quantity.ZERO);
        }
        var executed = Quantity.ZERO;
        for (var each = body.newest(); each != null; each = each.earlier()) {
            executed = each.live() ? executed.plus(each.quantity()) : executed;
        }
        assertThat(body.cumulative()).isEqualTo(executed);
        return this;
    }

    RouteStory acknowledged() {
        return hears(report("A", ExecType.NEW, OrdStatus.NEW));
    }

    RouteStory fills(String execId, String quantity, String price) {
        return hears(report(execId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED).last(quantity, price));
    }

    RouteStory busts(String execId, String reference) {
        return hears(report(execId, ExecType.TRADE_CANCEL, OrdStatus.PARTIALLY_FILLED)
                .about(reference));
    }

    RouteStory corrects(String execId, String reference, String quantity, String price) {
        return hears(report(execId, ExecType.TRADE_CORRECT, OrdStatus.PARTIALLY_FILLED)
                .about(reference)
                .last(quantity, price));
    }

    RouteStory is(OrdStatus status, String quantity, String cumulative, String leaves) {
        assertThat(route.status()).isEqualTo(status);
        assertThat(route.body().quantity()).isEqualTo(Quantity.of(quantity));
        assertThat(route.body().cumulative()).isEqualTo(Quantity.of(cumulative));
        assertThat(route.leaves()).isEqualTo(Quantity.of(leaves));
        return this;
    }

    RouteStory averages(String price) {
        assertThat(route.body().average()).isEqualTo(Price.of(price));
        return this;
    }

    RouteStory saysNothingNew() {
        assertThat(events).isEmpty();
        return this;
    }

    void isRefused(Route.Command command, Route.Refusal refusal) {
        assertThat(Route.decide(route, command)).isEqualTo(new Route.Refused(refusal));
    }

    /** Of the route's first order, unless it says otherwise. */
    static Saying report(String execId, ExecType type, OrdStatus status) {
        return Saying.of(execId, type, status).id("R-1").knownAs("B1");
    }
}
