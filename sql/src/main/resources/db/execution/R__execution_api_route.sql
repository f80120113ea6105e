create or replace view execution_api.route as
select
    route_id,
    order_id,
    broker_id,
    cl_ord_id,
    status,
    quantity,
    price,
    executed_quantity,
    average_price,
    sent_at,
    acknowledged_at,
    ended_at,
    reject_reason
from execution.route;

comment on view execution_api.route is 'What one broker holds of a parent order.';
comment on column execution_api.route.route_id is 'The route.';
comment on column execution_api.route.order_id is 'Its parent order.';
comment on column execution_api.route.broker_id is 'The broker.';
comment on column execution_api.route.cl_ord_id is 'ClOrdID (11) the broker last accepted.';
comment on column execution_api.route.status is 'OrdStatus (39) by name, SENT before any answer, UNKNOWN when none came.';
comment on column execution_api.route.quantity is 'OrderQty (38).';
comment on column execution_api.route.price is 'Price (44).';
comment on column execution_api.route.executed_quantity is 'CumQty (14) by our count.';
comment on column execution_api.route.average_price is 'AvgPx (6) by our count.';
comment on column execution_api.route.sent_at is 'When it was released to be sent.';
comment on column execution_api.route.acknowledged_at is 'When the broker first answered.';
comment on column execution_api.route.ended_at is 'When it ended.';
comment on column execution_api.route.reject_reason is 'What the broker said when it rejected it.';
