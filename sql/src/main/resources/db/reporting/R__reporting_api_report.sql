create or replace view reporting_api.report as
select report_id, kind, business_date, format, file_name, bytes, sha256, created_at
from reporting.report;

comment on view reporting_api.report is 'Every file that a report job has made.';
comment on column reporting_api.report.report_id is 'Number of the report.';
comment on column reporting_api.report.kind is 'What it is about, such as TCA, TRADE_CONFIRMATION or BREAK_SHEET.';
comment on column reporting_api.report.business_date is 'The business date it reports on.';
comment on column reporting_api.report.format is 'PDF, CSV, XML, JSON or ZIP.';
comment on column reporting_api.report.file_name is 'Name of the file.';
comment on column reporting_api.report.bytes is 'Size of the file.';
comment on column reporting_api.report.sha256 is 'Hash of the file.';
comment on column reporting_api.report.created_at is 'When it was made, business clock.';
