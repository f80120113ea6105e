create or replace view execution_api.parent_order as
select
    order_id,
    decision_id,
    business_date,
    account_id,
    strategy_id,
    trader_id,
    instrument_id,
    isin,
    mic,
    currency,
    side,
    quantity,
    limit_price,
    algo,
    time_in_force,
    start_time,
    end_time,
    status,
    executed_quantity,
    average_price,
    decision_time,
    decision_price,
    arrival_time,
    arrival_bid,
    arrival_ask,
    first_fill_time,
    last_fill_time,
    end_price,
    ended_at,
    broker_id,
    broker_reason
from execution.parent_order;

comment on view execution_api.parent_order is 'What the desk wants, as it stands after the last event.';
comment on column execution_api.parent_order.order_id is 'The parent order.';
comment on column execution_api.parent_order.decision_id is 'The decision it comes from.';
comment on column execution_api.parent_order.business_date is 'The business day it belongs to.';
comment on column execution_api.parent_order.account_id is 'The account.';
comment on column execution_api.parent_order.strategy_id is 'The strategy.';
comment on column execution_api.parent_order.trader_id is 'The person responsible.';
comment on column execution_api.parent_order.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.parent_order.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution_api.parent_order.mic is 'Market of the instrument.';
comment on column execution_api.parent_order.currency is 'Currency of prices and amounts.';
comment on column execution_api.parent_order.side is 'BUY or SELL.';
comment on column execution_api.parent_order.quantity is 'Units wanted now.';
comment on column execution_api.parent_order.limit_price is 'The worst price accepted.';
comment on column execution_api.parent_order.algo is 'IMMEDIATE, TWAP or VWAP.';
comment on column execution_api.parent_order.time_in_force is 'How long it may wait: DAY, IOC or FOK.';
comment on column execution_api.parent_order.start_time is 'When working begins.';
comment on column execution_api.parent_order.end_time is 'When it must be done.';
comment on column execution_api.parent_order.status is 'NEW, SENT, WORKING, PARTFILLED, FILLED, ASSIGN, CANCEL_REQUESTED, CANCELLED, EXPIRED or COMPLETED.';
comment on column execution_api.parent_order.executed_quantity is 'Units executed.';
comment on column execution_api.parent_order.average_price is 'Average price of the executions.';
comment on column execution_api.parent_order.decision_time is 'When it was decided.';
comment on column execution_api.parent_order.decision_price is 'Mid of the market at the decision.';
comment on column execution_api.parent_order.arrival_time is 'When the order was ready to work.';
comment on column execution_api.parent_order.arrival_bid is 'Best bid then.';
comment on column execution_api.parent_order.arrival_ask is 'Best ask then.';
comment on column execution_api.parent_order.first_fill_time is 'When the first fill reached us.';
comment on column execution_api.parent_order.last_fill_time is 'When the last fill reached us.';
comment on column execution_api.parent_order.end_price is 'Mid of the market when it ended.';
comment on column execution_api.parent_order.ended_at is 'When it ended.';
comment on column execution_api.parent_order.broker_id is 'The broker chosen for it.';
comment on column execution_api.parent_order.broker_reason is 'Why this broker: the arithmetic.';
