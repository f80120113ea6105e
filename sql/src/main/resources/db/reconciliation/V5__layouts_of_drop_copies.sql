-- What the tags of a drop copy mean is agreed as the layouts of statements are.

alter table reconciliation.statement add column layout_set text;

update reconciliation.statement
set layout_set = case feed when 'BROKER_TRADE' then 'layout-' || sender else 'layout-drop-copy' end,
    layout_version = coalesce(layout_version, 1)
where feed = 'BROKER_DROP_COPY' or feed = 'BROKER_TRADE' and layout_version is not null;

comment on column reconciliation.statement.layout_set is 'Of a broker: by which layout it was read (rule_version.rule_set), in layout_version; null if none was agreed.';
comment on column reconciliation.match_run.layout_version is 'Of the layout by which the statement of the date was read.';
comment on table reconciliation.match_run is 'The last comparison of a broker''s statements of a date with our trades: by which version of the rules, and how many there were. Inputs and our_rows tell whether anything has changed since; empty inputs are to be matched again.';
comment on table reconciliation.rule_version is 'How brokers'' statements are read (layout-<broker>) and matched (passes), and their drop copies (layout-drop-copy-<broker>, for all others layout-drop-copy; passes-drop-copy), every version of it: from when, who made it, who agreed.';
