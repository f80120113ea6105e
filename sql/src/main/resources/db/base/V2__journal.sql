create table journal.head (
    chain text primary key,
    seq bigint not null check (seq >= 0),
    hash bytea not null check (octet_length(hash) = 32)
);

comment on table journal.head is 'The last event of each chain. Its row lock is what makes a chain gapless: one appender at a time.';
comment on column journal.head.chain is 'Name of the chain, such as execution-0.';
comment on column journal.head.seq is 'Number of the last event, 0 before the first.';
comment on column journal.head.hash is 'Hash of the last event, 32 zero bytes before the first.';

create table journal.event (
    chain text not null,
    seq bigint not null check (seq > 0),
    stream text not null,
    version integer not null check (version > 0),
    type text not null,
    schema_version integer not null check (schema_version > 0),
    event_time timestamptz(6) not null,
    recorded_at timestamptz(6) not null,
    actor text not null,
    reason text,
    causation text,
    correlation text,
    payload json not null,
    prev_hash bytea not null check (octet_length(prev_hash) = 32),
    hash bytea not null check (octet_length(hash) = 32),
    constraint event_key primary key (chain, seq),
    constraint event_stream_version unique (chain, stream, version)
);

-- A decision with its checks is above the two thousand bytes at which PostgreSQL begins to compress, which costs the
-- writer more than the bytes it saves; what does not fit a page is still compressed.
alter table journal.event set (toast_tuple_target = 8160);

comment on table journal.event is 'Everything that changed, in the order it was recorded; rows are added and never changed or removed.';
comment on column journal.event.chain is 'The chain of hashes the event belongs to; one writer at a time.';
comment on column journal.event.seq is 'Place in the chain, from 1 without a gap.';
comment on column journal.event.stream is 'What changed, such as order/01J2.';
comment on column journal.event.version is 'Place in the stream, from 1 without a gap.';
comment on column journal.event.type is 'What happened.';
comment on column journal.event.schema_version is 'Version of the shape of the payload.';
comment on column journal.event.event_time is 'When it happened, by the clock of the business.';
comment on column journal.event.recorded_at is 'When the batch that holds it was recorded.';
comment on column journal.event.actor is 'Who did it: a user, a broker or a job.';
comment on column journal.event.reason is 'Why, where a reason was given.';
comment on column journal.event.causation is 'The event or message that caused it.';
comment on column journal.event.correlation is 'The decision or run it belongs to.';
comment on column journal.event.payload is 'What happened in full, kept byte for byte as it was hashed: json, not jsonb.';
comment on column journal.event.prev_hash is 'Hash of the event before it in the chain.';
comment on column journal.event.hash is 'SHA-256 over every other column in the canonical form.';

create function journal.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The journal is append-only: % on %.% is refused. Record a correcting event instead.',
        tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create function journal.refuse_step_back() returns trigger language plpgsql as $$
begin
    if new.chain <> old.chain or new.seq <= old.seq then
        raise exception 'The head of chain % moves forward only: from % to % is refused.', old.chain, old.seq, new.seq
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$$;

create function journal.advance(moving text, left_at bigint, arrived_at bigint, arrived_hash bytea) returns text
language plpgsql as $$
begin
    update journal.head set seq = arrived_at, hash = arrived_hash where chain = moving and seq = left_at;
    if not found then
        raise exception 'Chain % is not at %, where its writer left it: somebody else writes to it. Stop one of the two.',
            moving, left_at;
    end if;
    return moving;
end
$$;

comment on function journal.advance is 'Moves the head of a chain on from where its only writer left it, and fails if it is not there.';

create trigger event_is_append_only before update or delete or truncate on journal.event
    for each statement execute function journal.refuse_change();
create trigger head_stays before delete or truncate on journal.head
    for each statement execute function journal.refuse_change();
create trigger head_moves_forward before update on journal.head
    for each row execute function journal.refuse_step_back();

-- ALWAYS: a session that plays a replica (session_replication_role) is refused too.
alter table journal.event enable always trigger event_is_append_only;
alter table journal.head enable always trigger head_stays;
alter table journal.head enable always trigger head_moves_forward;

grant select, insert on journal.event
    to tradesuite_execution, tradesuite_settlement, tradesuite_reconciliation, tradesuite_reporting;
grant select, insert, update on journal.head
    to tradesuite_execution, tradesuite_settlement, tradesuite_reconciliation, tradesuite_reporting;

alter table journal.event enable row level security;
alter table journal.head enable row level security;

-- Each application writes and reads its own chains and the one of the users; reporting reads all of them for the audit.
create policy execution_chains on journal.event to tradesuite_execution
    using (chain like 'execution-%' or chain = 'identity');
create policy settlement_chain on journal.event to tradesuite_settlement
    using (chain in ('settlement', 'identity'));
create policy reconciliation_chain on journal.event to tradesuite_reconciliation
    using (chain in ('reconciliation', 'identity'));
create policy reporting_chain on journal.event for insert to tradesuite_reporting
    with check (chain in ('reporting', 'identity'));
create policy reporting_reads_all on journal.event for select to tradesuite_reporting
    using (true);

create policy execution_chains on journal.head to tradesuite_execution
    using (chain like 'execution-%' or chain = 'identity');
create policy settlement_chain on journal.head to tradesuite_settlement
    using (chain in ('settlement', 'identity'));
create policy reconciliation_chain on journal.head to tradesuite_reconciliation
    using (chain in ('reconciliation', 'identity'));
create policy reporting_chain_starts on journal.head for insert to tradesuite_reporting
    with check (chain in ('reporting', 'identity'));
create policy reporting_chain_moves on journal.head for update to tradesuite_reporting
    using (chain in ('reporting', 'identity'));
create policy reporting_reads_all on journal.head for select to tradesuite_reporting
    using (true);
