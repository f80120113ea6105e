package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.tradesuite.market.Price;

/** The read models of the trading days, and of positions and cash now and at the opening of each day. */
final class BookTables {

    private BookTables() {}

    private static final Table<Batch.PositionRow> POSITIONS = new Table<Batch.PositionRow>("position", """
        insert into execution.position select * from unnest(?::execution.position[])
        on conflict (account_id, instrument_id) do update set
            quantity = excluded.quantity, average_cost = excluded.average_cost, realised = excluded.realised,
            updated_at = excluded.updated_at
        """)
            .text(p -> p.line().account())
            .text(p -> p.line().instrument())
            .text(p -> Objects.requireNonNull(p.instrument()).isin())
            .number(p -> p.position().quantity())
            .number(p -> p.position().averageCost().map(Price::value).orElse(BigDecimal.ZERO))
            .number(p -> p.position().realised())
            .text(p -> Objects.requireNonNull(p.instrument()).currency())
            .writtenAt();

    private static final Table<Batch.CashRow> CASH = new Table<Batch.CashRow>("cash", """
        insert into execution.cash select * from unnest(?::execution.cash[])
        on conflict (account_id, currency) do update set
            balance = excluded.balance, updated_at = excluded.updated_at
        """)
            .text(c -> c.purse().account())
            .text(c -> c.purse().currency())
            .number(c -> c.balance().amount())
            .writtenAt();

    private static final Table<Day> DAYS = new Table<Day>("business_day", """
        insert into execution.business_day select * from unnest(?::execution.business_day[])
        on conflict (business_date) do update set status = excluded.status, closed_at = excluded.closed_at
        """)
            .date(Day::date)
            .text(Day::status)
            .time(Day::openedAt)
            .time(Day::closedAt);

    private static final String KEEP_OPENING_POSITIONS = """
        insert into execution.opening_position (account_id, instrument_id, isin, business_date, quantity, average_cost)
        select account_id, instrument_id, isin, ?, quantity, average_cost from execution.position
        where quantity <> 0
        on conflict do nothing
        """;

    private static final String KEEP_OPENING_CASH = """
        insert into execution.opening_cash (account_id, currency, business_date, balance)
        select account_id, currency, ?, balance from execution.cash
        on conflict do nothing
        """;

    /** A day that opens keeps what the batch leaves. */
    static void add(OneTrip changes, Batch batch, Instant at) {
        var known =
                batch.positions.stream().filter(row -> row.instrument() != null).toList();
        POSITIONS.add(changes, known, at);
        CASH.add(changes, batch.cash, at);
        DAYS.add(changes, batch.days.values(), at);
        for (var recorded : batch.facts) {
            if (recorded.fact() instanceof DeskFact.DayOpened day) {
                keep(changes, KEEP_OPENING_POSITIONS, day.businessDate());
                keep(changes, KEEP_OPENING_CASH, day.businessDate());
            }
        }
    }

    private static void keep(OneTrip changes, String statement, LocalDate date) {
        changes.add(statement, (prepared, first) -> {
            prepared.setObject(first, date);
            return first + 1;
        });
    }
}
