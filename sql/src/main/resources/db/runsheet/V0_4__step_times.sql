-- When each step of a run began and ended by the business clock. The job repository stamps its steps with the machine's
-- clock, which is another one while a day is replayed.

create table ${schema}.run_step (
    run_id     bigint not null,
    step_name  text not null,
    started_at timestamptz(6) not null,
    ended_at   timestamptz(6),
    rows_done  bigint,
    rows_total bigint,
    rows_per_second double precision,
    primary key (run_id, step_name)
);
