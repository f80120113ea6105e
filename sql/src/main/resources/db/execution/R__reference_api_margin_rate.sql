create or replace view reference_api.margin_rate as
select
    asset_class,
    initial_percent,
    maintenance_percent,
    short_initial_percent,
    haircut_percent
from reference.margin_rate;

comment on view reference_api.margin_rate is 'What part of a position a margin account has to bring.';
comment on column reference_api.margin_rate.asset_class is 'EQUITY or CRYPTO.';
comment on column reference_api.margin_rate.initial_percent is 'To buy it.';
comment on column reference_api.margin_rate.maintenance_percent is 'To keep it.';
comment on column reference_api.margin_rate.short_initial_percent is 'To sell it short, with the proceeds.';
comment on column reference_api.margin_rate.haircut_percent is 'By how much less than its value it counts.';
