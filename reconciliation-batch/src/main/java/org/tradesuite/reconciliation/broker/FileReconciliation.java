package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.WholeSets;
import tools.jackson.databind.json.JsonMapper;

/**
 * The broker reconciliation with our trades in a file, as {@code OurTrades} lays them out, instead of in execution's
 * tables: the same reading, judging, matching, naming and carrying, without the run sheet. For measuring.
 */
public final class FileReconciliation {

    private static final List<String> FORGET = List.of(
            "delete from reconciliation.found_break where job = 'reconcile-brokers' and reconciled_on = :date",
            "delete from reconciliation.match_proposal where reconciled_on = :date",
            "delete from reconciliation.match_bucket where reconciled_on = :date",
            "delete from reconciliation.match_run where reconciled_on = :date");

    /**
     * What came of it.
     *
     * @param changed breaks that are new, changed or gone
     */
    public record Result(long ours, long theirs, long pairs, long breaks, long changed) {}

    private static final UnpackingLimits ANY_SIZE = new UnpackingLimits(Long.MAX_VALUE, Integer.MAX_VALUE, 1);

    private final DataSource dataSource;
    private final BrokerComparison comparison;
    private final int threads;
    private final BreakLedger ledger;

    /**
     * @param folder where items wait that do not fit
     * @param memory octets that they may take
     */
    public FileReconciliation(DataSource dataSource, Path folder, long memory, int threads, Clock clock) {
        this.dataSource = dataSource;
        this.threads = threads;
        this.comparison = new BrokerComparison(
                AgreedRules.shippedPasses(), new BrokerComparison.Means(folder, memory, threads, ANY_SIZE));
        this.ledger = new BreakLedger(dataSource, JsonMapper.builder().build(), clock);
    }

    /** From the two files to the breaks in the database, in one transaction; a run before it is made anew. */
    public Result run(String broker, LocalDate date, Path ours, Path theirs) throws IOException {
        var jdbc = JdbcClient.create(dataSource);
        var source = new Source(broker, Feed.BROKER_TRADE);
        var known = KnownHere.now(jdbc);
        var layout = Map.copyOf(AgreedRules.shipped()).get(broker);
        if (layout == null) {
            throw new IllegalArgumentException("No layout is declared for " + broker + ".");
        }
        final BrokerStatement judged;
        final String sha256;
        try (var file = Files.newInputStream(theirs);
                var in = new Sealed(file)) {
            judged = BrokerStatement.read(in, layout, known, 0, threads, () -> row -> {});
            in.toEnd();
            sha256 = in.sha256();
        }
        if (judged.verdict() != null) {
            throw new IllegalArgumentException(judged.verdict().reason());
        }
        var statements = new Statements(List.of(new Statements.One(
                0, judged.heading(), theirs, "", sha256, Files.size(theirs), layout, true, List.of())));
        return new TransactionTemplate(new DataSourceTransactionManager(dataSource)).execute(status -> {
            WholeSets.join(jdbc);
            FORGET.forEach(command -> jdbc.sql(command).param("date", date).update());
            Connection connection = DataSourceUtils.getConnection(dataSource);
            try (var trades = Files.newInputStream(ours);
                    var told = new RowsTold(RowsTold.Meter.none())) {
                var compared = comparison.compare(
                        connection, date, source, 1, known, Set.of(), Decisions.none(), trades, statements, told);
                var changed = ledger.carry(BrokerIntake.JOB, date, null, List.of(source.judged()), List.of());
                return new Result(compared.ours(), compared.theirs(), compared.pairs(), compared.breaks(), changed);
            } catch (IOException | SQLException failed) {
                throw new IllegalStateException("The comparison broke off", failed);
            } finally {
                DataSourceUtils.releaseConnection(connection, dataSource);
            }
        });
    }
}
