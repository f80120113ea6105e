create or replace view reconciliation_api.adjustment as
select a.adjustment_id, a.break_id, a.business_date, a.account_id, a.instrument_id, a.currency, a.amount, a.base_currency, a.base_amount,
    a.reverses, a.reason, a.asked_by, a.approved_by, a.booked_at, b.feed, b.break_class, b.reference, b.broker_id
from reconciliation.adjustment a
join reconciliation.break b using (break_id);

comment on view reconciliation_api.adjustment is 'Differences that were written off, for the ledger to book.';
comment on column reconciliation_api.adjustment.adjustment_id is 'Number of the adjustment.';
comment on column reconciliation_api.adjustment.break_id is 'The break that was written off.';
comment on column reconciliation_api.adjustment.business_date is 'Business date to book it on.';
comment on column reconciliation_api.adjustment.account_id is 'Our account.';
comment on column reconciliation_api.adjustment.instrument_id is 'The instrument.';
comment on column reconciliation_api.adjustment.currency is 'Currency of the amount.';
comment on column reconciliation_api.adjustment.amount is 'What is written off, in the currency of the break; a reversal is negative.';
comment on column reconciliation_api.adjustment.base_currency is 'Base currency of the account.';
comment on column reconciliation_api.adjustment.base_amount is 'The same in the base currency.';
comment on column reconciliation_api.adjustment.reverses is 'The adjustment that this one takes back.';
comment on column reconciliation_api.adjustment.reason is 'Why.';
comment on column reconciliation_api.adjustment.asked_by is 'Who asked for it.';
comment on column reconciliation_api.adjustment.approved_by is 'The second person; null for a reversal.';
comment on column reconciliation_api.adjustment.booked_at is 'When.';
comment on column reconciliation_api.adjustment.feed is 'What kind of statement the break comes from.';
comment on column reconciliation_api.adjustment.break_class is 'Kind of difference.';
comment on column reconciliation_api.adjustment.reference is 'Reference of the break.';
comment on column reconciliation_api.adjustment.broker_id is 'The broker.';
