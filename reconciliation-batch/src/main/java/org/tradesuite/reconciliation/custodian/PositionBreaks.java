package org.tradesuite.reconciliation.custodian;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares the custodian's holdings with ours on the basis of its statement, settled or traded, as at its date: what has
 * moved since is taken off. A difference is explained as far as it can be: by movements that are breaks of their own; by a
 * corporate action that one side has booked before the other; by instructions due that the custodian counts and our books
 * do not yet, or the other way round; by a count on the other basis. Only what is left is a break. Runs after the
 * movements.
 */
final class PositionBreaks {

    private static final String FORGET = "delete from reconciliation.position_explained where reconciled_on = :date";

    /** Both sides of each holding of each account with a statement that counts. */
    private static final String BOTH_SIDES = """
        with stated as (
            select distinct on (s.account_id) s.account_id, s.statement_id, s.statement_date, p.basis, p.complete
            from reconciliation.statement s
            join reconciliation.statement_page p on p.statement_id = s.statement_id and p.number = 1
            where s.status = 'LOADED' and s.business_date = :date and s.feed = 'CUSTODIAN_POSITION'
            order by s.account_id, s.statement_date desc, s.statement_id desc
        ), book as (
            select s.account_id, o.isin, min(o.instrument_id) as instrument_id, sum(o.settled) as settled, sum(o.traded) as traded
            from stated s
            join (
                select account_id, isin, instrument_id, null::date as moved_on, quantity as settled, null::numeric as traded
                from settlement_api.settled_position
                union all
                select account_id, isin, instrument_id, null, null, quantity from execution_api.position
                union all
                select account_id, isin, instrument_id, settled_on, -quantity, null from settlement_api.securities_movement
                union all
                select account_id, isin, instrument_id, business_date, null, case when side like 'BUY%' then -quantity else quantity end
                from execution_api.fill where live
            ) o on o.account_id = s.account_id and (o.moved_on is null or o.moved_on > s.statement_date)
            where o.isin is not null
            group by s.account_id, o.isin
        ), ours as (
            select s.account_id, b.isin, b.instrument_id, b.settled, b.traded, case s.basis when 'TRAD' then b.traded else b.settled end as quantity
            from stated s
            join book b using (account_id)
        ), both_sides as (
            select s.account_id, s.statement_id, s.statement_date, s.basis, isin, o.instrument_id, o.settled, o.traded,
                coalesce(o.quantity, 0) as ours, coalesce(t.quantity, 0) as theirs, t.isin is not null as theirs_listed,
                coalesce(t.comparable, s.complete and o.quantity is not null) as compared
            from (
                select account_id, isin from ours
                union
                select s.account_id, h.isin from stated s join reconciliation.statement_holding h using (statement_id)
            ) held
            join stated s using (account_id)
            left join ours o using (account_id, isin)
            left join reconciliation.statement_holding t using (statement_id, isin)
        ), differing as (
            -- A statement of changes does not say what it leaves out; a line counted in another way is a finding of its own.
            select *, theirs - ours as difference from both_sides where compared and ours <> theirs
        )
        """;

    private static final String EXPLAIN = """
        insert into reconciliation.position_explained (reconciled_on, account_id, isin, kind, basis, ours, theirs, explained, reference)
        """;

    /** Movements on one side only, where they account for part of the difference. */
    private static final String BY_MOVEMENTS = EXPLAIN + BOTH_SIDES + """
        , movement as (
            select account_id, isin, case break_class when 'CORPORATE_ACTION' then break_class else 'MOVEMENTS' end as kind,
                sum(difference::numeric) as quantity, sum(sum(difference::numeric)) over (partition by account_id, isin) as all_of_it,
                string_agg(distinct reference, ', ' order by reference) as reference
            from reconciliation.found_break
            where job = 'reconcile-custodian' and reconciled_on = :date and feed = 'CUSTODIAN_MOVEMENT'
                and break_class in ('MISSING_OURS', 'MISSING_THEIRS', 'DUPLICATE_THEIRS', 'CANCEL_NOT_SEEN', 'QUANTITY', 'SIDE',
                    'CORPORATE_ACTION')
            group by account_id, isin, kind
        )
        select :date, d.account_id, d.isin, m.kind, d.basis, d.ours, d.theirs, m.quantity, coalesce(m.reference, '')
        from differing d
        join movement m using (account_id, isin)
        where d.basis = 'SETT' and abs(d.difference - m.all_of_it) < abs(d.difference)
        """;

    /** What no step before has explained. */
    private static final String LEFT_OVER = BOTH_SIDES + """
        , left_over as (
            select d.*, d.difference - coalesce(x.explained, 0) as residue
            from differing d
            left join (
                select account_id, isin, sum(explained) as explained
                from reconciliation.position_explained
                where reconciled_on = :date
                group by account_id, isin
            ) x using (account_id, isin)
        )
        """;

    /**
     * Holdings where what is left is what an event makes of them, to the unit and with fractions of one paid out or rounded
     * up: the custodian has booked it and we have not, or the other way round. A side books it between ex date and
     * payment date; who has not done so by then is late.
     */
    private static final String EVENTS = LEFT_OVER + """
        , change as (
            -- So many, of old_quantity held before, are held more after it.
            select e.event_id, e.event, e.isin as held, e.old_quantity, e.ex_date, e.payment_date, c.isin, c.more
            from reference_api.corporate_action e
            cross join lateral (
                select e.new_isin as isin, e.new_quantity - case when e.new_isin = e.isin and e.ratio = 'NEWO' then e.old_quantity else 0 end as more
                union all
                select e.isin, -e.old_quantity where e.new_isin <> e.isin and e.ratio = 'NEWO'
            ) c
        ), by_event as (
            select distinct on (d.account_id, d.isin) d.account_id, d.isin, c.event_id, c.event, c.payment_date,
                booked.by_us, d.statement_date <= c.payment_date as under_way
            from left_over d
            -- A year later a difference of that ratio has another cause.
            join change c on c.isin = d.isin and c.ex_date <= d.statement_date and d.statement_date - c.payment_date <= 365
            join both_sides held on held.account_id = d.account_id and held.isin = c.held
            cross join lateral (
                select false as by_us, d.residue as more, held.ours as holding
                union all
                select true, -d.residue, held.theirs
            ) booked
            where d.residue <> 0 and booked.holding <> 0
                and (booked.more * c.old_quantity = booked.holding * c.more
                    or booked.more in (floor(booked.holding * c.more / c.old_quantity), ceil(booked.holding * c.more / c.old_quantity)))
            order by d.account_id, d.isin, c.ex_date desc, c.event_id, booked.by_us
        )
        """;

    private static final String BY_EVENTS = EXPLAIN + EVENTS + """
        select :date, account_id, isin, 'CORPORATE_ACTION', d.basis, d.ours, d.theirs, d.residue, e.event_id
        from by_event e
        join left_over d using (account_id, isin)
        where e.under_way
        -- A movement of the same kind has explained its part already; what is left beside it is a break.
        on conflict do nothing
        """;

    /**
     * What is left, where it is exactly one instruction or all that are due (counted by the custodian
     * as settled, or by trade date not counted), or exactly what lies between our settled and our traded holding.
     */
    private static final String BY_INSTRUCTIONS = EXPLAIN + LEFT_OVER + """
        , signed as (
            select *, case basis when 'TRAD' then -1 else 1 end as sign from left_over
        ), waiting as (
            select d.account_id, d.isin, i.instruction_id, i.settlement_date < d.statement_date or i.status = 'FAILING' as failing,
                d.sign * case i.direction when 'RECE' then i.quantity - i.settled_quantity else i.settled_quantity - i.quantity end as rest
            from signed d
            join settlement_api.instruction i using (account_id, isin)
            where i.status not in ('SETTLED', 'CANCELLED', 'REJECTED') and (i.settlement_date <= d.statement_date or d.basis = 'TRAD')
        ), candidate as (
            select 1 as preference, d.account_id, d.isin, case when bool_or(w.failing) then 'FAILING' else 'UNSETTLED' end as kind, min(w.instruction_id) as reference
            from signed d
            join waiting w on w.account_id = d.account_id and w.isin = d.isin and w.rest = d.residue
            group by d.account_id, d.isin
            having count(*) = 1
            union all
            select 2, d.account_id, d.isin, case when bool_or(w.failing) then 'FAILING' else 'UNSETTLED' end,
                string_agg(w.instruction_id, ', ' order by w.instruction_id)
            from signed d
            join waiting w using (account_id, isin)
            group by d.account_id, d.isin, d.residue
            having sum(w.rest) = d.residue and count(*) > 1
            union all
            select 3, account_id, isin, 'BASIS', ''
            from signed
            where residue = sign * (traded - settled)
        )
        select distinct on (d.account_id, d.isin) :date, d.account_id, d.isin, c.kind, d.basis, d.ours, d.theirs, d.residue, c.reference
        from signed d
        join candidate c using (account_id, isin)
        where d.residue <> 0
        order by d.account_id, d.isin, c.preference
        """;

    private static final String INSERT = """
        insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
            instrument_id, isin, currency, reference, side, ours, theirs, difference, amount_at_risk, detail,
            our_item, their_statement, their_line)
        """;

    private static final String BREAKS = INSERT + EVENTS + """
        , explained as (
            select account_id, isin, string_agg(reconciliation.plain(explained) || case kind
                    when 'MOVEMENTS' then ' by movements of one side only'
                    when 'CORPORATE_ACTION' then ' by a corporate action that one side has booked'
                    when 'UNSETTLED' then ' by what has not settled'
                    when 'FAILING' then ' by what fails'
                    else ' by the other basis' end || case reference when '' then '' else ' (' || reference || ')' end, ', ' order by kind) as words
            from reconciliation.position_explained
            where reconciled_on = :date
            group by account_id, isin
        ), judged as (
            select d.*, x.words, e.event, e.event_id, e.by_us, e.payment_date,
                case when e.event is not null then 'CORPORATE_ACTION' when not theirs_listed then 'MISSING_THEIRS'
                    when ours = 0 then 'MISSING_OURS' else 'POSITION_QTY' end as break_class,
                i.instrument_id as known_instrument, i.currency, i.reference_price
            from left_over d
            left join explained x using (account_id, isin)
            left join by_event e on e.account_id = d.account_id and e.isin = d.isin and not e.under_way
            left join lateral (
                select instrument_id, currency, reference_price from reference_api.instrument i
                where i.isin = d.isin order by i.instrument_id = d.instrument_id desc, i.instrument_id limit 1) i on true
        )
        select 'reconcile-custodian', :date, reconciliation.key('CUSTODIAN_POSITION', account_id, isin),
            'CUSTODIAN_POSITION', break_class, account_id, null, coalesce(instrument_id, known_instrument), isin, currency, isin, null,
            reconciliation.plain(ours), reconciliation.plain(theirs), reconciliation.plain(residue),
            abs(residue) * reference_price,
            case
                when event is not null then event || ' ' || event_id || ' is booked by ' || case when by_us then 'us, not by the custodian'
                    else 'the custodian, not by us' end || '; its payment date was ' || payment_date || '.'
                    || case when words is null then '' else ' Of ' || reconciliation.plain(difference) || ' are explained: ' || words || '.' end
                when words is not null then 'Of ' || reconciliation.plain(difference) || ' are explained: ' || words || '.'
                when break_class = 'MISSING_THEIRS' then 'We hold it, the custodian does not list it.'
                when break_class = 'MISSING_OURS' then 'The custodian lists it, we do not hold it.' end,
            account_id || ' ' || isin, statement_id, null
        from judged
        where residue <> 0
        """;

    private final JdbcClient jdbc;

    PositionBreaks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long find(LocalDate date) {
        jdbc.sql(FORGET).param("date", date).update();
        for (var step : List.of(BY_MOVEMENTS, BY_EVENTS, BY_INSTRUCTIONS)) {
            jdbc.sql(step).param("date", date).update();
        }
        return jdbc.sql(BREAKS).param("date", date).update();
    }
}
