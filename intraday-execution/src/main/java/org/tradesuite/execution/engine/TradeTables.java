package org.tradesuite.execution.engine;

import java.time.Instant;

/** The read model of trades and of what the broker says to each. */
final class TradeTables {

    private TradeTables() {}

    private static final Table<TradeState> TRADES = new Table<TradeState>("confirmed_trade", """
        insert into execution.confirmed_trade select * from unnest(?::execution.confirmed_trade[])
        on conflict (trade_id) do update set
            order_ids = excluded.order_ids, quantity = excluded.quantity, average_price = excluded.average_price,
            gross_amount = excluded.gross_amount, commission = excluded.commission, fees = excluded.fees,
            net_amount = excluded.net_amount, executed_at = excluded.executed_at,
            confirm_status = excluded.confirm_status, confirm_ref = excluded.confirm_ref,
            confirm_text = excluded.confirm_text
        """)
            .text(t -> t.allocated().trade().tradeId())
            .date(t -> t.allocated().trade().businessDate())
            .date(t -> t.allocated().trade().tradeDate())
            .text(t -> t.allocated().trade().account())
            .texts(t -> t.allocated().trade().orderIds())
            .text(t -> t.allocated().trade().broker())
            .text(t -> t.allocated().brokerLei())
            .text(t -> t.allocated().brokerBic())
            .text(t -> t.allocated().trade().instrument())
            .text(t -> t.allocated().isin())
            .text(t -> t.allocated().mic())
            .text(t -> t.allocated().trade().grossAmount().currency())
            .text(t -> t.allocated().trade().side())
            .quantity(t -> t.allocated().trade().quantity())
            .price(t -> t.allocated().trade().averagePrice())
            .number(t -> t.allocated().trade().grossAmount().amount())
            .number(t -> t.allocated().trade().commission().amount())
            .number(t -> t.allocated().trade().fees().amount())
            .number(t -> t.allocated().trade().netAmount().amount())
            .date(t -> t.allocated().trade().settlementDate())
            .text(t -> t.allocated().placeOfSettlement())
            .text(TradeState::status)
            .text(TradeState::reference)
            .text(TradeState::text)
            .time(t -> t.allocated().trade().executedAt());

    static void add(OneTrip changes, Batch batch, Instant at) {
        TRADES.add(changes, batch.trades, at);
    }
}
