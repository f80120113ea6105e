create or replace view reference_api.permission as
select
    trader_id,
    account_id,
    strategy_id,
    asset_class,
    mic,
    instrument_id,
    reason,
    entered_by
from reference.permission;

comment on view reference_api.permission is 'Who may trade what where. An order needs one row that covers it; * is all of them.';
comment on column reference_api.permission.trader_id is 'The trader.';
comment on column reference_api.permission.account_id is 'The account.';
comment on column reference_api.permission.strategy_id is 'The strategy.';
comment on column reference_api.permission.asset_class is 'EQUITY or CRYPTO.';
comment on column reference_api.permission.mic is 'The market.';
comment on column reference_api.permission.instrument_id is 'The instrument.';
comment on column reference_api.permission.reason is 'Why.';
comment on column reference_api.permission.entered_by is 'Who entered it.';
