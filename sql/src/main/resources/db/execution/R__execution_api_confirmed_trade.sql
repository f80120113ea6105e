create or replace view execution_api.confirmed_trade as
select
    trade_id,
    business_date,
    trade_date,
    account_id,
    order_ids,
    broker_id,
    broker_lei,
    broker_bic,
    instrument_id,
    isin,
    mic,
    currency,
    side,
    quantity,
    average_price,
    gross_amount,
    commission,
    fees,
    net_amount,
    settlement_date,
    place_of_settlement,
    confirm_status,
    confirm_ref,
    executed_at
from execution.confirmed_trade;

comment on view execution_api.confirmed_trade is 'One trade for each account, broker, instrument, side, trade date and business day, with what the broker said to it.';
comment on column execution_api.confirmed_trade.trade_id is 'The trade; also AllocID (70) of its allocation.';
comment on column execution_api.confirmed_trade.business_date is 'The business day it belongs to.';
comment on column execution_api.confirmed_trade.trade_date is 'Trade date: before the business day for what was claimed after its own was closed.';
comment on column execution_api.confirmed_trade.account_id is 'The account.';
comment on column execution_api.confirmed_trade.order_ids is 'The parent orders in it.';
comment on column execution_api.confirmed_trade.broker_id is 'The broker.';
comment on column execution_api.confirmed_trade.broker_lei is 'LEI of the broker.';
comment on column execution_api.confirmed_trade.broker_bic is 'BIC of the broker.';
comment on column execution_api.confirmed_trade.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.confirmed_trade.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution_api.confirmed_trade.mic is 'Market of the instrument.';
comment on column execution_api.confirmed_trade.currency is 'Currency of prices and amounts.';
comment on column execution_api.confirmed_trade.side is 'BUY or SELL.';
comment on column execution_api.confirmed_trade.quantity is 'Units.';
comment on column execution_api.confirmed_trade.average_price is 'Average price.';
comment on column execution_api.confirmed_trade.gross_amount is 'Price times quantity.';
comment on column execution_api.confirmed_trade.commission is 'The broker''s commission.';
comment on column execution_api.confirmed_trade.fees is 'Exchange and clearing fees.';
comment on column execution_api.confirmed_trade.net_amount is 'What is paid or received.';
comment on column execution_api.confirmed_trade.settlement_date is 'When it settles.';
comment on column execution_api.confirmed_trade.place_of_settlement is 'BIC of the depository; none for a crypto pair.';
comment on column execution_api.confirmed_trade.confirm_status is 'UNCONFIRMED, CONFIRMED by the broker, AFFIRMED by us, MISMATCHED.';
comment on column execution_api.confirmed_trade.confirm_ref is 'ConfirmID (664) or the allocation the broker accepted.';
comment on column execution_api.confirmed_trade.executed_at is 'Last execution in it.';
