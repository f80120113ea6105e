-- Whoever proposed a rule of the desk may take it back; approving it stays with somebody else.

alter table reconciliation.desk_rule drop constraint desk_rule_check1;
alter table reconciliation.desk_rule add constraint desk_rule_approved_by_another
    check (decided_by <> proposed_by or decided_by = 'contract' or status = 'REFUSED');
