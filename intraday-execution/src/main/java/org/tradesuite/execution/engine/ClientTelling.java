package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.ClientBook.ClientOrder;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What clients hear: from each fact about an order, the report it makes by FIX Appendix D, seen from the receiver's side.
 * A client's replace is pending until brokers hold no more than the new quantity and no old price, so that what is executed
 * meanwhile is part of the order it still has; then the order is replaced, by no less than what was executed.
 */
final class ClientTelling {

    private static final int TOO_LATE = 0;
    private static final int DESK_OPTION = 2;
    private static final int UNKNOWN_ORDER = 5;

    /** A request that is refused with 35=9 if it cannot be done. */
    record Refusable(String client, long sequence, String clOrdId, String origClOrdId, boolean toReplace) {}

    private final Desk desk;
    private @Nullable Set<String> live;
    private boolean copies;

    // Of the message being handled
    private ClientMessage.@Nullable NewOrder entering;
    private @Nullable Refusable replacing;
    private @Nullable Refusable withdrawing;
    private @Nullable HeldAmendment lettingPass;

    ClientTelling(Desk desk) {
        this.desk = desk;
    }

    /** From now on everything is reported, whoever's it is. */
    void copiesWanted() {
        copies = true;
    }

    /** The order about to be created is this message's; null when it is done. */
    void entering(ClientMessage.@Nullable NewOrder message) {
        entering = message;
    }

    /** The amendment about to happen is this request's; null when it is done. */
    void replacing(@Nullable Refusable request) {
        replacing = request;
    }

    /** What waits for a person is about to be taken back by this request; null when it is done. */
    void withdrawing(@Nullable Refusable request) {
        withdrawing = request;
    }

    /** What waited and is about to be made; null when it is done. */
    void lettingPass(@Nullable HeldAmendment held) {
        lettingPass = held;
    }

    /** The desk's day: the one that is open or was last, before the first one that of the reference data. */
    LocalDate day() {
        var day = desk.state().day();
        return day == null ? desk.reference().businessDate() : day.date();
    }

    /** Orders of clients that have not ended. */
    List<ClientOrder> live() {
        var ids = liveIds();
        ids.removeIf(id -> {
            // Null once the desk has forgotten it.
            var work = desk.state().order(id);
            return work == null || work.order.ended();
        });
        var all = new ArrayList<ClientOrder>(ids.size());
        for (var id : ids) {
            var order = desk.state().clients().order(id);
            if (order != null) {
                all.add(order);
            }
        }
        return all;
    }

    private Set<String> liveIds() {
        var ids = live;
        if (ids == null) {
            ids = new LinkedHashSet<>();
            for (var order : desk.state().clients().orders()) {
                ids.add(order.orderId());
            }
            live = ids;
        }
        return ids;
    }

    // What happens to orders

    void follow(Recorded recorded) {
        if (!copies && entering == null && desk.state().clients().isEmpty()) {
            return;
        }
        switch (recorded.fact()) {
            case ParentOrder.Event event -> order(Streams.id(recorded.stream()), event);
            case Route.Event event ->
                route(desk.state().route(Streams.id(recorded.stream())).body().orderId(), event);
            case DeskFact.DecisionRefused refused -> heldEnded(Streams.id(recorded.stream()), refused);
            case DeskFact.AmendmentRefused refused -> heldEnded(Streams.id(recorded.stream()), refused, recorded);
            default -> {
                // Nothing a client hears of.
            }
        }
    }

    private void order(String orderId, ParentOrder.Event event) {
        var work = desk.work(orderId);
        var order = desk.state().clients().order(orderId);
        var begins = event instanceof ParentOrder.Created
                && (entering != null || desk.state().clients().waiting(orderId) != null);
        if (order == null && !copies && !begins) {
            return;
        }
        switch (event) {
            case ParentOrder.Created _ -> created(work.order);
            case ParentOrder.Amended _ -> amended(work.order, order);
            case ParentOrder.WasParked parked ->
                tell(report(work.order, order, ExecType.SUSPENDED).text(parked.why()), null);
            case ParentOrder.Concluded concluded -> concluded(work.order, order, concluded);
            case ParentOrder.Reopened _ -> {
                // The bust or correction that reopened it was told.
                if (order != null) {
                    liveIds().add(orderId);
                }
            }
            case ParentOrder.ClosingBegan _, ParentOrder.Completed _, ParentOrder.Waits _ -> {
                // Its client asked for it, or hears of the end.
            }
        }
    }

    private void created(ParentOrder order) {
        var waiting = desk.state().clients().waiting(order.body().orderId());
        if (waiting != null) {
            var report = report(order, null, ExecType.NEW);
            report.client = waiting.client();
            report.execId = nextId(waiting.client());
            report.clOrdId = waiting.clOrdId();
            report.terms = said(order, waiting.terms().account());
            liveIds().add(order.body().orderId());
            tell(report, null);
            return;
        }
        var message = entering;
        if (message == null) {
            tell(report(order, null, ExecType.NEW), null);
            return;
        }
        var report = report(order, null, ExecType.NEW);
        report.client = message.client();
        report.execId = nextId(message.client());
        report.clOrdId = message.clOrdId();
        report.terms = said(order, message.terms().account());
        liveIds().add(order.body().orderId());
        tell(report, message.sequence());
    }

    private void amended(ParentOrder order, @Nullable ClientOrder clients) {
        var request = replacing;
        if (clients != null && request != null) {
            pendingReplace(clients, request, null);
            return;
        }
        if (clients != null && lettingPass != null && isOf(clients, lettingPass.by())) {
            // It is pending, until its brokers have it.
            return;
        }
        // Somebody at the desk did it.
        var report = report(order, clients, clients == null ? ExecType.REPLACED : ExecType.RESTATED);
        report.terms = report.terms.with(atLeastExecuted(order), order.body().limit());
        tell(report.recounted(order), null);
    }

    private void concluded(ParentOrder order, @Nullable ClientOrder clients, ParentOrder.Concluded event) {
        var cancel = clients == null ? null : clients.pending(true);
        if (event.as() == ParentOrder.Status.FILLED) {
            if (clients != null && clients.pending(false) != null && !waitsToBeLetPass(clients)) {
                replaced(clients);
            }
            if (clients != null && cancel != null) {
                refuse(clients, cancel, "It was filled before it could be cancelled.");
            }
            return;
        }
        var replace = clients == null ? null : clients.pending(false);
        if (clients != null && replace != null) {
            refuse(clients, replace, "The order ended before it could be replaced.");
        }
        var cancelled = event.as() == ParentOrder.Status.CANCELLED;
        var report = report(order, clients, cancelled ? ExecType.CANCELED : ExecType.EXPIRED);
        if (cancelled && cancel != null) {
            report.clOrdId = cancel.clOrdId();
            report.origClOrdId = cancel.origClOrdId();
        } else if (cancelled && clients != null) {
            report.text(
                    order.body().terms().timeInForce() == TimeInForce.DAY
                            ? "Cancelled by the desk."
                            : "What could not be executed at once is cancelled.");
        } else if (clients != null && cancel != null) {
            refuse(clients, cancel, "It expired before it could be cancelled.");
        }
        tell(report, null);
    }

    private void route(String orderId, Route.Event event) {
        var order = desk.state().clients().order(orderId);
        if (order == null && !copies) {
            return;
        }
        var work = desk.work(orderId);
        switch (event) {
            case Route.Filled filled -> {
                var report = report(work.order, order, ExecType.TRADE);
                report.execId = filled.fillId();
                report.lastQuantity = filled.quantity();
                report.lastPrice = filled.price();
                report.lastMarket = filled.lastMarket();
                report.transactTime = filled.transactTime();
                tell(report, null);
            }
            case Route.Busted busted -> {
                var report = report(work.order, order, ExecType.TRADE_CANCEL);
                report.execId = busted.fillId() + "-H";
                report.execRefId = busted.fillId();
                report.lastQuantity = busted.quantity();
                report.lastPrice = busted.price();
                tell(report, null);
            }
            case Route.Corrected corrected -> {
                var report = report(work.order, order, ExecType.TRADE_CORRECT);
                report.execId = corrected.fillId();
                report.execRefId = corrected.replacedFillId();
                report.lastQuantity = corrected.quantity();
                report.lastPrice = corrected.price();
                report.transactTime = corrected.transactTime();
                tell(report, null);
            }
            default -> {
                // How brokers hold it is the desk's business.
            }
        }
        replacedIfSettled(orderId);
    }

    // Requests

    void pendingCancel(ClientOrder order, Refusable request) {
        requested(order, request, ExecType.PENDING_CANCEL, null);
    }

    /** @param why it stays pending, null where nothing is in its way */
    void pendingReplace(ClientOrder order, Refusable request, @Nullable String why) {
        requested(order, request, ExecType.PENDING_REPLACE, why);
    }

    private void requested(ClientOrder order, Refusable request, ExecType what, @Nullable String why) {
        var report = report(desk.work(order.orderId()).order, order, what);
        report.text = why;
        report.clOrdId = request.clOrdId();
        report.origClOrdId = order.clOrdId();
        if (report.status != OrdStatus.PENDING_CANCEL) {
            report.status = what == ExecType.PENDING_CANCEL ? OrdStatus.PENDING_CANCEL : OrdStatus.PENDING_REPLACE;
        }
        tell(report, request.sequence());
    }

    /** A client's replace is done once brokers hold what it wants and nothing else. */
    void replacedIfSettled(String orderId) {
        var order = desk.state().clients().order(orderId);
        if (order == null
                || order.pending(false) == null
                || replacing != null
                || lettingPass != null
                || waitsToBeLetPass(order)) {
            return;
        }
        var work = desk.work(orderId);
        if (work.order instanceof ParentOrder.Closing) {
            // The cancel has overtaken it, whatever the broker did first.
            return;
        }
        var asked = work.routes.stream()
                .map(desk.state()::route)
                .anyMatch(route -> route.live() && !route.body().pending().isEmpty());
        if (!asked && work.order.body().excess().isZero()) {
            replaced(order);
        }
    }

    /** Whether the replace that is pending is one that a person of ours has not let pass. */
    private boolean waitsToBeLetPass(ClientOrder order) {
        var held = desk.state().heldAmendment(order.orderId());
        return held != null && isOf(order, held.by());
    }

    private static boolean isOf(ClientOrder order, String actor) {
        return actor.equals(Desk.actor(order.client()));
    }

    private void heldEnded(String orderId, DeskFact.AmendmentRefused refused, Recorded recorded) {
        var order = desk.state().clients().order(orderId);
        var request = order == null ? null : order.pending(false);
        var hold = refused.hold();
        var end = refused.holdEnd();
        if (order == null || request == null || hold == null || end == null || !isOf(order, hold.by())) {
            return;
        }
        switch (end) {
            case ORDER_ENDED, OVERTAKEN -> refuse(order, request, TOO_LATE, String.valueOf(refused.why()));
            case REFUSED -> refuse(order, request, DESK_OPTION, "Not let pass (" + end + "): " + recorded.reason());
            case WITHDRAWN, EXPIRED, DAY_CLOSED, BLOCKED ->
                refuse(order, request, DESK_OPTION, "Not let pass (" + end + "): " + refused.codes());
        }
    }

    private void replaced(ClientOrder order) {
        var request = order.pending(false);
        if (request == null) {
            return;
        }
        var parent = desk.work(order.orderId()).order;
        var report = report(parent, order, ExecType.REPLACED);
        report.clOrdId = request.clOrdId();
        report.origClOrdId = request.origClOrdId();
        report.terms = report.terms.with(atLeastExecuted(parent), parent.body().limit());
        var others = order.pending().stream()
                .filter(other -> !other.clOrdId().equals(request.clOrdId()))
                .toList();
        report.status = status(parent, others, report.terms.quantity());
        tell(report.recounted(parent), null);
    }

    /** 35=9 to a request that was pending: it came too late. */
    private void refuse(ClientOrder order, ClientBook.Request request, String why) {
        refuse(order, request, TOO_LATE, why);
    }

    /**
     * 35=9 to a request that was pending.
     *
     * @param reason CxlRejReason (102)
     */
    private void refuse(ClientOrder order, ClientBook.Request request, int reason, String why) {
        var parent = desk.work(order.orderId()).order;
        var now = desk.state().clients().order(order.orderId());
        var others = order.pending().stream()
                .filter(other -> !other.clOrdId().equals(request.clOrdId()))
                .toList();
        record(
                order.client(),
                new ClientFact.RequestRefused(
                        order.client(),
                        order.orderId(),
                        request.clOrdId(),
                        request.origClOrdId(),
                        parent.body().terms().account(),
                        status(
                                parent,
                                others,
                                (now == null ? order : now).terms().quantity()),
                        !request.cancel(),
                        reason,
                        why,
                        day(),
                        null),
                parent.body().terms().decisionId());
    }

    /** 35=9 at once. */
    void refuse(Refusable request, @Nullable ClientOrder order, int reason, String why) {
        var parent = order == null ? null : desk.work(order.orderId()).order;
        record(
                request.client(),
                new ClientFact.RequestRefused(
                        request.client(),
                        order == null ? ClientReport.NONE : order.orderId(),
                        request.clOrdId(),
                        order == null ? request.origClOrdId() : order.clOrdId(),
                        parent == null ? null : parent.body().terms().account(),
                        order == null || parent == null
                                ? OrdStatus.REJECTED
                                : status(parent, order.pending(), order.terms().quantity()),
                        request.toReplace(),
                        reason,
                        why,
                        day(),
                        request.sequence()),
                parent == null ? null : parent.body().terms().decisionId());
    }

    // Refusals of new orders

    /** @param reason OrdRejReason (103) */
    void reject(ClientMessage.NewOrder message, int reason, String text) {
        tell(rejected(message, reason, text), message.sequence());
    }

    /** OrdStatus and quantities are those of the order that has the id: this report must not end it. */
    void duplicate(ClientMessage.NewOrder message, int reason, @Nullable ParentOrder first) {
        var text = "ClOrdID " + message.clOrdId() + " was used today.";
        if (first == null) {
            reject(message, reason, text);
            return;
        }
        var order = desk.state().clients().order(first.body().orderId());
        var report = report(first, order, ExecType.REJECTED);
        report.clOrdId = message.clOrdId();
        report.reason = reason;
        tell(report.text(text), message.sequence());
    }

    private Draft rejected(ClientMessage.NewOrder message, int reason, String text) {
        var report = new Draft(message.client(), message.clOrdId(), ExecType.REJECTED, message.terms());
        report.execId = nextId(message.client());
        var decision = message.decision();
        report.account = decision == null ? null : decision.account();
        report.reason = reason;
        return report.text(text);
    }

    // What waits for a person of ours

    /** It is no order yet: 150=A, 39=A. */
    void held(ClientMessage.NewOrder message, Input.DecisionSubmitted decision, String why) {
        var report = new Draft(message.client(), message.clOrdId(), ExecType.PENDING_NEW, message.terms());
        report.orderId = Decisions.orderId(decision.decisionId());
        report.decisionId = decision.decisionId();
        report.execId = nextId(message.client());
        report.account = decision.account();
        report.status = OrdStatus.PENDING_NEW;
        report.leaves = message.terms().quantity();
        tell(report.text("It waits to be let pass: " + why), message.sequence());
    }

    void waits(ClientOrder waiting, Effect.@Nullable Asked asked) {
        var report = waiting(waiting, ExecType.ORDER_STATUS);
        report.status = OrdStatus.PENDING_NEW;
        report.leaves = waiting.terms().quantity();
        desk.tellClient(report.done(), asked);
    }

    /** 35=9 to a request about what is no order yet. */
    void refuseWaiting(Refusable request, ClientOrder waiting, int reason, String why) {
        record(
                request.client(),
                new ClientFact.RequestRefused(
                        request.client(),
                        waiting.orderId(),
                        request.clOrdId(),
                        waiting.clOrdId(),
                        waiting.account(),
                        OrdStatus.PENDING_NEW,
                        request.toReplace(),
                        reason,
                        why,
                        day(),
                        request.sequence()),
                null);
    }

    private void heldEnded(String decisionId, DeskFact.DecisionRefused refused) {
        var waiting = desk.state().clients().waiting(Decisions.orderId(decisionId));
        if (waiting == null) {
            return;
        }
        var request = withdrawing;
        var cancelled = refused.holdEnd() == DeskFact.HoldEnd.WITHDRAWN;
        var report = waiting(waiting, cancelled ? ExecType.CANCELED : ExecType.REJECTED);
        report.decisionId = decisionId;
        report.execId = nextId(waiting.client());
        report.status = cancelled ? OrdStatus.CANCELED : OrdStatus.REJECTED;
        if (cancelled && request != null) {
            report.clOrdId = request.clOrdId();
            report.origClOrdId = waiting.clOrdId();
        } else if (!cancelled) {
            report.reason = ClientDesk.reason(refused.codes());
            report.text("Not let pass (" + refused.holdEnd() + "): " + refused.codes());
        }
        tell(report, request == null ? null : request.sequence());
    }

    private Draft waiting(ClientOrder waiting, ExecType what) {
        var report = new Draft(waiting.client(), waiting.clOrdId(), what, waiting.terms());
        report.orderId = waiting.orderId();
        report.account = waiting.account();
        return report;
    }

    // Answers to questions: not in the journal, because nothing happened

    void status(ClientOrder order, String clOrdId, Effect.@Nullable Asked asked) {
        var report = report(desk.work(order.orderId()).order, order, ExecType.ORDER_STATUS);
        report.clOrdId = clOrdId;
        desk.tellClient(report.done(), asked);
    }

    void unknown(String client, String clOrdId, ClientReport.Terms terms, String why, Effect.@Nullable Asked asked) {
        var report = new Draft(client, clOrdId, ExecType.ORDER_STATUS, terms);
        report.reason = UNKNOWN_ORDER;
        desk.tellClient(report.text(why).done(), asked);
    }

    void nothingOpen(ClientMessage.MassQuestion question) {
        var instrument = question.instrument();
        var report = new Draft(
                question.client(),
                ClientReport.NONE,
                ExecType.ORDER_STATUS,
                new ClientReport.Terms(
                        null,
                        instrument == null ? "[N/A]" : instrument.toString(),
                        null,
                        null,
                        null,
                        Side.BUY,
                        Quantity.ZERO,
                        OrderType.MARKET,
                        null,
                        TimeInForce.DAY));
        desk.tellClient(
                report.text("No order of yours is open.").done(),
                new Effect.Asked(question.questionId(), true, 0, true));
    }

    // Reports

    private void tell(Draft report, @Nullable Long heard) {
        record(report.client, new ClientFact.Told(report.done(), heard), report.decisionId);
    }

    private void record(@Nullable String client, ClientFact fact, @Nullable String decisionId) {
        desk.record(client == null ? Streams.COPIES : Streams.client(client), fact, decisionId);
    }

    /** The number of the report in its stream, which no other report has or will have. */
    private String nextId(@Nullable String client) {
        var stream = client == null ? Streams.COPIES : Streams.client(client);
        return (client == null ? "DESK" : client) + "-" + desk.state().nextCount(stream);
    }

    private Draft report(ParentOrder order, @Nullable ClientOrder clients, ExecType what) {
        var body = order.body();
        var report = new Draft(
                clients == null ? null : clients.client(),
                clients == null ? body.orderId() : clients.clOrdId(),
                what,
                clients == null ? said(order, body.terms().account().toString()) : clients.terms());
        report.orderId = body.orderId();
        report.decisionId = body.terms().decisionId();
        report.execId = nextId(report.client);
        report.account = body.terms().account();
        report.status = status(order, clients == null ? List.of() : clients.pending(), report.terms.quantity());
        return report.recounted(order);
    }

    private static ClientReport.Terms said(ParentOrder order, @Nullable String account) {
        var body = order.body();
        var terms = body.terms();
        return new ClientReport.Terms(
                account,
                terms.symbol(),
                terms.mic().toString(),
                terms.isin(),
                terms.currency().toString(),
                terms.side(),
                atLeastExecuted(order),
                terms.type(),
                body.limit(),
                terms.timeInForce());
    }

    private static Quantity atLeastExecuted(ParentOrder order) {
        var body = order.body();
        return body.quantity().compareTo(body.executed()) < 0 ? body.executed() : body.quantity();
    }

    /**
     * OrdStatus (39) by the precedence of Appendix D: what is pending, then what it is.
     *
     * @param quantity OrderQty as its client knows it
     */
    static OrdStatus status(ParentOrder order, List<ClientBook.Request> pending, Quantity quantity) {
        var executed = order.body().executed();
        var byQuantity = executed.isZero()
                ? OrdStatus.NEW
                : executed.compareTo(quantity) < 0 ? OrdStatus.PARTIALLY_FILLED : OrdStatus.FILLED;
        if (order instanceof ParentOrder.Ended ended) {
            return switch (ended.as()) {
                case CANCELLED -> OrdStatus.CANCELED;
                case EXPIRED -> OrdStatus.EXPIRED;
                // Filled; unless a bust took it back just now.
                default -> byQuantity;
            };
        }
        if (pending.stream().anyMatch(ClientBook.Request::cancel)) {
            return OrdStatus.PENDING_CANCEL;
        }
        if (!pending.isEmpty()) {
            return OrdStatus.PENDING_REPLACE;
        }
        return order instanceof ParentOrder.Parked && byQuantity != OrdStatus.FILLED ? OrdStatus.SUSPENDED : byQuantity;
    }

    /** A report while it is put together. */
    private final class Draft {
        private @Nullable String client;
        private String orderId = ClientReport.NONE;
        private String clOrdId;
        private @Nullable String origClOrdId;
        private String execId = "0";
        private @Nullable String execRefId;
        private final ExecType what;
        private OrdStatus status = OrdStatus.REJECTED;
        private @Nullable AccountId account;
        private ClientReport.Terms terms;
        private Quantity leaves = Quantity.ZERO;
        private Quantity cumulative = Quantity.ZERO;
        private @Nullable Price average;
        private @Nullable Quantity lastQuantity;
        private @Nullable Price lastPrice;
        private @Nullable String lastMarket;
        private @Nullable Integer reason;
        private @Nullable String text;
        private Instant transactTime = desk.now();
        private @Nullable String decisionId;

        private Draft(@Nullable String client, String clOrdId, ExecType what, ClientReport.Terms terms) {
            this.client = client;
            this.clOrdId = clOrdId;
            this.what = what;
            this.terms = terms;
        }

        private Draft text(String said) {
            text = said;
            return this;
        }

        /** Quantities as they are now, against OrderQty as it is told. */
        private Draft recounted(ParentOrder order) {
            var body = order.body();
            cumulative = body.executed();
            average = body.average();
            var over = status == OrdStatus.CANCELED || status == OrdStatus.EXPIRED;
            leaves = over || terms.quantity().compareTo(cumulative) <= 0
                    ? Quantity.ZERO
                    : terms.quantity().minus(cumulative);
            return this;
        }

        private ClientReport done() {
            return new ClientReport(
                    client,
                    orderId,
                    clOrdId,
                    origClOrdId,
                    execId,
                    execRefId,
                    what,
                    status,
                    account,
                    terms,
                    leaves,
                    cumulative,
                    average,
                    lastQuantity,
                    lastPrice,
                    lastMarket,
                    reason,
                    text,
                    transactTime,
                    day());
        }
    }
}
