create or replace view reference_api.trading_session as
select
    mic,
    zone,
    open_time,
    close_time,
    calendar
from reference.trading_session;

comment on view reference_api.trading_session is 'When each market is open; a lunch break makes two sessions.';
comment on column reference_api.trading_session.mic is 'The market.';
comment on column reference_api.trading_session.zone is 'Time zone of the two times.';
comment on column reference_api.trading_session.open_time is 'Opens.';
comment on column reference_api.trading_session.close_time is 'Closes; not after the opening means on the next day.';
comment on column reference_api.trading_session.calendar is 'The days it takes place, by OpenGamma Stratas name.';
