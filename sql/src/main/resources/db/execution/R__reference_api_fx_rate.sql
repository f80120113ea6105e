create or replace view reference_api.fx_rate as
select
    rate_date,
    base,
    quote,
    rate
from reference.fx_rate;

comment on view reference_api.fx_rate is 'Exchange rates by date.';
comment on column reference_api.fx_rate.rate_date is 'The date.';
comment on column reference_api.fx_rate.base is 'One unit of this currency';
comment on column reference_api.fx_rate.quote is 'is worth in this currency';
comment on column reference_api.fx_rate.rate is 'so many units.';
