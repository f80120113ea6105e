package org.tradesuite.reporting;

import static org.tradesuite.reporting.SampleDay.FRIDAY;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a reconciliation of the sample day would have left: it has run, three breaks are open, one feed is signed. */
final class SampleBreaks {

    private final JdbcClient owner;

    SampleBreaks(JdbcClient owner) {
        this.owner = owner;
    }

    void write() {
        reconciled("reconcile-brokers", 1);
        reconciled("reconcile-custodian", 2);
        asOf(FRIDAY);
        owner.sql("""
            insert into reconciliation.business_date (calendar, date, open, number)
            select 'GBLO', d::date, extract(isodow from d) < 6,
                count(*) filter (where extract(isodow from d) < 6) over (order by d)
            from generate_series(date '2026-10-01', date '2026-12-31', interval '1 day') d
            on conflict do nothing
            """).update();
        open("PRICE", "1000.00", "1250.00", true, FRIDAY);
        open("MISSING_THEIRS", "20.20", "25.25", false, FRIDAY.minusDays(9));
        open("QUANTITY", null, null, false, FRIDAY);
        owner.sql("""
            insert into reconciliation.sign_off (business_date, feed, status, asked_by, asked_at, signed_by, signed_at, reason,
                open_breaks, material_breaks, money_at_risk, firm_currency, snapshot, stream_version)
            values (?, 'CUSTODIAN_CASH', 'SIGNED', 'okafor', '2026-11-20T19:00:00Z', 'olsen', '2026-11-20T19:10:00Z', 'Seen.',
                2, 1, 7400.50, 'USD', ?::jsonb, 2)
            """).param(FRIDAY).param("""
                [{"feed":"CUSTODIAN_CASH","breakClass":"CASH_BALANCE","ageBucket":"0-1","open":2,"material":1,"overdue":0,
                "unvalued":0,"firmMoney":7400.50}]
                """).update();
    }

    /** The newest day that was reconciled. */
    void asOf(LocalDate date) {
        owner.sql("""
            insert into reconciliation.desk_day (as_of) values (?) on conflict (single) do update set as_of = excluded.as_of
            """).param(date).update();
    }

    private void open(
            String breakClass, @Nullable String risk, @Nullable String firm, boolean material, LocalDate since) {
        owner.sql("""
            insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, currency, reference, ours,
                theirs, difference, money_at_risk, base_currency, firm_money, material, calendar, business_date, first_seen,
                last_seen, opened_on, status, stream_version)
            values (?, 'BROKER_TRADE', ?, 'GEQ1', 'ALFA', 'VOD.XLON', 'GBP', 'T-1', '1', '2', '1', ?::numeric, 'GBP', ?::numeric, ?,
                'GBLO', ?, ?, ?, ?, 'OPEN', 1)
            """)
                .param(breakClass)
                .param(breakClass)
                .param(risk)
                .param(firm)
                .param(material)
                .param(FRIDAY)
                .param(since)
                .param(FRIDAY)
                .param(since)
                .update();
    }

    private void reconciled(String job, int number) {
        owner.sql("insert into reconciliation.batch_job_instance (job_instance_id, version, job_name, job_key)"
                        + " values (?, 0, ?, ?)")
                .param(number)
                .param(job)
                .param(job)
                .update();
        owner.sql("insert into reconciliation.batch_job_execution (job_execution_id, version, job_instance_id,"
                        + " create_time, start_time, end_time, status, exit_code, last_updated) values (?, 0, ?,"
                        + " now(), now(), now(), 'COMPLETED', 'COMPLETED', now())")
                .param(number)
                .param(number)
                .update();
        owner.sql("insert into reconciliation.batch_job_execution_params values (?, 'businessDate',"
                        + " 'java.time.LocalDate', ?, 'Y')")
                .param(number)
                .param(FRIDAY.toString())
                .update();
    }
}
