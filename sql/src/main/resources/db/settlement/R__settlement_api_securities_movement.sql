create or replace view settlement_api.securities_movement as
select
    i.account_id,
    i.instrument_id,
    i.isin,
    s.settled_on,
    case i.direction when 'RECE' then s.quantity else -s.quantity end as quantity,
    case i.direction when 'RECE' then -s.amount else s.amount end as amount,
    i.currency,
    i.trade_date,
    s.instruction_id,
    s.sender_reference
from settlement.slice s
join settlement.instruction i using (instruction_id);

comment on view settlement_api.securities_movement is 'Securities that have moved at the custodian, one row per confirmed slice that counts; a reversed one is not among them.';
comment on column settlement_api.securities_movement.account_id is 'The account.';
comment on column settlement_api.securities_movement.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column settlement_api.securities_movement.isin is 'ISIN of the instrument.';
comment on column settlement_api.securities_movement.settled_on is 'Effective date.';
comment on column settlement_api.securities_movement.quantity is 'Units; positive received, negative delivered.';
comment on column settlement_api.securities_movement.amount is 'Cash that moved with them; positive received, negative paid.';
comment on column settlement_api.securities_movement.currency is 'Currency of the cash.';
comment on column settlement_api.securities_movement.trade_date is 'Trade date.';
comment on column settlement_api.securities_movement.instruction_id is 'The instruction.';
comment on column settlement_api.securities_movement.sender_reference is 'The custodian''s reference of the confirmation.';
