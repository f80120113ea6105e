package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.ClientBook.ClientOrder;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.InstrumentId;

/**
 * What clients ask by FIX. Their orders are decided, amended and cancelled by the same rules as everybody's; what differs is
 * how a request is known (by ClOrdID, once a day) and that a refusal is a report too. Every message of a client that changes
 * something is answered by a fact, and that fact carries its sequence number.
 */
final class ClientDesk {

    private static final int BROKER_OPTION = 0;
    private static final int UNKNOWN_SYMBOL = 1;
    private static final int EXCHANGE_CLOSED = 2;
    private static final int EXCEEDS_LIMIT = 3;
    private static final int DUPLICATE_ORDER = 6;
    private static final int UNSUPPORTED = 11;
    private static final int INCORRECT_QUANTITY = 13;
    private static final int UNKNOWN_ACCOUNT = 15;

    private static final int TOO_LATE = 0;
    private static final int UNKNOWN = 1;
    private static final int DESK_OPTION = 2;
    private static final int ALREADY_PENDING = 3;
    private static final int DUPLICATE_REQUEST = 6;

    private static final long FOR_US = 0;

    private final Desk desk;
    private final ClientTelling telling;

    ClientDesk(Desk desk) {
        this.desk = desk;
        this.telling = new ClientTelling(desk);
    }

    /** Told of everything that happened; what a client has to hear of it is recorded at once. */
    void follow(Recorded recorded) {
        telling.follow(recorded);
    }

    void hear(ClientMessage message) {
        switch (message) {
            case ClientMessage.NewOrder order -> enter(order);
            case ClientMessage.Cancel cancel -> cancel(cancel);
            case ClientMessage.Replace replace -> replace(replace);
            case ClientMessage.StatusQuestion question -> answer(question);
            case ClientMessage.MassQuestion question -> answer(question);
            case ClientMessage.Gone gone -> cancelAll(gone.client());
            case ClientMessage.CounterReset reset ->
                desk.record(Streams.client(reset.client()), new ClientFact.CounterReset(reset.client()), null);
            case ClientMessage.CopiesWanted _ -> telling.copiesWanted();
        }
    }

    private ClientBook book() {
        return desk.state().clients();
    }

    // A new order

    private void enter(ClientMessage.NewOrder message) {
        var used = book().used(message.client(), telling.day(), message.clOrdId());
        if (used != null) {
            known(message, used);
            return;
        }
        var wrong = message.wrong();
        var decision = message.decision();
        if (wrong != null || decision == null) {
            telling.reject(
                    message,
                    wrong == null ? BROKER_OPTION : wrong.reason(),
                    wrong == null ? "It cannot be read as an order." : wrong.text());
            return;
        }
        var open = open(message.client()).size()
                + book().waitingOf(message.client()).size();
        if (open >= message.openOrders()) {
            telling.reject(
                    message,
                    EXCEEDS_LIMIT,
                    open + " orders are open, and " + message.openOrders() + " may be: cancel one first.");
            return;
        }
        telling.entering(message);
        var outcome = desk.ask(decision);
        telling.entering(null);
        switch (outcome) {
            case Outcome.DecisionAccepted accepted -> {
                if (accepted.replayed()) {
                    telling.reject(message, DUPLICATE_ORDER, "It was decided before, as " + accepted.decisionId());
                }
            }
            case Outcome.DecisionRefused refused ->
                telling.reject(message, reason(refused.codes()), names(refused.codes()));
            case Outcome.DecisionHeld held -> {
                if (held.replayed()) {
                    telling.reject(message, DUPLICATE_ORDER, "It was decided before, as " + held.decisionId());
                } else {
                    telling.held(message, decision, names(held.codes()));
                }
            }
            case Outcome.KeyUsedForAnotherBody used2 ->
                telling.reject(message, DUPLICATE_ORDER, "It was decided before, as " + used2.decisionId());
            case Outcome.Refused refused ->
                telling.reject(
                        message,
                        refused.refusal() == Effect.Refusal.DAY_IS_NOT_OPEN ? EXCHANGE_CLOSED : UNSUPPORTED,
                        refused.detail());
            case Outcome.Done _, Outcome.Checked _, Outcome.AmendmentHeld _, Outcome.AmendmentRefused _ ->
                throw new IllegalStateException("A decision is accepted or refused, not done.");
        }
    }

    /** Appendix D, F.1: a possible resend is answered by status; a duplicate is rejected and leaves the first one alone. */
    private void known(ClientMessage.NewOrder message, String orderId) {
        var order = book().order(orderId);
        if (message.possResend()) {
            var waiting = book().waiting(orderId);
            if (waiting != null) {
                telling.waits(waiting, null);
            } else if (order == null) {
                telling.unknown(message.client(), message.clOrdId(), message.terms(), "It was rejected before.", null);
            } else {
                telling.status(order, message.clOrdId(), null);
            }
            return;
        }
        var first = order == null ? null : desk.state().order(orderId);
        telling.duplicate(message, DUPLICATE_ORDER, first == null ? null : first.order);
    }

    private static String names(List<RefusalCode> codes) {
        return codes.stream().map(RefusalCode::name).collect(Collectors.joining(", "));
    }

    /** OrdRejReason (103). */
    static int reason(List<RefusalCode> codes) {
        return switch (codes.getFirst()) {
            case INSTRUMENT_UNKNOWN -> UNKNOWN_SYMBOL;
            case MARKET_CLOSED, INSTRUMENT_HALTED, INSTRUMENT_SUSPENDED, SESSIONS_MISSING -> EXCHANGE_CLOSED;
            case ACCOUNT_UNKNOWN, ACCOUNT_NOT_ACTIVE -> UNKNOWN_ACCOUNT;
            case QUANTITY_ZERO, QUANTITY_OFF_LOT, QUANTITY_TOO_PRECISE -> INCORRECT_QUANTITY;
            case ORDER_QUANTITY_EXCEEDED,
                    ORDER_NOTIONAL_EXCEEDED,
                    ADV_SHARE_EXCEEDED,
                    MESSAGE_RATE_EXCEEDED,
                    POSITION_LIMIT_EXCEEDED,
                    GROSS_EXPOSURE_EXCEEDED,
                    CASH_INSUFFICIENT,
                    CASH_NOT_SETTLED -> EXCEEDS_LIMIT;
            case DUPLICATE_ORDER -> DUPLICATE_ORDER;
            default -> BROKER_OPTION;
        };
    }

    // Requests

    private void cancel(ClientMessage.Cancel message) {
        var request = new ClientTelling.Refusable(
                message.client(), message.sequence(), message.clOrdId(), message.origClOrdId(), false);
        var order = requested(request, message.possResend());
        if (order == null) {
            return;
        }
        telling.pendingCancel(order, request);
        if (!(desk.ask(new Input.OrderCancelRequested(
                        desk.now(), FOR_US, desk.actor(), "its client's cancel " + message.clOrdId(), order.orderId()))
                instanceof Outcome.Done)) {
            throw new IllegalStateException("Order " + order.orderId() + " was open and cannot be cancelled.");
        }
    }

    private void replace(ClientMessage.Replace message) {
        var request = new ClientTelling.Refusable(
                message.client(), message.sequence(), message.clOrdId(), message.origClOrdId(), true);
        var order = requested(request, message.possResend());
        if (order == null) {
            return;
        }
        var wrong = message.wrong();
        if (wrong == null && !order.clOrdId().equals(message.origClOrdId())) {
            wrong = new ClientMessage.Wrong(
                    DESK_OPTION, "The order is " + order.clOrdId() + " by now: name that in OrigClOrdID (41).");
        }
        if (wrong == null && order.pending(false) != null) {
            wrong = new ClientMessage.Wrong(ALREADY_PENDING, "Another replace is under way.");
        }
        var terms = order.terms();
        if (wrong == null && (message.side() != terms.side() || message.type() != terms.type())) {
            wrong = new ClientMessage.Wrong(
                    DESK_OPTION, "Side and order type stay as they are: cancel the order and send a new one.");
        }
        if (wrong != null) {
            telling.refuse(request, order, wrong.reason(), wrong.text());
            return;
        }
        amend(message, request, order);
    }

    private void amend(ClientMessage.Replace message, ClientTelling.Refusable request, ClientOrder order) {
        var body = desk.work(order.orderId()).order.body();
        // Appendix D, C.3.c: what is executed already cannot be less; the request is amended up to it.
        var quantity = message.quantity().compareTo(body.executed()) < 0 ? body.executed() : message.quantity();
        var otherQuantity = quantity.equals(body.quantity()) ? null : quantity;
        var otherLimit = message.limit() == null || message.limit().equals(body.limit()) ? null : message.limit();
        if (otherQuantity == null && otherLimit == null) {
            // Nothing changes but the name of the order.
            telling.pendingReplace(order, request, null);
            telling.replacedIfSettled(order.orderId());
            return;
        }
        telling.replacing(request);
        var outcome = desk.ask(new Input.OrderAmendRequested(
                desk.now(),
                FOR_US,
                desk.actor(),
                "its client's replace " + message.clOrdId(),
                order.orderId(),
                otherQuantity,
                otherLimit,
                null));
        telling.replacing(null);
        switch (outcome) {
            case Outcome.Refused refused -> telling.refuse(request, order, reason(refused), refused.detail());
            case Outcome.AmendmentHeld held ->
                telling.pendingReplace(order, request, "It waits to be let pass: " + names(held.codes()));
            default -> telling.replacedIfSettled(order.orderId());
        }
    }

    /** CxlRejReason (102). */
    private static int reason(Outcome.Refused refused) {
        return switch (refused.refusal()) {
            case ORDER_HAS_ENDED -> TOO_LATE;
            case AMENDMENT_WAITS -> ALREADY_PENDING;
            default -> DESK_OPTION;
        };
    }

    /** A person lets pass what was asked of an order: of its client it is the replace that is pending. */
    void lettingPass(HeldAmendment held) {
        telling.lettingPass(held);
    }

    /** That was made. */
    void letPass(HeldAmendment held) {
        telling.lettingPass(null);
        telling.replacedIfSettled(held.orderId());
    }

    /** The order that a request is about, if it can be asked for now; else the client was told why not. */
    private @Nullable ClientOrder requested(ClientTelling.Refusable request, boolean possResend) {
        var before = book().used(request.client(), telling.day(), request.clOrdId());
        var orderId = book().used(request.client(), telling.day(), request.origClOrdId());
        var order = orderId == null ? null : book().order(orderId);
        if (before != null) {
            var earlier = book().order(before);
            if (possResend && earlier != null) {
                telling.status(earlier, request.clOrdId(), null);
            } else {
                telling.refuse(request, order, DUPLICATE_REQUEST, "ClOrdID " + request.clOrdId() + " was used today.");
            }
            return null;
        }
        var waiting = orderId == null ? null : book().waiting(orderId);
        if (waiting != null) {
            requested(request, waiting);
            return null;
        }
        if (order == null) {
            telling.refuse(request, null, UNKNOWN, "There is no order " + request.origClOrdId() + " of yours today.");
            return null;
        }
        return switch (desk.work(order.orderId()).order) {
            case ParentOrder.Ended ended -> {
                telling.refuse(request, order, TOO_LATE, "The order is " + ended.as() + ".");
                yield null;
            }
            case ParentOrder.Closing _ -> {
                telling.refuse(request, order, ALREADY_PENDING, "The order is being cancelled.");
                yield null;
            }
            case ParentOrder.Open _, ParentOrder.Parked _ -> order;
        };
    }

    /** What waits for a person can be taken back and not be changed. */
    private void requested(ClientTelling.Refusable request, ClientOrder waiting) {
        if (request.toReplace()) {
            telling.refuseWaiting(
                    request, waiting, DESK_OPTION, "It waits to be let pass: cancel it and send a new one.");
            return;
        }
        telling.withdrawing(request);
        desk.held().withdraw(decisionId(waiting));
        telling.withdrawing(null);
    }

    private static String decisionId(ClientOrder waiting) {
        return waiting.orderId().substring(Decisions.orderId("").length());
    }

    // Questions

    private void answer(ClientMessage.StatusQuestion question) {
        var orderId = book().used(question.client(), telling.day(), question.clOrdId());
        var order = orderId == null ? null : book().order(orderId);
        var asked = question.questionId() == null ? null : new Effect.Asked(question.questionId(), false, 1, true);
        var waiting = orderId == null ? null : book().waiting(orderId);
        if (waiting != null) {
            telling.waits(waiting, asked);
        } else if (order == null) {
            telling.unknown(
                    question.client(),
                    question.clOrdId(),
                    question.terms(),
                    orderId == null
                            ? "There is no order " + question.clOrdId() + " of yours today."
                            : "It was rejected.",
                    asked);
        } else {
            telling.status(order, order.clOrdId(), asked);
        }
    }

    private void answer(ClientMessage.MassQuestion question) {
        var waiting = book().waitingOf(question.client()).stream()
                .filter(order -> isAbout(question, heldInstrument(order)))
                .toList();
        var found = open(question.client()).stream()
                .filter(order -> isAbout(
                        question,
                        desk.work(order.orderId()).order.body().terms().instrument()))
                .toList();
        var total = waiting.size() + found.size();
        if (total == 0) {
            telling.nothingOpen(question);
        }
        var place = 0;
        for (var order : waiting) {
            place++;
            telling.waits(order, new Effect.Asked(question.questionId(), true, total, place == total));
        }
        for (var order : found) {
            place++;
            telling.status(
                    order, order.clOrdId(), new Effect.Asked(question.questionId(), true, total, place == total));
        }
    }

    private static boolean isAbout(ClientMessage.MassQuestion question, @Nullable InstrumentId instrument) {
        return question.instrument() == null || question.instrument().equals(instrument);
    }

    private @Nullable InstrumentId heldInstrument(ClientOrder waiting) {
        var held = desk.state().held(decisionId(waiting));
        return held == null ? null : held.decision().instrument();
    }

    private void cancelAll(String client) {
        for (var waiting : book().waitingOf(client)) {
            desk.held().withdraw(decisionId(waiting));
        }
        for (var order : open(client)) {
            desk.ask(new Input.OrderCancelRequested(
                    desk.now(), FOR_US, desk.actor(), "its client's line was cut", order.orderId()));
        }
    }

    /** Its orders that have not ended. Costs as much as there are open orders of all clients. */
    private List<ClientOrder> open(String client) {
        var open = new ArrayList<ClientOrder>();
        for (var order : telling.live()) {
            if (order.client().equals(client)) {
                open.add(order);
            }
        }
        return open;
    }
}
