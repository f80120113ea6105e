create or replace view reference_api.mandate_rule as
select
    mandate_id,
    version,
    valid_from,
    valid_until,
    rule,
    dimension,
    value,
    percent,
    reason
from reference.mandate_rule;

comment on view reference_api.mandate_rule is 'The rules of investment mandates in all their versions.';
comment on column reference_api.mandate_rule.mandate_id is 'Which mandate.';
comment on column reference_api.mandate_rule.version is 'Which version of it brought the rule.';
comment on column reference_api.mandate_rule.valid_from is 'From this instant on.';
comment on column reference_api.mandate_rule.valid_until is 'To before this instant; none is without end.';
comment on column reference_api.mandate_rule.rule is 'What is asked for.';
comment on column reference_api.mandate_rule.dimension is 'By which trait of what is held.';
comment on column reference_api.mandate_rule.value is 'Which; * for each, or for the whole account.';
comment on column reference_api.mandate_rule.percent is 'Weight or floor in percent of the accounts value; none for other rules.';
comment on column reference_api.mandate_rule.reason is 'Why.';
