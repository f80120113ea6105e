create or replace view reconciliation_api.open_break as
select b.break_id, b.feed, b.break_class, b.account_id, b.broker_id, b.instrument_id, b.isin, b.currency, b.reference, b.ours, b.theirs,
    b.difference, b.money_at_risk, b.base_currency, b.first_seen, b.last_seen, b.business_date, b.owner, b.status, b.side, b.detail,
    b.firm_money, currency.value as firm_currency, b.material, b.calendar,
    until.number - since.number as age_days, a.age_bucket, b.due_on, b.due_on < day.as_of as overdue, b.cause_code, b.reopened,
    b.closing_kind, b.closing_asked_by, b.row_version as version, day.as_of,
    b.within_the_day, b.within_the_day_at
from reconciliation.break b
left join reconciliation.desk_day day on true
-- Read as a table: what a function reads it reads with the rights of whoever asks.
left join reconciliation.desk_rule currency on currency.kind = 'CURRENCY' and currency.status = 'ACTIVE'
    and currency.feed is null and currency.break_class is null and currency.account_id is null and currency.material is null
left join reconciliation.business_date since on since.calendar = b.calendar and since.date = b.first_seen
left join reconciliation.business_date until on until.calendar = b.calendar and until.date = greatest(day.as_of, b.first_seen)
left join reconciliation.age_bucket a on until.number - since.number between a.from_days and coalesce(a.to_days, 2147483647)
where b.status in ('OPEN', 'CLOSING');

comment on view reconciliation_api.open_break is 'Differences between us and others that nobody has closed and no later statement has cleared.';
comment on column reconciliation_api.open_break.break_id is 'Number of the break.';
comment on column reconciliation_api.open_break.feed is 'What kind of statement it comes from: BROKER_TRADE, BROKER_DROP_COPY, CUSTODIAN_POSITION, CUSTODIAN_MOVEMENT, CUSTODIAN_PENDING, CUSTODIAN_CASH, CUSTODIAN_INTRADAY or CUSTODIAN_ADVICE; STATEMENT where a statement itself is wrong.';
comment on column reconciliation_api.open_break.break_class is 'Kind of difference, such as QUANTITY or MISSING_THEIRS.';
comment on column reconciliation_api.open_break.account_id is 'Our account.';
comment on column reconciliation_api.open_break.broker_id is 'The broker, for broker trades.';
comment on column reconciliation_api.open_break.instrument_id is 'The instrument.';
comment on column reconciliation_api.open_break.isin is 'ISIN of the instrument.';
comment on column reconciliation_api.open_break.currency is 'Currency of the amounts.';
comment on column reconciliation_api.open_break.reference is 'Their reference, or ours where they have none.';
comment on column reconciliation_api.open_break.ours is 'What we say.';
comment on column reconciliation_api.open_break.theirs is 'What they say.';
comment on column reconciliation_api.open_break.difference is 'Theirs less ours.';
comment on column reconciliation_api.open_break.money_at_risk is 'The difference in money, in the base currency of the account; null where it is not known.';
comment on column reconciliation_api.open_break.base_currency is 'Base currency of the account.';
comment on column reconciliation_api.open_break.first_seen is 'Business date it was first found; kept when it opens again.';
comment on column reconciliation_api.open_break.last_seen is 'Business date it was last found.';
comment on column reconciliation_api.open_break.business_date is 'Business date it belongs to.';
comment on column reconciliation_api.open_break.owner is 'Who looks after it.';
comment on column reconciliation_api.open_break.status is 'OPEN, or CLOSING while a second person has to agree.';
comment on column reconciliation_api.open_break.side is 'BUY or SELL, for trades.';
comment on column reconciliation_api.open_break.detail is 'What it is in words.';
comment on column reconciliation_api.open_break.firm_money is 'Money at risk in the currency of the firm, to be added up over accounts.';
comment on column reconciliation_api.open_break.firm_currency is 'The currency of the firm.';
comment on column reconciliation_api.open_break.material is 'Whether a second person has to agree before it is closed.';
comment on column reconciliation_api.open_break.calendar is 'The calendar by which it ages.';
comment on column reconciliation_api.open_break.age_days is 'Business days since it was first found.';
comment on column reconciliation_api.open_break.age_bucket is 'The group of ages it belongs to: 0-1, 2-3, 4-7, 8-30, 31+.';
comment on column reconciliation_api.open_break.due_on is 'When it has to be cleared or closed.';
comment on column reconciliation_api.open_break.overdue is 'Whether that is over.';
comment on column reconciliation_api.open_break.cause_code is 'Why the two sides differ, of the closed list of causes.';
comment on column reconciliation_api.open_break.reopened is 'How often it was opened again.';
comment on column reconciliation_api.open_break.closing_kind is 'How somebody wants it closed: CLOSE, FORCE_CLOSE or WRITE_OFF.';
comment on column reconciliation_api.open_break.closing_asked_by is 'Who asked for it to be closed.';
comment on column reconciliation_api.open_break.version is 'Counts its changes.';
comment on column reconciliation_api.open_break.as_of is 'The business date up to which ages are counted: the newest that was reconciled.';
comment on column reconciliation_api.open_break.within_the_day is 'Whether only runs within an open day have found it; the run of the day confirms or clears it.';
comment on column reconciliation_api.open_break.within_the_day_at is 'When a run within the day found it first; null if the run of a day did.';
