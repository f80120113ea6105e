-- How the custodian's movements, pending lists, advices and holdings were paired with our books.

create view reconciliation.stated_movement as
select s.statement_id, s.feed, s.account_id, s.account_number, s.statement_date, s.business_date, r.page_id, r.number, r.isin, r.other_id,
    r.quantity, r.amount, r.currency, r.reference, r.their_reference, r.trade_date, r.settled_on, r.reversal,
    p.number * 1000000000::bigint + r.number as place
from reconciliation.statement s
join reconciliation.statement_page p using (statement_id)
join reconciliation.movement_row r using (page_id)
where s.status = 'LOADED' and r.isin is not null and r.quantity_type = 'UNIT';

comment on view reconciliation.stated_movement is 'Movements of statements of transactions and of confirmations that count, over all pages; those without ISIN or not in units are findings of their own.';

create view reconciliation.stated_pending as
select s.statement_id, s.account_id, s.account_number, s.statement_date, s.business_date, r.page_id, r.number, r.isin, r.other_id,
    r.quantity, r.amount, r.currency, r.reference, r.their_reference, r.trade_date, r.settlement_date, r.settlement_status, r.reasons,
    p.number * 1000000000::bigint + r.number as place
from reconciliation.statement s
join reconciliation.statement_page p using (statement_id)
join reconciliation.pending_row r using (page_id)
where s.feed = 'CUSTODIAN_PENDING' and s.status = 'LOADED' and r.isin is not null and r.quantity_type = 'UNIT';

comment on view reconciliation.stated_pending is 'Pending instructions of the lists that count, over all pages.';

create table reconciliation.movement_matched (
    reconciled_on    date not null,
    feed             text not null check (feed in ('CUSTODIAN_MOVEMENT', 'CUSTODIAN_ADVICE', 'CUSTODIAN_PENDING')),
    page_id          bigint not null,
    number           integer not null,
    instruction_id   text not null,
    sender_reference text not null,
    pass             text not null check (pass in ('IDENTITY', 'REFERENCE', 'AGGREGATED', 'REVERSED', 'ECONOMICS')),
    rule_version     integer not null,
    primary key (reconciled_on, feed, page_id, number, instruction_id, sender_reference)
);
create index movement_matched_by_instruction on reconciliation.movement_matched (reconciled_on, feed, instruction_id, sender_reference);

comment on table reconciliation.movement_matched is 'Which movement or pending instruction of the custodian was paired with which of ours (of a pending list without a sender''s reference), or taken back by the custodian, by which pass and version of the rules.';

create view reconciliation.advised_entry as
select s.statement_id, s.feed, s.account_id, s.currency, s.business_date, coalesce(r.booking_date, s.statement_date) as due_on,
    case s.feed when 'CUSTODIAN_ADVICE' then s.part else '' end as part, r.page_id, r.number, r.entry_status, r.value_date, r.amount,
    r.reversal, r.reference, r.their_reference,
    p.number * 1000000000::bigint + r.number as place
from reconciliation.statement s
join reconciliation.statement_page p using (statement_id)
join reconciliation.cash_row r using (page_id)
where s.status = 'LOADED' and s.feed in ('CUSTODIAN_ADVICE', 'CUSTODIAN_INTRADAY') and r.entry_status <> 'INFO';

comment on view reconciliation.advised_entry is 'Cash that was advised or reported within the day, and by when it has to be on the statement of the day.';

create table reconciliation.advice_matched (
    reconciled_on date not null,
    feed          text not null check (feed in ('CUSTODIAN_ADVICE', 'CUSTODIAN_INTRADAY')),
    page_id       bigint not null,
    number        integer not null,
    other_page    bigint not null,
    other_number  integer not null,
    pass          text not null check (pass in ('IDENTITY', 'REFERENCE', 'ECONOMICS', 'REVERSED', 'AMOUNT')),
    rule_version  integer not null,
    primary key (reconciled_on, feed, page_id, number)
);
create index advice_matched_by_entry on reconciliation.advice_matched (reconciled_on, feed, other_page, other_number);

comment on table reconciliation.advice_matched is 'Which entry of the statement of the day came of which advised one, or which advised one was taken back by another.';

create table reconciliation.position_explained (
    reconciled_on date not null,
    account_id    text not null,
    isin          text not null,
    kind          text not null check (kind in ('MOVEMENTS', 'UNSETTLED', 'FAILING', 'BASIS')),
    basis         text not null check (basis in ('SETT', 'TRAD')),
    ours          numeric not null,
    theirs        numeric not null,
    explained     numeric not null,
    reference     text not null,
    primary key (reconciled_on, account_id, isin, kind)
);

comment on table reconciliation.position_explained is 'What explains the difference between a holding in our books and the custodian''s: movements that are breaks of their own, instructions that have not settled or fail, a count by another date. Only what is left is a break.';

create table reconciliation.file_to_read (
    job         text not null,
    path        text not null,
    sha256      char(64) not null,
    bytes       bigint not null,
    modified_at timestamptz(6) not null,
    received_at timestamptz(6) not null,
    primary key (job, path)
);

comment on table reconciliation.file_to_read is 'The files that lay whole in a job''s drop folder when its last run began: those it reads, and no others.';
