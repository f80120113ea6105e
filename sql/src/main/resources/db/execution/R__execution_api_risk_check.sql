-- The checks are in the journal with what they are about and are not kept a second time. A check is a list: rule,
-- version, verdict, what was seen, and where something was measured the measure, its limit and their unit, and where it
-- blocks the code.
create or replace view execution_api.risk_check as
with asked as (
    select 'DECISION' as subject_kind, d.decision_id, coalesce(d.order_id, 'O' || d.decision_id) as order_id, e.*
    from execution.decision d
    join journal.event e on e.chain = 'execution-0' and e.stream = 'decision/' || d.decision_id
    union all
    select 'AMENDMENT', o.decision_id, o.order_id, e.*
    from execution.parent_order o
    join journal.event e on e.chain = 'execution-0' and e.stream = 'amendments/' || o.order_id
    union all
    select 'CHILD', o.decision_id, o.order_id, e.*
    from execution.parent_order o
    join journal.event e on e.chain = 'execution-0' and e.stream = 'children/' || o.order_id
)
select
    a.subject_kind,
    a.decision_id,
    a.order_id,
    a.version as subject_version,
    a.type as subject_type,
    checked.each ->> 0 as rule,
    (checked.each ->> 1)::integer as rule_version,
    (checked.each ->> 4)::numeric as measured,
    (checked.each ->> 5)::numeric as limit_value,
    coalesce(checked.each ->> 6, '') as unit,
    checked.each ->> 2 as verdict,
    checked.each ->> 7 as code,
    checked.each ->> 3 as detail,
    substring(checked.each ->> 3 from '^limit=([A-Z_]+):') as limit_scope,
    substring(checked.each ->> 3 from '^limit=[A-Z_]+:([^ ]+)') as limit_scope_id,
    case when checked.each ->> 2 = 'BLOCK' then a.payload -> 'override' ->> 'by' end as overridden_by,
    case when checked.each ->> 2 = 'BLOCK' then a.payload -> 'override' ->> 'reason' end as override_reason,
    a.event_time as checked_at,
    a.recorded_at,
    a.actor,
    a.seq,
    checked.place
from asked a
cross join lateral json_array_elements(a.payload -> 'checks') with ordinality as checked(each, place);

comment on view execution_api.risk_check is 'Every rule asked about a decision, an amendment or a child order, with what it saw and who let it pass.';
comment on column execution_api.risk_check.subject_kind is 'What was checked: DECISION, AMENDMENT or CHILD, an order to a broker.';
comment on column execution_api.risk_check.decision_id is 'The decision, also of an amendment or a child order.';
comment on column execution_api.risk_check.order_id is 'The order, or the one it would have become.';
comment on column execution_api.risk_check.subject_version is 'Which of the checks of the same subject: a decision that waited is checked again.';
comment on column execution_api.risk_check.subject_type is 'What came of it: the type of the event that has the checks.';
comment on column execution_api.risk_check.rule is 'Identifier of the rule.';
comment on column execution_api.risk_check.rule_version is 'Version of the rule.';
comment on column execution_api.risk_check.measured is 'The value the rule measured.';
comment on column execution_api.risk_check.limit_value is 'The limit it was held against.';
comment on column execution_api.risk_check.unit is 'Unit of both.';
comment on column execution_api.risk_check.verdict is 'PASS, WARN or BLOCK.';
comment on column execution_api.risk_check.code is 'Why it blocks; none where it does not.';
comment on column execution_api.risk_check.detail is 'What the rule says about it.';
comment on column execution_api.risk_check.limit_scope is 'Whom or what the limit holds, where the rule has one.';
comment on column execution_api.risk_check.limit_scope_id is 'Which of them.';
comment on column execution_api.risk_check.overridden_by is 'Who let it pass although it blocked.';
comment on column execution_api.risk_check.override_reason is 'Why, in that person''s words.';
comment on column execution_api.risk_check.checked_at is 'When it was asked.';
comment on column execution_api.risk_check.recorded_at is 'When that was recorded.';
comment on column execution_api.risk_check.actor is 'Who asked for what was checked, or let it pass.';
comment on column execution_api.risk_check.seq is 'Number of the event in the journal.';
comment on column execution_api.risk_check.place is 'Place in the order the rules were asked.';
