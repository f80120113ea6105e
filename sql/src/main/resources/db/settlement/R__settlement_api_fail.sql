create or replace view settlement_api.fail as
select
    f.instruction_id,
    i.trade_id,
    i.account_id,
    i.instrument_id,
    i.isin,
    i.direction,
    i.settlement_date,
    i.counterparty_bic,
    f.business_date,
    f.failing_since,
    f.reason_code,
    f.at_fault,
    f.quantity,
    f.amount,
    f.currency,
    f.business_days,
    f.age,
    f.penalty_estimate
from settlement.fail f
join settlement.instruction i using (instruction_id)
where f.business_date = (select max(business_date) from settlement.fail)
  and i.status not in ('SETTLED', 'CANCELLED', 'REJECTED');

comment on view settlement_api.fail is 'Instructions that are still failing, as aged for the last business date worked.';
comment on column settlement_api.fail.instruction_id is 'The instruction.';
comment on column settlement_api.fail.trade_id is 'The trade it settles.';
comment on column settlement_api.fail.account_id is 'The account.';
comment on column settlement_api.fail.instrument_id is 'The instrument.';
comment on column settlement_api.fail.isin is 'ISIN of the instrument.';
comment on column settlement_api.fail.direction is 'RECE or DELI, seen from us.';
comment on column settlement_api.fail.settlement_date is 'Intended settlement date.';
comment on column settlement_api.fail.counterparty_bic is 'BIC of the counterparty.';
comment on column settlement_api.fail.business_date is 'The business date it was aged for.';
comment on column settlement_api.fail.failing_since is 'The date it should have settled; it fails from the end of that day.';
comment on column settlement_api.fail.reason_code is 'Reason of the custodian''s latest status, as sent.';
comment on column settlement_api.fail.at_fault is 'US, THEM, BOTH, DATA (needs repair), NOBODY (waits for time or turn) or UNKNOWN.';
comment on column settlement_api.fail.quantity is 'Units not settled.';
comment on column settlement_api.fail.amount is 'Cash not moved.';
comment on column settlement_api.fail.currency is 'Currency of the cash.';
comment on column settlement_api.fail.business_days is 'Business days after the intended date, 0 on its evening.';
comment on column settlement_api.fail.age is '0-1, 2-3, 4-6, 7-14, 15-30 or >30 business days.';
comment on column settlement_api.fail.penalty_estimate is 'Penalty of a depository of the Union so far, in the currency of the cash; null where none is charged.';
