-- The checks are in the journal with their decision and are not kept a second time.
create or replace view execution_api.risk_check as
select
    d.decision_id,
    checked.rule,
    checked.version as rule_version,
    checked.measured,
    checked."limit" as limit_value,
    checked.unit,
    checked.verdict,
    checked.detail,
    e.event_time as checked_at,
    checked.place
from execution.decision d
join journal.event e on e.chain = 'execution-0' and e.stream = 'decision/' || d.decision_id and e.version = 1
cross join lateral rows from (
    json_to_recordset(e.payload -> 'checks') as (
        rule text, version integer, measured numeric, "limit" numeric, unit text, verdict text, detail text)
) with ordinality as checked(rule, version, measured, "limit", unit, verdict, detail, place);

comment on view execution_api.risk_check is 'Every rule asked about a decision, with what it saw.';
comment on column execution_api.risk_check.decision_id is 'The decision.';
comment on column execution_api.risk_check.rule is 'Identifier of the rule.';
comment on column execution_api.risk_check.rule_version is 'Version of the rule.';
comment on column execution_api.risk_check.measured is 'The value the rule measured.';
comment on column execution_api.risk_check.limit_value is 'The limit it was held against.';
comment on column execution_api.risk_check.unit is 'Unit of both.';
comment on column execution_api.risk_check.verdict is 'PASS, WARN or BLOCK.';
comment on column execution_api.risk_check.detail is 'What the rule says about it.';
comment on column execution_api.risk_check.checked_at is 'When it was asked.';
comment on column execution_api.risk_check.place is 'Place in the order the rules were asked.';
