-- What reporting makes and keeps. Everything here can be traced to a job run and, by hash, to a file.

create table reporting.report (
    report_id     bigint generated always as identity primary key,
    kind          text not null check (kind in ('TCA', 'TRADE_CONFIRMATION', 'TRANSACTION_REPORT', 'AUDIT_EXPORT', 'LIMIT_UTILISATION',
        'CONTROL_EVIDENCE', 'BREAK_SHEET', 'SIGN_OFF_SHEET')),
    business_date date not null,
    format        text not null check (format in ('PDF', 'CSV', 'XML', 'JSON', 'ZIP')),
    file_name     text not null,
    path          text not null,
    bytes         bigint not null check (bytes >= 0),
    sha256        text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    created_at    timestamptz(6) not null,
    unique (business_date, file_name)
);
comment on table reporting.report is 'Every file that a report job has made.';
comment on column reporting.report.report_id is 'Number of the report.';
comment on column reporting.report.kind is 'What it is about.';
comment on column reporting.report.business_date is 'The business date it reports on.';
comment on column reporting.report.format is 'How it is written.';
comment on column reporting.report.file_name is 'Name of the file; an approved re-run makes another one.';
comment on column reporting.report.path is 'Where the file is, from the folder of all outputs.';
comment on column reporting.report.bytes is 'Size of the file.';
comment on column reporting.report.sha256 is 'Hash of the file.';
comment on column reporting.report.created_at is 'When it was made, business clock.';

create table reporting.order_cost (
    business_date      date not null,
    order_id           text not null,
    account_id         text not null,
    strategy_id        text not null,
    broker_id          text,
    instrument_id      text not null,
    mic                text not null,
    currency           text not null,
    side               text not null,
    algo               text not null,
    ordered            numeric not null,
    executed           numeric not null,
    average_price      numeric,
    decision_price     numeric,
    arrival_price      numeric,
    end_price          numeric,
    interval_vwap      numeric,
    market_volume      numeric,
    benchmark_notional numeric not null,
    delay_cost         numeric not null,
    trading_cost       numeric not null,
    opportunity_cost   numeric not null,
    fees               numeric not null,
    spread_cost        numeric not null,
    impact_cost        numeric not null,
    market_move_cost   numeric not null,
    arrival_bps        numeric,
    vwap_bps           numeric,
    participation      numeric,
    spread_capture     numeric,
    fx_rate            numeric not null,
    note               text not null,
    primary key (business_date, order_id)
);
comment on table reporting.order_cost is 'What the execution of each parent order cost, cost-positive, in the currency of the instrument.';
comment on column reporting.order_cost.business_date is 'The business date of the order.';
comment on column reporting.order_cost.order_id is 'The parent order.';
comment on column reporting.order_cost.account_id is 'The account it was for.';
comment on column reporting.order_cost.strategy_id is 'The strategy that decided it.';
comment on column reporting.order_cost.broker_id is 'The broker that had most of it.';
comment on column reporting.order_cost.instrument_id is 'The instrument.';
comment on column reporting.order_cost.mic is 'Its market.';
comment on column reporting.order_cost.currency is 'Currency of prices and costs.';
comment on column reporting.order_cost.side is 'BUY or SELL.';
comment on column reporting.order_cost.algo is 'How it was worked.';
comment on column reporting.order_cost.ordered is 'Quantity ordered.';
comment on column reporting.order_cost.executed is 'Quantity executed.';
comment on column reporting.order_cost.average_price is 'Average price of the fills; null when there were none.';
comment on column reporting.order_cost.decision_price is 'Mid price when it was decided; the arrival price where that is not known.';
comment on column reporting.order_cost.arrival_price is 'Mid quote when the order reached the desk.';
comment on column reporting.order_cost.end_price is 'Price when the order ended, for what was not executed.';
comment on column reporting.order_cost.interval_vwap is 'VWAP of the market''s prints from arrival to the last fill.';
comment on column reporting.order_cost.market_volume is 'Quantity printed in that interval.';
comment on column reporting.order_cost.benchmark_notional is 'Decision price times quantity ordered: the denominator of the shortfall.';
comment on column reporting.order_cost.delay_cost is 'Decision to arrival, all ordered units (Wagner).';
comment on column reporting.order_cost.trading_cost is 'Arrival to fills, executed units.';
comment on column reporting.order_cost.opportunity_cost is 'Arrival to end, units not executed.';
comment on column reporting.order_cost.fees is 'Commission and fees of the trades it is part of, by its share of them.';
comment on column reporting.order_cost.spread_cost is 'Part of trading: half the quoted spread at each fill.';
comment on column reporting.order_cost.impact_cost is 'Part of trading: beyond the far side of the quote at each fill.';
comment on column reporting.order_cost.market_move_cost is 'Part of trading: mid at each fill against arrival.';
comment on column reporting.order_cost.arrival_bps is 'Trading cost over arrival price times executed quantity, basis points.';
comment on column reporting.order_cost.vwap_bps is 'Average price against the interval VWAP, basis points, cost-positive.';
comment on column reporting.order_cost.participation is 'Executed over market volume of the interval.';
comment on column reporting.order_cost.spread_capture is '+1 at the near side of the quote, 0 at mid, -1 at the far side; by quantity.';
comment on column reporting.order_cost.fx_rate is 'Units of the reporting currency per unit of currency.';
comment on column reporting.order_cost.note is 'What could not be measured, and why; empty when everything could.';

create table reporting.transaction_reference (
    trn           text primary key check (trn ~ '^[A-Z0-9]{1,52}$'),
    fill_id       text not null unique,
    business_date date not null,
    reported_in   text not null,
    cancelled_in  text
);
comment on table reporting.transaction_reference is 'Every transaction reference number that was ever reported; none is used twice.';
comment on column reporting.transaction_reference.trn is 'The reference number, RTS 22 field 2.';
comment on column reporting.transaction_reference.fill_id is 'The execution it stands for.';
comment on column reporting.transaction_reference.business_date is 'The business date of the execution.';
comment on column reporting.transaction_reference.reported_in is 'Business message identifier of the file that reported it.';
comment on column reporting.transaction_reference.cancelled_in is 'Business message identifier of the file that cancelled it.';

create table reporting.transaction_exclusion (
    business_date date not null,
    fill_id       text not null,
    reason        text not null,
    detail        text not null,
    primary key (business_date, fill_id)
);
comment on table reporting.transaction_exclusion is 'Every execution that was not reported to the authority, and why.';
comment on column reporting.transaction_exclusion.business_date is 'The business date of the execution.';
comment on column reporting.transaction_exclusion.fill_id is 'The execution.';
comment on column reporting.transaction_exclusion.reason is 'The rule that took it out, or the datum that is missing.';
comment on column reporting.transaction_exclusion.detail is 'The same for a person to read.';

create table reporting.audit_checkpoint (
    business_date date not null,
    sequence      bigint not null,
    chain         text not null,
    first_seq     bigint not null,
    last_seq      bigint not null,
    last_hash     bytea not null check (octet_length(last_hash) = 32),
    taken_at      timestamptz(6) not null,
    primary key (business_date, sequence, chain),
    check (last_seq >= first_seq - 1)
);
comment on table reporting.audit_checkpoint is 'How far each audit export reaches into each chain of the journal.';
comment on column reporting.audit_checkpoint.business_date is 'The business date of the export.';
comment on column reporting.audit_checkpoint.sequence is 'Which export of that date.';
comment on column reporting.audit_checkpoint.chain is 'The chain.';
comment on column reporting.audit_checkpoint.first_seq is 'First event in the export.';
comment on column reporting.audit_checkpoint.last_seq is 'Last event in the export; one less than the first when there was none.';
comment on column reporting.audit_checkpoint.last_hash is 'Hash of the last event.';
comment on column reporting.audit_checkpoint.taken_at is 'When the heads of the chains were read.';
