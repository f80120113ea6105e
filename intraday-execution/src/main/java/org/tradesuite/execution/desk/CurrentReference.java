package org.tradesuite.execution.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.ReferenceReader;

/**
 * The reference data in force. It is read from the database as a whole; each reading replaces the one before and is told
 * to the engine. Thread-safe.
 */
public final class CurrentReference {
    private final DataSource dataSource;
    private final Function<Input, Intake> engine;
    private final Clock clock;
    private final Runnable changed;
    private final AtomicReference<ReferenceData> current;

    /** @param changed told after each change, for whoever follows the instruments */
    public CurrentReference(DataSource dataSource, Function<Input, Intake> engine, Clock clock, Runnable changed) {
        this.dataSource = dataSource;
        this.engine = engine;
        this.clock = clock;
        this.changed = changed;
        this.current = new AtomicReference<>(ReferenceData.of(today(), ReferenceContent.empty()));
    }

    public ReferenceData get() {
        return current.get();
    }

    /** Today by the desk's clock, in UTC: the business date before the first day was opened. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }

    /** Reads everything anew for the date that is in force. */
    public ReferenceData reload(String actor, String reason) throws SQLException {
        return reload(current.get().businessDate(), actor, reason);
    }

    /**
     * Reads everything anew.
     *
     * @param businessDate exchange rates are the latest on or before it, opening balances those of it
     * @throws Answers.NoAnswerException if the engine does not take it; the database has it, and the next reading tells it
     */
    public synchronized ReferenceData reload(LocalDate businessDate, String actor, String reason) throws SQLException {
        ReferenceData read = read(businessDate);
        Intake intake = engine.apply(
                new Input.ReferenceChanged(clock.instant().truncatedTo(ChronoUnit.MICROS), actor, reason, read));
        if (intake != Intake.TAKEN) {
            throw new Answers.NoAnswerException("The engine does not take reference data now: " + intake + ".");
        }
        current.set(read);
        changed.run();
        return read;
    }

    /** What the database has for a date, without telling anybody: the engine begins with it. */
    public ReferenceData start(LocalDate businessDate) throws SQLException {
        ReferenceData read = read(businessDate);
        current.set(read);
        return read;
    }

    private ReferenceData read(LocalDate businessDate) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return ReferenceReader.read(connection, businessDate);
            } finally {
                connection.rollback();
            }
        }
    }
}
