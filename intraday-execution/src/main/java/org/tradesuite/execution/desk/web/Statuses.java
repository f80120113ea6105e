package org.tradesuite.execution.desk.web;

import java.util.Arrays;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.openapi.execution.model.OrderStatus;
import org.tradesuite.openapi.execution.model.RouteStatus;

/** The blotter's words for where an order is, in the words of the contract. */
final class Statuses {
    private Statuses() {}

    static OrderStatus order(String status) {
        return switch (ParentOrder.Status.valueOf(status)) {
            // Idle again with nothing executed: for the reader it waits to be sent.
            case NEW, ASSIGN -> OrderStatus.PENDING;
            case SENT, WORKING -> OrderStatus.WORKING;
            case PARTFILLED -> OrderStatus.PARTIALLY_FILLED;
            case CANCEL_REQUESTED -> OrderStatus.PENDING_CANCEL;
            case FILLED -> OrderStatus.FILLED;
            case CANCELLED -> OrderStatus.CANCELLED;
            case EXPIRED -> OrderStatus.EXPIRED;
            case COMPLETED -> OrderStatus.DONE;
        };
    }

    static RouteStatus route(String status) {
        return switch (OrdStatus.valueOf(status)) {
            case SENT, PENDING_NEW -> RouteStatus.PENDING_NEW;
            case NEW, ACCEPTED_FOR_BIDDING -> RouteStatus.NEW;
            case PARTIALLY_FILLED -> RouteStatus.PARTIALLY_FILLED;
            case FILLED -> RouteStatus.FILLED;
            case DONE_FOR_DAY, CALCULATED -> RouteStatus.DONE_FOR_DAY;
            case CANCELED -> RouteStatus.CANCELED;
            case REPLACED -> RouteStatus.REPLACED;
            case PENDING_CANCEL -> RouteStatus.PENDING_CANCEL;
            case STOPPED -> RouteStatus.STOPPED;
            case REJECTED -> RouteStatus.REJECTED;
            case SUSPENDED -> RouteStatus.SUSPENDED;
            case EXPIRED -> RouteStatus.EXPIRED;
            case PENDING_REPLACE -> RouteStatus.PENDING_REPLACE;
            case UNKNOWN -> RouteStatus.UNKNOWN;
        };
    }

    /** All statuses of ours that the contract calls by this one. */
    static String[] of(OrderStatus wanted) {
        return Arrays.stream(ParentOrder.Status.values())
                .map(Enum::name)
                .filter(name -> order(name) == wanted)
                .toArray(String[]::new);
    }

    static String[] of(RouteStatus wanted) {
        return Arrays.stream(OrdStatus.values())
                .map(Enum::name)
                .filter(name -> route(name) == wanted)
                .toArray(String[]::new);
    }
}
