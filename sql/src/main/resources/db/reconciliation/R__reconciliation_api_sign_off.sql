create or replace view reconciliation_api.sign_off as
select business_date, feed, signed_by, signed_at, open_breaks, status, asked_by, asked_at, material_breaks, money_at_risk, firm_currency,
    snapshot, reason, reopened_by, reopened_at, reopened_why
from reconciliation.sign_off;

comment on view reconciliation_api.sign_off is 'Reconciled feeds that somebody stands for.';
comment on column reconciliation_api.sign_off.business_date is 'The business date.';
comment on column reconciliation_api.sign_off.feed is 'What kind of statement: BROKER_TRADE, BROKER_DROP_COPY, CUSTODIAN_POSITION, CUSTODIAN_MOVEMENT, CUSTODIAN_PENDING, CUSTODIAN_CASH, CUSTODIAN_INTRADAY or CUSTODIAN_ADVICE; STATEMENT for the statements themselves.';
comment on column reconciliation_api.sign_off.signed_by is 'Who signed; where breaks are material, the second person.';
comment on column reconciliation_api.sign_off.signed_at is 'When.';
comment on column reconciliation_api.sign_off.open_breaks is 'How many breaks of the feed were open then.';
comment on column reconciliation_api.sign_off.status is 'WAITING for a second person, SIGNED, or REOPENED by what came later.';
comment on column reconciliation_api.sign_off.asked_by is 'Who asked first.';
comment on column reconciliation_api.sign_off.asked_at is 'When that was.';
comment on column reconciliation_api.sign_off.material_breaks is 'How many of the open breaks were material.';
comment on column reconciliation_api.sign_off.money_at_risk is 'Money at risk of the open breaks, in the currency of the firm.';
comment on column reconciliation_api.sign_off.firm_currency is 'The currency of the firm.';
comment on column reconciliation_api.sign_off.snapshot is 'What was open: feed, class, age bucket, breaks, material ones and money at risk.';
comment on column reconciliation_api.sign_off.reason is 'What was said when it was signed.';
comment on column reconciliation_api.sign_off.reopened_by is 'The job that opened it again.';
comment on column reconciliation_api.sign_off.reopened_at is 'When.';
comment on column reconciliation_api.sign_off.reopened_why is 'What came late.';
