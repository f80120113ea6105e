package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.BatchStatus;
import org.springframework.core.env.Environment;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.runsheet.JobBoard;
import org.tradesuite.runsheet.Origin;
import org.tradesuite.runsheet.Run;
import org.tradesuite.runsheet.RunAnswer;

/**
 * A reconciliation desk on a Friday: a database of its own with accounts, instruments, three brokers and their trades,
 * the application, and its folders.
 */
public final class Desk implements AutoCloseable {

    public static final LocalDate FRI_20_NOV_2026 = LocalDate.of(2026, 11, 20);
    public static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);

    private static final String REFERENCE = """
        insert into reference.firm values ('9845TRADESUITE000186', 'TRSUGB2LXXX', 'Tradesuite', 'GB');
        insert into reference.account values
            ('GEQ1', 'Global Equity Core', 'GLOBAL', '9845TSALPHAFND000137', 'GBP', 'CUSTGB2LXXX', 'SAFEGEQ1001', 'ACTIVE', 'ALPHA', 'CASH'),
            ('GEQ2', 'Global Equity Income', 'GLOBAL', '9845TSALPHAFND000137', 'EUR', 'CUSTGB2LXXX', 'SAFEGEQ2001', 'ACTIVE', 'ALPHA', 'CASH');
        insert into reference.cash_account values
            ('GEQ1', 'GBP', 'GEQ1GBP01'), ('GEQ1', 'USD', 'GEQ1USD01'), ('GEQ2', 'EUR', 'GEQ2EUR01');
        insert into reference.fx_rate values
            ('2026-11-20', 'GBP', 'USD', 1.25), ('2026-11-20', 'EUR', 'USD', 1.10);
        insert into reference.instrument (instrument_id, isin, symbol, mic, cfi, name, issuer, currency, asset_class, lot_size,
            tick_size, quantity_scale, adv, spread_bps, volatility_daily, sector, country, place_of_settlement, calendar,
            reference_price, status) values
            ('VOD.XLON', 'GB00BH4HKS39', 'VOD', 'XLON', 'ESVUFR', 'Vodafone', 'Vodafone', 'GBP', 'EQUITY', 1, 0.0002, 0, 1000000, 3, 0.015, 'Comm', 'GB', 'CRSTGB22XXX', 'GBLO', 0.72, 'ACTIVE'),
            ('AZN.XLON', 'GB0009895292', 'AZN', 'XLON', 'ESVUFR', 'AstraZeneca', 'AstraZeneca', 'GBP', 'EQUITY', 1, 0.02, 0, 1000000, 3, 0.015, 'Health', 'GB', 'CRSTGB22XXX', 'GBLO', 118.4, 'ACTIVE'),
            ('SAP.XETR', 'DE0007164600', 'SAP', 'XETR', 'ESVUFR', 'SAP', 'SAP', 'EUR', 'EQUITY', 1, 0.01, 0, 1000000, 3, 0.015, 'Tech', 'DE', 'DAKVDEFFXXX', 'EUTA', 170, 'ACTIVE'),
            ('AAPL.XNYS', 'US0378331005', 'AAPL', 'XNYS', 'ESVUFR', 'Apple', 'Apple', 'USD', 'EQUITY', 1, 0.01, 0, 1000000, 3, 0.015, 'Tech', 'US', 'DTCYUS33XXX', 'NYSE', 200, 'ACTIVE'),
            ('BTC/USD.XBTS', null, 'BTC/USD', 'XBTS', 'TCXXXX', 'Bitcoin', 'none', 'USD', 'CRYPTO', 0.0001, 0.01, 8, null, 3, 0.05, 'Crypto', null, null, 'NoHolidays', 800, 'ACTIVE');
        insert into execution.business_day values ('2026-11-20', 'CLOSED', '2026-11-20T00:00:00Z', '2026-11-20T21:00:00Z');
        """;

    private final Path folder;
    private final DeskRoom room;
    private final LocalDatabase database;
    private String[] keys = {};

    public Desk(Path folder) {
        this.folder = folder;
        this.room = DeskRoom.enter(folder);
        this.database = room.database();
        sql(REFERENCE);
    }

    /**
     * Starts the application, or starts it again.
     *
     * @param such keys, such as --key=value, for this installation, from now on
     */
    public Desk open(String... such) {
        keys = such.length > 0 ? such.clone() : keys;
        room.open(keys);
        return this;
    }

    /** A process of its own that starts a job of this desk, or goes on with its last run, and works until it is killed. */
    public Process process(String job, LocalDate date) {
        shut();
        try {
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // It does not live long.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Desk.class.getName(),
                    folder.toString(),
                    // The server notices within half a second that the process is gone.
                    database.url() + (database.url().contains("?") ? "&" : "?")
                            + "options=-c%20client_connection_check_interval=500",
                    database.username(DatabaseRole.RECONCILIATION),
                    database.password(DatabaseRole.RECONCILIATION),
                    job,
                    date.toString()));
            command.addAll(List.of(keys));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("process.log").toFile())
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The process of {@link #process}. */
    public static void main(String[] arguments) {
        var keys = Arrays.copyOfRange(arguments, 6, arguments.length);
        var board = DeskRoom.start(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3], keys)
                .getBean(JobBoard.class);
        var last = board.lastRun(arguments[4]);
        if (last == null || last.status() == BatchStatus.COMPLETED) {
            board.start(arguments[4], LocalDate.parse(arguments[5]), 1, Origin.HAND, "anna", null);
        } else {
            board.restart(last.number(), Origin.HAND, "anna", null);
        }
    }

    public <T> T bean(Class<T> type) {
        return room.application().getBean(type);
    }

    public String url() {
        return "http://localhost:" + bean(Environment.class).getRequiredProperty("local.server.port")
                + "/reconciliation";
    }

    /** Runs a job for the date to its end. */
    public Run run(String job, LocalDate date, int sequence) {
        return end(bean(JobBoard.class)
                .start(job, date, sequence, Origin.HAND, "anna", sequence > 1 ? "Corrected file" : null));
    }

    public Run restart(Run run) {
        return end(bean(JobBoard.class).restart(run.number(), Origin.HAND, "anna", null));
    }

    private Run end(RunAnswer answer) {
        assertThat(answer).isInstanceOf(RunAnswer.Accepted.class);
        var number = ((RunAnswer.Accepted) answer).run().number();
        var board = bean(JobBoard.class);
        await().atMost(Duration.ofSeconds(120))
                .until(() -> !board.run(number).orElseThrow().live());
        return board.run(number).orElseThrow();
    }

    public void complete(String job, LocalDate date, int sequence) {
        var run = run(job, date, sequence);
        assertThat(run.status()).as(String.valueOf(run.detail())).isEqualTo(BatchStatus.COMPLETED);
    }

    /** A trade with its fills, each {@code exec id, quantity, price}. */
    public void trade(
            String id,
            String broker,
            String account,
            String instrument,
            String side,
            String money,
            String settles,
            Object[]... fills) {
        var amounts = money.split(" ", -1);
        for (var fill : fills) {
            sql("""
                insert into execution.fill (fill_id, exec_id, route_id, order_id, decision_id, business_date, account_id,
                    strategy_id, trader_id, broker_id, instrument_id, isin, mic, currency, side, quantity, price,
                    transact_time, received_at, live)
                select 'F-%1$s-' || '%2$s', '%2$s', 'R', 'O-%1$s', 'D', '2026-11-20', '%3$s', 'S', 'T', '%4$s', i.instrument_id,
                    i.isin, i.mic, i.currency, '%5$s', %6$s, %7$s, '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z', true
                from reference.instrument i where i.instrument_id = '%8$s'
                """.formatted(id, fill[0], account, broker, side, fill[1], fill[2], instrument));
        }
        sql("""
            insert into execution.confirmed_trade (trade_id, business_date, trade_date, account_id, order_ids, broker_id,
                broker_lei, broker_bic, instrument_id, isin, mic, currency, side, quantity, average_price, gross_amount,
                commission, fees, net_amount, settlement_date, place_of_settlement, confirm_status, executed_at)
            select '%1$s', '2026-11-20', '2026-11-20', '%2$s', array['O-%1$s'], '%3$s', 'LEI', 'BIC', i.instrument_id, i.isin,
                i.mic, i.currency, '%4$s', f.quantity, f.gross / f.quantity, %5$s, %6$s, %7$s, %8$s, '%9$s',
                i.place_of_settlement, 'AFFIRMED', '2026-11-20T10:00:00Z'
            from reference.instrument i, (
                select sum(quantity) as quantity, sum(quantity * price) as gross from execution.fill where order_id = 'O-%1$s') f
            where i.instrument_id = '%10$s'
            """.formatted(
                id, account, broker, side, amounts[0], amounts[1], amounts[2], amounts[3], settles, instrument));
    }

    public void sql(String commands) {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(commands);
        } catch (SQLException failed) {
            throw new AssertionError(commands, failed);
        }
    }

    /** Every row of a query, its columns joined by blanks. */
    public List<String> rows(String query) {
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                var columns = new ArrayList<String>();
                for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    columns.add(String.valueOf(rows.getString(column)));
                }
                found.add(String.join(" ", columns));
            }
            return found;
        } catch (SQLException failed) {
            throw new AssertionError(query, failed);
        }
    }

    public List<String> openBreaks() {
        return rows("""
            select break_class, coalesce(broker_id, '-'), coalesce(account_id, '-'), coalesce(instrument_id, currency, '-'),
                coalesce(difference, '-')
            from reconciliation_api.open_break order by 1, 2, 3, 4, 5
            """);
    }

    public void drop(String path, String text) {
        try {
            var file = folder.resolve("drop").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public Path folder() {
        return folder;
    }

    public Map<String, String> login() {
        return Map.of("url", database.url(), "password", database.password(DatabaseRole.RECONCILIATION));
    }

    public void shut() {
        room.shut();
    }

    @Override
    public void close() {
        room.leave();
    }
}
