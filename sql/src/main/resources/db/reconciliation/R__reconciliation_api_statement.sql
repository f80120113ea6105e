create or replace view reconciliation_api.statement as
select statement_id, feed, sender, account_number, account_id, currency, reference, pages, statement_date, business_date,
    file_name, sha256, rows, refused_rows, received_at, status, refusal, reason
from reconciliation.statement;

comment on view reconciliation_api.statement is 'Statements of brokers and custodian, also the refused ones.';
comment on column reconciliation_api.statement.statement_id is 'Number of the statement.';
comment on column reconciliation_api.statement.feed is 'BROKER_TRADE, CUSTODIAN_POSITION or CUSTODIAN_CASH; STATEMENT when it could not be told.';
comment on column reconciliation_api.statement.sender is 'The broker, or BIC of the custodian.';
comment on column reconciliation_api.statement.account_number is 'The account as the sender numbers it.';
comment on column reconciliation_api.statement.account_id is 'Our account.';
comment on column reconciliation_api.statement.currency is 'Currency of a cash statement.';
comment on column reconciliation_api.statement.reference is 'The sender''s reference.';
comment on column reconciliation_api.statement.pages is 'How many pages came.';
comment on column reconciliation_api.statement.statement_date is 'The date it speaks of.';
comment on column reconciliation_api.statement.business_date is 'The business date it was read for.';
comment on column reconciliation_api.statement.file_name is 'File it came in, the first if several.';
comment on column reconciliation_api.statement.sha256 is 'Hash of that text.';
comment on column reconciliation_api.statement.rows is 'Rows read.';
comment on column reconciliation_api.statement.refused_rows is 'Rows put in quarantine.';
comment on column reconciliation_api.statement.received_at is 'When it was taken.';
comment on column reconciliation_api.statement.status is 'LOADED, SUPERSEDED by a later one for the same date, or REFUSED.';
comment on column reconciliation_api.statement.refusal is 'Why it was refused, as a class.';
comment on column reconciliation_api.statement.reason is 'Why it was refused, in words.';
