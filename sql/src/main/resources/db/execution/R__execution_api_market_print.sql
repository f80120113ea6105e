create or replace view execution_api.market_print as
select
    instrument_id,
    print_time,
    price,
    quantity
from execution.market_print;

comment on view execution_api.market_print is 'Trades the market published for the instruments we follow.';
comment on column execution_api.market_print.instrument_id is 'The instrument, such as VOD.XLON.';
comment on column execution_api.market_print.print_time is 'When.';
comment on column execution_api.market_print.price is 'Price.';
comment on column execution_api.market_print.quantity is 'Units.';
