create table identity.user_account (
    username text primary key check (username ~ '^[a-z][a-z0-9._-]{1,39}$'),
    password_hash text not null,
    roles text[] not null check (cardinality(roles) > 0),
    enabled boolean not null default true,
    created_at timestamptz(6) not null
);

comment on table identity.user_account is 'People and machines that may sign in, the same in every application.';
comment on column identity.user_account.username is 'Sign-in name in small letters.';
comment on column identity.user_account.password_hash is 'The password as a salted hash, never in clear.';
comment on column identity.user_account.roles is 'TRADER, OPERATIONS, COMPLIANCE, RISK, ADMINISTRATOR.';
comment on column identity.user_account.enabled is 'Whether they may sign in now.';
comment on column identity.user_account.created_at is 'When the account was made.';

create table identity.user_trader (
    username text not null references identity.user_account,
    trader_id text not null check (trader_id <> ''),
    primary key (username, trader_id)
);

comment on table identity.user_trader is 'As which traders of the reference data a user trades; a user who is not here trades under the own name.';
comment on column identity.user_trader.username is 'The user.';
comment on column identity.user_trader.trader_id is 'The trader.';

grant select on identity.user_trader
    to tradesuite_execution, tradesuite_settlement, tradesuite_reconciliation, tradesuite_reporting;

create table identity.signing_key (
    id integer primary key,
    secret bytea not null check (octet_length(secret) >= 32),
    created_at timestamptz(6) not null
);

comment on table identity.signing_key is 'Keys that sign the tokens of signed-in users; the highest id signs.';
comment on column identity.signing_key.id is 'Number of the key.';
comment on column identity.signing_key.secret is 'The key itself, at least 256 bits.';
comment on column identity.signing_key.created_at is 'When the key was made.';

grant select, insert on identity.user_account, identity.signing_key
    to tradesuite_execution, tradesuite_settlement, tradesuite_reconciliation, tradesuite_reporting;
