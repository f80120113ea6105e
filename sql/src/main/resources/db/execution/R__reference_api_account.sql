create or replace view reference_api.account as
select
    account_id,
    name,
    portfolio,
    owner_lei,
    base_currency,
    custodian_bic,
    safekeeping_account,
    status,
    client,
    margin_type,
    mandate
from reference.account;

comment on view reference_api.account is 'The accounts we trade for.';
comment on column reference_api.account.account_id is 'Our identifier.';
comment on column reference_api.account.name is 'Name.';
comment on column reference_api.account.portfolio is 'The portfolio it belongs to.';
comment on column reference_api.account.owner_lei is 'The owners legal entity identifier.';
comment on column reference_api.account.base_currency is 'Currency in which exposure is measured.';
comment on column reference_api.account.custodian_bic is 'Who keeps its securities and cash.';
comment on column reference_api.account.safekeeping_account is 'The custodians number of its securities.';
comment on column reference_api.account.status is 'ACTIVE, SUSPENDED or CLOSED.';
comment on column reference_api.account.client is 'On whose behalf it is.';
comment on column reference_api.account.margin_type is 'CASH or MARGIN: whether the broker lends to it.';
comment on column reference_api.account.mandate is 'The investment mandate its holdings have to keep to; none if there is none.';
