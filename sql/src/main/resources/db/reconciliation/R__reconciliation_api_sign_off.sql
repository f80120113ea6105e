create or replace view reconciliation_api.sign_off as
select business_date, feed, signed_by, signed_at, open_breaks
from reconciliation.sign_off;

comment on view reconciliation_api.sign_off is 'Reconciled feeds that somebody stands for.';
comment on column reconciliation_api.sign_off.business_date is 'The business date.';
comment on column reconciliation_api.sign_off.feed is 'BROKER_TRADE, CUSTODIAN_POSITION, CUSTODIAN_CASH or STATEMENT.';
comment on column reconciliation_api.sign_off.signed_by is 'Who signed.';
comment on column reconciliation_api.sign_off.signed_at is 'When.';
comment on column reconciliation_api.sign_off.open_breaks is 'How many breaks of the feed were open then.';
