create or replace view execution_api.cash as
select
    account_id,
    currency,
    balance
from execution.cash;

comment on view execution_api.cash is 'Cash of each account, traded and not yet settled counted in.';
comment on column execution_api.cash.account_id is 'The account.';
comment on column execution_api.cash.currency is 'Currency of prices and amounts.';
comment on column execution_api.cash.balance is 'Balance; below zero when overdrawn.';
