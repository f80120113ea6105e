-- The checks are in the journal with what they are about and are not kept a second time. What is the same in many answers
-- of a rule is told there once, as a form: the rule, its version and verdict, the code where it blocks, the unit, and what
-- it saw with gaps, among it the limit where it is one that somebody has set. A check is the number of its form, or a list of
-- that number, then what was measured if the form measures and its limit if the form does not have it, then what stands in
-- the gaps. A list ends where all that follows is what the last check with a value at that place had there.

-- Each check with its values, those that its list leaves out among them, however many its form has.
create or replace function execution_api.checks_told(checks json)
    returns table (place bigint, form integer, told text[])
    language plpgsql immutable strict parallel safe as $$
declare
    each json;
    said text[];
begin
    place := 0;
    for each in select json_array_elements(checks) loop
        place := place + 1;
        if json_typeof(each) = 'number' then
            form := each::text;
        else
            said := array(select json_array_elements_text(each));
            form := said[1];
            told := said[2:] || told[cardinality(said):];
        end if;
        return next;
    end loop;
end
$$;

comment on function execution_api.checks_told is 'The checks of an event as the journal tells them: their place from 1, the number of their form, and the values of it.';

create or replace view execution_api.risk_check as
with form as (
    select
        e.version as form,
        e.payload ->> 'rule' as rule,
        (e.payload ->> 'version')::integer as rule_version,
        e.payload ->> 'verdict' as verdict,
        e.payload ->> 'code' as code,
        e.payload ->> 'unit' as unit,
        (e.payload ->> 'measures')::boolean as measures,
        (e.payload ->> 'limit')::numeric as limit_value,
        coalesce((select string_agg(s.slot, ' ' order by s.place)
            from json_array_elements_text(e.payload -> 'seen') with ordinality as s(slot, place)), '') as seen
    from journal.event e
    where e.chain = 'execution-0' and e.stream = 'answer-forms'
), asked as (
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
), answer as (
    select a.*, checked.place, checked.form, checked.told
    from asked a
    cross join lateral execution_api.checks_told(a.payload -> 'checks') checked
), said as (
    select
        a.*,
        f.rule,
        f.rule_version,
        f.verdict,
        f.code,
        f.unit,
        case when f.measures then a.told[1]::numeric end as measured,
        coalesce(f.limit_value, case when f.measures then a.told[2]::numeric end) as limit_value,
        case
            when position('%' in f.seen) = 0 then f.seen
            else format(f.seen, variadic array_replace(
                a.told[case when not f.measures then 1 when f.limit_value is null then 3 else 2 end:], null, 'null'))
        end as detail
    from answer a
    join form f using (form)
)
select
    subject_kind,
    decision_id,
    order_id,
    version as subject_version,
    type as subject_type,
    rule,
    rule_version,
    measured,
    limit_value,
    unit,
    verdict,
    code,
    detail,
    substring(detail from '^limit=([A-Z_]+):') as limit_scope,
    substring(detail from '^limit=[A-Z_]+:([^ ]+)') as limit_scope_id,
    case when verdict = 'BLOCK' then payload -> 'override' ->> 'by' end as overridden_by,
    case when verdict = 'BLOCK' then payload -> 'override' ->> 'reason' end as override_reason,
    event_time as checked_at,
    recorded_at,
    actor,
    seq,
    place
from said;

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
