create or replace view reference_api.risk_limit as
select
    limit_id,
    scope,
    scope_id,
    kind,
    amount,
    warn_at,
    currency,
    valid_from,
    valid_until,
    reason,
    entered_by,
    approved_by,
    change_id
from reference.risk_limit;

comment on view reference_api.risk_limit is 'Pre-trade limits in all their versions.';
comment on column reference_api.risk_limit.limit_id is 'One version of one limit.';
comment on column reference_api.risk_limit.scope is 'What kind of thing it holds: FIRM, DESK, TRADER, CLIENT, PORTFOLIO, ACCOUNT, STRATEGY, ASSET_CLASS, MARKET, INSTRUMENT or BROKER.';
comment on column reference_api.risk_limit.scope_id is 'Which one; * for the firm.';
comment on column reference_api.risk_limit.kind is 'What it limits.';
comment on column reference_api.risk_limit.amount is 'How much, in its currency or in the unit its kind names.';
comment on column reference_api.risk_limit.warn_at is 'From where on the desk is told; none is 80 percent.';
comment on column reference_api.risk_limit.currency is 'Currency of an amount of money.';
comment on column reference_api.risk_limit.valid_from is 'From this instant on.';
comment on column reference_api.risk_limit.valid_until is 'To before this instant; none is without end.';
comment on column reference_api.risk_limit.reason is 'Why.';
comment on column reference_api.risk_limit.entered_by is 'Who proposed it, or imported the file it was in.';
comment on column reference_api.risk_limit.approved_by is 'Who approved it; none for one that was imported.';
comment on column reference_api.risk_limit.change_id is 'The change that made it; none for one that was imported.';
