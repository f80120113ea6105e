-- Which business dates this application has opened and closed, who asked for each run, and what was refused on the way.

create table ${schema}.business_day (
    business_date date primary key,
    status        text not null check (status in ('OPEN', 'CLOSING', 'CLOSED')),
    opened_at     timestamptz(6) not null,
    closed_at     timestamptz(6),
    check ((status = 'CLOSED') = (closed_at is not null))
);

create table ${schema}.run (
    run_id        bigint primary key,
    job           text not null,
    business_date date not null,
    sequence      bigint not null,
    origin        text not null check (origin in ('HAND', 'CRON', 'RECOVERY')),
    requested_by  text not null,
    reason        text,
    requested_at  timestamptz(6) not null,
    started_at    timestamptz(6),
    ended_at      timestamptz(6),
    detail        text,
    stop_requested_by text,
    journal_version   integer not null
);
create index run_by_job on ${schema}.run (job, business_date desc, run_id desc);

create table ${schema}.refused_start (
    refused_start_id bigint generated always as identity primary key,
    job              text not null,
    business_date    date not null,
    origin           text not null,
    requested_by     text not null,
    refused_at       timestamptz(6) not null,
    code             text not null,
    detail           text not null
);

create table ${schema}.received_file (
    feed        text not null,
    sha256      char(64) not null,
    file_name   text not null,
    bytes       bigint not null,
    received_at timestamptz(6) not null,
    status      text not null check (status in ('RECEIVED', 'DONE', 'REFUSED')),
    reason      text,
    primary key (feed, sha256)
);

create table ${schema}.quarantined_row (
    row_id         bigint generated always as identity primary key,
    feed           text not null,
    file_hash      char(64) not null,
    file_name      text not null,
    line           bigint not null,
    raw_text       text not null,
    error_class    text not null,
    reason         text not null,
    job            text not null,
    business_date  date not null,
    first_seen     timestamptz(6) not null,
    last_seen      timestamptz(6) not null,
    times_seen     integer not null default 1,
    status         text not null check (status in ('HELD', 'RELEASED', 'APPLIED')),
    corrected_text text,
    fixed_by       text,
    fixed_at       timestamptz(6),
    fix_reason     text,
    applied_at     timestamptz(6),
    check ((status = 'HELD') = (fixed_by is null)),
    check ((status = 'APPLIED') = (applied_at is not null)),
    unique (feed, file_hash, line)
);
create index quarantined_row_by_job on ${schema}.quarantined_row (job, status);
