package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.market.AccountId;

/**
 * The orders of clients as the clients know them: under which ids, with which requests open, and how far their messages are
 * consumed. A fold of {@link ClientFact}.
 */
final class ClientBook {

    /** A ClOrdID belongs to one session and one day. */
    record Id(String client, String clOrdId) {}

    record Request(String clOrdId, String origClOrdId, boolean cancel) {}

    /**
     * @param clOrdId the one we accepted last
     * @param terms as the client was told last
     * @param pending requests that are not answered for good, oldest first
     */
    record ClientOrder(
            String client,
            String orderId,
            String clOrdId,
            AccountId account,
            ClientReport.Terms terms,
            List<Request> pending) {

        @Nullable
        Request pending(boolean cancel) {
            for (var request : pending) {
                if (request.cancel() == cancel) {
                    return request;
                }
            }
            return null;
        }

        private ClientOrder with(String accepted, ClientReport.Terms told, List<Request> open) {
            return new ClientOrder(client, orderId, accepted, account, told, List.copyOf(open));
        }
    }

    /** As values. */
    record Content(
            @Nullable LocalDate day,
            Map<String, Long> inbound,
            Map<Id, String> ids,
            Map<String, ClientOrder> orders,
            Map<String, ClientOrder> waiting) {

        static Content empty() {
            return new Content(
                    null, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    private final Map<String, Long> inbound;
    private final Map<Id, String> ids;
    private final Map<String, ClientOrder> orders;
    /** What waits for a person of ours and is no order yet, by the id it would have. */
    private final Map<String, ClientOrder> waiting;

    private @Nullable LocalDate day;

    /** Takes over the maps. */
    ClientBook(Content content) {
        this.day = content.day();
        this.inbound = content.inbound();
        this.ids = content.ids();
        this.orders = content.orders();
        this.waiting = content.waiting();
    }

    Content content() {
        return new Content(
                day,
                new LinkedHashMap<>(inbound),
                new LinkedHashMap<>(ids),
                new LinkedHashMap<>(orders),
                new LinkedHashMap<>(waiting));
    }

    /** The order a ClOrdID was used for today, {@link ClientReport#NONE} if that was refused; null if it is new. */
    @Nullable
    String used(String client, LocalDate date, String clOrdId) {
        return date.equals(day) ? ids.get(new Id(client, clOrdId)) : null;
    }

    @Nullable
    ClientOrder order(String orderId) {
        return orders.get(orderId);
    }

    Iterable<ClientOrder> orders() {
        return orders.values();
    }

    @Nullable
    ClientOrder waiting(String orderId) {
        return waiting.get(orderId);
    }

    /** Of one client, the oldest first. */
    List<ClientOrder> waitingOf(String client) {
        return waiting.values().stream()
                .filter(order -> order.client().equals(client))
                .toList();
    }

    boolean isEmpty() {
        return orders.isEmpty() && waiting.isEmpty();
    }

    /** For each client the MsgSeqNum of its last message that is in the journal. */
    Map<String, Long> inbound() {
        return new LinkedHashMap<>(inbound);
    }

    void apply(ClientFact fact) {
        switch (fact) {
            case ClientFact.Told told -> told(told);
            case ClientFact.RequestRefused refused -> {
                heard(refused.client(), refused.heard());
                use(refused.client(), refused.businessDate(), refused.clOrdId(), refused.orderId());
                var order = orders.get(refused.orderId());
                if (order != null) {
                    orders.put(
                            order.orderId(),
                            order.with(order.clOrdId(), order.terms(), without(order, refused.clOrdId())));
                }
            }
            case ClientFact.CounterReset reset -> inbound.put(reset.client(), 0L);
        }
    }

    private void told(ClientFact.Told told) {
        var report = told.report();
        if (report.client() == null) {
            return;
        }
        heard(report.client(), told.heard());
        use(report.client(), report.businessDate(), report.clOrdId(), report.orderId());
        var begins = report.what() == ExecType.NEW || report.what() == ExecType.PENDING_NEW;
        if (begins && report.account() != null) {
            var made = new ClientOrder(
                    report.client(), report.orderId(), report.clOrdId(), report.account(), report.terms(), List.of());
            if (report.what() == ExecType.NEW) {
                waiting.remove(report.orderId());
                orders.put(report.orderId(), made);
            } else {
                waiting.put(report.orderId(), made);
            }
            return;
        }
        if (report.what() == ExecType.REJECTED || report.what() == ExecType.CANCELED) {
            waiting.remove(report.orderId());
        }
        var order = orders.get(report.orderId());
        if (order == null) {
            return;
        }
        switch (report.what()) {
            case PENDING_CANCEL, PENDING_REPLACE -> {
                var open = new ArrayList<>(order.pending());
                open.add(new Request(report.clOrdId(), order.clOrdId(), report.what() == ExecType.PENDING_CANCEL));
                orders.put(order.orderId(), order.with(order.clOrdId(), order.terms(), open));
            }
            case REPLACED, CANCELED ->
                orders.put(
                        order.orderId(),
                        order.with(report.clOrdId(), report.terms(), without(order, report.clOrdId())));
            case RESTATED -> orders.put(order.orderId(), order.with(order.clOrdId(), report.terms(), order.pending()));
            default -> {
                // The others change nothing about ids and requests.
            }
        }
    }

    /** Orders that ended days ago and that the desk does not know any more. */
    void forget(Set<String> orderIds) {
        orders.keySet().removeAll(orderIds);
    }

    private static List<Request> without(ClientOrder order, String clOrdId) {
        return order.pending().stream()
                .filter(request -> !request.clOrdId().equals(clOrdId))
                .toList();
    }

    private void heard(String client, @Nullable Long sequence) {
        if (sequence != null) {
            inbound.put(client, sequence);
        }
    }

    private void use(String client, LocalDate date, String clOrdId, String orderId) {
        if (day == null || date.isAfter(day)) {
            // Orders end with their day; the ids of the day before may be used again.
            day = date;
            ids.clear();
        }
        if (date.equals(day)) {
            ids.putIfAbsent(new Id(client, clOrdId), orderId);
        }
    }
}
