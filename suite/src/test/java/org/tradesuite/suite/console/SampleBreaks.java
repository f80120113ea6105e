package org.tradesuite.suite.console;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/** Open breaks as a reconciliation would have left them: 452 of four classes, of which two are material. */
final class SampleBreaks {

    private static final String DAYS = """
        insert into reconciliation.business_date (calendar, date, open, number)
        select 'GBLO', d::date, extract(isodow from d) < 6,
            count(*) filter (where extract(isodow from d) < 6) over (order by d)
        from generate_series(date '2026-06-01', date '2027-06-30', interval '1 day') d
        on conflict do nothing
        """;
    private static final String AS_OF = """
        insert into reconciliation.desk_day (as_of) values (?) on conflict (single) do update set as_of = excluded.as_of
        """;
    private static final String OPEN = """
        insert into reconciliation.break (break_key, feed, break_class, account_id, broker_id, instrument_id, isin, currency, reference,
            side, ours, theirs, difference, amount_at_risk, money_at_risk, base_currency, firm_money, material, calendar, detail, due_on, business_date,
            first_seen, last_seen, opened_on, status, stream_version)
        select 'sample-' || n, case when n % 5 = 0 then 'CUSTODIAN_POSITION' when n % 7 = 0 then 'CUSTODIAN_CASH' else 'BROKER_TRADE' end,
            case when n <= 2 then 'PRICE' when n % 5 = 0 then 'QUANTITY' when n % 7 = 0 then 'CASH_BALANCE' else 'MISSING_THEIRS' end,
            'GEQ1', case when n % 5 = 0 or n % 7 = 0 then null else 'ALFA' end, case when n % 7 = 0 then null else 'VOD.XLON' end,
            case when n % 7 = 0 then null else 'GB00BH4HKS39' end, 'GBP', 'T-20261118-' || lpad(n::text, 5, '0'),
            case when n % 5 = 0 or n % 7 = 0 then null else 'BUY' end, n::text || '000', (n + 1)::text || '000', '1000',
            round(20000.0 / n, 2), round(20000.0 / n, 2), 'GBP', round(26000.0 / n, 2), n <= 2, 'GBLO', 'They say one thousand more than we do.',
            ?::date + case when n % 4 = 0 then -1 else 2 end, ?, ?::date - n % 50, ?, ?::date - n % 50, 'OPEN', 0
        from generate_series(1, 452) n
        """;

    private SampleBreaks() {}

    /** @return how many are open then, with what jobs found before */
    static int write(LocalPostgres postgres, LocalDate date) throws SQLException {
        try (var connection = postgres.database().dataSource(DatabaseRole.OWNER).getConnection()) {
            run(connection, DAYS);
            run(connection, AS_OF, date);
            run(connection, OPEN, date, date, date, date, date);
            try (var statement = connection.createStatement();
                    var open = statement.executeQuery(
                            "select count(*) from reconciliation.break where status in ('OPEN', 'CLOSING')")) {
                open.next();
                return open.getInt(1);
            }
        }
    }

    private static void run(Connection connection, String statement, LocalDate... dates) throws SQLException {
        try (var insert = connection.prepareStatement(statement)) {
            for (var place = 0; place < dates.length; place++) {
                insert.setObject(place + 1, dates[place]);
            }
            insert.executeUpdate();
        }
    }
}
