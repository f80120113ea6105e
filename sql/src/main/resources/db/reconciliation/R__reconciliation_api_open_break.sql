create or replace view reconciliation_api.open_break as
select break_id, feed, break_class, account_id, broker_id, instrument_id, isin, currency, reference, ours, theirs,
    difference, money_at_risk, base_currency, first_seen, last_seen, business_date, owner, status, side, detail
from reconciliation.break
where status in ('OPEN', 'CLOSING');

comment on view reconciliation_api.open_break is 'Differences between us and others that nobody has closed and no later statement has cleared.';
comment on column reconciliation_api.open_break.break_id is 'Number of the break.';
comment on column reconciliation_api.open_break.feed is 'BROKER_TRADE, CUSTODIAN_POSITION, CUSTODIAN_CASH or STATEMENT.';
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
comment on column reconciliation_api.open_break.money_at_risk is 'The difference in money, in the base currency.';
comment on column reconciliation_api.open_break.base_currency is 'Base currency of the account.';
comment on column reconciliation_api.open_break.first_seen is 'Business date it was first found.';
comment on column reconciliation_api.open_break.last_seen is 'Business date it was last found.';
comment on column reconciliation_api.open_break.business_date is 'Business date it belongs to.';
comment on column reconciliation_api.open_break.owner is 'Who looks after it.';
comment on column reconciliation_api.open_break.status is 'OPEN, or CLOSING while a second person has to agree.';
comment on column reconciliation_api.open_break.side is 'BUY or SELL, for trades.';
comment on column reconciliation_api.open_break.detail is 'What it is in words.';
