package org.tradesuite.execution.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Route.Acknowledged;
import org.tradesuite.execution.order.Route.Answered;
import org.tradesuite.execution.order.Route.Asked;
import org.tradesuite.execution.order.Route.BecameUnknown;
import org.tradesuite.execution.order.Route.Body;
import org.tradesuite.execution.order.Route.Busted;
import org.tradesuite.execution.order.Route.CancelRequested;
import org.tradesuite.execution.order.Route.Claim;
import org.tradesuite.execution.order.Route.Corrected;
import org.tradesuite.execution.order.Route.Disagreed;
import org.tradesuite.execution.order.Route.EndAgreed;
import org.tradesuite.execution.order.Route.EndStated;
import org.tradesuite.execution.order.Route.Ended;
import org.tradesuite.execution.order.Route.Event;
import org.tradesuite.execution.order.Route.Filled;
import org.tradesuite.execution.order.Route.Finished;
import org.tradesuite.execution.order.Route.Live;
import org.tradesuite.execution.order.Route.Opened;
import org.tradesuite.execution.order.Route.Quarantined;
import org.tradesuite.execution.order.Route.ReplaceRequested;
import org.tradesuite.execution.order.Route.Replaced;
import org.tradesuite.execution.order.Route.Request;
import org.tradesuite.execution.order.Route.RequestConsidered;
import org.tradesuite.execution.order.Route.RequestRefused;
import org.tradesuite.execution.order.Route.Restated;
import org.tradesuite.execution.order.Route.Sent;
import org.tradesuite.execution.order.Route.Stated;
import org.tradesuite.execution.order.Route.Unknown;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** What a route is after an event. */
final class RouteChange {

    private RouteChange() {}

    static Route open(String routeId, Opened event, Instant at) {
        return new Sent(new Body(
                routeId,
                event.orderId(),
                event.broker(),
                event.brokerReason(),
                event.side(),
                event.type(),
                event.clOrdId(),
                1,
                List.of(),
                0,
                event.quantity(),
                event.price(),
                Quantity.ZERO,
                BigDecimal.ZERO,
                null,
                0,
                null,
                Quantity.ZERO,
                null,
                0,
                null,
                at,
                null,
                null,
                at,
                null,
                event.mid(),
                1));
    }

    static Route evolve(Route route, Event event, Instant at) {
        var draft = new Draft(route.body(), at);
        return switch (event) {
            case Opened _ ->
                throw new IllegalStateException("Route " + route.body().routeId() + " was opened twice");
            case Acknowledged e -> draft.acknowledged(e).heard(route, e.mark());
            case Filled e -> draft.filled(e).executed(route);
            case Busted e -> draft.busted(e).executed(route);
            case Corrected e -> draft.corrected(e).executed(route);
            case CancelRequested e -> draft.cancelRequested(e).same(route);
            case ReplaceRequested e -> draft.replaceRequested(e).same(route);
            case RequestConsidered e -> draft.considered(e).heard(route, null);
            case RequestRefused e -> draft.refused(e).heard(route, null);
            case Replaced e -> draft.replaced(e).executed(route);
            case Restated e -> draft.restated(e).executed(route);
            case Finished e -> draft.finished(e);
            case Asked _ -> draft.asked().same(route);
            case Answered e -> draft.answered(e).same(route);
            case BecameUnknown e -> draft.unknown(e);
            case EndStated e -> draft.stated(e).same(route);
            case EndAgreed e -> draft.agreed(e);
            case Disagreed e -> draft.disagreed(e).same(route);
            case Quarantined _ -> draft.touched().same(route);
        };
    }

    /** A body being changed; lives for one event. */
    private static final class Draft {
        private final Body old;
        private final Instant at;
        private String clOrdId;
        private int requests;
        private List<Request> pending;
        private int refusals;
        private Quantity quantity;
        private @Nullable Price price;
        private Quantity cumulative;
        private BigDecimal value;
        private @Nullable Execution newest;
        private int executions;
        private @Nullable String brokerOrderId;
        private Quantity brokerCumulative;
        private @Nullable Claim claim;
        private int asked;
        private @Nullable Stated stated;
        private @Nullable Instant acknowledgedAt;
        private @Nullable Instant endedAt;
        private Instant heardAt;
        private @Nullable String rejectReason;

        private Draft(Body old, Instant at) {
            this.old = old;
            this.at = at;
            clOrdId = old.clOrdId();
            requests = old.requests();
            pending = old.pending();
            refusals = old.refusals();
            quantity = old.quantity();
            price = old.price();
            cumulative = old.cumulative();
            value = old.value();
            newest = old.newest();
            executions = old.executions();
            brokerOrderId = old.brokerOrderId();
            brokerCumulative = old.brokerCumulative();
            claim = old.claim();
            asked = old.asked();
            stated = old.stated();
            acknowledgedAt = old.acknowledgedAt();
            endedAt = old.endedAt();
            heardAt = old.heardAt();
            rejectReason = old.rejectReason();
        }

        private Body body() {
            return new Body(
                    old.routeId(),
                    old.orderId(),
                    old.broker(),
                    old.brokerReason(),
                    old.side(),
                    old.type(),
                    clOrdId,
                    requests,
                    pending,
                    refusals,
                    quantity,
                    price,
                    cumulative,
                    value,
                    newest,
                    executions,
                    brokerOrderId,
                    brokerCumulative,
                    claim,
                    asked,
                    stated,
                    old.sentAt(),
                    acknowledgedAt,
                    endedAt,
                    heardAt,
                    rejectReason,
                    old.mid(),
                    old.version() + 1);
        }

        private Draft touched() {
            heardAt = at;
            asked = 0;
            stated = null;
            return this;
        }

        private Draft acknowledged(Acknowledged event) {
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            return touched();
        }

        private Draft filled(Filled event) {
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            add(new Execution(
                    event.fillId(),
                    event.execId(),
                    event.execId(),
                    event.tradeDate(),
                    event.quantity(),
                    event.price(),
                    event.transactTime(),
                    event.charges(),
                    event.gap(),
                    at,
                    true,
                    newest));
            if (event.brokerCumulative() != null) {
                brokerCumulative = larger(brokerCumulative, event.brokerCumulative());
            }
            if (claim != null && event.gap() == null && isLater(event, claim)) {
                claim = null;
            }
            return touched();
        }

        /** An execution after the answer is not one that the answer counts: what is missing has to be asked for again. */
        private static boolean isLater(Filled event, Claim claim) {
            return event.brokerCumulative() == null
                    ? event.transactTime().isAfter(claim.transactTime())
                    : event.brokerCumulative().compareTo(claim.cumulative()) > 0;
        }

        private Draft busted(Busted event) {
            remove(event.fillId(), event.quantity(), event.price());
            forgetCounts();
            return touched();
        }

        private Draft corrected(Corrected event) {
            var wrong = Execution.ofFill(newest, event.replacedFillId());
            var root = event.wasInferred() ? event.execId() : wrong == null ? event.execRefId() : wrong.root();
            remove(event.replacedFillId(), event.replacedQuantity(), event.replacedPrice());
            if (!event.wasInferred()) {
                forgetCounts();
            }
            add(new Execution(
                    event.fillId(),
                    event.execId(),
                    root,
                    event.tradeDate(),
                    event.quantity(),
                    event.price(),
                    event.transactTime(),
                    event.charges(),
                    null,
                    null,
                    true,
                    newest));
            return touched();
        }

        private void add(Execution execution) {
            newest = execution;
            executions++;
            cumulative = cumulative.plus(execution.quantity());
            value = value.add(execution.value());
        }

        private void remove(String fillId, Quantity was, Price at) {
            newest = Execution.without(newest, fillId);
            cumulative = cumulative.minus(was);
            value = value.subtract(at.value().multiply(was.value()));
        }

        /** What the broker counted before it took something back says nothing about executions still to come. */
        private void forgetCounts() {
            brokerCumulative = Quantity.ZERO;
            claim = null;
        }

        private Draft cancelRequested(CancelRequested event) {
            return requested(new Request(event.clOrdId(), event.origClOrdId(), true, null, null, at, false));
        }

        private Draft replaceRequested(ReplaceRequested event) {
            return requested(new Request(
                    event.clOrdId(), event.origClOrdId(), false, event.quantity(), event.price(), at, false));
        }

        private Draft requested(Request request) {
            var open = new ArrayList<>(pending);
            open.add(request);
            pending = List.copyOf(open);
            requests++;
            asked = 0;
            return this;
        }

        private Draft considered(RequestConsidered event) {
            pending = pending.stream()
                    .map(r -> r.clOrdId().equals(event.clOrdId())
                            ? new Request(
                                    r.clOrdId(), r.origClOrdId(), r.cancel(), r.quantity(), r.price(), r.at(), true)
                            : r)
                    .toList();
            return touched();
        }

        private Draft refused(RequestRefused event) {
            pending = pending.stream()
                    .filter(r -> !r.clOrdId().equals(event.clOrdId()))
                    .toList();
            refusals++;
            return touched();
        }

        private Draft replaced(Replaced event) {
            clOrdId = event.clOrdId();
            brokerOrderId = event.brokerOrderId() == null ? brokerOrderId : event.brokerOrderId();
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            quantity = event.quantity();
            price = event.price();
            // It and what was asked for before it is settled; what was asked for after it is not.
            var after = new ArrayList<Request>();
            var settled = true;
            for (var request : pending) {
                if (!settled) {
                    after.add(request);
                }
                settled = settled && !request.clOrdId().equals(event.clOrdId());
            }
            pending = List.copyOf(after);
            refusals = 0;
            return touched();
        }

        private Draft restated(Restated event) {
            quantity = event.quantity();
            price = event.price();
            acknowledgedAt = acknowledgedAt == null ? at : acknowledgedAt;
            return touched();
        }

        private Draft asked() {
            asked++;
            heardAt = at;
            return this;
        }

        private Draft answered(Answered event) {
            if (event.brokerCumulative() != null) {
                brokerCumulative = event.brokerCumulative();
                claim = null;
            }
            return touched();
        }

        private Draft disagreed(Disagreed event) {
            var counted = event.brokerCumulative();
            brokerCumulative = counted == null ? brokerCumulative : counted;
            if (event.answered()) {
                claim = counted == null || counted.compareTo(cumulative) <= 0
                        ? null
                        : new Claim(
                                event.tradeDate(),
                                event.brokerStatus(),
                                counted,
                                event.brokerAverage(),
                                event.transactTime(),
                                at);
            }
            return touched();
        }

        private Route finished(Finished event) {
            pending = List.of();
            endedAt = at;
            if (event.brokerCumulative() != null) {
                brokerCumulative = larger(brokerCumulative, event.brokerCumulative());
            }
            if (event.as() == OrdStatus.REJECTED) {
                rejectReason = event.text() == null ? event.reason() : event.text();
            }
            return new Ended(touched().body(), event.as());
        }

        private Draft stated(EndStated event) {
            stated = new Stated(event.as(), event.executed(), event.average(), event.by());
            return this;
        }

        private Route agreed(EndAgreed event) {
            pending = List.of();
            endedAt = at;
            claim = null;
            brokerCumulative = event.executed();
            var by = event.first() + " and " + event.second();
            if (event.as() == OrdStatus.REJECTED) {
                rejectReason = "as " + by + " found out";
            }
            stated = new Stated(event.as(), event.executed(), null, by);
            return new Ended(body(), event.as());
        }

        private Route unknown(BecameUnknown event) {
            return new Unknown(body(), event.reason());
        }

        /** The broker spoke of it: it is live again if it was not heard of, and ended stays ended. */
        private Route heard(Route before, @Nullable OrdStatus mark) {
            return switch (before) {
                case Sent _ -> mark == null ? new Sent(body()) : new Live(body(), mark);
                case Live live -> new Live(body(), mark == null ? live.mark() : mark);
                // What was not known is the answer to a replace of a filled order; filled it is until that is given
                case Unknown _ when cumulative.compareTo(quantity) >= 0 -> new Ended(body(), OrdStatus.FILLED);
                case Unknown _ ->
                    acknowledgedAt == null && mark == null
                            ? new Sent(body())
                            : new Live(body(), mark == null ? OrdStatus.NEW : mark);
                case Ended ended
                when RouteDecisions.endedByWord(ended) && mark != null -> {
                    endedAt = null;
                    yield new Live(body(), mark);
                }
                case Ended ended -> new Ended(body(), ended.as());
            };
        }

        private Route same(Route before) {
            return switch (before) {
                case Sent _ -> new Sent(body());
                case Live live -> new Live(body(), live.mark());
                case Unknown unknown -> new Unknown(body(), unknown.reason());
                case Ended ended -> new Ended(body(), ended.as());
            };
        }

        /** Quantities moved: filled when nothing is left, open again when something is. */
        private Route executed(Route before) {
            if (before instanceof Ended ended && ended.as() != OrdStatus.FILLED) {
                return new Ended(body(), ended.as());
            }
            if (cumulative.compareTo(quantity) >= 0) {
                endedAt = endedAt == null ? at : endedAt;
                return new Ended(body(), OrdStatus.FILLED);
            }
            endedAt = null;
            var mark =
                    before instanceof Live live && live.mark() != OrdStatus.PENDING_NEW ? live.mark() : OrdStatus.NEW;
            return new Live(body(), mark);
        }
    }

    static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
