create or replace view reconciliation_api.statement as
select s.statement_id, s.feed, s.sender, s.account_number, s.account_id, s.currency, s.reference, s.pages, s.statement_date, s.business_date,
    s.file_name, s.sha256, s.rows, s.refused_rows, s.received_at, s.status, s.refusal, s.reason, s.part,
    f.origin, f.handed_in_by, f.bytes
from reconciliation.statement s
left join lateral (
    select origin, handed_in_by, bytes from reconciliation.statement_file
    where sha256 = s.sha256 and file_name = s.file_name
    order by taken_at desc limit 1) f on true;

comment on view reconciliation_api.statement is 'Statements of brokers and custodian, also the refused ones.';
comment on column reconciliation_api.statement.statement_id is 'Number of the statement.';
comment on column reconciliation_api.statement.feed is 'BROKER_TRADE, BROKER_DROP_COPY, CUSTODIAN_POSITION, CUSTODIAN_MOVEMENT, CUSTODIAN_PENDING, CUSTODIAN_CASH, CUSTODIAN_INTRADAY or CUSTODIAN_ADVICE; STATEMENT when it could not be told.';
comment on column reconciliation_api.statement.sender is 'The broker, or BIC of the custodian.';
comment on column reconciliation_api.statement.account_number is 'The account as the sender numbers it.';
comment on column reconciliation_api.statement.account_id is 'Our account.';
comment on column reconciliation_api.statement.currency is 'Currency of a cash statement.';
comment on column reconciliation_api.statement.reference is 'The sender''s reference.';
comment on column reconciliation_api.statement.pages is 'How many pages came.';
comment on column reconciliation_api.statement.statement_date is 'The date it speaks of.';
comment on column reconciliation_api.statement.business_date is 'The business date it was read for.';
comment on column reconciliation_api.statement.file_name is 'File it came in, the first if several.';
comment on column reconciliation_api.statement.sha256 is 'Hash of that file.';
comment on column reconciliation_api.statement.rows is 'Rows read.';
comment on column reconciliation_api.statement.refused_rows is 'Rows put in quarantine, or not compared for what is found wrong with them.';
comment on column reconciliation_api.statement.received_at is 'When it was taken.';
comment on column reconciliation_api.statement.status is 'LOADED, SUPERSEDED by a later one for the same date, or REFUSED.';
comment on column reconciliation_api.statement.refusal is 'Why it was refused, as a class.';
comment on column reconciliation_api.statement.reason is 'Why it was refused, in words.';
comment on column reconciliation_api.statement.part is 'Tells statements of one account and day apart where there may be several, else empty.';
comment on column reconciliation_api.statement.origin is 'How the file came: DROP_FOLDER or UPLOAD.';
comment on column reconciliation_api.statement.handed_in_by is 'Who handed it in over HTTP.';
comment on column reconciliation_api.statement.bytes is 'Size of the file.';
