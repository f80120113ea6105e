package org.tradesuite.reconciliation.custodian;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.statement.StatementStore;
import tools.jackson.databind.json.JsonMapper;

/** The intake of the custodian's statements without the run sheet: found, hashed, read, judged and loaded. For measuring. */
public final class FileIntake {

    private static final int LONGEST_MESSAGE = 100_000_000;
    private static final UnpackingLimits ANY_SIZE = new UnpackingLimits(Long.MAX_VALUE, Integer.MAX_VALUE, 1);

    /**
     * What came of it.
     *
     * @param rows of the statements that were good
     */
    public record Result(int statements, long rows) {}

    private final CustodianIntake intake;
    private final TransactionTemplate transaction;

    /** @param folder where the files lie */
    public FileIntake(DataSource dataSource, Path folder, Clock clock) {
        var store = new StatementStore(dataSource, JsonMapper.builder().build(), clock);
        this.intake = new CustodianIntake(folder, ANY_SIZE, LONGEST_MESSAGE, store, dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** In two transactions, as the job's steps; the files stay where they are. */
    public Result run(LocalDate date) {
        transaction.executeWithoutResult(status -> intake.receive());
        var taken = transaction.execute(status -> intake.take(date, (rows, total) -> {}));
        return new Result(taken.statements(), taken.rows());
    }
}
