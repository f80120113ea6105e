package org.tradesuite.reconciliation.breaks;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.runsheet.intake.DropFolder;

/** The open breaks of a job's feeds as a file for those who work with a spreadsheet. */
public final class BreakSheet {

    private static final List<String> HEADING = List.of(
            "break",
            "feed",
            "class",
            "broker",
            "account",
            "instrument",
            "isin",
            "currency",
            "side",
            "reference",
            "ours",
            "theirs",
            "difference",
            "money_at_risk",
            "base_currency",
            "first_seen",
            "last_seen",
            "age_days",
            "owner",
            "status",
            "detail");

    private static final String OPEN_BREAKS = """
        select break_id, feed, break_class, broker_id, account_id, instrument_id, isin, currency, side, reference, ours,
            theirs, difference, money_at_risk, base_currency, first_seen, last_seen, :date - first_seen, owner, status, detail
        from reconciliation.break
        where status in ('OPEN', 'CLOSING') and first_seen <= :date
            and (feed = any(:feeds) or feed = 'STATEMENT' and (broker_id is not null) = :brokers)
        order by feed, break_class, broker_id, account_id, instrument_id, currency, reference, break_id
        """;

    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final Path out;

    public BreakSheet(JdbcClient jdbc, Path out) {
        this.jdbc = jdbc;
        this.out = out;
    }

    /**
     * Writes {@code <out>/<date>/reconciliation/<name>.csv}; an earlier one is replaced. Must be called in a transaction, so
     * that a million come in portions and go straight into the file.
     *
     * @return how many breaks are on it
     */
    public long write(String name, LocalDate date, List<String> feeds, boolean brokers) {
        var rows = new AtomicLong();
        DropFolder.write(
                out.resolve(date.toString()).resolve("reconciliation").resolve(name + ".csv"),
                file -> write(CsvWriter.builder().build(file), date, feeds, brokers, rows));
        return rows.get();
    }

    private void write(CsvWriter csv, LocalDate date, List<String> feeds, boolean brokers, AtomicLong rows)
            throws IOException {
        csv.writeRecord(HEADING);
        RowCallbackHandler each = row -> {
            rows.incrementAndGet();
            var values = new ArrayList<String>();
            for (var column = 1; column <= HEADING.size(); column++) {
                var value = row.getString(column);
                values.add(value == null ? "" : value);
            }
            csv.writeRecord(values);
        };
        jdbc.sql(OPEN_BREAKS)
                .withFetchSize(AT_ONCE)
                .param("date", date)
                .param("feeds", feeds.toArray(String[]::new))
                .param("brokers", brokers)
                .query(each);
        csv.flush();
    }
}
