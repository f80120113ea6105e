create or replace view reference_api.firm as
select
    lei,
    bic,
    name,
    country
from reference.firm;

comment on view reference_api.firm is 'Ourselves.';
comment on column reference_api.firm.lei is 'Legal entity identifier.';
comment on column reference_api.firm.bic is 'Our BIC.';
comment on column reference_api.firm.name is 'Our name.';
comment on column reference_api.firm.country is 'Country, ISO 3166.';
