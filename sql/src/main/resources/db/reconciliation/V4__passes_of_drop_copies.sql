-- Drop copies are matched by passes of their own.

alter table reconciliation.rule_version
    drop constraint rule_version_rule_set_check,
    add constraint rule_version_rule_set_check
        check (rule_set in ('passes', 'passes-drop-copy') or rule_set like 'layout-%');

comment on table reconciliation.rule_version is 'How brokers'' statements are read (layout-<broker>) and matched (passes; their drop copies: passes-drop-copy), every version of it: from when, who made it, who agreed.';
