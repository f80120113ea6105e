-- Changes of this file are published by bumping this line: 2
create or replace view ${schema}_api.job_run as
select e.job_execution_id                                as run_id,
       i.job_name                                        as job,
       d.parameter_value::date                           as business_date,
       coalesce(s.parameter_value::bigint, 1)            as sequence,
       -- Spring Batch has committed the end of a run a moment before the run sheet has written it down.
       case when r.run_id is not null and r.ended_at is null
             and e.status not in ('STARTING', 'STARTED', 'STOPPING')
            then 'STARTED' else e.status end::text       as status,
       coalesce(r.origin, 'HAND')                        as origin,
       r.requested_by                                    as requested_by,
       r.reason                                          as reason,
       r.requested_at                                    as requested_at,
       r.started_at                                      as started_at,
       r.ended_at                                        as ended_at
from ${schema}.batch_job_execution e
join ${schema}.batch_job_instance i using (job_instance_id)
join ${schema}.batch_job_execution_params d
  on d.job_execution_id = e.job_execution_id and d.parameter_name = 'businessDate'
left join ${schema}.batch_job_execution_params s
  on s.job_execution_id = e.job_execution_id and s.parameter_name = 'sequence'
left join ${schema}.run r on r.run_id = e.job_execution_id;

comment on view ${schema}_api.job_run is 'Every run of every scheduled job of this application, one row per attempt.';
comment on column ${schema}_api.job_run.run_id is 'Number of the run; a restart is a new run.';
comment on column ${schema}_api.job_run.job is 'Name of the job on the run sheet.';
comment on column ${schema}_api.job_run.business_date is 'The date the run is for, not the date it ran on.';
comment on column ${schema}_api.job_run.sequence is '1 for the first run of the date; an approved re-run, or the next sweep of a repeating job, counts on.';
comment on column ${schema}_api.job_run.status is 'STARTING, STARTED, STOPPING, STOPPED, FAILED, COMPLETED or ABANDONED; a run has ended when ended_at is there.';
comment on column ${schema}_api.job_run.origin is 'HAND, CRON or RECOVERY.';
comment on column ${schema}_api.job_run.requested_by is 'Who asked for the run.';
comment on column ${schema}_api.job_run.reason is 'Why, where the caller gave a reason.';
comment on column ${schema}_api.job_run.requested_at is 'When it was asked for, business clock.';
comment on column ${schema}_api.job_run.started_at is 'When its first step began, business clock.';
comment on column ${schema}_api.job_run.ended_at is 'When it ended, business clock; null while it runs.';
