create or replace view execution_api.opening_cash as
select
    account_id,
    currency,
    business_date,
    balance
from execution.opening_cash;

comment on view execution_api.opening_cash is 'Cash of each account when a business day opened.';
comment on column execution_api.opening_cash.account_id is 'The account.';
comment on column execution_api.opening_cash.currency is 'Currency of prices and amounts.';
comment on column execution_api.opening_cash.business_date is 'The business day it belongs to.';
comment on column execution_api.opening_cash.balance is 'Balance; below zero when overdrawn.';
