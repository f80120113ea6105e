create or replace view execution_api.opening_position as
select
    account_id,
    instrument_id,
    isin,
    business_date,
    quantity
from execution.opening_position;

comment on view execution_api.opening_position is 'What each account held when a business day opened.';
comment on column execution_api.opening_position.account_id is 'The account.';
comment on column execution_api.opening_position.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.opening_position.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution_api.opening_position.business_date is 'The business day it belongs to.';
comment on column execution_api.opening_position.quantity is 'Units; below zero when short.';
