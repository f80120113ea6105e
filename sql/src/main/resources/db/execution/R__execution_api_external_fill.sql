create or replace view execution_api.external_fill as
select
    fill_id,
    external_order_id,
    exec_id,
    trade_date,
    quantity,
    price,
    charges,
    transact_time,
    received_at,
    live
from execution.external_fill;

comment on view execution_api.external_fill is 'Executions of external orders, one row for each; a busted or corrected one stays with live = false.';
comment on column execution_api.external_fill.fill_id is 'Our number of the execution.';
comment on column execution_api.external_fill.external_order_id is 'The order that is not ours.';
comment on column execution_api.external_fill.exec_id is 'ExecID (17).';
comment on column execution_api.external_fill.trade_date is 'The broker''s trade date.';
comment on column execution_api.external_fill.quantity is 'LastQty (32).';
comment on column execution_api.external_fill.price is 'LastPx (31).';
comment on column execution_api.external_fill.charges is 'Commission and fees it was booked with; none while it is booked nowhere.';
comment on column execution_api.external_fill.transact_time is 'TransactTime (60).';
comment on column execution_api.external_fill.received_at is 'When it reached the engine.';
comment on column execution_api.external_fill.live is 'False once it was cancelled or corrected.';
