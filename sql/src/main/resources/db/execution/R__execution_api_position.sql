create or replace view execution_api.position as
select
    account_id,
    instrument_id,
    isin,
    quantity,
    average_cost,
    currency,
    updated_at
from execution.position;

comment on view execution_api.position is 'What each account holds.';
comment on column execution_api.position.account_id is 'The account.';
comment on column execution_api.position.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.position.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution_api.position.quantity is 'Units; below zero when short.';
comment on column execution_api.position.average_cost is 'Average cost of a unit.';
comment on column execution_api.position.currency is 'Currency of prices and amounts.';
comment on column execution_api.position.updated_at is 'When it last changed.';
