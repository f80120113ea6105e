create or replace view settlement_api.settled_position as
with moved as (
    -- The first business day's opening; everything later has moved through settlement.
    select account_id, instrument_id, isin, quantity
    from execution_api.opening_position
    where business_date = (select min(business_date) from execution_api.business_day)
    union all
    select i.account_id, i.instrument_id, i.isin,
           case i.direction when 'RECE' then s.quantity else -s.quantity end
    from settlement.slice s
    join settlement.instruction i using (instruction_id)
    union all
    select o.account_id, o.instrument_id, o.isin,
           case o.direction when 'RECE' then o.quantity else -o.quantity end
    from settlement.obligation o
    where o.method = 'VENUE' and o.status = 'SETTLED'
)
select m.account_id, a.safekeeping_account, m.instrument_id, m.isin, sum(m.quantity) as quantity
from moved m
left join reference_api.account a using (account_id)
group by m.account_id, a.safekeeping_account, m.instrument_id, m.isin;

comment on view settlement_api.settled_position is 'Settled holdings: what was held when the first business day opened and all that has settled since.';
comment on column settlement_api.settled_position.account_id is 'The account.';
comment on column settlement_api.settled_position.safekeeping_account is 'Its account at the custodian.';
comment on column settlement_api.settled_position.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column settlement_api.settled_position.isin is 'ISIN; null for a crypto pair, which is held at its venue.';
comment on column settlement_api.settled_position.quantity is 'Units; below zero when short.';
