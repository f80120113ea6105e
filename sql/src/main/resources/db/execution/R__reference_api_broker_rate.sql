create or replace view reference_api.broker_rate as
select
    broker_id,
    mic,
    commission_bps,
    minimum_commission,
    fee_bps
from reference.broker_rate;

comment on view reference_api.broker_rate is 'What each broker charges on each market.';
comment on column reference_api.broker_rate.broker_id is 'The broker.';
comment on column reference_api.broker_rate.mic is 'The market.';
comment on column reference_api.broker_rate.commission_bps is 'Commission in basis points of the gross amount.';
comment on column reference_api.broker_rate.minimum_commission is 'Least commission of a trade, in the instruments currency.';
comment on column reference_api.broker_rate.fee_bps is 'Exchange and clearing fees in basis points of the gross amount.';
