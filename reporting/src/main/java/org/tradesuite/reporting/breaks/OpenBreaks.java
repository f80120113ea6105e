package org.tradesuite.reporting.breaks;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Reads the open breaks as reconciliation publishes them. */
final class OpenBreaks {

    private static final String OPEN = """
        select break_id, feed, break_class, account_id, broker_id, instrument_id, isin, currency, side, reference, ours, theirs,
            difference, money_at_risk, base_currency, firm_money, firm_currency, material, first_seen, last_seen,
            coalesce(age_days, 0) as age_days, coalesce(age_bucket, '0-1') as age_bucket, due_on, coalesce(overdue, false) as overdue,
            cause_code, reopened, owner, status, closing_asked_by, detail, as_of
        from reconciliation_api.open_break
        order by coalesce(firm_money, 0) desc, break_id
        """;
    private static final int AT_ONCE = 5_000;

    private final JdbcTemplate jdbc;

    OpenBreaks(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        jdbc.setFetchSize(AT_ONCE);
    }

    /**
     * Must be called in a transaction, so that a million come in portions.
     *
     * @param rows where each of them goes as a row of CSV
     * @throws NotOfThatDayException if the breaks are those of another day
     */
    BreakSheet of(LocalDate date, OutputStream rows) throws IOException {
        var sheet = new BreakSheet(date, rows);
        RowCallbackHandler each = row -> {
            var asOf = row.getObject("as_of", LocalDate.class);
            if (!date.equals(asOf)) {
                throw new NotOfThatDayException(date, asOf);
            }
            sheet.add(read(row), row.getString("firm_currency"));
        };
        jdbc.query(OPEN, each);
        sheet.end();
        return sheet;
    }

    private static OpenBreak read(ResultSet row) throws SQLException {
        return new OpenBreak(
                row.getLong("break_id"),
                row.getString("feed"),
                row.getString("break_class"),
                row.getString("account_id"),
                row.getString("broker_id"),
                row.getString("instrument_id"),
                row.getString("isin"),
                row.getString("currency"),
                row.getString("side"),
                row.getString("reference"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getString("difference"),
                row.getBigDecimal("money_at_risk"),
                row.getString("base_currency"),
                row.getBigDecimal("firm_money"),
                row.getBoolean("material"),
                row.getObject("first_seen", LocalDate.class),
                row.getObject("last_seen", LocalDate.class),
                row.getInt("age_days"),
                row.getString("age_bucket"),
                row.getObject("due_on", LocalDate.class),
                row.getBoolean("overdue"),
                row.getString("cause_code"),
                row.getInt("reopened"),
                row.getString("owner"),
                row.getString("status"),
                row.getString("closing_asked_by"),
                row.getString("detail"));
    }
}
