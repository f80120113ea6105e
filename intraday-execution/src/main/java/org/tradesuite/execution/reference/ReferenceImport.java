package org.tradesuite.execution.reference;

import static java.util.stream.Collectors.joining;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.tradesuite.execution.reference.ImportResult.RowFailure;
import org.tradesuite.execution.reference.ReferenceFile.Row;

/**
 * Takes a reference file into the database. Good rows are taken and replace those of the same key; bad rows are given
 * back with line, text and reason; rows that the file does not mention stay. The same file again changes nothing.
 */
public final class ReferenceImport {

    private static final String LIMITS_CHANGED = """
        update reference.limit_register
        set version = version + 1, changed_at = ?, changed_by = ?, reason = 'imported from a file'\
        """;
    private static final String LIMITS_WERE_SET = "select version > 0 from reference.limit_register for update";
    private static final String INTEGRITY_VIOLATION = "23";
    private static final String TWO_PERSONS =
            "Limits that are set are changed by two persons: propose it with POST /limit-changes, and have it"
                    + " approved.";

    private ReferenceImport() {}

    /**
     * @param connection in a transaction, which the caller commits together with the event that tells of the import
     * @param businessDate for rows that leave their date empty
     * @param actor who imports
     * @param at when
     * @throws SQLException if the database cannot be reached or is broken, never because of what the file says
     */
    public static ImportResult run(
            Connection connection, ReferenceKind kind, String csv, LocalDate businessDate, String actor, Instant at)
            throws SQLException {
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("An import needs a transaction: half a file must not stay behind.");
        }
        var file = ReferenceFile.read(kind, csv, businessDate, actor);
        var failures = new ArrayList<>(file.bad());
        var changed = 0;
        // A file is the work of one person: it sets the first limits, and says the same again, but changes none.
        var mayChange = kind != ReferenceKind.LIMITS || !limitsWereSet(connection);
        try (var statement = connection.prepareStatement(upsert(kind))) {
            var whole = connection.setSavepoint();
            try {
                for (var row : file.good()) {
                    bind(statement, row);
                    statement.addBatch();
                }
                for (var count : statement.executeBatch()) {
                    changed += count;
                }
                if (changed > 0 && !mayChange) {
                    connection.rollback(whole);
                    changed = oneByOne(connection, statement, file.good(), mayChange, failures);
                } else {
                    connection.releaseSavepoint(whole);
                }
            } catch (BatchUpdateException wrong) {
                if (!isTheRowsFault(wrong)) {
                    throw wrong;
                }
                connection.rollback(whole);
                changed = oneByOne(connection, statement, file.good(), mayChange, failures);
            }
        }
        if (kind == ReferenceKind.LIMITS && changed > 0) {
            // Who is editing the limits on a screen meanwhile must be told that they are not what they were.
            try (var register = connection.prepareStatement(LIMITS_CHANGED)) {
                register.setObject(1, at.atOffset(ZoneOffset.UTC));
                register.setString(2, actor);
                register.executeUpdate();
            }
        }
        failures.sort((one, other) -> Long.compare(one.line(), other.line()));
        return new ImportResult(kind, file.rows(), file.rows() - failures.size(), changed, failures);
    }

    private static boolean limitsWereSet(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LIMITS_WERE_SET);
                var row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Slower, and only after a batch was refused: finds out which rows cannot be taken. */
    private static int oneByOne(
            Connection connection,
            PreparedStatement statement,
            List<Row> rows,
            boolean mayChange,
            List<RowFailure> failures)
            throws SQLException {
        var changed = 0;
        for (var row : rows) {
            var before = connection.setSavepoint();
            try {
                bind(statement, row);
                var here = statement.executeUpdate();
                if (here > 0 && !mayChange) {
                    connection.rollback(before);
                    failures.add(new RowFailure(row.line(), row.text(), TWO_PERSONS));
                } else {
                    changed += here;
                    connection.releaseSavepoint(before);
                }
            } catch (SQLException wrong) {
                if (!isTheRowsFault(wrong)) {
                    throw wrong;
                }
                connection.rollback(before);
                failures.add(new RowFailure(row.line(), row.text(), reason(wrong)));
            }
        }
        return changed;
    }

    private static boolean isTheRowsFault(SQLException wrong) {
        var state = wrong.getSQLState();
        return state != null && state.startsWith(INTEGRITY_VIOLATION);
    }

    /** PostgreSQL's own words name the constraint and the key that is missing or taken. */
    private static String reason(SQLException wrong) {
        if (wrong instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            var message = postgres.getServerErrorMessage();
            var detail = message.getDetail();
            return message.getMessage() + (detail == null || "23514".equals(wrong.getSQLState()) ? "" : " " + detail);
        }
        return String.valueOf(wrong.getMessage());
    }

    private static void bind(PreparedStatement statement, Row row) throws SQLException {
        var place = 1;
        for (@Nullable Object value : row.values().values()) {
            statement.setObject(place++, value);
        }
    }

    /**
     * The tables differ only in their columns, so the statement is made from the columns, which are constants of
     * {@link ReferenceKind} and never from the file. A row that says nothing new is left alone and counts as unchanged.
     */
    private static String upsert(ReferenceKind kind) {
        var names = kind.columns().stream().map(Column::name).toList();
        var others = names.stream().filter(name -> !kind.key().contains(name)).toList();
        return """
            insert into reference.%1$s as old (%2$s) values (%3$s)
            on conflict (%4$s) do update set (%5$s) = row(%6$s)
            where (%7$s) is distinct from (%6$s)\
            """.formatted(
                        kind.table(),
                        String.join(", ", names),
                        names.stream().map(name -> "?").collect(joining(", ")),
                        names.stream().filter(kind.key()::contains).collect(joining(", ")),
                        String.join(", ", others),
                        others.stream().map(name -> "excluded." + name).collect(joining(", ")),
                        others.stream().map(name -> "old." + name).collect(joining(", ")));
    }
}
