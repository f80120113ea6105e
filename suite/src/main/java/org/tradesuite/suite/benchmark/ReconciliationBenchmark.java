package org.tradesuite.suite.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/**
 * A broker's statement against our trades, both from files, to classified breaks in the database; beside COPY of both files
 * and a full join in the same server, and beside DuckDB on the same files. The peers compare by the client's order id and
 * keep what differs; they read no layout, check no value, follow no other pass and carry nothing. In turns, so that
 * each meets the machine in the same state.
 *
 * <p>The application stays up from one night to the next, so the figure is that of a second day in a process; the first day,
 * while the compiler still works, is given beside it.
 */
final class ReconciliationBenchmark {

    private static final int HEAP_MEGABYTES = 640;
    private static final int ROUNDS = 2;
    private static final double MEBI = 1024;

    private static final String OURS =
            "id text, of_trade text, refs text, account text, instrument text, side text, currency text, quantity"
                + " numeric(18,2), price numeric(18,4), gross numeric(18,2), costs numeric(18,2), settles date, traded"
                + " date";
    private static final String THEIRS =
            "trade_ref text, client text, executions text, account text, symbol text, mic text, isin text, side text,"
                + " quantity numeric(18,2), price numeric(18,4), gross numeric(18,2), commission numeric(18,2), fees"
                + " numeric(18,2), net numeric(18,2), traded date, settles date, currency text";
    private static final String DIFFERENCES = """
        as select o.id, t.trade_ref, o.quantity as our_quantity, t.quantity, o.price as our_price, t.price, o.settles as
            our_settles, t.settles, t.net
        from ours o full join theirs t on o.refs = t.client
        where o.id is null or t.net is null or o.quantity <> t.quantity or o.price <> t.price or o.settles <> t.settles
            or t.net <> case o.side when 'BUY' then o.gross + o.costs else o.gross - o.costs end
        """;

    private record Run(double seconds, long breaks, long changed, long peak) {}

    private final LocalPostgres postgres;
    private final Path folder;
    private final Scoreboard board;

    private ReconciliationBenchmark(LocalPostgres postgres, Path folder, Scoreboard board) {
        this.postgres = postgres;
        this.folder = folder;
        this.board = board;
    }

    /** @param sizes how many trades, one after the other */
    static void run(Path folder, Scoreboard board, List<Integer> sizes)
            throws IOException, SQLException, InterruptedException {
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            for (var size : sizes) {
                new ReconciliationBenchmark(postgres, folder, board).run(size);
            }
        }
    }

    private void run(int size) throws IOException, SQLException, InterruptedException {
        var dayBefore = TwoBooks.write(folder.resolve("books"), TwoBooks.DAY_BEFORE, size);
        var books = TwoBooks.write(folder.resolve("books"), TwoBooks.DAY, size);
        var first = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        var copies = new ArrayList<Double>();
        var ducks = new ArrayList<Double>();
        var peak = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            var runs = reconcile(dayBefore, books, books);
            peak = Math.max(peak, runs.getLast().peak());
            check(runs, books);
            first.add(size / runs.getFirst().seconds());
            ours.add(size / runs.get(1).seconds());
            again.add(size / runs.getLast().seconds());
            copies.add(size / copyAndJoin(books));
            ducks.add(size / duck(books));
        }
        var what = "reconciliation of %,d trades, files to breaks".formatted(size);
        board.add(Figure.of(what, "trades/s", ours)
                .beside("COPY of both files and a full join", copies)
                .atLeast(1.5, 1.5));
        board.add(Figure.of(what + ", beside DuckDB", "trades/s", ours)
                .beside("DuckDB on the same files", ducks)
                .atLeast(0.5, 0.5));
        board.add(Figure.of("  the first day of a process, beside COPY and join", "trades/s", first)
                .beside("COPY of both files and a full join", copies));
        board.add(Figure.of("  the first day of a process, beside DuckDB", "trades/s", first)
                .beside("DuckDB on the same files", ducks));
        board.add(Figure.of("  the same again, nothing changed", "trades/s", again));
        board.add(Figure.of("  most memory of the process", "MiB", peak / MEBI).atMost(1024, 1024));
    }

    private static void check(List<Run> runs, TwoBooks books) {
        for (var run : runs) {
            if (run.breaks() != books.breaks())
                throw new IllegalStateException(run.breaks() + " breaks were found, " + books.breaks() + " were made");
        }
        if (runs.getLast().changed() != 0)
            throw new IllegalStateException(
                    "the second run changed " + runs.getLast().changed() + " breaks");
    }

    /** One after the other in a process and a database of their own. */
    private List<Run> reconcile(TwoBooks... days) throws IOException, SQLException, InterruptedException {
        var database = postgres.newDatabase();
        try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection()) {
            TwoBooks.know(owner);
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+UseParallelGC",
                // As the suite is run.
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseTransparentHugePages",
                "-cp",
                System.getProperty("java.class.path"),
                ReconciliationMain.class.getName(),
                database.url(),
                database.username(DatabaseRole.RECONCILIATION),
                folder.resolve("work").toString()));
        for (var books : days) {
            command.addAll(List.of(
                    books.day().toString(),
                    books.ours().toString(),
                    books.theirs().toString()));
        }
        var process = new ProcessBuilder(command)
                .redirectError(folder.resolve("reconciliation.err").toFile());
        process.environment()
                .putAll(Map.of(ReconciliationMain.PASSWORD, database.password(DatabaseRole.RECONCILIATION)));
        var running = process.start();
        var runs = new ArrayList<Run>();
        try (var lines = running.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", -1);
                if (words[0].equals("RUN"))
                    runs.add(new Run(
                            Double.parseDouble(words[1]),
                            Long.parseLong(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4])));
            }
        } finally {
            running.destroy();
        }
        if (running.waitFor() != 0 || runs.size() != days.length)
            throw new IllegalStateException(
                    "the reconciliation ended early: " + Files.readString(folder.resolve("reconciliation.err")));
        postgres.drop(database);
        return runs;
    }

    private double copyAndJoin(TwoBooks books) throws IOException, SQLException {
        var plain = withoutLastLine(books);
        var database = postgres.newDatabase();
        try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection()) {
            var began = System.nanoTime();
            execute(owner, "create unlogged table ours (" + OURS + ")");
            execute(owner, "create unlogged table theirs (" + THEIRS + ")");
            copy(owner, "copy ours from stdin with (format csv)", books.ours());
            copy(owner, "copy theirs from stdin with (format csv, header)", plain);
            execute(owner, "set work_mem = '256MB'");
            execute(owner, "create table difference " + DIFFERENCES);
            return (System.nanoTime() - began) / 1e9;
        } finally {
            postgres.drop(database);
        }
    }

    /** The last line has two columns, which COPY does not take. */
    private Path withoutLastLine(TwoBooks books) throws IOException {
        var plain = books.theirs().resolveSibling("theirs-" + books.trades() + ".csv");
        if (!Files.exists(plain)) {
            try (var lines = Files.lines(books.theirs());
                    var out = Files.newBufferedWriter(plain)) {
                for (var line : (Iterable<String>) lines.filter(each -> !each.startsWith("TOTAL"))::iterator) {
                    out.write(line + "\n");
                }
            }
        }
        return plain;
    }

    private static void copy(Connection connection, String command, Path file) throws IOException, SQLException {
        try (var in = Files.newInputStream(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command, in, 1 << 16);
        }
    }

    private double duck(TwoBooks books) throws IOException, SQLException {
        var plain = withoutLastLine(books);
        try (var duck = DriverManager.getConnection("jdbc:duckdb:")) {
            var began = System.nanoTime();
            execute(duck, "create table ours (" + OURS + ")");
            execute(duck, "create table theirs (" + THEIRS + ")");
            execute(duck, "copy ours from '" + books.ours() + "' (format csv, header false)");
            execute(duck, "copy theirs from '" + plain + "' (format csv, header true)");
            execute(duck, "create table difference " + DIFFERENCES);
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
