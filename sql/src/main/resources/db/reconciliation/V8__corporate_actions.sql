-- What a corporate action moved is not what was traded.

alter table reconciliation.movement_row add column corporate_action text;

comment on column reconciliation.movement_row.corporate_action is 'The event it belongs to (CAEV, such as SPLF), or CORP where the sender says only that there is one; null if it is none.';

create or replace view reconciliation.stated_movement as
select s.statement_id, s.feed, s.account_id, s.account_number, s.statement_date, s.business_date, r.page_id, r.number, r.isin, r.other_id,
    r.quantity, r.amount, r.currency, r.reference, r.their_reference, r.trade_date, r.settled_on, r.reversal,
    p.number * 1000000000::bigint + r.number as place, r.corporate_action
from reconciliation.statement s
join reconciliation.statement_page p using (statement_id)
join reconciliation.movement_row r using (page_id)
where s.status = 'LOADED' and r.isin is not null and r.quantity_type = 'UNIT';

alter table reconciliation.position_explained drop constraint position_explained_kind_check;
alter table reconciliation.position_explained add constraint position_explained_kind_check
    check (kind in ('MOVEMENTS', 'CORPORATE_ACTION', 'UNSETTLED', 'FAILING', 'BASIS'));

comment on table reconciliation.position_explained is 'What explains the difference between a holding in our books and the custodian''s: movements that are breaks of their own, a corporate action that one side has booked before the other, instructions that have not settled or fail, a count by another date. Only what is left is a break.';
