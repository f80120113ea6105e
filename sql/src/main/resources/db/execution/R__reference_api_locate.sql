create or replace view reference_api.locate as
select
    account_id,
    instrument_id,
    business_date,
    quantity,
    lender,
    reference
from reference.locate;

comment on view reference_api.locate is 'What lenders gave their word for, for a day.';
comment on column reference_api.locate.account_id is 'Who may sell it short.';
comment on column reference_api.locate.instrument_id is 'What.';
comment on column reference_api.locate.business_date is 'On which day.';
comment on column reference_api.locate.quantity is 'How much.';
comment on column reference_api.locate.lender is 'Who lends.';
comment on column reference_api.locate.reference is 'By which the lender knows it.';
