package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.reference.LimitedOrder;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.execution.risk.Exposures;
import org.tradesuite.execution.risk.MessageRates;
import org.tradesuite.execution.risk.ValueDates;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Side;

/** Keeps what the limits are measured by up with the book, the market and the reference data. */
final class Stakes {

    private final Desk desk;
    private final MessageRates rates = new MessageRates();
    private Exposures exposures;
    private ValueDates valueDates = new ValueDates();

    Stakes(Desk desk) {
        this.desk = desk;
        this.exposures = anew();
    }

    /** Added up anew from the book: at start, when a day opens, when it is known otherwise who belongs to whom. */
    void addUp() {
        exposures = anew();
        valueDates = new ValueDates();
        for (var work : desk.state().orders()) {
            var body = work.order.body();
            settles(body.orderId());
            var dealer = dealer(body.orderId());
            var average = body.average();
            if (dealer != null && dealer.today() && average != null) {
                var executed = body.executed().value();
                exposures.dealt(
                        body.terms().account(),
                        body.terms().instrument(),
                        body.terms().side(),
                        executed,
                        executed.multiply(average.value()),
                        dealer);
            }
            work.routes.forEach(this::atBroker);
        }
        desk.state().book().watch(exposures);
    }

    /** The order is as it is now: when what it brings or costs is paid. A margin account may borrow until then. */
    void settles(String orderId) {
        var body = desk.work(orderId).order.body();
        var terms = body.terms();
        var reference = desk.reference();
        var instrument = reference.instrument(terms.instrument());
        var account = reference.account(terms.account());
        if (instrument.isEmpty() || account.isEmpty() || account.get().marginType() != MarginType.CASH) {
            return;
        }
        var works = terms.side() == Side.BUY ? desk.state().book().pending(orderId) : null;
        valueDates.order(
                orderId,
                terms.account(),
                instrument.get(),
                terms.businessDate(),
                reference,
                terms.side() == Side.BUY ? body.value().negate() : body.value(),
                works == null
                        ? BigDecimal.ZERO
                        : works.leaves().value().multiply(works.price().value()));
    }

    ValueDates valueDates() {
        return valueDates;
    }

    /** The route is as it is now; one without any price counts at nothing, as it could not have been let through. */
    void atBroker(String routeId) {
        var route = desk.state().route(routeId);
        var body = route.body();
        var terms = desk.work(body.orderId()).order.body().terms();
        exposures.atBroker(
                routeId, body.broker(), terms.currency(), route.outstanding().value(), price(route));
    }

    /** At which a route is counted with its broker. */
    BigDecimal price(Route route) {
        var body = route.body();
        if (body.price() != null) {
            return route.dearest(body.price()).value();
        }
        var price = body.mid() != null
                ? body.mid()
                : desk.work(body.orderId()).order.body().terms().decisionPrice();
        return price == null ? BigDecimal.ZERO : price.value();
    }

    private Exposures anew() {
        return new Exposures(
                desk.reference(),
                desk.market().data(),
                desk.reference().limits().currency(),
                this::dealer);
    }

    private Exposures.@Nullable Dealer dealer(String orderId) {
        var work = desk.state().order(orderId);
        if (work == null) {
            return null;
        }
        var terms = work.order.body().terms();
        var day = desk.state().day();
        return new Exposures.Dealer(
                terms.strategy(), terms.trader(), day != null && day.date().equals(terms.businessDate()));
    }

    /** Limits alone change nothing of what is measured, unless it is measured in another currency. */
    void changed(ReferenceData before, ReferenceData now) {
        var one = before.content();
        var other = now.content();
        if (!one.instruments().equals(other.instruments())
                || !one.accounts().equals(other.accounts())
                || !one.traders().equals(other.traders())
                || !one.fxRates().equals(other.fxRates())
                || !one.settlementCycles().equals(other.settlementCycles())
                || !one.calendarOverrides().equals(other.calendarOverrides())
                || !before.businessDate().equals(now.businessDate())
                || !before.limits().currency().equals(now.limits().currency())) {
            addUp();
        } else {
            exposures.take(now);
        }
    }

    void moved(InstrumentId instrument) {
        exposures.moved(instrument);
    }

    void tick() {
        exposures.mark();
    }

    Exposures exposures() {
        return exposures;
    }

    MessageRates rates() {
        return rates;
    }

    /** What decides which limits a route of the order falls under; empty if the reference data no longer know it. */
    Optional<LimitedOrder> limited(State.Work work, BrokerId broker) {
        var terms = work.order.body().terms();
        var instrument = desk.reference().instrument(terms.instrument());
        var account = desk.reference().account(terms.account());
        if (instrument.isEmpty() || account.isEmpty()) {
            return Optional.empty();
        }
        var traderDesk =
                desk.reference().trader(terms.trader()).map(Trader::desk).orElse(null);
        return Optional.of(new LimitedOrder(
                instrument.get(), account.get(), terms.strategy(), terms.trader(), traderDesk, broker));
    }
}
