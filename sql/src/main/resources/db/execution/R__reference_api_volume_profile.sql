create or replace view reference_api.volume_profile as
select
    mic,
    bin_start,
    bin_end,
    share
from reference.volume_profile;

comment on view reference_api.volume_profile is 'How a markets daily volume is usually spread over the day.';
comment on column reference_api.volume_profile.mic is 'The market.';
comment on column reference_api.volume_profile.bin_start is 'From, in the markets time zone.';
comment on column reference_api.volume_profile.bin_end is 'To.';
comment on column reference_api.volume_profile.share is 'Fraction of the days volume.';
