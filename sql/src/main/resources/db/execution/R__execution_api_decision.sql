create or replace view execution_api.decision as
select
    decision_id,
    idempotency_key,
    received_at,
    account_id,
    strategy_id,
    trader_id,
    instrument_id,
    side,
    quantity,
    order_type,
    limit_price,
    algo,
    time_in_force,
    start_time,
    end_time,
    status,
    refusal_codes,
    reason,
    hold_version,
    held_until,
    hold_end,
    decided_at,
    decided_by,
    decided_reason
from execution.decision;

comment on view execution_api.decision is 'What was asked of us, accepted, refused, or waiting for a person.';
comment on column execution_api.decision.decision_id is 'Given at intake.';
comment on column execution_api.decision.idempotency_key is 'Chosen by the caller; the same key makes no second decision while it is remembered, which the contract says how long is.';
comment on column execution_api.decision.received_at is 'When it reached the engine.';
comment on column execution_api.decision.account_id is 'The account.';
comment on column execution_api.decision.strategy_id is 'The strategy that decided.';
comment on column execution_api.decision.trader_id is 'The person responsible.';
comment on column execution_api.decision.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.decision.side is 'BUY or SELL.';
comment on column execution_api.decision.quantity is 'Units wanted.';
comment on column execution_api.decision.order_type is 'MARKET or LIMIT.';
comment on column execution_api.decision.limit_price is 'The worst price accepted, of a limit order.';
comment on column execution_api.decision.algo is 'How it shall be worked.';
comment on column execution_api.decision.time_in_force is 'How long it may wait: DAY, IOC or FOK.';
comment on column execution_api.decision.start_time is 'When working begins; none is at once.';
comment on column execution_api.decision.end_time is 'When it must be done.';
comment on column execution_api.decision.status is 'ACCEPTED, REFUSED, or HELD while it waits for a person.';
comment on column execution_api.decision.refusal_codes is 'Every rule that blocked it, by code.';
comment on column execution_api.decision.reason is 'Why, in the words of whoever sent it.';
comment on column execution_api.decision.hold_version is 'Version of its stream when it was held last for a person to decide; 0 if it never was.';
comment on column execution_api.decision.held_until is 'When it is or was to be refused if nobody decides.';
comment on column execution_api.decision.hold_end is 'How the waiting ended: OVERRIDDEN (let pass), REFUSED, WITHDRAWN, EXPIRED, DAY_CLOSED or BLOCKED.';
comment on column execution_api.decision.decided_at is 'When it ended.';
comment on column execution_api.decision.decided_by is 'Who ended it.';
comment on column execution_api.decision.decided_reason is 'Why, in that person''s words.';
