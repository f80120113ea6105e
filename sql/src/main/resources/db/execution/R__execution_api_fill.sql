create or replace view execution_api.fill as
select
    fill_id,
    exec_id,
    route_id,
    order_id,
    decision_id,
    business_date,
    account_id,
    strategy_id,
    trader_id,
    broker_id,
    instrument_id,
    isin,
    mic,
    currency,
    side,
    quantity,
    price,
    transact_time,
    received_at,
    last_mkt,
    last_capacity,
    last_liquidity,
    broker_order_id,
    bid,
    ask,
    live,
    inferred
from execution.fill
union all
select
    x.fill_id,
    x.exec_id,
    x.external_order_id,
    x.external_order_id,
    null,
    o.business_date,
    o.account_id,
    null,
    null,
    o.broker_id,
    o.instrument_id,
    o.isin,
    coalesce(i.mic, o.mic),
    o.currency,
    o.side,
    x.quantity,
    x.price,
    x.transact_time,
    x.received_at,
    null,
    null,
    null,
    o.broker_order_id,
    null,
    null,
    x.live,
    false
from execution.external_fill x
join execution.external_order o on o.external_order_id = x.external_order_id
left join reference.instrument i on i.instrument_id = o.instrument_id
where o.status = 'CLAIMED';

comment on view execution_api.fill is 'Executions of our orders, and of others that two persons claimed; one row for each. A busted or corrected one stays with live = false.';
comment on column execution_api.fill.fill_id is 'Our number of the execution.';
comment on column execution_api.fill.exec_id is 'ExecID (17).';
comment on column execution_api.fill.route_id is 'The route; the external order of what was claimed.';
comment on column execution_api.fill.order_id is 'The parent order; the external order of what was claimed.';
comment on column execution_api.fill.decision_id is 'The decision; none for what was claimed.';
comment on column execution_api.fill.business_date is 'The business day it belongs to; the day of the claim if its own was closed by then.';
comment on column execution_api.fill.account_id is 'The account.';
comment on column execution_api.fill.strategy_id is 'The strategy; none for what was claimed.';
comment on column execution_api.fill.trader_id is 'The person responsible; none for what was claimed.';
comment on column execution_api.fill.broker_id is 'The broker.';
comment on column execution_api.fill.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.fill.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution_api.fill.mic is 'Market of the instrument.';
comment on column execution_api.fill.currency is 'Currency of prices and amounts.';
comment on column execution_api.fill.side is 'BUY or SELL.';
comment on column execution_api.fill.quantity is 'LastQty (32).';
comment on column execution_api.fill.price is 'LastPx (31).';
comment on column execution_api.fill.transact_time is 'TransactTime (60).';
comment on column execution_api.fill.received_at is 'When it reached the engine.';
comment on column execution_api.fill.last_mkt is 'LastMkt (30).';
comment on column execution_api.fill.last_capacity is 'LastCapacity (29).';
comment on column execution_api.fill.last_liquidity is 'LastLiquidityInd (851).';
comment on column execution_api.fill.broker_order_id is 'OrderID (37).';
comment on column execution_api.fill.bid is 'Best bid when it reached us.';
comment on column execution_api.fill.ask is 'Best ask when it reached us.';
comment on column execution_api.fill.live is 'False once it was cancelled or corrected.';
comment on column execution_api.fill.inferred is 'True if the broker counts it and did not report it; its report takes its place.';
