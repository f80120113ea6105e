create or replace view reference_api.broker as
select
    broker_id,
    name,
    lei,
    bic,
    status
from reference.broker;

comment on view reference_api.broker is 'The brokers we may use.';
comment on column reference_api.broker.broker_id is 'Our identifier.';
comment on column reference_api.broker.name is 'Name.';
comment on column reference_api.broker.lei is 'Legal entity identifier.';
comment on column reference_api.broker.bic is 'BIC.';
comment on column reference_api.broker.status is 'ACTIVE, SUSPENDED or CLOSED.';
