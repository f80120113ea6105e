-- Read models of the journal's chain execution-0, written in the same transaction as the events they follow from.
-- They hold no foreign keys: the journal is the truth and the engine the only writer. Orders and routes change several
-- times soon after they are written: room is left beside each row, so that no index has to change with it.

create table execution.business_day (
    business_date date not null,
    status text not null check (status in ('OPEN', 'CLOSING', 'CLOSED')),
    opened_at timestamptz(6) not null,
    closed_at timestamptz(6),
    primary key (business_date)
);

comment on table execution.business_day is 'The trading days execution has opened.';
comment on column execution.business_day.business_date is 'The business day.';
comment on column execution.business_day.status is 'OPEN, CLOSING while orders end and trades are confirmed, CLOSED.';
comment on column execution.business_day.opened_at is 'When it was opened.';
comment on column execution.business_day.closed_at is 'When its last trade was confirmed or given up on.';

create table execution.decision (
    decision_id text not null,
    idempotency_key text not null,
    body_hash text not null,
    order_id text,
    received_at timestamptz(6) not null,
    account_id text not null,
    strategy_id text not null,
    trader_id text not null,
    instrument_id text not null,
    side text not null check (side in ('BUY', 'SELL')),
    quantity numeric not null,
    order_type text not null check (order_type in ('MARKET', 'LIMIT')),
    limit_price numeric,
    algo text not null check (algo in ('IMMEDIATE', 'TWAP', 'VWAP')),
    time_in_force text not null check (time_in_force in ('DAY', 'IOC', 'FOK')),
    start_time timestamptz(6),
    end_time timestamptz(6),
    status text not null check (status in ('ACCEPTED', 'HELD', 'REFUSED')),
    refusal_codes text[] not null,
    actor text not null,
    reason text,
    hold_version bigint not null,
    held_until timestamptz(6),
    hold_end text check (hold_end in ('OVERRIDDEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'DAY_CLOSED', 'BLOCKED')),
    decided_at timestamptz(6),
    decided_by text,
    decided_reason text,
    primary key (decision_id)
);
create index decision_held on execution.decision (received_at) where status = 'HELD';

comment on table execution.decision is 'What was asked of us, accepted, refused, or waiting for a person.';
comment on column execution.decision.decision_id is 'Given at intake.';
comment on column execution.decision.idempotency_key is 'Chosen by the caller; the same key makes no second decision while it is remembered, which the contract says how long is.';
comment on column execution.decision.body_hash is 'Digest of the body the key was used for.';
comment on column execution.decision.order_id is 'The parent order of an accepted decision.';
comment on column execution.decision.received_at is 'When it reached the engine.';
comment on column execution.decision.account_id is 'The account.';
comment on column execution.decision.strategy_id is 'The strategy that decided.';
comment on column execution.decision.trader_id is 'The person responsible.';
comment on column execution.decision.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.decision.side is 'BUY or SELL.';
comment on column execution.decision.quantity is 'Units wanted.';
comment on column execution.decision.order_type is 'MARKET or LIMIT.';
comment on column execution.decision.limit_price is 'The worst price accepted, of a limit order.';
comment on column execution.decision.algo is 'How it shall be worked.';
comment on column execution.decision.time_in_force is 'How long it may wait: DAY, IOC or FOK.';
comment on column execution.decision.start_time is 'When working begins; none is at once.';
comment on column execution.decision.end_time is 'When it must be done.';
comment on column execution.decision.status is 'ACCEPTED, REFUSED, or HELD while it waits for a person.';
comment on column execution.decision.refusal_codes is 'Every rule that blocked it, by code.';
comment on column execution.decision.actor is 'Who sent it.';
comment on column execution.decision.reason is 'Why, in the words of whoever sent it.';
comment on column execution.decision.hold_version is 'Version of its stream when it was held last for a person to decide; 0 if it never was.';
comment on column execution.decision.held_until is 'When it is or was to be refused if nobody decides.';
comment on column execution.decision.hold_end is 'How the waiting ended: OVERRIDDEN (let pass), REFUSED by the person, WITHDRAWN by whoever sent it, EXPIRED, DAY_CLOSED, or BLOCKED by a hard rule when somebody wanted to let it pass.';
comment on column execution.decision.decided_at is 'When it ended.';
comment on column execution.decision.decided_by is 'Who ended it.';
comment on column execution.decision.decided_reason is 'Why, in that person''s words.';

create table execution.parent_order (
    order_id text not null,
    decision_id text not null,
    business_date date not null,
    account_id text not null,
    strategy_id text not null,
    trader_id text not null,
    instrument_id text not null,
    symbol text not null,
    isin text,
    mic text not null,
    currency text not null,
    side text not null check (side in ('BUY', 'SELL')),
    quantity numeric not null,
    limit_price numeric,
    algo text not null,
    time_in_force text not null check (time_in_force in ('DAY', 'IOC', 'FOK')),
    start_time timestamptz(6) not null,
    end_time timestamptz(6) not null,
    status text not null,
    status_reason text,
    executed_quantity numeric not null,
    average_price numeric,
    outstanding_quantity numeric not null,
    decision_time timestamptz(6) not null,
    decision_price numeric,
    arrival_time timestamptz(6) not null,
    arrival_bid numeric,
    arrival_ask numeric,
    first_fill_time timestamptz(6),
    last_fill_time timestamptz(6),
    end_price numeric,
    ended_at timestamptz(6),
    broker_id text not null,
    broker_reason text not null,
    updated_at timestamptz(6) not null,
    primary key (order_id)
) with (fillfactor = 60);

comment on table execution.parent_order is 'What the desk wants, as it stands after the last event.';
comment on column execution.parent_order.order_id is 'The parent order.';
comment on column execution.parent_order.decision_id is 'The decision it comes from.';
comment on column execution.parent_order.business_date is 'The business day it belongs to.';
comment on column execution.parent_order.account_id is 'The account.';
comment on column execution.parent_order.strategy_id is 'The strategy.';
comment on column execution.parent_order.trader_id is 'The person responsible.';
comment on column execution.parent_order.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.parent_order.symbol is 'The market''s own symbol.';
comment on column execution.parent_order.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution.parent_order.mic is 'Market of the instrument.';
comment on column execution.parent_order.currency is 'Currency of prices and amounts.';
comment on column execution.parent_order.side is 'BUY or SELL.';
comment on column execution.parent_order.quantity is 'Units wanted now.';
comment on column execution.parent_order.limit_price is 'The worst price accepted.';
comment on column execution.parent_order.algo is 'IMMEDIATE, TWAP or VWAP.';
comment on column execution.parent_order.time_in_force is 'How long it may wait: DAY, IOC or FOK.';
comment on column execution.parent_order.start_time is 'When working begins.';
comment on column execution.parent_order.end_time is 'When it must be done.';
comment on column execution.parent_order.status is 'NEW, SENT, WORKING, PARTFILLED, FILLED, ASSIGN, CANCEL_REQUESTED, CANCELLED, EXPIRED or COMPLETED.';
comment on column execution.parent_order.status_reason is 'Why it was parked or is being closed.';
comment on column execution.parent_order.executed_quantity is 'Units executed.';
comment on column execution.parent_order.average_price is 'Average price of the executions.';
comment on column execution.parent_order.outstanding_quantity is 'Units with brokers.';
comment on column execution.parent_order.decision_time is 'When it was decided.';
comment on column execution.parent_order.decision_price is 'Mid of the market at the decision.';
comment on column execution.parent_order.arrival_time is 'When the order was ready to work.';
comment on column execution.parent_order.arrival_bid is 'Best bid then.';
comment on column execution.parent_order.arrival_ask is 'Best ask then.';
comment on column execution.parent_order.first_fill_time is 'When the first fill reached us.';
comment on column execution.parent_order.last_fill_time is 'When the last fill reached us.';
comment on column execution.parent_order.end_price is 'Mid of the market when it ended.';
comment on column execution.parent_order.ended_at is 'When it ended.';
comment on column execution.parent_order.broker_id is 'The broker chosen for it.';
comment on column execution.parent_order.broker_reason is 'Why this broker: the arithmetic.';
comment on column execution.parent_order.updated_at is 'When it last changed.';

create table execution.held_amendment (
    order_id text not null,
    number bigint not null,
    status text not null check (status in ('HELD', 'ACCEPTED', 'REFUSED')),
    refusal_codes text[] not null,
    quantity_before numeric not null,
    limit_price_before numeric,
    end_time_before timestamptz(6) not null,
    quantity numeric,
    limit_price numeric,
    end_time timestamptz(6),
    asked_at timestamptz(6) not null,
    asked_by text not null,
    reason text,
    hold_version bigint not null,
    held_until timestamptz(6) not null,
    hold_end text check (hold_end in ('OVERRIDDEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'DAY_CLOSED', 'BLOCKED',
        'ORDER_ENDED', 'OVERTAKEN')),
    decided_at timestamptz(6),
    decided_by text,
    decided_reason text,
    primary key (order_id, number)
);
create unique index held_amendment_waiting on execution.held_amendment (order_id) where status = 'HELD';

comment on table execution.held_amendment is 'What was asked of an order and only soft rules blocked: it waits, or waited, for a person.';
comment on column execution.held_amendment.order_id is 'The order.';
comment on column execution.held_amendment.number is 'Which of its amendments: the version of its stream when it was held first.';
comment on column execution.held_amendment.status is 'HELD while it waits, ACCEPTED once it was let pass, REFUSED.';
comment on column execution.held_amendment.refusal_codes is 'Every rule that blocked it last, by code.';
comment on column execution.held_amendment.quantity_before is 'Units the order wanted when it was asked for.';
comment on column execution.held_amendment.limit_price_before is 'Its limit then.';
comment on column execution.held_amendment.end_time_before is 'Its end then.';
comment on column execution.held_amendment.quantity is 'Units it shall want; none leaves them as they are.';
comment on column execution.held_amendment.limit_price is 'The limit it shall have; none leaves it as it is.';
comment on column execution.held_amendment.end_time is 'The end it shall have; none leaves it as it is.';
comment on column execution.held_amendment.asked_at is 'When it was asked for.';
comment on column execution.held_amendment.asked_by is 'By whom.';
comment on column execution.held_amendment.reason is 'Why, in the words of whoever asked for it.';
comment on column execution.held_amendment.hold_version is 'Version of its stream when it was held last for a person to decide.';
comment on column execution.held_amendment.held_until is 'When it is or was to be refused if nobody decides.';
comment on column execution.held_amendment.hold_end is 'How the waiting ended: OVERRIDDEN (let pass), REFUSED by the person, WITHDRAWN by whoever asked for it, EXPIRED, DAY_CLOSED, BLOCKED by a hard rule when somebody wanted to let it pass, ORDER_ENDED, or OVERTAKEN by what happened to the order.';
comment on column execution.held_amendment.decided_at is 'When it ended.';
comment on column execution.held_amendment.decided_by is 'Who ended it.';
comment on column execution.held_amendment.decided_reason is 'Why, in that person''s words, or what happened.';

create table execution.route (
    route_id text not null,
    order_id text not null,
    broker_id text not null,
    cl_ord_id text not null,
    status text not null,
    quantity numeric not null,
    price numeric,
    executed_quantity numeric not null,
    leaves_quantity numeric not null,
    average_price numeric,
    broker_order_id text,
    broker_reason text not null,
    sent_at timestamptz(6) not null,
    acknowledged_at timestamptz(6),
    ended_at timestamptz(6),
    reject_reason text,
    unknown_reason text,
    primary key (route_id)
) with (fillfactor = 60);

comment on table execution.route is 'What one broker holds of a parent order.';
comment on column execution.route.route_id is 'The route.';
comment on column execution.route.order_id is 'Its parent order.';
comment on column execution.route.broker_id is 'The broker.';
comment on column execution.route.cl_ord_id is 'ClOrdID (11) the broker last accepted.';
comment on column execution.route.status is 'OrdStatus (39) by name, SENT before any answer, UNKNOWN when none came.';
comment on column execution.route.quantity is 'OrderQty (38).';
comment on column execution.route.price is 'Price (44).';
comment on column execution.route.executed_quantity is 'CumQty (14) by our count.';
comment on column execution.route.leaves_quantity is 'LeavesQty (151) by our count.';
comment on column execution.route.average_price is 'AvgPx (6) by our count.';
comment on column execution.route.broker_order_id is 'OrderID (37).';
comment on column execution.route.broker_reason is 'Why this broker.';
comment on column execution.route.sent_at is 'When it was released to be sent.';
comment on column execution.route.acknowledged_at is 'When the broker first answered.';
comment on column execution.route.ended_at is 'When it ended.';
comment on column execution.route.reject_reason is 'What the broker said when it rejected it.';
comment on column execution.route.unknown_reason is 'Why nobody knows how it is, and what one person found out.';

create table execution.fill (
    fill_id text not null,
    exec_id text not null,
    route_id text not null,
    order_id text not null,
    decision_id text not null,
    business_date date not null,
    account_id text not null,
    strategy_id text not null,
    trader_id text not null,
    broker_id text not null,
    instrument_id text not null,
    isin text,
    mic text not null,
    currency text not null,
    side text not null check (side in ('BUY', 'SELL')),
    quantity numeric not null,
    price numeric not null,
    transact_time timestamptz(6) not null,
    received_at timestamptz(6) not null,
    last_mkt text,
    last_capacity text,
    last_liquidity text,
    broker_order_id text,
    bid numeric,
    ask numeric,
    live boolean not null,
    inferred boolean not null default false,
    primary key (fill_id)
);

comment on table execution.fill is 'Executions, one row for each; a busted or corrected one stays with live = false.';
comment on column execution.fill.fill_id is 'Our number of the execution.';
comment on column execution.fill.exec_id is 'ExecID (17).';
comment on column execution.fill.route_id is 'The route.';
comment on column execution.fill.order_id is 'The parent order.';
comment on column execution.fill.decision_id is 'The decision.';
comment on column execution.fill.business_date is 'The business day it belongs to.';
comment on column execution.fill.account_id is 'The account.';
comment on column execution.fill.strategy_id is 'The strategy.';
comment on column execution.fill.trader_id is 'The person responsible.';
comment on column execution.fill.broker_id is 'The broker.';
comment on column execution.fill.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.fill.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution.fill.mic is 'Market of the instrument.';
comment on column execution.fill.currency is 'Currency of prices and amounts.';
comment on column execution.fill.side is 'BUY or SELL.';
comment on column execution.fill.quantity is 'LastQty (32).';
comment on column execution.fill.price is 'LastPx (31).';
comment on column execution.fill.transact_time is 'TransactTime (60).';
comment on column execution.fill.received_at is 'When it reached the engine.';
comment on column execution.fill.last_mkt is 'LastMkt (30).';
comment on column execution.fill.last_capacity is 'LastCapacity (29).';
comment on column execution.fill.last_liquidity is 'LastLiquidityInd (851).';
comment on column execution.fill.broker_order_id is 'OrderID (37).';
comment on column execution.fill.bid is 'Best bid when it reached us.';
comment on column execution.fill.ask is 'Best ask when it reached us.';
comment on column execution.fill.live is 'False once it was cancelled or corrected.';
comment on column execution.fill.inferred is 'True if the broker counts it and did not report it; its report takes its place.';

create table execution.position (
    account_id text not null,
    instrument_id text not null,
    isin text,
    quantity numeric not null,
    average_cost numeric not null,
    realised numeric not null,
    currency text not null,
    updated_at timestamptz(6) not null,
    primary key (account_id, instrument_id)
);

comment on table execution.position is 'What each account holds.';
comment on column execution.position.account_id is 'The account.';
comment on column execution.position.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.position.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution.position.quantity is 'Units; below zero when short.';
comment on column execution.position.average_cost is 'Average cost of a unit.';
comment on column execution.position.realised is 'Profit or loss realised by closing.';
comment on column execution.position.currency is 'Currency of prices and amounts.';
comment on column execution.position.updated_at is 'When it last changed.';

create table execution.opening_position (
    account_id text not null,
    instrument_id text not null,
    isin text,
    business_date date not null,
    quantity numeric not null,
    average_cost numeric not null,
    primary key (business_date, account_id, instrument_id)
);

comment on table execution.opening_position is 'What each account held when a business day opened.';
comment on column execution.opening_position.account_id is 'The account.';
comment on column execution.opening_position.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.opening_position.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution.opening_position.business_date is 'The business day it belongs to.';
comment on column execution.opening_position.quantity is 'Units; below zero when short.';
comment on column execution.opening_position.average_cost is 'Average cost of a unit.';

create table execution.cash (
    account_id text not null,
    currency text not null,
    balance numeric not null,
    updated_at timestamptz(6) not null,
    primary key (account_id, currency)
);

comment on table execution.cash is 'Cash of each account, traded and not yet settled counted in.';
comment on column execution.cash.account_id is 'The account.';
comment on column execution.cash.currency is 'Currency of prices and amounts.';
comment on column execution.cash.balance is 'Balance; below zero when overdrawn.';
comment on column execution.cash.updated_at is 'When it last changed.';

create table execution.opening_cash (
    account_id text not null,
    currency text not null,
    business_date date not null,
    balance numeric not null,
    primary key (business_date, account_id, currency)
);

comment on table execution.opening_cash is 'Cash of each account when a business day opened.';
comment on column execution.opening_cash.account_id is 'The account.';
comment on column execution.opening_cash.currency is 'Currency of prices and amounts.';
comment on column execution.opening_cash.business_date is 'The business day it belongs to.';
comment on column execution.opening_cash.balance is 'Balance; below zero when overdrawn.';

create table execution.confirmed_trade (
    trade_id text not null,
    business_date date not null,
    trade_date date not null,
    account_id text not null,
    order_ids text[] not null,
    broker_id text not null,
    broker_lei text not null,
    broker_bic text not null,
    instrument_id text not null,
    isin text,
    mic text not null,
    currency text not null,
    side text not null check (side in ('BUY', 'SELL')),
    quantity numeric not null,
    average_price numeric not null,
    gross_amount numeric not null,
    commission numeric not null,
    fees numeric not null,
    net_amount numeric not null,
    settlement_date date not null,
    place_of_settlement text,
    confirm_status text not null check (confirm_status in ('UNCONFIRMED', 'CONFIRMED', 'AFFIRMED', 'MISMATCHED')),
    confirm_ref text,
    confirm_text text,
    executed_at timestamptz(6) not null,
    primary key (trade_id),
    unique (business_date, trade_date, account_id, broker_id, instrument_id, side)
);

comment on table execution.confirmed_trade is 'One trade for each account, broker, instrument, side, trade date and business day, with what the broker said to it.';
comment on column execution.confirmed_trade.trade_id is 'The trade; also AllocID (70) of its allocation.';
comment on column execution.confirmed_trade.business_date is 'The business day it belongs to.';
comment on column execution.confirmed_trade.trade_date is 'Trade date: before the business day for what was claimed after its own was closed.';
comment on column execution.confirmed_trade.account_id is 'The account.';
comment on column execution.confirmed_trade.order_ids is 'The parent orders in it.';
comment on column execution.confirmed_trade.broker_id is 'The broker.';
comment on column execution.confirmed_trade.broker_lei is 'LEI of the broker.';
comment on column execution.confirmed_trade.broker_bic is 'BIC of the broker.';
comment on column execution.confirmed_trade.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.confirmed_trade.isin is 'ISIN of the instrument; none for a crypto pair.';
comment on column execution.confirmed_trade.mic is 'Market of the instrument.';
comment on column execution.confirmed_trade.currency is 'Currency of prices and amounts.';
comment on column execution.confirmed_trade.side is 'BUY or SELL.';
comment on column execution.confirmed_trade.quantity is 'Units.';
comment on column execution.confirmed_trade.average_price is 'Average price.';
comment on column execution.confirmed_trade.gross_amount is 'Price times quantity.';
comment on column execution.confirmed_trade.commission is 'The broker''s commission.';
comment on column execution.confirmed_trade.fees is 'Exchange and clearing fees.';
comment on column execution.confirmed_trade.net_amount is 'What is paid or received.';
comment on column execution.confirmed_trade.settlement_date is 'When it settles.';
comment on column execution.confirmed_trade.place_of_settlement is 'BIC of the depository; none for a crypto pair.';
comment on column execution.confirmed_trade.confirm_status is 'UNCONFIRMED, CONFIRMED by the broker, AFFIRMED by us, MISMATCHED.';
comment on column execution.confirmed_trade.confirm_ref is 'ConfirmID (664) or the allocation the broker accepted.';
comment on column execution.confirmed_trade.confirm_text is 'What did not match, or why it was refused.';
comment on column execution.confirmed_trade.executed_at is 'Last execution in it.';

create table execution.external_order (
    external_order_id text not null,
    broker_id text not null,
    origin text not null check (origin in ('VENUE', 'RECONCILIATION')),
    business_date date not null,
    trade_date date not null,
    cl_ord_id text,
    broker_order_id text,
    symbol text,
    instrument_id text,
    isin text,
    mic text,
    currency text,
    side text not null check (side in ('BUY', 'SELL')),
    quantity numeric not null,
    average_price numeric,
    status text not null check (status in ('WAITING', 'UNBOOKED', 'IN_SUSPENSE', 'CLAIMED', 'OURS')),
    status_reason text,
    account_id text,
    claimed_for text,
    claimed_by text,
    approved_by text,
    reported_account text,
    reported_at timestamptz(6) not null,
    updated_at timestamptz(6) not null,
    primary key (external_order_id),
    constraint external_order_maker_is_not_checker check (claimed_by <> approved_by)
);

comment on table execution.external_order is 'Orders that brokers execute for us and that we did not give.';
comment on column execution.external_order.external_order_id is 'Given when it was first heard of.';
comment on column execution.external_order.broker_id is 'The broker that reports it.';
comment on column execution.external_order.origin is 'VENUE: the broker reported an execution. RECONCILIATION: it counted the order when it was asked.';
comment on column execution.external_order.business_date is 'Our business day when it was first heard of, or when it was claimed if that one was closed by then.';
comment on column execution.external_order.trade_date is 'The broker''s trade date.';
comment on column execution.external_order.cl_ord_id is 'ClOrdID (11) as the broker has it.';
comment on column execution.external_order.broker_order_id is 'OrderID (37).';
comment on column execution.external_order.symbol is 'Symbol (55) as the broker has it.';
comment on column execution.external_order.instrument_id is 'The instrument, such as VOD.XLON; none while it is booked nowhere.';
comment on column execution.external_order.isin is 'ISIN as the broker or our reference data has it.';
comment on column execution.external_order.mic is 'Market as the broker has it.';
comment on column execution.external_order.currency is 'Currency of prices and amounts; none while it is booked nowhere.';
comment on column execution.external_order.side is 'BUY or SELL.';
comment on column execution.external_order.quantity is 'Units executed that stand.';
comment on column execution.external_order.average_price is 'Average price of them.';
comment on column execution.external_order.status is 'WAITING aside for its order to turn up, UNBOOKED and for a person to see to, IN_SUSPENSE, CLAIMED, or OURS when its order turned up.';
comment on column execution.external_order.status_reason is 'Why it is booked nowhere, or the route that it turned out to be.';
comment on column execution.external_order.account_id is 'Where it is booked.';
comment on column execution.external_order.claimed_for is 'The account that somebody says it belongs to; it is booked there when somebody else says the same.';
comment on column execution.external_order.claimed_by is 'Who said so first.';
comment on column execution.external_order.approved_by is 'Who said the same, another person.';
comment on column execution.external_order.reported_account is 'Account (1) as the broker has it.';
comment on column execution.external_order.reported_at is 'When it was first heard of.';
comment on column execution.external_order.updated_at is 'When it last changed.';

create table execution.external_fill (
    fill_id text not null,
    external_order_id text not null,
    exec_id text not null,
    trade_date date not null,
    quantity numeric not null,
    price numeric not null,
    charges numeric,
    transact_time timestamptz(6) not null,
    received_at timestamptz(6) not null,
    live boolean not null,
    primary key (fill_id)
);

comment on table execution.external_fill is 'Executions of external orders, one row for each; a busted or corrected one stays with live = false.';
comment on column execution.external_fill.fill_id is 'Our number of the execution.';
comment on column execution.external_fill.external_order_id is 'The order that is not ours.';
comment on column execution.external_fill.exec_id is 'ExecID (17).';
comment on column execution.external_fill.trade_date is 'The broker''s trade date.';
comment on column execution.external_fill.quantity is 'LastQty (32).';
comment on column execution.external_fill.price is 'LastPx (31).';
comment on column execution.external_fill.charges is 'Commission and fees it was booked with; none while it is booked nowhere.';
comment on column execution.external_fill.transact_time is 'TransactTime (60).';
comment on column execution.external_fill.received_at is 'When it reached the engine.';
comment on column execution.external_fill.live is 'False once it was cancelled or corrected.';

create table execution.dont_know (
    fill_id text not null,
    broker_id text not null,
    exec_id text not null,
    reason text not null,
    text text not null,
    said_by text not null,
    said_at timestamptz(6) not null,
    not_said text,
    primary key (fill_id)
);

comment on table execution.dont_know is 'Executions we told a broker we do not know (35=Q). They stay booked until the broker takes them back.';
comment on column execution.dont_know.fill_id is 'Our number of the execution, of an external order or of a route.';
comment on column execution.dont_know.broker_id is 'The broker that was told.';
comment on column execution.dont_know.exec_id is 'ExecID (17).';
comment on column execution.dont_know.reason is 'DKReason (127) by name.';
comment on column execution.dont_know.text is 'What the person added.';
comment on column execution.dont_know.said_by is 'Who decided it.';
comment on column execution.dont_know.said_at is 'When.';
comment on column execution.dont_know.not_said is 'Why the line could not say it.';

create table execution.market_print (
    instrument_id text not null,
    print_time timestamptz(6) not null,
    price numeric not null,
    quantity numeric not null
);

comment on table execution.market_print is 'Trades the market published for the instruments we follow.';
comment on column execution.market_print.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.market_print.print_time is 'When.';
comment on column execution.market_print.price is 'Price.';
comment on column execution.market_print.quantity is 'Units.';

create table execution.market_quote (
    instrument_id text not null,
    quote_time timestamptz(6) not null,
    bid numeric not null,
    ask numeric not null
);

comment on table execution.market_quote is 'Best bid and ask, at most one a second for each instrument.';
comment on column execution.market_quote.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution.market_quote.quote_time is 'When.';
comment on column execution.market_quote.bid is 'Best bid.';
comment on column execution.market_quote.ask is 'Best ask.';

create table execution.fix_session_sequence (
    broker_id text not null,
    inbound bigint not null,
    updated_at timestamptz(6) not null,
    primary key (broker_id)
);

comment on table execution.fix_session_sequence is 'How far the journal has each broker session''s messages: after a crash the session asks for the rest.';
comment on column execution.fix_session_sequence.broker_id is 'The session''s broker.';
comment on column execution.fix_session_sequence.inbound is 'MsgSeqNum (34) of the last message whose consequences are in the journal.';
comment on column execution.fix_session_sequence.updated_at is 'When it last moved.';

create table execution.broker_gate (
    broker_id text not null,
    state text not null check (state in ('DOWN', 'RECONCILING', 'OPEN', 'BLOCKED')),
    why text not null,
    since timestamptz(6) not null,
    primary key (broker_id)
);

comment on table execution.broker_gate is 'Whether each broker may be given new orders, as the journal had it last; nobody may who is not logged on.';
comment on column execution.broker_gate.broker_id is 'The broker.';
comment on column execution.broker_gate.state is 'DOWN, RECONCILING while it is asked about its orders after a logon, OPEN, or BLOCKED if it could not be reconciled.';
comment on column execution.broker_gate.why is 'In words.';
comment on column execution.broker_gate.since is 'Since when it is so.';

create table execution.trading_switch (
    switch_id text not null,
    desk text,
    trader_id text,
    client text,
    account_id text,
    strategy_id text,
    algorithm text,
    instrument_id text,
    broker_id text,
    venue text,
    state text not null check (state in ('ACTIVE', 'REDUCING', 'HALTED')),
    reason text not null,
    set_by text not null,
    since timestamptz(6) not null,
    automatic boolean not null,
    cancelling boolean not null,
    times bigint not null,
    reopen_to text check (reopen_to in ('ACTIVE', 'REDUCING')),
    reopen_reason text,
    reopen_by text,
    reopen_at timestamptz(6),
    primary key (switch_id)
);

comment on table execution.trading_switch is 'How much may be traded by the orders that fall under each scope; the strictest of all that an order falls under holds.';
comment on column execution.trading_switch.switch_id is 'The parts that it names, or FIRM.';
comment on column execution.trading_switch.desk is 'The desk that it is about; this and the following are empty where it does not matter.';
comment on column execution.trading_switch.trader_id is 'The trader.';
comment on column execution.trading_switch.client is 'The client.';
comment on column execution.trading_switch.account_id is 'The account.';
comment on column execution.trading_switch.strategy_id is 'The strategy.';
comment on column execution.trading_switch.algorithm is 'The algorithm that works the order: IMMEDIATE, TWAP or VWAP.';
comment on column execution.trading_switch.instrument_id is 'The instrument.';
comment on column execution.trading_switch.broker_id is 'The broker.';
comment on column execution.trading_switch.venue is 'The market on which the instrument is traded.';
comment on column execution.trading_switch.state is 'ACTIVE, REDUCING for what brings a position closer to flat, or HALTED.';
comment on column execution.trading_switch.reason is 'Why, in words.';
comment on column execution.trading_switch.set_by is 'The person or the breaker that set it; of one that was opened again the person who approved.';
comment on column execution.trading_switch.since is 'Since when it is so.';
comment on column execution.trading_switch.automatic is 'Whether a breaker set it.';
comment on column execution.trading_switch.cancelling is 'Whether what worked was cancelled.';
comment on column execution.trading_switch.times is 'How often it was set.';
comment on column execution.trading_switch.reopen_to is 'What somebody asked to make of it and somebody else has to approve.';
comment on column execution.trading_switch.reopen_reason is 'Why that was asked.';
comment on column execution.trading_switch.reopen_by is 'Who asked.';
comment on column execution.trading_switch.reopen_at is 'When it was asked.';

create table execution.stopped_route (
    switch_id text not null,
    times bigint not null,
    route_id text not null,
    broker_id text not null,
    executed_before numeric not null,
    asked_before boolean not null,
    stopped_at timestamptz(6) not null,
    primary key (switch_id, times, route_id)
);

comment on table execution.stopped_route is 'What each stop caught with brokers and cancelled; how it went on is in execution.route.';
comment on column execution.stopped_route.switch_id is 'The switch.';
comment on column execution.stopped_route.times is 'Which of its stops.';
comment on column execution.stopped_route.route_id is 'What was with a broker.';
comment on column execution.stopped_route.broker_id is 'The broker.';
comment on column execution.stopped_route.executed_before is 'CumQty (14) when the stop came.';
comment on column execution.stopped_route.asked_before is 'Whether its broker had been asked to cancel it before.';
comment on column execution.stopped_route.stopped_at is 'When the stop came.';

-- A snapshot is the engine's memory after an event, so that a restart reads the journal from there. It can be thrown away:
-- the journal says the same, only slower.
create table execution.snapshot (
    chain text not null,
    seq bigint not null,
    event_hash bytea not null check (length(event_hash) = 32),
    form text not null,
    state_digest bytea not null check (length(state_digest) = 32),
    octets bigint not null,
    taken_at timestamptz(6) not null,
    primary key (chain, seq)
);

comment on table execution.snapshot is 'The engine''s memory as of an event of its journal.';
comment on column execution.snapshot.chain is 'The journal''s chain.';
comment on column execution.snapshot.seq is 'Number of the last event in it.';
comment on column execution.snapshot.event_hash is 'Hash of that event: another one there and the snapshot belongs to another journal.';
comment on column execution.snapshot.form is 'How it is written; a build that writes otherwise does not read it.';
comment on column execution.snapshot.state_digest is 'SHA-256 of the state, before compression.';
comment on column execution.snapshot.octets is 'How long it is compressed.';
comment on column execution.snapshot.taken_at is 'When it was taken, by the desk''s clock.';

create table execution.snapshot_part (
    chain text not null,
    seq bigint not null,
    part integer not null,
    content bytea not null,
    primary key (chain, seq, part),
    foreign key (chain, seq) references execution.snapshot on delete cascade deferrable initially deferred
);

-- It is compressed already.
alter table execution.snapshot_part alter column content set storage external;

comment on table execution.snapshot_part is 'A snapshot in portions.';
comment on column execution.snapshot_part.chain is 'The journal''s chain.';
comment on column execution.snapshot_part.seq is 'The snapshot''s last event.';
comment on column execution.snapshot_part.part is 'Which portion, from 0.';
comment on column execution.snapshot_part.content is 'Part of the compressed state.';

create index parent_order_by_day on execution.parent_order (business_date, order_id);
create index parent_order_by_account on execution.parent_order (account_id, order_id);
create index decision_by_time on execution.decision (received_at, decision_id);
create index route_by_order on execution.route (order_id);
create index fill_by_order on execution.fill (order_id);
create index external_fill_by_order on execution.external_fill (external_order_id);
create index fill_by_day on execution.fill (business_date, account_id, instrument_id);
create index market_print_by_time on execution.market_print (instrument_id, print_time);
create index market_quote_by_time on execution.market_quote (instrument_id, quote_time);
