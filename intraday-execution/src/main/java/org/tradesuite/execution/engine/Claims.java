package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Execution;
import org.tradesuite.execution.order.ExternalExecution;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.reference.Standing;
import org.tradesuite.market.Price;
import org.tradesuite.market.Side;

/**
 * What persons do about executions that nobody ordered: two of them say whose an external order is, or one tells the
 * broker that we do not know an execution (35=Q). What we do not know stays booked until the broker takes it back:
 * until then we may have to settle it.
 */
final class Claims {

    private final Desk desk;
    private final EngineSettings settings;

    Claims(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    void claim(Input.ExternalOrderClaimRequested input) {
        var order = desk.state().externals().order(input.externalId());
        if (order == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_EXTERNAL_ORDER,
                    "There is no external order " + input.externalId() + ". Look it up with GET /external-orders.");
            return;
        }
        var account = desk.reference().account(input.account()).orElse(null);
        if (account == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_ACCOUNT,
                    "Account " + input.account() + " is not in the reference data. Look it up with GET /accounts.");
            return;
        }
        if (account.status() != Standing.ACTIVE) {
            desk.refuse(
                    input,
                    Refusal.ACCOUNT_IS_NOT_ACTIVE,
                    "Account " + account.id() + " is " + account.status() + ": claim it for an active one.");
            return;
        }
        if (account.id().equals(settings.suspense())) {
            desk.refuse(
                    input,
                    Refusal.NOT_VALID,
                    "Account " + account.id() + " is the suspense account: name the account that it belongs to.");
            return;
        }
        var body = order.body();
        var product = body.product() == null ? desk.strays().product(body.named()) : body.product();
        if (product == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_INSTRUMENT,
                    "The broker names " + body.named() + ", which is not in the reference data: import the instrument"
                            + " with POST /reference-imports/instrument and claim it again.");
            return;
        }
        var outcome = ExternalOrder.decide(
                order,
                new ExternalOrder.Claim(
                        account.id(),
                        input.actor(),
                        product,
                        desk.strays().charges(body, product),
                        amongTradesOf(body)));
        switch (outcome) {
            case ExternalOrder.Refused refused ->
                desk.refuse(
                        input,
                        switch (refused.refusal()) {
                            case MAKER_IS_CHECKER -> Refusal.MAKER_IS_CHECKER;
                            case NO_DAY_IS_OPEN -> Refusal.DAY_IS_NOT_OPEN;
                            case CLAIMED_ALREADY, IS_OURS, NOTHING_EXECUTED -> Refusal.NOT_TO_BE_CLAIMED;
                        },
                        explain(refused.refusal(), order));
            case ExternalOrder.Happened happened -> {
                desk.strays().happened(input.externalId(), happened);
                desk.answer(input, new Effect.Outcome.Done());
            }
        }
    }

    /** Its own day, as long as that is not closed; then the day that is. */
    private @Nullable LocalDate amongTradesOf(ExternalOrder.Body body) {
        for (var day : Arrays.asList(
                desk.state().day(body.businessDate()), desk.state().day())) {
            if (day != null && day.status() != Day.Status.CLOSED) {
                return day.date();
            }
        }
        return null;
    }

    private static String explain(ExternalOrder.Refusal refusal, ExternalOrder order) {
        var body = order.body();
        var claim = body.claim();
        var by = claim == null ? "" : " by " + claim.by();
        return switch (refusal) {
            case CLAIMED_ALREADY -> body.externalId() + " was claimed for account " + body.account() + by + ".";
            case MAKER_IS_CHECKER -> body.externalId() + " was claimed" + by + ": somebody else has to say the same.";
            case NO_DAY_IS_OPEN ->
                "No trading day is open: " + body.externalId() + " becomes a trade of the day it is claimed on."
                        + " Claim it again when the next day is open.";
            case IS_OURS -> body.externalId() + " turned out to be an order of ours: its executions are booked there.";
            case NOTHING_EXECUTED -> "Nothing of " + body.externalId() + " stands: there is nothing to claim.";
        };
    }

    // Don't know

    void dontKnow(Input.DontKnowRequested input) {
        var order = desk.state().externals().order(input.subject());
        if (order != null) {
            ofExternal(input, order, order.body().live());
            return;
        }
        var dash = input.subject().lastIndexOf("-F");
        var owner = dash < 0 ? "" : input.subject().substring(0, dash);
        var external = desk.state().externals().order(owner);
        if (external != null) {
            var one = external.body().execution(input.subject());
            ofExternal(input, external, one == null || !one.live() ? List.of() : List.of(one));
            return;
        }
        var route = desk.state().findRoute(owner);
        var execution = route == null ? null : Execution.ofFill(route.body().newest(), input.subject());
        if (route == null || execution == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_EXTERNAL_ORDER,
                    "There is no external order and no fill " + input.subject() + ".");
            return;
        }
        ofRoute(input, route, execution);
    }

    private void ofExternal(Input.DontKnowRequested input, ExternalOrder order, List<ExternalExecution> executions) {
        if (order instanceof ExternalOrder.Ours || executions.isEmpty()) {
            desk.refuse(
                    input,
                    Refusal.NOTHING_TO_DISOWN,
                    order instanceof ExternalOrder.Ours
                            ? explain(ExternalOrder.Refusal.IS_OURS, order)
                            : "The broker took it back already.");
            return;
        }
        var body = order.body();
        for (var each : executions) {
            say(
                    each.fillId(),
                    new DeskFact.DontKnowSaid(
                            body.broker(),
                            body.externalId(),
                            each.execId(),
                            body.brokerOrderId(),
                            body.named(),
                            body.side(),
                            body.orderQuantity(),
                            each.quantity(),
                            each.price(),
                            input.dontKnow(),
                            input.reason()));
        }
        desk.answer(input, new Effect.Outcome.Done());
    }

    /** Of our own orders only what is more than ordered, or dearer: the rest we asked for. */
    private void ofRoute(Input.DontKnowRequested input, Route route, Execution execution) {
        var body = route.body();
        var isOver = body.cumulative().compareTo(body.quantity()) > 0;
        var isBeyond = isBeyondLimit(body, execution.price());
        var fits = switch (input.dontKnow()) {
            case QUANTITY_EXCEEDS_ORDER -> isOver;
            case PRICE_EXCEEDS_LIMIT -> isBeyond;
            case OTHER -> isOver || isBeyond;
            case UNKNOWN_SYMBOL, WRONG_SIDE, NO_MATCHING_ORDER -> false;
        };
        if (!execution.live() || !fits || execution.gap() != null) {
            desk.refuse(
                    input,
                    Refusal.NOTHING_TO_DISOWN,
                    execution.live() && execution.gap() != null
                            ? body.broker() + " never reported it, it only counts it: there is no ExecID to disown."
                                    + " Call the broker; what it reports then takes this fill's place."
                            : !execution.live()
                                    ? "The broker took it back already."
                                    : "We ordered this: " + body.cumulative() + " of " + body.quantity()
                                            + " is executed, at " + execution.price() + " with a limit of "
                                            + body.price() + ".");
            return;
        }
        var terms = desk.work(body.orderId()).order.body().terms();
        say(
                execution.fillId(),
                new DeskFact.DontKnowSaid(
                        body.broker(),
                        body.routeId(),
                        execution.execId(),
                        body.brokerOrderId(),
                        new ExternalOrder.Named(
                                terms.symbol(),
                                terms.isin(),
                                terms.mic().toString(),
                                terms.account().toString()),
                        body.side(),
                        body.quantity(),
                        execution.quantity(),
                        execution.price(),
                        input.dontKnow(),
                        input.reason()));
        desk.answer(input, new Effect.Outcome.Done());
    }

    /** Said once for each execution; asked again, it is done already. */
    private void say(String fillId, DeskFact.DontKnowSaid said) {
        if (desk.state().externals().disowned(fillId) == null) {
            desk.record(Streams.dontKnow(fillId), said, null);
            desk.effect(message(fillId, said));
        }
    }

    private static Effect.SendDontKnow message(String fillId, DeskFact.DontKnowSaid said) {
        return new Effect.SendDontKnow(
                said.broker(),
                fillId,
                said.execId(),
                said.brokerOrderId(),
                said.named(),
                said.side(),
                said.orderQuantity(),
                said.quantity(),
                said.price(),
                said.reason(),
                said.text());
    }

    /**
     * Whether a price is worse than the loosest limit that the broker may have in force: an open replace may be either.
     */
    static boolean isBeyondLimit(Route.Body body, Price price) {
        var limits = new ArrayList<Price>();
        if (body.price() != null) {
            limits.add(body.price());
        }
        for (var request : body.pending()) {
            if (request.price() != null) {
                limits.add(request.price());
            }
        }
        return !limits.isEmpty()
                && limits.stream()
                        .allMatch(limit ->
                                body.side() == Side.BUY ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0);
    }

    /** The line could not say it. */
    void notSaid(Input.NotSent input) {
        var prefix = Streams.dontKnow("");
        if (!input.messageId().startsWith(prefix)) {
            return;
        }
        var fillId = input.messageId().substring(prefix.length());
        desk.record(Streams.dontKnow(fillId), new DeskFact.DontKnowNotSaid(input.reason()), null);
        desk.alert(
                AlertKind.REQUEST_REFUSED_BY_BROKER,
                fillId,
                "That we do not know it could not be said by FIX (" + input.reason() + "): call the broker.");
    }

    void dontKnowRefused(Input.BrokerMessageReject reject) {
        desk.record(
                Streams.strays(reject.broker()),
                new DeskFact.DontKnowRefused(reject.broker(), reject.refId(), reject.text()),
                null);
        desk.alert(
                AlertKind.REQUEST_REFUSED_BY_BROKER,
                reject.broker().toString(),
                reject.broker() + " did not take that we do not know " + reject.refId() + ": " + reject.text()
                        + ". Call the broker.");
    }

    /** After a restart: what was said today may not have left. */
    void resume() {
        var day = desk.state().day();
        for (var disowned : desk.state().externals().disowned()) {
            if (day != null && !disowned.at().isBefore(day.openedAt())) {
                desk.effect(new Effect.Resume(message(disowned.fillId(), disowned.said())));
            }
        }
    }
}
