-- Live drop copies are compared while the day is open; what is found then is carried on by the day's run.

alter table reconciliation.break
    add column within_the_day boolean not null default false,
    add column within_the_day_at timestamptz(6);

comment on column reconciliation.break.within_the_day is 'Whether only runs within an open day have found it; the run of the day confirms or clears it.';
comment on column reconciliation.break.within_the_day_at is 'When a run within the day found it first; null if the run of a day did.';

create table reconciliation.drop_copy_look (
    reconciled_on date not null,
    broker_id     text not null,
    looked_at     timestamptz(6) not null,
    state         text not null check (state in ('COMPLETE', 'DISCONNECTED', 'GAP', 'NOT_COMPARED')),
    says          text not null,
    reached       timestamptz(6),
    ours          bigint not null,
    theirs        bigint not null,
    differences   bigint not null,
    waiting       bigint not null,
    primary key (reconciled_on, broker_id)
);

comment on table reconciliation.drop_copy_look is 'How each live drop copy stood when it was last compared within a day, and what came of it.';
comment on column reconciliation.drop_copy_look.reconciled_on is 'The business date, which was open.';
comment on column reconciliation.drop_copy_look.broker_id is 'Whose drop copy.';
comment on column reconciliation.drop_copy_look.looked_at is 'When our executions were read.';
comment on column reconciliation.drop_copy_look.state is 'COMPLETE: all that was sent is here. DISCONNECTED, GAP: the session is down, or messages are missing, so nothing follows from what is not in it. NOT_COMPARED: why, says the text.';
comment on column reconciliation.drop_copy_look.says is 'For a person: what was compared, what not, what to do.';
comment on column reconciliation.drop_copy_look.reached is 'The newest SendingTime (52) that had come.';
comment on column reconciliation.drop_copy_look.ours is 'Executions in our books.';
comment on column reconciliation.drop_copy_look.theirs is 'Executions in the drop copy that count.';
comment on column reconciliation.drop_copy_look.differences is 'Differences that were found.';
comment on column reconciliation.drop_copy_look.waiting is 'Executions alone on one side and not told, because the other side may still bring them.';

-- A cause recurs by what the runs of days have found: what one within the day found and none of a day is not counted.
create or replace function reconciliation.count_new_breaks() returns trigger language plpgsql as $$
begin
    insert into reconciliation.break_rollup as r (feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on,
        material, open_breaks, unvalued, money_at_risk, firm_money)
    select feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material, count(*),
        count(*) - count(money_at_risk), coalesce(sum(money_at_risk), 0), coalesce(sum(firm_money), 0)
    from after where status in ('OPEN', 'CLOSING')
    group by feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material
    order by feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material
    on conflict (feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material) do update
    set open_breaks = r.open_breaks + excluded.open_breaks, unvalued = r.unvalued + excluded.unvalued,
        money_at_risk = r.money_at_risk + excluded.money_at_risk, firm_money = r.firm_money + excluded.firm_money;
    insert into reconciliation.break_day as d (opened_on, feed, break_class, account_id, broker_id, cause_code, breaks)
    select opened_on, feed, break_class, account_id, broker_id, cause_code, count(*)
    from after where not within_the_day
    group by opened_on, feed, break_class, account_id, broker_id, cause_code
    order by opened_on, feed, break_class, account_id, broker_id, cause_code
    on conflict (opened_on, feed, break_class, account_id, broker_id, cause_code) do update set breaks = d.breaks + excluded.breaks;
    return null;
end
$$;

create or replace function reconciliation.count_changed_breaks() returns trigger language plpgsql as $$
begin
    insert into reconciliation.break_rollup as r (feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on,
        material, open_breaks, unvalued, money_at_risk, firm_money)
    select feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material, sum(one),
        sum(case when money_at_risk is null then one else 0 end), coalesce(sum(one * money_at_risk), 0), coalesce(sum(one * firm_money), 0)
    from (
        select 1 as one, * from after where status in ('OPEN', 'CLOSING')
        union all
        select -1, * from before where status in ('OPEN', 'CLOSING')) changed
    group by feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material
    having sum(one) <> 0 or sum(case when money_at_risk is null then one else 0 end) <> 0
        or coalesce(sum(one * money_at_risk), 0) <> 0 or coalesce(sum(one * firm_money), 0) <> 0
    order by feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material
    on conflict (feed, break_class, account_id, broker_id, base_currency, calendar, first_seen, due_on, material) do update
    set open_breaks = r.open_breaks + excluded.open_breaks, unvalued = r.unvalued + excluded.unvalued,
        money_at_risk = r.money_at_risk + excluded.money_at_risk, firm_money = r.firm_money + excluded.firm_money;
    insert into reconciliation.break_day as d (opened_on, feed, break_class, account_id, broker_id, cause_code, breaks)
    select opened_on, feed, break_class, account_id, broker_id, cause_code, sum(one)
    from (
        select 1 as one, a.* from after a
        join before b using (break_id)
        where not a.within_the_day
            and (b.within_the_day or (a.opened_on, a.cause_code) is distinct from (b.opened_on, b.cause_code))
        union all
        -- Opened again on another day: the day before keeps it.
        select -1, b.* from before b
        join after a using (break_id)
        where not b.within_the_day and a.cause_code is distinct from b.cause_code and a.opened_on = b.opened_on) changed
    group by opened_on, feed, break_class, account_id, broker_id, cause_code
    having sum(one) <> 0
    order by opened_on, feed, break_class, account_id, broker_id, cause_code
    on conflict (opened_on, feed, break_class, account_id, broker_id, cause_code) do update set breaks = d.breaks + excluded.breaks;
    return null;
end
$$;
