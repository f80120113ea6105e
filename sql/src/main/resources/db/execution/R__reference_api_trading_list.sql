create or replace view reference_api.trading_list as
select
    list,
    scope,
    scope_id,
    side,
    valid_from,
    valid_until,
    reason,
    entered_by
from reference.trading_list;

comment on view reference_api.trading_list is 'What compliance has restricted or watches.';
comment on column reference_api.trading_list.list is 'RESTRICTED: refused. WATCH: let through and told.';
comment on column reference_api.trading_list.scope is 'INSTRUMENT or ISSUER.';
comment on column reference_api.trading_list.scope_id is 'Which instrument, or which issuer by LEI or name.';
comment on column reference_api.trading_list.side is 'BUY, SELL or BOTH.';
comment on column reference_api.trading_list.valid_from is 'From this instant on.';
comment on column reference_api.trading_list.valid_until is 'To before this instant; none is without end.';
comment on column reference_api.trading_list.reason is 'Why.';
comment on column reference_api.trading_list.entered_by is 'Who entered it.';
