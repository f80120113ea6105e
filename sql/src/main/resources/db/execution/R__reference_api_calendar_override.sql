create or replace view reference_api.calendar_override as
select
    calendar,
    date,
    open,
    source,
    entered_by,
    approved_by
from reference.calendar_override;

comment on view reference_api.calendar_override is 'Days on which a calendar departs from its published rules.';
comment on column reference_api.calendar_override.calendar is 'The calendar, by OpenGamma Stratas name.';
comment on column reference_api.calendar_override.date is 'The day.';
comment on column reference_api.calendar_override.open is 'Whether it is a business day.';
comment on column reference_api.calendar_override.source is 'Who announced it.';
comment on column reference_api.calendar_override.entered_by is 'Who entered it.';
comment on column reference_api.calendar_override.approved_by is 'Who approved it, another person.';
