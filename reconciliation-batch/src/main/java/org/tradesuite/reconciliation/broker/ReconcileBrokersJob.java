package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.breaks.BreakSheet;
import org.tradesuite.reconciliation.statement.DropFolders;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.runsheet.intake.Quarantine;

/**
 * Job reconcile-brokers: what our brokers say we traded, against what we booked.
 *
 * <p>Input: the brokers' files up to the business date, rows released from quarantine, confirmed trades, fills. Output:
 * breaks, and the break sheet. After: execution has closed the date. Rerun: every step makes its result anew in one
 * transaction, so a step that was killed leaves nothing; a re-run with a corrected file supersedes the statement and
 * clears the breaks that are gone.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileBrokersJob {

    private static final String COMPARABLE = """
        select distinct sender from reconciliation.statement
        where feed = 'BROKER_TRADE' and status = 'LOADED' and statement_date = :date
        """;
    private static final List<String> FEEDS = List.of("BROKER_TRADE");
    private static final List<String> CLEARABLE = Arrays.stream(Refusal.values())
            .filter(Refusal::clearedByAGoodStatement)
            .map(Refusal::name)
            .toList();

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final JdbcClient jdbc;

    ReconcileBrokersJob(JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
        this.repository = repository;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Bean(BrokerIntake.JOB)
    Job reconcileBrokers(
            BrokerIntake intake,
            StatementStore statements,
            BrokerMatching matching,
            BrokerBreaks breaks,
            BreakLedger ledger,
            BreakSheet sheet) {
        return new JobBuilder(BrokerIntake.JOB, repository)
                .start(step("take-broker-statements", (contribution, date) -> {
                    var taken = intake.take(date);
                    Progress.moved(contribution, taken.rows());
                    Progress.refused(contribution, taken.quarantined());
                }))
                .next(step(
                        "file-broker-statements",
                        (contribution, date) -> Progress.moved(contribution, statements.file(BrokerIntake.JOB))))
                .next(step("match-broker-trades", (contribution, date) -> {
                    var compared = matching.match(date, comparable(date));
                    Progress.moved(contribution, compared.ours() + compared.theirs());
                }))
                .next(step(
                        "find-broker-breaks",
                        (contribution, date) ->
                                Progress.moved(contribution, breaks.find(date, comparable(date), CLEARABLE))))
                .next(step(
                        "carry-broker-breaks",
                        (contribution, date) -> Progress.moved(
                                contribution,
                                ledger.carry(
                                        BrokerIntake.JOB,
                                        date,
                                        contribution.getStepExecution().getJobExecutionId(),
                                        comparable(date),
                                        CLEARABLE))))
                .next(step(
                        "write-broker-break-sheet",
                        (contribution, date) ->
                                Progress.moved(contribution, sheet.write("broker-breaks", date, FEEDS, true))))
                .build();
    }

    private interface Work {
        void on(StepContribution contribution, LocalDate businessDate) throws Exception;
    }

    private Step step(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.on(contribution, RunParameters.businessDate(context));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    /** The brokers whose statement for the date counts; only these are compared. */
    private List<String> comparable(LocalDate date) {
        return jdbc.sql(COMPARABLE)
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Bean
    DropFolders dropFolders(@Value("${tradesuite.drop}") Path drop) {
        return new DropFolders(drop, BrokerLayout.shipped().keySet());
    }

    @Bean
    BrokerIntake brokerIntake(
            DropFolders drop, StatementStore statements, Quarantine quarantine, DataSource dataSource) {
        return new BrokerIntake(BrokerLayout.shipped(), drop.brokersRoot(), statements, quarantine, dataSource);
    }

    @Bean
    Tolerances brokerTolerances(
            @Value("${tradesuite.reconciliation.price-tolerance-basis-points}") BigDecimal price,
            @Value("${tradesuite.reconciliation.amount-tolerance-basis-points}") BigDecimal amount,
            @Value("${tradesuite.reconciliation.amount-tolerance-minor-units}") int minorUnits) {
        return new Tolerances(price, amount, minorUnits);
    }

    @Bean
    BrokerMatching brokerMatching(
            DataSource dataSource,
            Tolerances tolerances,
            @Value("${tradesuite.reconciliation.match-folder}") Path folder,
            @Value("${tradesuite.reconciliation.match-memory}") DataSize memory,
            @Value("${tradesuite.reconciliation.match-threads}") int threads) {
        return new BrokerMatching(
                dataSource,
                BrokerLayout.shipped(),
                BrokerMatching.shippedRules(),
                tolerances,
                new BrokerComparison.Means(folder, memory.toBytes(), threads));
    }

    @Bean
    BrokerBreaks brokerBreaks() {
        return new BrokerBreaks(jdbc);
    }
}
