package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import org.tradesuite.execution.risk.Switch;

/** The switches as they stand, and what each stop caught. */
final class SwitchTables {

    private SwitchTables() {}

    /** @param times which of the switch's stops it was */
    record Stopped(String switchId, int times, SwitchFact.Caught caught, Instant at) {}

    private static final Table<Switch> SWITCHES = new Table<Switch>("trading_switch", """
        insert into execution.trading_switch select * from unnest(?::execution.trading_switch[])
        on conflict (switch_id) do update set
            state = excluded.state, reason = excluded.reason, set_by = excluded.set_by,
            since = excluded.since, automatic = excluded.automatic, cancelling = excluded.cancelling,
            times = excluded.times, reopen_to = excluded.reopen_to,
            reopen_reason = excluded.reopen_reason, reopen_by = excluded.reopen_by,
            reopen_at = excluded.reopen_at
        """)
            .text(each -> each.scope().id())
            .text(each -> each.scope().desk())
            .text(each -> each.scope().trader())
            .text(each -> each.scope().client())
            .text(each -> each.scope().account())
            .text(each -> each.scope().strategy())
            .text(each -> each.scope().algorithm())
            .text(each -> each.scope().instrument())
            .text(each -> each.scope().broker())
            .text(each -> each.scope().venue())
            .text(Switch::state)
            .text(Switch::reason)
            .text(Switch::by)
            .time(Switch::since)
            .truth(Switch::automatic)
            .truth(Switch::cancelling)
            .bigint(Switch::times)
            .text(each -> each.reopening() == null ? null : each.reopening().to())
            .text(each -> each.reopening() == null ? null : each.reopening().reason())
            .text(each -> each.reopening() == null ? null : each.reopening().by())
            .time(each -> each.reopening() == null ? null : each.reopening().at());

    private static final Table<Stopped> STOPPED = new Table<Stopped>("stopped_route", """
        insert into execution.stopped_route select * from unnest(?::execution.stopped_route[])
        on conflict (switch_id, times, route_id) do nothing
        """)
            .text(Stopped::switchId)
            .bigint(Stopped::times)
            .text(each -> each.caught().routeId())
            .text(each -> each.caught().broker())
            .number(SwitchTables::executed)
            .truth(each -> each.caught().asked())
            .time(Stopped::at);

    private static BigDecimal executed(Stopped each) {
        return each.caught().executed().value();
    }

    static void add(OneTrip changes, Batch batch, Instant at) {
        SWITCHES.add(changes, batch.switches, at);
        STOPPED.add(changes, batch.stopped, at);
    }
}
