create or replace view execution_api.business_day as
select
    business_date,
    status,
    opened_at,
    closed_at
from execution.business_day;

comment on view execution_api.business_day is 'The trading days execution has opened.';
comment on column execution_api.business_day.business_date is 'The business day.';
comment on column execution_api.business_day.status is 'OPEN, CLOSING while orders end and trades are confirmed, CLOSED.';
comment on column execution_api.business_day.opened_at is 'When it was opened.';
comment on column execution_api.business_day.closed_at is 'When its last trade was confirmed or given up on.';
