create or replace view reference_api.short_sale_restriction as
select
    instrument_id,
    valid_from,
    valid_until,
    reason
from reference.short_sale_restriction;

comment on view reference_api.short_sale_restriction is 'What may be sold short only above the best bid.';
comment on column reference_api.short_sale_restriction.instrument_id is 'What.';
comment on column reference_api.short_sale_restriction.valid_from is 'From this instant on.';
comment on column reference_api.short_sale_restriction.valid_until is 'To before this instant; none is without end.';
comment on column reference_api.short_sale_restriction.reason is 'Why.';
