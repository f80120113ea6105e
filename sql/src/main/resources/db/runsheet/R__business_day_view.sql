create or replace view ${schema}_api.business_day as
select business_date, status, opened_at, closed_at
from ${schema}.business_day;

comment on view ${schema}_api.business_day is 'The business dates this application has worked on.';
comment on column ${schema}_api.business_day.business_date is 'The business date.';
comment on column ${schema}_api.business_day.status is 'OPEN from the first run of the date, CLOSING once a job of the sheet has finished, CLOSED when every job has.';
comment on column ${schema}_api.business_day.opened_at is 'When the first run for the date was asked for.';
comment on column ${schema}_api.business_day.closed_at is 'When the last job for the date finished; null before.';
