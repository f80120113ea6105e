create or replace view settlement_api.cash_balance as
with opening as (
    -- The first business day's opening; everything later has moved through settlement.
    select account_id, currency, balance
    from execution_api.opening_cash
    where business_date = (select min(business_date) from execution_api.business_day)
), moved as (
    select i.account_id, i.currency,
           case i.direction when 'RECE' then -s.amount else s.amount end as amount,
           0 as at_venue
    from settlement.slice s
    join settlement.instruction i using (instruction_id)
    union all
    select o.account_id, o.currency,
           case o.direction when 'RECE' then -o.amount else o.amount end,
           case o.direction when 'RECE' then -o.amount else o.amount end
    from settlement.obligation o
    where o.method = 'VENUE' and o.status = 'SETTLED'
    union all
    select account_id, currency, balance, 0 from opening
)
select account_id, currency, sum(amount) as balance, sum(at_venue) as venue_amount
from moved
group by account_id, currency;

comment on view settlement_api.cash_balance is 'Settled cash: the balance when the first business day opened and all that has settled since.';
comment on column settlement_api.cash_balance.account_id is 'The account.';
comment on column settlement_api.cash_balance.currency is 'Currency.';
comment on column settlement_api.cash_balance.balance is 'Settled balance; below zero when overdrawn.';
comment on column settlement_api.cash_balance.venue_amount is 'The part of it that moved at a trading venue and never passed the custodian.';
