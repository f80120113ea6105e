create or replace view execution_api.external_order as
select
    external_order_id,
    broker_id,
    origin,
    business_date,
    trade_date,
    cl_ord_id,
    broker_order_id,
    symbol,
    instrument_id,
    isin,
    mic,
    currency,
    side,
    quantity,
    average_price,
    status,
    status_reason,
    account_id,
    claimed_for,
    claimed_by,
    approved_by,
    reported_account,
    reported_at,
    updated_at
from execution.external_order;

comment on view execution_api.external_order is 'Orders that brokers execute for us and that we did not give.';
comment on column execution_api.external_order.external_order_id is 'Given when it was first heard of.';
comment on column execution_api.external_order.broker_id is 'The broker that reports it.';
comment on column execution_api.external_order.origin is 'VENUE: the broker reported an execution. RECONCILIATION: it counted the order when it was asked.';
comment on column execution_api.external_order.business_date is 'Our business day when it was first heard of, or when it was claimed if that one was closed by then.';
comment on column execution_api.external_order.trade_date is 'The broker''s trade date.';
comment on column execution_api.external_order.cl_ord_id is 'ClOrdID (11) as the broker has it.';
comment on column execution_api.external_order.broker_order_id is 'OrderID (37).';
comment on column execution_api.external_order.symbol is 'Symbol (55) as the broker has it.';
comment on column execution_api.external_order.instrument_id is 'The instrument, such as VOD.XLON; none while it is booked nowhere.';
comment on column execution_api.external_order.isin is 'ISIN as the broker or our reference data has it.';
comment on column execution_api.external_order.mic is 'Market as the broker has it.';
comment on column execution_api.external_order.currency is 'Currency of prices and amounts; none while it is booked nowhere.';
comment on column execution_api.external_order.side is 'BUY or SELL.';
comment on column execution_api.external_order.quantity is 'Units executed that stand.';
comment on column execution_api.external_order.average_price is 'Average price of them.';
comment on column execution_api.external_order.status is 'WAITING aside for its order to turn up, UNBOOKED and for a person to see to, IN_SUSPENSE, CLAIMED, or OURS when its order turned up.';
comment on column execution_api.external_order.status_reason is 'Why it is booked nowhere, or the route that it turned out to be.';
comment on column execution_api.external_order.account_id is 'Where it is booked.';
comment on column execution_api.external_order.claimed_for is 'The account that somebody says it belongs to; it is booked there when somebody else says the same.';
comment on column execution_api.external_order.claimed_by is 'Who said so first.';
comment on column execution_api.external_order.approved_by is 'Who said the same, another person.';
comment on column execution_api.external_order.reported_account is 'Account (1) as the broker has it.';
comment on column execution_api.external_order.reported_at is 'When it was first heard of.';
comment on column execution_api.external_order.updated_at is 'When it last changed.';
