package org.tradesuite.suite.benchmark;

import com.prowidesoftware.swift.io.parser.SwiftParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.reconciliation.custodian.FileIntake;

/**
 * A custodian's statement of holdings from its file into the database, judged: as MT535 and as semt.002, 100 pages; beside
 * COPY of the same rows into the same table and beside Prowide parsing the same messages, which loads nothing. In turns;
 * the first is cold.
 */
final class StatementsBenchmark {

    private static final int HOLDINGS = 100_000;
    private static final int ROUNDS = 7;
    private static final double WANTED = 50_000;
    private static final String COPY = """
        copy reconciliation.position_row (page_id, number, isin, other_id, quantity_type, quantity, available, not_available, amortised,
            line, from_character, length) from stdin
        """;

    private final LocalPostgres postgres;
    private final Path folder;

    private StatementsBenchmark(LocalPostgres postgres, Path folder) {
        this.postgres = postgres;
        this.folder = folder;
    }

    static void run(Path folder, Scoreboard board) throws IOException, SQLException {
        var holdings = new Holdings(HOLDINGS);
        var messages = holdings.fin();
        Holdings.write(messages, folder.resolve("fin"), "MT535.fin");
        holdings.writeIso(folder.resolve("iso"));
        var rows = holdings.rows();
        var fin = new ArrayList<Double>();
        var iso = new ArrayList<Double>();
        var copies = new ArrayList<Double>();
        var parses = new ArrayList<Double>();
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0)) {
            var benchmark = new StatementsBenchmark(postgres, folder);
            for (var round = 0; round < ROUNDS; round++) {
                fin.add(benchmark.take("fin"));
                iso.add(benchmark.take("iso"));
                copies.add(benchmark.copy(rows));
                parses.add(parse(messages));
            }
        }
        var swift = "MT535 of 100,000 holdings, file to judged rows";
        board.add(Figure.of(swift, "holdings/s", fin).atLeast(WANTED, WANTED));
        board.add(Figure.of("  the first of them, cold", "holdings/s", fin.getFirst()));
        board.add(Figure.of(swift + ", beside COPY", "holdings/s", fin).beside("COPY of the same rows", copies));
        board.add(Figure.of(swift + ", beside Prowide", "holdings/s", fin).beside("Prowide parsing, no more", parses));
        board.add(Figure.of("semt.002 of 100,000 holdings, files to judged rows", "holdings/s", iso)
                .beside("COPY of the same rows", copies));
    }

    /** In a database of its own. */
    private double take(String files) throws SQLException {
        var database = postgres.newDatabase();
        try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection()) {
            TwoBooks.know(owner);
        }
        var connection = new SingleConnectionDataSource(
                database.dataSource(DatabaseRole.RECONCILIATION).getConnection(), true);
        try {
            var intake = new FileIntake(connection, folder.resolve(files), Clock.systemUTC());
            var began = System.nanoTime();
            var result = intake.run(Holdings.DAY);
            var seconds = (System.nanoTime() - began) / 1e9;
            if (result.statements() != 1 || result.rows() != HOLDINGS)
                throw new IllegalStateException(result + " came of " + HOLDINGS + " holdings in one statement");
            return HOLDINGS / seconds;
        } finally {
            connection.destroy();
            postgres.drop(database);
        }
    }

    private double copy(String rows) throws IOException, SQLException {
        var database = postgres.newDatabase();
        try (var owner = database.dataSource(DatabaseRole.OWNER).getConnection()) {
            var began = System.nanoTime();
            owner.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new StringReader(rows));
            return HOLDINGS / ((System.nanoTime() - began) / 1e9);
        } finally {
            postgres.drop(database);
        }
    }

    private static double parse(List<String> messages) throws IOException {
        var began = System.nanoTime();
        var tags = 0L;
        for (var message : messages) {
            tags += new SwiftParser(message).message().getBlock4().size();
        }
        if (tags < HOLDINGS) throw new IllegalStateException("Prowide found " + tags + " fields");
        return HOLDINGS / ((System.nanoTime() - began) / 1e9);
    }
}
