create or replace view settlement_api.cash_movement as
select
    i.account_id,
    i.currency,
    s.settled_on as value_date,
    case i.direction when 'RECE' then -s.amount else s.amount end as amount,
    s.instruction_id,
    'CUSTODIAN' as method,
    s.sender_reference
from settlement.slice s
join settlement.instruction i using (instruction_id)
union all
select
    o.account_id,
    o.currency,
    o.settlement_date,
    case o.direction when 'RECE' then -o.amount else o.amount end,
    o.trade_id,
    'VENUE',
    null
from settlement.obligation o
where o.method = 'VENUE' and o.status = 'SETTLED';

comment on view settlement_api.cash_movement is 'Cash that has moved in settlement, one row per confirmed slice or trade settled at its venue.';
comment on column settlement_api.cash_movement.account_id is 'The account.';
comment on column settlement_api.cash_movement.currency is 'Currency.';
comment on column settlement_api.cash_movement.value_date is 'Effective date.';
comment on column settlement_api.cash_movement.amount is 'Positive received, negative paid.';
comment on column settlement_api.cash_movement.instruction_id is 'The instruction; for a trade settled at its venue the trade.';
comment on column settlement_api.cash_movement.method is 'CUSTODIAN: it is on the custodian''s statement; VENUE: it moved at the venue and is not.';
comment on column settlement_api.cash_movement.sender_reference is 'The custodian''s reference of the confirmation; null for VENUE.';
