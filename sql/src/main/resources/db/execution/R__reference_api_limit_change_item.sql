create or replace view reference_api.limit_change_item as
select
    change_id,
    place,
    scope,
    scope_id,
    kind,
    amount,
    warn_at,
    currency,
    limit_before,
    amount_before
from reference.limit_change_item;

comment on view reference_api.limit_change_item is 'The limits that each change is about.';
comment on column reference_api.limit_change_item.change_id is 'The change.';
comment on column reference_api.limit_change_item.place is 'Its place in the change.';
comment on column reference_api.limit_change_item.scope is 'What kind of thing the limit holds.';
comment on column reference_api.limit_change_item.scope_id is 'Which one; * for the firm.';
comment on column reference_api.limit_change_item.kind is 'What it limits.';
comment on column reference_api.limit_change_item.amount is 'How much it is to be; none if it is to end.';
comment on column reference_api.limit_change_item.warn_at is 'From where on the desk is to be told; none is 80 percent.';
comment on column reference_api.limit_change_item.currency is 'Currency of an amount of money.';
comment on column reference_api.limit_change_item.limit_before is 'The version that held when it was proposed.';
comment on column reference_api.limit_change_item.amount_before is 'Its amount.';
