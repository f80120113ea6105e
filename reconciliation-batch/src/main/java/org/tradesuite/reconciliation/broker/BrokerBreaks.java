package org.tradesuite.reconciliation.broker;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.Feed;

/** Names what is wrong with the statements themselves: refused, or none came. */
final class BrokerBreaks {

    private static final String FORGET =
            "delete from reconciliation.found_break where job = 'reconcile-brokers' and feed = 'STATEMENT' and"
                    + " reconciled_on = :date";

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    /** Statements refused in this run; a good one of the same date clears those before it, not one that comes after. */
    private static final String STATEMENTS = INSERT + """
        select 'reconcile-brokers', :date,
            reconciliation.key('STATEMENT', refusal, sender, coalesce(statement_date::text, ''), sha256 || '/' || file_name),
            'STATEMENT', refusal, null, sender, null, null, null, file_name, null,
            null, null, null, null, reason, null, min(statement_id), null
        from reconciliation.statement s
        where feed in ('BROKER_TRADE', 'BROKER_DROP_COPY') and business_date = :date and status = 'REFUSED'
            and not (refusal = any(:clearable) and exists (
                select from reconciliation.statement good
                where good.feed = s.feed and good.status = 'LOADED' and good.sender = s.sender
                    and good.statement_date = s.statement_date and good.statement_id > s.statement_id))
        group by refusal, sender, statement_date, sha256, file_name, reason
        """;

    /** A broker for which no layout is agreed says it by its drop copy alone. */
    private static final String STALE = INSERT + """
        select distinct 'reconcile-brokers', :date,
            reconciliation.key('STATEMENT', 'STALE_STATEMENT', t.broker_id, t.business_date::text, ''),
            'STATEMENT', 'STALE_STATEMENT', null::text, t.broker_id, null::text, null::text, null::text, 'trades of ' || t.business_date,
            null::text, null::text, null::text, null::text, null::numeric,
            'No statement came from ' || t.broker_id || ' for ' || t.business_date || ': ask for it.',
            null::text, null::bigint, null::bigint
        from execution_api.confirmed_trade t
        where t.business_date = :date and t.broker_id <> all(:stated)
            and (t.broker_id <> all(:copied) or exists (
                select from reconciliation.rule_version r where r.rule_set = 'layout-' || t.broker_id and r.state = 'APPROVED'))
            and not exists (
                select from reconciliation.statement s
                where s.feed = 'BROKER_TRADE' and s.sender = t.broker_id and s.business_date = :date and s.status = 'REFUSED'
                    and s.refusal <> 'DUPLICATE_THEIRS')
        """;

    /** Whoever sent one within ten days is expected to send one for every date on which it traded for us. */
    private static final String NO_DROP_COPY = INSERT + """
        select distinct 'reconcile-brokers', :date,
            reconciliation.key('STATEMENT', 'STALE_STATEMENT', t.broker_id, t.business_date::text, 'BROKER_DROP_COPY'),
            'STATEMENT', 'STALE_STATEMENT', null::text, t.broker_id, null::text, null::text, null::text,
            'drop copy of ' || t.business_date,
            null::text, null::text, null::text, null::text, null::numeric,
            'No drop copy came from ' || t.broker_id || ' for ' || t.business_date || ', though it has sent them lately: ask for it.',
            null::text, null::bigint, null::bigint
        from execution_api.confirmed_trade t
        where t.business_date = :date and t.broker_id <> all(:copied)
            and exists (
                select from reconciliation.statement s
                where s.feed = 'BROKER_DROP_COPY' and s.sender = t.broker_id and s.status = 'LOADED'
                    and s.statement_date < :date and s.statement_date >= :date - 10)
            and not exists (
                select from reconciliation.statement s
                where s.feed = 'BROKER_DROP_COPY' and s.sender = t.broker_id and s.business_date = :date
                    and s.status = 'REFUSED' and s.refusal <> 'DUPLICATE_THEIRS')
        """;

    private final JdbcClient jdbc;

    BrokerBreaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param sources those with a statement or a drop copy that counts for the date
     * @param clearable refusals that a good statement for the same date makes good
     * @return how many differences were found
     */
    long find(LocalDate date, Collection<Source> sources, Collection<String> clearable) {
        jdbc.sql(FORGET).param("date", date).update();
        var found = 0L;
        for (var statement : List.of(STATEMENTS, STALE, NO_DROP_COPY)) {
            found += jdbc.sql(statement)
                    .param("date", date)
                    .param("stated", brokers(sources, Feed.BROKER_TRADE))
                    .param("copied", brokers(sources, Feed.BROKER_DROP_COPY))
                    .param("clearable", clearable.toArray(String[]::new))
                    .update();
        }
        return found;
    }

    private static String[] brokers(Collection<Source> sources, Feed feed) {
        return sources.stream()
                .filter(source -> source.feed() == feed)
                .map(Source::broker)
                .toArray(String[]::new);
    }
}
