create or replace view reference_api.cash_account as
select
    account_id,
    currency,
    number
from reference.cash_account;

comment on view reference_api.cash_account is 'The custodians number of each accounts cash.';
comment on column reference_api.cash_account.account_id is 'The account.';
comment on column reference_api.cash_account.currency is 'Currency of the cash.';
comment on column reference_api.cash_account.number is 'The custodians number.';
