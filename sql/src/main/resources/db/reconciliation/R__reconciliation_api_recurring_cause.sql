create or replace view reconciliation_api.recurring_cause as
with account as materialized (
    select k.account_id, c.since
    from (select distinct account_id from reconciliation.break_day) k
    left join reference_api.account a using (account_id)
    cross join reconciliation.desk_day day
    cross join lateral (
        select min(d.date) as since
        from reconciliation.business_date today
        join reconciliation.business_date d on d.calendar = today.calendar and d.number > today.number - 20 and d.open
        where today.calendar = reconciliation.calendar_of(k.account_id, a.base_currency) and today.date = day.as_of) c
)
select d.feed, d.broker_id, d.account_id, d.break_class, d.cause_code, count(distinct d.opened_on)::integer as days,
    sum(d.breaks)::bigint as breaks, min(d.opened_on) as first_on, max(d.opened_on) as last_on
from reconciliation.break_day d
join account on account.account_id is not distinct from d.account_id
where d.opened_on >= account.since and d.breaks > 0
group by d.feed, d.broker_id, d.account_id, d.break_class, d.cause_code;

comment on view reconciliation_api.recurring_cause is 'On how many of the last 20 business days the same was broken: a day counts when a break of that kind was opened on it, first or again.';
comment on column reconciliation_api.recurring_cause.feed is 'What kind of statement it comes from.';
comment on column reconciliation_api.recurring_cause.broker_id is 'The broker, for broker trades.';
comment on column reconciliation_api.recurring_cause.account_id is 'Our account.';
comment on column reconciliation_api.recurring_cause.break_class is 'Kind of difference.';
comment on column reconciliation_api.recurring_cause.cause_code is 'The cause, where one was given.';
comment on column reconciliation_api.recurring_cause.days is 'Of the last 20 business days of the account''s calendar, how many.';
comment on column reconciliation_api.recurring_cause.breaks is 'How many breaks.';
comment on column reconciliation_api.recurring_cause.first_on is 'The first of these days.';
comment on column reconciliation_api.recurring_cause.last_on is 'The last of these days.';
