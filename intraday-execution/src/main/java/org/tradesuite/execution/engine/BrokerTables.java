package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.Map;
import org.tradesuite.market.BrokerId;

/** Per broker: whether it may be given orders, and how far its messages are in the journal. */
final class BrokerTables {

    private BrokerTables() {}

    private static final Table<Map.Entry<BrokerId, Gate>> GATES = new Table<Map.Entry<BrokerId, Gate>>(
                    "broker_gate", """
                        insert into execution.broker_gate select * from unnest(?::execution.broker_gate[])
                        on conflict (broker_id) do update set state = excluded.state, why = excluded.why, since = excluded.since
                        """)
            .text(Map.Entry::getKey)
            .text(each -> each.getValue().name())
            .text(each -> each.getValue().words())
            .time(each -> each.getValue().since());

    private static final Table<Map.Entry<BrokerId, Long>> SEQUENCES = new Table<Map.Entry<BrokerId, Long>>(
                    "fix_session_sequence", """
                        insert into execution.fix_session_sequence select * from unnest(?::execution.fix_session_sequence[])
                        on conflict (broker_id) do update set inbound = excluded.inbound, updated_at = excluded.updated_at
                        """)
            .text(Map.Entry::getKey)
            .bigint(Map.Entry::getValue)
            .writtenAt();

    static void add(OneTrip changes, Batch batch, Instant at) {
        GATES.add(changes, batch.gates.entrySet(), at);
        SEQUENCES.add(changes, batch.sequences.entrySet(), at);
    }
}
