create or replace view execution_api.held_amendment as
select
    order_id,
    number,
    status,
    refusal_codes,
    quantity_before,
    limit_price_before,
    end_time_before,
    quantity,
    limit_price,
    end_time,
    asked_at,
    asked_by,
    reason,
    hold_version,
    held_until,
    hold_end,
    decided_at,
    decided_by,
    decided_reason
from execution.held_amendment;

comment on view execution_api.held_amendment is 'What was asked of an order and only soft rules blocked: it waits, or waited, for a person.';
comment on column execution_api.held_amendment.order_id is 'The order.';
comment on column execution_api.held_amendment.number is 'Which of its amendments: the version of its stream when it was held first.';
comment on column execution_api.held_amendment.status is 'HELD while it waits, ACCEPTED once it was let pass, REFUSED.';
comment on column execution_api.held_amendment.refusal_codes is 'Every rule that blocked it last, by code.';
comment on column execution_api.held_amendment.quantity_before is 'Units the order wanted when it was asked for.';
comment on column execution_api.held_amendment.limit_price_before is 'Its limit then.';
comment on column execution_api.held_amendment.end_time_before is 'Its end then.';
comment on column execution_api.held_amendment.quantity is 'Units it shall want; none leaves them as they are.';
comment on column execution_api.held_amendment.limit_price is 'The limit it shall have; none leaves it as it is.';
comment on column execution_api.held_amendment.end_time is 'The end it shall have; none leaves it as it is.';
comment on column execution_api.held_amendment.asked_at is 'When it was asked for.';
comment on column execution_api.held_amendment.asked_by is 'By whom.';
comment on column execution_api.held_amendment.reason is 'Why, in the words of whoever asked for it.';
comment on column execution_api.held_amendment.hold_version is 'Version of its stream when it was held last for a person to decide.';
comment on column execution_api.held_amendment.held_until is 'When it is or was to be refused if nobody decides.';
comment on column execution_api.held_amendment.hold_end is 'How the waiting ended: OVERRIDDEN (let pass), REFUSED, WITHDRAWN, EXPIRED, DAY_CLOSED, BLOCKED, ORDER_ENDED or OVERTAKEN.';
comment on column execution_api.held_amendment.decided_at is 'When it ended.';
comment on column execution_api.held_amendment.decided_by is 'Who ended it.';
comment on column execution_api.held_amendment.decided_reason is 'Why, in that person''s words, or what happened.';
