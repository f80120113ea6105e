-- The checks are in the journal with their decision and are not kept a second time.
create or replace view execution_api.risk_check as
select
    d.decision_id,
    checked.each ->> 0 as rule,
    (checked.each ->> 1)::integer as rule_version,
    (checked.each ->> 4)::numeric as measured,
    (checked.each ->> 5)::numeric as limit_value,
    coalesce(checked.each ->> 6, '') as unit,
    checked.each ->> 2 as verdict,
    checked.each ->> 7 as code,
    checked.each ->> 3 as detail,
    e.event_time as checked_at,
    checked.place
from execution.decision d
join journal.event e on e.chain = 'execution-0' and e.stream = 'decision/' || d.decision_id and e.version = 1
cross join lateral json_array_elements(e.payload -> 'checks') with ordinality as checked(each, place);

comment on view execution_api.risk_check is 'Every rule asked about a decision, with what it saw.';
comment on column execution_api.risk_check.decision_id is 'The decision.';
comment on column execution_api.risk_check.rule is 'Identifier of the rule.';
comment on column execution_api.risk_check.rule_version is 'Version of the rule.';
comment on column execution_api.risk_check.measured is 'The value the rule measured.';
comment on column execution_api.risk_check.limit_value is 'The limit it was held against.';
comment on column execution_api.risk_check.unit is 'Unit of both.';
comment on column execution_api.risk_check.verdict is 'PASS, WARN or BLOCK.';
comment on column execution_api.risk_check.code is 'Why it blocks; none where it does not.';
comment on column execution_api.risk_check.detail is 'What the rule says about it.';
comment on column execution_api.risk_check.checked_at is 'When it was asked.';
comment on column execution_api.risk_check.place is 'Place in the order the rules were asked.';
