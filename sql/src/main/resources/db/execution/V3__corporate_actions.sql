-- What becomes of a holding without anybody trading.

create table reference.corporate_action (
    event_id text not null primary key,
    event text not null,
    isin text not null,
    new_isin text not null,
    ratio text not null check (ratio in ('NEWO', 'ADEX')),
    new_quantity numeric not null check (new_quantity > 0),
    old_quantity numeric not null check (old_quantity > 0),
    ex_date date not null,
    payment_date date not null,
    constraint corporate_action_is_paid_after_the_ex_date check (payment_date >= ex_date)
);

comment on table reference.corporate_action is 'Corporate actions that change what is held: splits, bonus issues, mergers, spin-offs.';
