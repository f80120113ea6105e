create or replace view reference_api.corporate_action as
select
    event_id,
    event,
    isin,
    new_isin,
    ratio,
    new_quantity,
    old_quantity,
    ex_date,
    payment_date
from reference.corporate_action;

comment on view reference_api.corporate_action is 'Corporate actions that change what is held.';
comment on column reference_api.corporate_action.event_id is 'Official reference of the event (COAF), or whose it is and its own.';
comment on column reference_api.corporate_action.event is 'Which kind (CAEV), such as SPLF.';
comment on column reference_api.corporate_action.isin is 'What is held before.';
comment on column reference_api.corporate_action.new_isin is 'What is received for it; of a split the same.';
comment on column reference_api.corporate_action.ratio is 'NEWO: the new takes the place of the old. ADEX: it is held besides.';
comment on column reference_api.corporate_action.new_quantity is 'So many are received ...';
comment on column reference_api.corporate_action.old_quantity is '... for so many.';
comment on column reference_api.corporate_action.ex_date is 'First day on which it is traded without it; a side may book it from now on.';
comment on column reference_api.corporate_action.payment_date is 'By the end of this day both sides have booked it.';
