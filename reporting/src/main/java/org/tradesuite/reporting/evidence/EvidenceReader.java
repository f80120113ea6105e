package org.tradesuite.reporting.evidence;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the evidence of a period from what execution and reporting publish and from the journal. */
final class EvidenceReader {

    private static final String COVERED = """
        select exists (select from journal.event
                       where chain like 'execution-%' and event_time >= :from and event_time < :until)
        """;

    private static final String DAYS = """
        with days as (
            select date_trunc('month', d)::date as month, count(*) filter (where extract(isodow from d) < 6) as weekdays
            from generate_series(cast(:first as date), cast(:last as date), interval '1 day') as d
            group by 1
        ),
        traded as (
            select date_trunc('month', b.business_date)::date as month, count(*) as opened,
                   count(*) filter (where b.status = 'CLOSED') as closed,
                   count(*) filter (where r.business_date is not null) as reports,
                   string_agg(b.business_date::text, ' ' order by b.business_date)
                       filter (where b.status = 'CLOSED' and r.business_date is null) as without_report
            from execution_api.business_day b
            left join (select distinct business_date from reporting_api.report
                       where kind = 'LIMIT_UTILISATION' and format = 'PDF') r using (business_date)
            where b.business_date between :first and :last
            group by 1
        )
        select to_char(month, 'YYYY-MM') as month, d.weekdays, t.opened, t.closed, t.reports, t.without_report
        from days d join traded t using (month)
        order by month
        """;

    private static final String RULES = """
        with counted as (
            select rule, rule_version, count(*) as asked, count(*) filter (where verdict = 'PASS') as passed,
                   count(*) filter (where verdict = 'WARN') as warned, count(*) filter (where verdict = 'BLOCK') as blocked,
                   count(overridden_by) as let_pass, min(checked_at) as first_asked, max(checked_at) as last_asked
            from execution_api.risk_check
            where checked_at >= :from and checked_at < :until
            group by rule, rule_version
        ),
        versions as (
            select rule, rule_version from counted union select rule, rule_version from execution_api.rule
        )
        select v.rule, v.rule_version as version,
               case when r.rule is null then 'no longer' when r.rule_version <> v.rule_version then 'earlier'
                    when c.rule is null then 'never asked' else 'in force' end as inventory,
               case when r.soft_code is null then 'hard' else 'soft' end as block,
               r.purpose, r.limit_kind, c.asked, c.passed, c.warned, c.blocked, c.let_pass, r.asked_of, r.soft_code,
               c.first_asked, c.last_asked
        from versions v
        left join execution_api.rule r using (rule)
        left join counted c on c.rule = v.rule and c.rule_version = v.rule_version
        order by r.place, v.rule, v.rule_version
        """;

    private static final String LIMITS = """
        select scope, scope_id, kind, amount, currency as unit, warn_at, valid_from, valid_until, entered_by, approved_by,
               reason, change_id
        from reference_api.risk_limit
        where valid_from < :until and (valid_until is null or valid_until >= :until)
        order by scope, scope_id, kind
        """;

    private static final String CHANGES = """
        select c.change_id, i.scope, i.scope_id, i.kind, i.amount_before, i.amount, i.currency as unit, c.valid_from,
               c.valid_until, c.status, c.proposed_by, c.decided_by, c.reason, c.decision_reason, c.proposed_at, c.decided_at
        from reference_api.limit_change c join reference_api.limit_change_item i using (change_id)
        where (c.proposed_at >= :from and c.proposed_at < :until) or (c.decided_at >= :from and c.decided_at < :until)
        union all
        select null, scope, scope_id, kind, null, amount, currency, valid_from, valid_until, 'IMPORTED', entered_by, null,
               reason, null, valid_from, null
        from reference_api.risk_limit
        where change_id is null and valid_from >= :from and valid_from < :until
        order by 15, 1, 2, 3, 4
        """;

    private static final String OVERRIDES = """
        select c.checked_at as at, c.order_id, d.account_id, d.instrument_id, c.rule, c.measured, c.limit_value, c.unit,
               lower(c.subject_kind) as subject,
               case c.subject_kind
                   when 'AMENDMENT' then
                       (select h.payload -> 'hold' ->> 'by' from journal.event h
                        where h.chain = 'execution-0' and h.stream = 'amendments/' || c.order_id
                          and h.version = c.subject_version)
                   else
                       (select h.actor from journal.event h
                        where h.chain = 'execution-0' and h.stream = 'decision/' || c.decision_id and h.version = 1)
               end as handed_in_by,
               c.overridden_by as let_pass_by, c.override_reason as reason, c.decision_id, c.code
        from execution_api.risk_check c join execution_api.decision d using (decision_id)
        where c.overridden_by is not null and c.checked_at >= :from and c.checked_at < :until
        order by c.seq, c.place
        """;

    // What a stop caught is in its event; when each cancel was recorded is in its route's stream, and what became of it
    // is
    // what execution publishes of the route.
    private static final String STOPS = """
        with stops as (
            select e.chain, e.seq, e.stream, e.event_time, e.recorded_at, e.payload,
                   lead(e.seq) over (partition by e.chain, e.stream order by e.seq) as next_seq
            from journal.event e
            where e.chain like 'execution-%' and e.type = 'switch-set'
        ),
        caught as (
            select s.chain, s.seq, s.recorded_at, r.route_id, r.broker_id, r.status, r.quantity, r.executed_quantity,
                   r.ended_at, r.reject_reason, (c.each ->> 'executed')::numeric as executed_before,
                   coalesce((c.each ->> 'asked')::boolean, false) as asked_before, s.event_time,
                   (select min(q.recorded_at) from journal.event q
                    where q.chain = s.chain and q.stream = 'route/' || (c.each ->> 'routeId') and q.seq > s.seq
                      and q.type = 'cancel-requested') as asked_at
            from stops s
            cross join lateral json_array_elements(s.payload -> 'caught') as c(each)
            left join execution_api.route r on r.route_id = c.each ->> 'routeId'
            where s.event_time >= :from and s.event_time < :until
        ),
        outcome as (
            select chain, seq, count(*) as working,
                   count(*) filter (where ended_at is not null and status = 'CANCELED') as cancelled,
                   count(*) filter (where ended_at is not null and status = 'FILLED') as filled,
                   count(*) filter (where ended_at is not null and status not in ('CANCELED', 'FILLED')) as other,
                   count(*) filter (where ended_at is null) as unanswered,
                   count(*) filter (where asked_before) as asked_before,
                   string_agg(broker_id || ' ' || route_id, ', ' order by broker_id, route_id)
                       filter (where ended_at is null) as not_over,
                   round(extract(epoch from max(asked_at - recorded_at)) * 1000, 3) as released_ms,
                   round(extract(epoch from max(ended_at - event_time)) * 1000, 3) as answered_ms
            from caught group by chain, seq
        )
        select s.event_time as at, substring(s.stream from '^switch/(.*)$') as scope, s.payload ->> 'state' as state,
               s.payload ->> 'by' as stopped_by,
               case when (s.payload ->> 'automatic')::boolean then 'automatic' else 'by hand' end as how,
               s.payload ->> 'reason' as reason,
               case when (s.payload ->> 'cancelling')::boolean then coalesce(o.working, 0) end as working,
               o.cancelled, o.filled, o.other, o.unanswered, o.released_ms, o.answered_ms,
               case when b.seq is not null then (b.payload ->> 'approvedBy') || ' (' || (b.payload ->> 'askedBy') || ')'
                    when s.next_seq is not null then 'set again'
                    else 'still stopped' end as reopened,
               o.asked_before, o.not_over, b.event_time as reopened_at, b.payload ->> 'askedBy' as asked_by,
               b.payload ->> 'approvedBy' as approved_by, b.payload ->> 'reason' as reopened_reason
        from stops s
        left join outcome o on o.chain = s.chain and o.seq = s.seq
        left join lateral (
            select e.seq, e.event_time, e.payload from journal.event e
            where e.chain = s.chain and e.stream = s.stream and e.type = 'switch-reopened' and e.seq > s.seq
              and (s.next_seq is null or e.seq < s.next_seq) and e.event_time < :until
            order by e.seq limit 1
        ) b on true
        where s.event_time >= :from and s.event_time < :until
        order by s.chain, s.seq
        """;

    // That a market trades when it is first heard of is no halt's end.
    private static final String BREAKERS = """
        with moved as (
            select chain, seq, event_time, type, payload,
                   type = 'market-phase-changed' and (payload ->> 'trades')::boolean
                   and coalesce(lag((payload ->> 'trades')::boolean)
                                over (partition by chain, type, stream order by seq), true) as trades_on
            from journal.event
            where chain like 'execution-%' and type in ('breaker-moved', 'market-phase-changed')
        )
        select event_time as at,
               case type when 'breaker-moved' then 'breaker ' || lower(payload ->> 'kind') else 'market phase' end as what,
               case type when 'breaker-moved' then payload ->> 'of' else payload ->> 'instrument' end as subject,
               case type when 'breaker-moved' then lower(payload ->> 'to')
                    else case when (payload ->> 'trades')::boolean then 'trades' else 'halted' end end as state,
               case type when 'breaker-moved' then payload ->> 'by' else 'market' end as actor,
               case type when 'breaker-moved' then payload ->> 'reason'
                    else 'status ' || (payload ->> 'status') || coalesce(', band ' || (payload ->> 'low') || ' to '
                         || (payload ->> 'high'), '') end as reason
        from moved
        where event_time >= :from and event_time < :until and not trades_on
        order by chain, seq
        """;

    private static final String INCIDENT = """
        with class(type, class) as (values
            ('orphan-reported', 'Execution for an order that is not known'),
            ('external-reported', 'Execution for an order that is not known'),
            ('external-listed', 'Execution that only a broker''s list has'),
            ('report-quarantined', 'Report of an execution kept out of the books'),
            ('external-quarantined', 'Report of an execution kept out of the books'),
            ('route-unknown', 'Order whose state nobody knew'),
            ('route-end-agreed', 'End of an order that two persons agreed on'),
            ('gate-closed', 'Broker that got no orders'),
            ('gate-blocked', 'Broker that got no orders'),
            ('reconciliation-began', 'Broker that was asked how its orders are'),
            ('broker-disagreed', 'Broker that counted otherwise'),
            ('fill-busted', 'Execution taken back by its broker'),
            ('fill-corrected', 'Execution corrected by its broker'),
            ('request-refused', 'Cancel or replace refused by a broker'),
            ('route-rejected', 'Order rejected by a broker'),
            ('client-request-refused', 'Message of a client rejected'),
            ('allocation-refused', 'Allocation refused by a broker'),
            ('trade-mismatched', 'Confirmation that did not match'),
            ('stray-confirmation', 'Confirmation of a trade that is not known'),
            ('dont-know-said', 'Execution disowned to its broker')
        ),
        incident as (
            select e.event_time as at, c.class, e.stream as subject, e.actor,
                   coalesce(e.payload ->> 'reason', e.payload ->> 'text', e.reason, e.payload ->> 'why') as detail,
                   e.type as event_type, e.chain, e.seq
            from journal.event e
            join class c on c.type = case when e.type = 'route-finished' and e.payload ->> 'status' = 'REJECTED'
                                          then 'route-rejected' else e.type end
            where e.chain like 'execution-%' and e.event_time >= :from and e.event_time < :until
        )
        """;

    private static final String INCIDENTS = INCIDENT + """
        , covered as (
            select count(*) > 0 as journal from journal.event
            where chain like 'execution-%' and event_time >= :from and event_time < :until
        )
        select c.class, case when v.journal then count(i.at) end as times, min(i.at) as first, max(i.at) as last,
               case when not v.journal then 'MISSING: the journal has nothing of the period'
                    when count(i.at) = 0 then 'none in the journal' else 'journal' end as evidence
        from (select distinct class from class) c
        cross join covered v
        left join incident i using (class)
        group by c.class, v.journal
        union all
        select 'Alerts as they were shown', null, null, null,
               'NOT KEPT: they go to the log and to the console; what they were about is in the journal'
        union all
        select 'Messages rejected by the FIX session', null, null, null,
               'NOT HERE: they are in the message logs of the sessions'
        order by 1
        """;

    private static final String INCIDENT_LIST = INCIDENT + """
        select at, class, subject, actor, detail, event_type, chain, seq from incident order by chain, seq
        """;

    private static final String BREACHES = """
        with held as (
            select * from execution_api.risk_check
            where checked_at >= :from and checked_at < :until and verdict <> 'PASS'
              and measured is not null and limit_value is not null
        )
        select rule, coalesce(limit_scope, '') as scope, coalesce(limit_scope_id, '') as scope_id, unit,
               (array_agg(limit_value order by seq desc))[1] as limit_value, max(measured) as worst,
               count(*) filter (where verdict = 'WARN') as warned, count(*) filter (where verdict = 'BLOCK') as blocked,
               count(overridden_by) as let_pass, min(checked_at) as first_at, max(checked_at) as last_at,
               (array_agg(order_id order by measured desc, seq))[1] as worst_order
        from held
        group by rule, limit_scope, limit_scope_id, unit
        order by rule, limit_scope, limit_scope_id, unit
        """;

    private static final String MISSING = """
        with journal as (
            select min(event_time) as began, max(event_time) as ended,
                   count(*) filter (where type = 'switch-set') as stops
            from journal.event
            where chain like 'execution-%' and event_time >= :from and event_time < :until
        ),
        days as (
            select count(*) as opened, count(*) filter (where status <> 'CLOSED') as unclosed,
                   count(*) filter (where status = 'CLOSED' and not exists (
                       select from reporting_api.report r where r.kind = 'LIMIT_UTILISATION'
                         and r.business_date = b.business_date)) as unreported
            from execution_api.business_day b where business_date between :first and :last
        ),
        weekdays as (
            select count(*) as number from generate_series(cast(:first as date), cast(:last as date), interval '1 day') d
            where extract(isodow from d) < 6
              and not exists (select from execution_api.business_day b where b.business_date = d::date)
        ),
        asked as (
            select distinct rule from execution_api.risk_check where checked_at >= :from and checked_at < :until
        ),
        unasked as (
            select string_agg(rule, ', ' order by place) as rules, count(*) as number
            from execution_api.rule where rule not in (select rule from asked)
        ),
        unapproved as (
            select count(*) as number from reference_api.risk_limit
            where approved_by is null and valid_from < :until and (valid_until is null or valid_until >= :until)
        )
        select place, subject, missing, needed from (
            select 1 as place, 'Journal' as subject,
                   'The journal has nothing of the period: nothing in this pack shows that any control worked.' as missing,
                   'Find the journal of the period, or say in the statement that there was no trading.' as needed
            from journal where began is null
            union all
            select 1, 'Journal',
                   'It begins at ' || to_char(began at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ': of the period before'
                   || ' that this system knows nothing.',
                   'Add the evidence of whatever was used before.'
            from journal where began >= cast(:from as timestamptz) + interval '7 days'
            union all
            select 2, 'Period', 'It ends before the year does: this is the year so far.',
                   'Run it for the last of December.'
            where cast(:whole as boolean) = false
            union all
            select 3, 'Trading days',
                   number || case when number = 1 then ' weekday of the period has' else ' weekdays of the period have' end
                   || ' no trading day here: whether the firm traded on them elsewhere is not known.',
                   'Hold them against the holidays of the markets.'
            from weekdays where number > 0
            union all
            select 4, 'Trading days', unclosed || ' of ' || opened || ' days that were opened were not closed.',
                   'Close them.'
            from days where unclosed > 0
            union all
            select 5, 'Daily limit reports', unreported || ' closed days have no limit report.',
                   'Run limit-utilisation for them; control-days says which.'
            from days where unreported > 0
            union all
            select 6, 'Rules', number || case when number = 1 then ' rule was' else ' rules were' end
                   || ' never asked in the period: that they work is not shown. ' || rules,
                   'Show them by a test, and keep its result with this pack.'
            from unasked where number > 0
            union all
            select 7, 'Stop button',
                   'It was neither used nor tested in the period (RTS 6 Articles 9(3) and 12).',
                   'Test it in each scope that is relied on, and run this again.'
            from journal where stops = 0
            union all
            select 8, 'Limits', number || ' limits in force have no second person: they were imported from a file.',
                   'Keep the approval of the file with this pack, or have them set by two persons.'
            from unapproved where number > 0
        ) as found
        union all
        select place, subject, missing, needed from (values
            (20, 'Cancels on the wire', 'When a message left for its broker is not in the journal, only when it was released.',
             'The message logs of the sessions have it.'),
            (21, 'Stress test and conformance tests', 'They are not made by this system (RTS 6 Articles 6, 7 and 10).',
             'Add their reports.'),
            (22, 'Review by people', 'Governance, staff, training and the review of business activity are not known here'
             || ' (RTS 6 Articles 1 to 3; 15c3-5(e)(1)).', 'Add the written description and the minutes of the review.')
        ) as always(place, subject, missing, needed)
        order by place
        """;

    private final JdbcClient jdbc;

    EvidenceReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Chapter> all(Period period) {
        var chapters = new ArrayList<Chapter>();
        for (var subject : Subject.values()) {
            chapters.add(of(subject, period));
        }
        return chapters;
    }

    Chapter of(Subject subject, Period period) {
        var asked = jdbc.sql(sql(subject))
                .param("first", period.first())
                .param("last", period.last())
                .param("from", period.from())
                .param("until", period.until())
                .param("whole", period.isWholeYear());
        return new Chapter(
                subject,
                !subject.isOfTheJournal() || isCovered(period),
                asked.query((row, number) -> row(subject, row)).list());
    }

    private boolean isCovered(Period period) {
        return jdbc.sql(COVERED)
                .param("from", period.from())
                .param("until", period.until())
                .query(Boolean.class)
                .single();
    }

    private static String sql(Subject subject) {
        return switch (subject) {
            case MISSING -> MISSING;
            case DAYS -> DAYS;
            case RULES -> RULES;
            case LIMITS -> LIMITS;
            case CHANGES -> CHANGES;
            case OVERRIDES -> OVERRIDES;
            case STOPS -> STOPS;
            case BREAKERS -> BREAKERS;
            case INCIDENTS -> INCIDENTS;
            case INCIDENT_LIST -> INCIDENT_LIST;
            case BREACHES -> BREACHES;
        };
    }

    private static Chapter.Row row(Subject subject, ResultSet row) throws SQLException {
        var cells = new ArrayList<@Nullable Object>();
        for (var column : subject.columns()) {
            cells.add(cell(row, column.name()));
        }
        return new Chapter.Row(cells);
    }

    private static @Nullable Object cell(ResultSet row, String column) throws SQLException {
        return switch (row.getObject(column)) {
            case null -> null;
            case java.sql.Timestamp time ->
                row.getObject(column, OffsetDateTime.class).toInstant();
            case Long number -> BigDecimal.valueOf(number);
            case Integer number -> BigDecimal.valueOf(number);
            case BigDecimal number -> number;
            case Object other -> other.toString();
        };
    }
}
