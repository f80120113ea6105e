create or replace view reference_api.trader as
select
    trader_id,
    name,
    country,
    national_id,
    desk
from reference.trader;

comment on view reference_api.trader is 'The people who trade.';
comment on column reference_api.trader.trader_id is 'Our identifier.';
comment on column reference_api.trader.name is 'Name.';
comment on column reference_api.trader.country is 'Country of the national identifier, ISO 3166.';
comment on column reference_api.trader.national_id is 'National identifier as transaction reports carry it, without the country.';
comment on column reference_api.trader.desk is 'The desk at which the person sits.';
