package org.tradesuite.execution.desk.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.execution.desk.Answers;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.openapi.execution.api.OrdersApi;
import org.tradesuite.openapi.execution.model.AmendmentHold;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.execution.model.OrderAmendment;
import org.tradesuite.openapi.execution.model.OrderCancel;
import org.tradesuite.openapi.execution.model.OrderDetail;
import org.tradesuite.openapi.execution.model.OrderEvents;
import org.tradesuite.openapi.execution.model.OrderPage;
import org.tradesuite.openapi.execution.model.OrderStatus;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.openapi.execution.model.RouteEnd;
import org.tradesuite.openapi.execution.model.RoutePage;
import org.tradesuite.openapi.execution.model.RouteStatus;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.Page;
import org.tradesuite.web.ProblemException;

/** The blotter: what the desk wants, what each broker holds of it, and how it came to be so. */
@RestController
class OrderController implements OrdersApi {
    private final Answers answers;
    private final OrderReader orders;
    private final AmendmentReader amendments;
    private final EventReader events;
    private final Clock clock;

    OrderController(Answers answers, OrderReader orders, AmendmentReader amendments, EventReader events, Clock clock) {
        this.answers = answers;
        this.orders = orders;
        this.amendments = amendments;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @PreAuthorize("hasRole('TRADER')")
    public ResponseEntity<Order> cancelOrder(String orderId, OrderCancel orderCancel) {
        String actor = Caller.name();
        Instant now = now();
        return Caller.answered(() -> {
            Refusals.done(answers.answer(
                    number -> new Input.OrderCancelRequested(now, number, actor, orderCancel.getReason(), orderId)));
            return ResponseEntity.accepted().body(order(orderId));
        });
    }

    @Override
    @PreAuthorize("hasRole('TRADER')")
    public ResponseEntity<Order> amendOrder(String orderId, OrderAmendment amendment) {
        String actor = Caller.name();
        LongFunction<Input.OrderAmendRequested> request = amendment(now(), actor, orderId, amendment);
        return Caller.answered(() -> {
            Refusals.done(answers.answer(request::apply));
            return ResponseEntity.accepted().body(withChecks(order(orderId)));
        });
    }

    @Override
    @PreAuthorize("hasAnyRole('OPERATIONS', 'RISK')")
    public ResponseEntity<Route> stateRouteEnd(String routeId, RouteEnd end) {
        String actor = Caller.name();
        Instant now = now();
        Quantity executed = executed(end.getExecutedQuantity());
        @Nullable Price average = end.getAveragePrice() == null ? null : Price.of(end.getAveragePrice());
        return Caller.answered(() -> {
            Refusals.done(answers.answer(number -> new Input.RouteEndStated(
                    now,
                    number,
                    actor,
                    end.getReason(),
                    routeId,
                    OrdStatus.valueOf(end.getStatus().getValue()),
                    executed,
                    average)));
            Route route = orders.routes(List.of(routeId)).getFirst();
            return route.getStatus() == RouteStatus.UNKNOWN
                    ? ResponseEntity.accepted().body(route)
                    : ResponseEntity.ok(route);
        });
    }

    private static Quantity executed(String text) {
        if (text.startsWith("-")) {
            throw ProblemException.inField(
                    "$.executedQuantity",
                    ProblemCode.INVALID_VALUE,
                    "The executed quantity is " + text + ". Send zero or more.");
        }
        return Quantity.of(text);
    }

    /** @throws ProblemException if a number of it makes no sense */
    static LongFunction<Input.OrderAmendRequested> amendment(
            Instant now, String actor, String orderId, OrderAmendment amendment) {
        @Nullable Quantity quantity = quantity(amendment.getQuantity());
        @Nullable Price limit = price(amendment.getLimitPrice());
        return number -> new Input.OrderAmendRequested(
                now, number, actor, amendment.getReason(), orderId, quantity, limit, amendment.getEndTime());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable Quantity quantity(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.startsWith("-") || Quantity.of(text).isZero()) {
            throw ProblemException.inField(
                    "$.quantity",
                    ProblemCode.QUANTITY_NOT_POSITIVE,
                    "The quantity is " + text + ". Send a quantity above zero, or cancel the order.");
        }
        return Quantity.of(text);
    }

    private static @Nullable Price price(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Price price = Price.of(text);
        if (price.value().signum() <= 0) {
            throw ProblemException.inField(
                    "$.limitPrice",
                    ProblemCode.PRICE_NOT_POSITIVE,
                    "The limit price is " + text + ". Send a price above zero.");
        }
        return price;
    }

    private Order order(String orderId) {
        return orders.order(orderId).orElseThrow(() -> Refusals.noOrder(orderId));
    }

    private Order withChecks(Order order) {
        @Nullable AmendmentHold waits = order.getAmendment();
        if (waits != null) {
            amendments.checks(Map.of(order.getOrderId(), waits));
        }
        return order;
    }

    @Override
    public ResponseEntity<OrderDetail> getOrder(String orderId) {
        return ResponseEntity.ok(new OrderDetail(withChecks(order(orderId)), orders.routesOf(orderId)));
    }

    @Override
    public ResponseEntity<OrderEvents> listOrderEvents(String orderId, @Nullable Instant asOf) {
        order(orderId);
        return ResponseEntity.ok(new OrderEvents(events.ofOrder(orderId, asOf)));
    }

    @Override
    public ResponseEntity<OrderPage> listOrders(
            @Nullable LocalDate businessDate,
            @Nullable String accountId,
            @Nullable String strategyId,
            @Nullable String instrumentId,
            @Nullable OrderStatus status,
            @Nullable String cursor,
            Integer limit) {
        Page<Order> page = Page.of(
                orders.orders(businessDate, accountId, strategyId, instrumentId, status, Keys.one(cursor), limit + 1),
                limit,
                last -> Cursor.of(last.getOrderId()));
        return ResponseEntity.ok(new OrderPage(page.items()).nextCursor(page.nextCursor()));
    }

    @Override
    public ResponseEntity<RoutePage> listRoutes(
            @Nullable String orderId,
            @Nullable String brokerId,
            @Nullable RouteStatus status,
            @Nullable LocalDate businessDate,
            @Nullable String cursor,
            Integer limit) {
        Page<Route> page = Page.of(
                orders.routes(orderId, brokerId, status, businessDate, Keys.one(cursor), limit + 1),
                limit,
                last -> Cursor.of(last.getRouteId()));
        return ResponseEntity.ok(new RoutePage(page.items()).nextCursor(page.nextCursor()));
    }
}
