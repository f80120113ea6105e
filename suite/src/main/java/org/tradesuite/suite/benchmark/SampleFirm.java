package org.tradesuite.suite.benchmark;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.ReferenceImport;
import org.tradesuite.execution.reference.ReferenceKind;
import org.tradesuite.execution.reference.ReferenceReader;
import org.tradesuite.suite.day.ReferenceFiles;

/**
 * The sample firm as it is measured: one broker, all rules, and limits and cash that thousands of orders a second do not
 * use up.
 */
final class SampleFirm {

    static final LocalDate DATE = LocalDate.of(2026, 11, 18);

    /** London is open. */
    static final Instant MORNING = Instant.parse("2026-11-18T09:00:00Z");

    static final String BROKER = "BRAVO";
    static final String ACCOUNT = "PEN1";
    static final String INSTRUMENT = "VOD.XLON";

    private SampleFirm() {}

    /** @param importer takes the name of the table and the file */
    static void files(BiConsumer<String, String> importer) {
        for (var kind : ReferenceFiles.KINDS) {
            var text = ReferenceFiles.text(kind.name(), DATE);
            importer.accept(
                    kind.table(),
                    switch (kind.name()) {
                        case "limits" -> withoutBounds(text);
                        case "opening_cash" ->
                            text.replaceAll("(" + ACCOUNT + ",GBP,[^,]*,)\\d+", "$1" + "900000000000");
                        case "brokers", "broker_rates" -> oneBroker(text);
                        default -> text;
                    });
        }
    }

    /** Imports it into a database of its own and reads it back. */
    static ReferenceData in(DataSource execution) throws SQLException {
        try (var connection = execution.getConnection()) {
            connection.setAutoCommit(false);
            files((table, text) -> {
                var kind = ReferenceKind.of(table).orElseThrow();
                try {
                    var result = ReferenceImport.run(connection, kind, text, DATE, "benchmark", MORNING);
                    if (!result.failures().isEmpty())
                        throw new IllegalStateException(table + " was refused: " + result.failures());
                } catch (SQLException e) {
                    throw new IllegalStateException(table + " could not be imported", e);
                }
            });
            connection.commit();
            return ReferenceReader.read(connection, DATE);
        }
    }

    private static String withoutBounds(String text) {
        return text.replaceAll("(MAX_\\w+_PER_SECOND|MAX_OPEN_ORDERS|MAX_REPEATED_EXECUTIONS),\\d+", "$1,1000000000")
                .replaceAll(
                        "(MAX_\\w+_EXPOSURE|MAX_POSITION_\\w+|MAX_(?!ORDER)\\w+_NOTIONAL|MAX_STRATEGY_LOSS),\\d+",
                        "$1,900000000000");
    }

    private static String oneBroker(String text) {
        return text.lines()
                .filter(line -> line.startsWith("broker_id") || line.startsWith(BROKER))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
