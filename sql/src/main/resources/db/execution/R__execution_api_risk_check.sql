create or replace view execution_api.risk_check as
select
    decision_id,
    rule,
    rule_version,
    measured,
    limit_value,
    unit,
    verdict,
    detail,
    checked_at
from execution.risk_check;

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
