create or replace view reference_api.settlement_cycle as
select
    mic,
    valid_from,
    days
from reference.settlement_cycle;

comment on view reference_api.settlement_cycle is 'How many business days after trade date a market settles.';
comment on column reference_api.settlement_cycle.mic is 'The market.';
comment on column reference_api.settlement_cycle.valid_from is 'First trade date it holds for.';
comment on column reference_api.settlement_cycle.days is 'Business days.';
