create or replace view execution_api.dont_know as
select
    fill_id,
    broker_id,
    exec_id,
    reason,
    text,
    said_by,
    said_at,
    not_said
from execution.dont_know;

comment on view execution_api.dont_know is 'Executions we told a broker we do not know (35=Q). They stay booked until the broker takes them back.';
comment on column execution_api.dont_know.fill_id is 'Our number of the execution, of an external order or of a route.';
comment on column execution_api.dont_know.broker_id is 'The broker that was told.';
comment on column execution_api.dont_know.exec_id is 'ExecID (17).';
comment on column execution_api.dont_know.reason is 'DKReason (127) by name.';
comment on column execution_api.dont_know.text is 'What the person added.';
comment on column execution_api.dont_know.said_by is 'Who decided it.';
comment on column execution_api.dont_know.said_at is 'When.';
comment on column execution_api.dont_know.not_said is 'Why the line could not say it.';
