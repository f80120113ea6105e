-- The newest statement of an account is asked for whenever somebody looks at what is expected.

create index statement_by_account on reconciliation.statement (feed, account_number, coalesce(currency, ''), statement_id)
    where status <> 'REFUSED';
