create or replace view reference_api.limit_change as
select
    change_id,
    status,
    made_for,
    valid_from,
    valid_until,
    reason,
    proposed_by,
    proposed_at,
    decided_by,
    decided_at,
    decision_reason,
    register_version
from reference.limit_change;

comment on view reference_api.limit_change is 'Changes of limits from proposal to approval, rejection or withdrawal.';
comment on column reference_api.limit_change.change_id is 'Our number of it.';
comment on column reference_api.limit_change.status is 'PROPOSED, APPROVED, REJECTED or WITHDRAWN.';
comment on column reference_api.limit_change.made_for is 'The version of the limits that the proposer had read.';
comment on column reference_api.limit_change.valid_from is 'From when on; none is as soon as it is approved.';
comment on column reference_api.limit_change.valid_until is 'When everything is again as it was; none is a change that stays.';
comment on column reference_api.limit_change.reason is 'Why it was proposed.';
comment on column reference_api.limit_change.proposed_by is 'Who proposed it.';
comment on column reference_api.limit_change.proposed_at is 'When.';
comment on column reference_api.limit_change.decided_by is 'Who approved or rejected it, or had proposed it and withdrew it.';
comment on column reference_api.limit_change.decided_at is 'When.';
comment on column reference_api.limit_change.decision_reason is 'Why it was approved, rejected or withdrawn.';
comment on column reference_api.limit_change.register_version is 'The version of the limits that it made; none unless it was approved.';
