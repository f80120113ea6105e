create or replace view reference_api.easy_to_borrow as
select
    instrument_id,
    valid_from,
    valid_until,
    source
from reference.easy_to_borrow;

comment on view reference_api.easy_to_borrow is 'What need not be located before it is sold short.';
comment on column reference_api.easy_to_borrow.instrument_id is 'What.';
comment on column reference_api.easy_to_borrow.valid_from is 'From this instant on.';
comment on column reference_api.easy_to_borrow.valid_until is 'To before this instant; none is without end.';
comment on column reference_api.easy_to_borrow.source is 'Whose list it is on.';
