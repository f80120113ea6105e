package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExternalExecution;
import org.tradesuite.execution.order.ExternalOrder;

/** The read models of orders that were not ours to give, their executions and the 35=Q sent about them. */
final class ExternalTables {

    private ExternalTables() {}

    private record ExternalFill(String externalId, ExternalExecution of) {}

    private record DontKnow(Recorded recorded, DeskFact.DontKnowSaid said) {}

    private static final Table<ExternalOrder> ORDERS = new Table<ExternalOrder>("external_order", """
        insert into execution.external_order select * from unnest(?::execution.external_order[])
        on conflict (external_order_id) do update set
            business_date = excluded.business_date,
            instrument_id = excluded.instrument_id, isin = excluded.isin, currency = excluded.currency,
            quantity = excluded.quantity, average_price = excluded.average_price, status = excluded.status,
            status_reason = excluded.status_reason, account_id = excluded.account_id,
            claimed_for = excluded.claimed_for, claimed_by = excluded.claimed_by,
            approved_by = excluded.approved_by, updated_at = excluded.updated_at
        """)
            .text(o -> o.body().externalId())
            .text(o -> o.body().broker())
            .text(o -> o.body().origin())
            .date(o -> o.body().businessDate())
            .date(o -> o.body().tradeDate())
            .text(o -> o.body().clOrdId())
            .text(o -> o.body().brokerOrderId())
            .text(o -> o.body().named().symbol())
            .text(o -> o.body().product() == null ? null : o.body().product().instrument())
            .text(o -> o.body().product() == null
                    ? o.body().named().isin()
                    : o.body().product().isin())
            .text(o -> o.body().named().mic())
            .text(o -> o.body().product() == null ? null : o.body().product().currency())
            .text(o -> o.body().side())
            .quantity(o -> o.body().executed())
            .price(o -> o.body().average())
            .text(ExternalTables::status)
            .text(ExternalTables::why)
            .text(o -> o.body().account())
            .text(o -> o.body().claim() == null ? null : o.body().claim().account())
            .text(o -> o.body().claim() == null ? null : o.body().claim().by())
            .text(o -> o.body().claim() == null ? null : o.body().claim().approvedBy())
            .text(o -> o.body().named().account())
            .time(o -> o.body().heardAt())
            .writtenAt();

    private static final Table<ExternalFill> FILLS = new Table<ExternalFill>("external_fill", """
        insert into execution.external_fill select * from unnest(?::execution.external_fill[])
        on conflict (fill_id) do update set
            charges = excluded.charges, live = excluded.live
        """)
            .text(f -> f.of().fillId())
            .text(ExternalFill::externalId)
            .text(f -> f.of().execId())
            .date(f -> f.of().tradeDate())
            .quantity(f -> f.of().quantity())
            .price(f -> f.of().price())
            .number(f -> f.of().charges() == null ? null : f.of().charges().amount())
            .time(f -> f.of().transactTime())
            .time(f -> f.of().receivedAt())
            .truth(f -> f.of().live());

    private static final Table<DontKnow> DONT_KNOWS = new Table<DontKnow>("dont_know", """
        insert into execution.dont_know select * from unnest(?::execution.dont_know[])
        on conflict (fill_id) do update set
            reason = excluded.reason, text = excluded.text, said_by = excluded.said_by, said_at = excluded.said_at,
            not_said = null
        """)
            .text(d -> Streams.id(d.recorded().stream()))
            .text(d -> d.said().broker())
            .text(d -> d.said().execId())
            .text(d -> d.said().reason())
            .text(d -> d.said().text())
            .text(d -> d.recorded().actor())
            .time(d -> d.recorded().at())
            .text(d -> null);

    private static final String MARK_NOT_SAID = "update execution.dont_know set not_said = ? where fill_id = ?";

    static void add(OneTrip changes, Batch batch, Instant at) {
        ORDERS.add(changes, batch.externals, at);
        FILLS.add(changes, fills(batch.externals), at);
        for (var recorded : batch.facts) {
            // Rare, and their order matters.
            switch (recorded.fact()) {
                case DeskFact.DontKnowSaid said -> DONT_KNOWS.add(changes, List.of(new DontKnow(recorded, said)), at);
                case DeskFact.DontKnowNotSaid not ->
                    changes.add(MARK_NOT_SAID, (prepared, first) -> {
                        prepared.setString(first, not.why());
                        prepared.setString(first + 1, Streams.id(recorded.stream()));
                        return first + 2;
                    });
                default -> {
                    // Of others.
                }
            }
        }
    }

    private static List<ExternalFill> fills(List<ExternalOrder> orders) {
        var fills = new ArrayList<ExternalFill>();
        for (var order : orders) {
            order.body()
                    .executions()
                    .forEach(each -> fills.add(new ExternalFill(order.body().externalId(), each)));
        }
        return fills;
    }

    private static String status(ExternalOrder order) {
        return switch (order) {
            case ExternalOrder.Waiting _ -> "WAITING";
            case ExternalOrder.Unbooked _ -> "UNBOOKED";
            case ExternalOrder.InSuspense _ -> "IN_SUSPENSE";
            case ExternalOrder.Claimed _ -> "CLAIMED";
            case ExternalOrder.Ours _ -> "OURS";
        };
    }

    private static @Nullable String why(ExternalOrder order) {
        return switch (order) {
            case ExternalOrder.Unbooked unbooked -> unbooked.why();
            case ExternalOrder.Ours ours -> ours.routeId();
            case ExternalOrder.Waiting _, ExternalOrder.InSuspense _, ExternalOrder.Claimed _ -> null;
        };
    }
}
