-- Roles belong to the whole server, so another database of the same server may have made them already.
do $$
declare
    application text;
begin
    foreach application in array array['execution', 'settlement', 'reconciliation', 'reporting'] loop
        if not exists (select from pg_roles where rolname = 'tradesuite_' || application) then
            execute format('create role %I login', 'tradesuite_' || application);
            -- Spring Batch and Quartz name their tables without a schema.
            execute format('alter role %I set search_path = %I', 'tradesuite_' || application, application);
        end if;
    end loop;
end
$$;

revoke all on schema public from public;

create schema reference;
create schema reference_api;
create schema execution;
create schema execution_api;
create schema settlement;
create schema settlement_api;
create schema reconciliation;
create schema reconciliation_api;
create schema reporting;
create schema reporting_api;
create schema journal;
create schema identity;

comment on schema reference is 'Reference data as execution edits and imports it: instruments, accounts, brokers, calendars. Private to execution.';
comment on schema reference_api is 'Reference data as every application reads it.';
comment on schema execution is 'Decisions, orders, routes, fills and positions. Private to execution.';
comment on schema execution_api is 'What execution publishes to the other applications.';
comment on schema settlement is 'Instructions, their status, settled positions and cash. Private to settlement.';
comment on schema settlement_api is 'What settlement publishes to the other applications.';
comment on schema reconciliation is 'Statements, matches and breaks. Private to reconciliation.';
comment on schema reconciliation_api is 'What reconciliation publishes to the other applications.';
comment on schema reporting is 'Report runs, submissions and the archive. Private to reporting.';
comment on schema reporting_api is 'What reporting publishes to the other applications.';
comment on schema journal is 'The append-only record of everything that changed.';
comment on schema identity is 'Who may sign in, and the key that signs their tokens.';

-- Every application reads and writes its own schema and reads what all of them publish.
do $$
declare
    application text;
    published text;
begin
    foreach application in array array['execution', 'settlement', 'reconciliation', 'reporting'] loop
        execute format('grant usage on schema %I to %I', application, 'tradesuite_' || application);
        execute format('alter default privileges in schema %I grant select, insert, update, delete, truncate on tables to %I',
            application, 'tradesuite_' || application);
        execute format('alter default privileges in schema %I grant usage, select, update on sequences to %I',
            application, 'tradesuite_' || application);
        execute format('grant usage on schema journal, identity to %I', 'tradesuite_' || application);
        foreach published in array array['reference_api', 'execution_api', 'settlement_api', 'reconciliation_api', 'reporting_api'] loop
            execute format('grant usage on schema %I to %I', published, 'tradesuite_' || application);
            execute format('alter default privileges in schema %I grant select on tables to %I',
                published, 'tradesuite_' || application);
        end loop;
    end loop;
end
$$;

grant usage on schema reference to tradesuite_execution;
alter default privileges in schema reference grant select, insert, update, delete on tables to tradesuite_execution;
alter default privileges in schema reference grant usage, select, update on sequences to tradesuite_execution;
