create or replace view execution_api.market_quote as
select
    instrument_id,
    quote_time,
    bid,
    ask
from execution.market_quote;

comment on view execution_api.market_quote is 'Best bid and ask, at most one a second for each instrument.';
comment on column execution_api.market_quote.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.market_quote.quote_time is 'When.';
comment on column execution_api.market_quote.bid is 'Best bid.';
comment on column execution_api.market_quote.ask is 'Best ask.';
