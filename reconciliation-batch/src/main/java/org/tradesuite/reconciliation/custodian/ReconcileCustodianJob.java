package org.tradesuite.reconciliation.custodian;

import java.time.Clock;
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
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.breaks.BreakSheet;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.statement.DropFolders;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;

/**
 * Job reconcile-custodian: what the custodian says we hold and own, against what has settled in our books.
 *
 * <p>Input: the custodian's messages, SWIFT or ISO 20022, settled and traded positions and cash. Output: breaks, and the break sheet. After: settlement
 * has read the custodian's answers of the date. Rerun: as reconcile-brokers.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileCustodianJob {

    private static final List<String> FEEDS = List.of("CUSTODIAN_POSITION", "CUSTODIAN_CASH");
    private static final List<String> CLEARABLE = Arrays.stream(Refusal.values())
            .filter(Refusal::clearedByAGoodStatement)
            .map(Refusal::name)
            .toList();

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final Clock clock;

    ReconcileCustodianJob(JobRepository repository, PlatformTransactionManager transactions, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Bean(CustodianIntake.JOB)
    Job reconcileCustodian(
            CustodianIntake intake,
            StatementStore statements,
            CustodianBreaks breaks,
            BreakLedger ledger,
            BreakSheet sheet) {
        return new JobBuilder(CustodianIntake.JOB, repository)
                .start(step(
                        "take-custodian-statements",
                        (contribution, date) ->
                                Progress.moved(contribution, intake.take(date).rows())))
                .next(step(
                        "file-custodian-statements",
                        (contribution, date) -> Progress.moved(contribution, statements.file(CustodianIntake.JOB))))
                .next(step(
                        "match-cash-entries", (contribution, date) -> Progress.moved(contribution, breaks.match(date))))
                .next(step(
                        "find-custodian-breaks",
                        (contribution, date) ->
                                Progress.moved(contribution, breaks.find(date, CLEARABLE, clock.instant()))))
                .next(step(
                        "carry-custodian-breaks",
                        (contribution, date) -> Progress.moved(
                                contribution,
                                ledger.carry(
                                        CustodianIntake.JOB,
                                        date,
                                        contribution.getStepExecution().getJobExecutionId(),
                                        breaks.judged(date),
                                        CLEARABLE))))
                .next(step(
                        "write-custodian-break-sheet",
                        (contribution, date) ->
                                Progress.moved(contribution, sheet.write("custodian-breaks", date, FEEDS, false))))
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

    @Bean
    CustodianIntake custodianIntake(
            DropFolders drop,
            UnpackingLimits limits,
            @Value("${tradesuite.reconciliation.longest-message}") int longestMessage,
            StatementStore statements,
            DataSource dataSource) {
        return new CustodianIntake(drop.custodian(), limits, longestMessage, statements, dataSource);
    }

    @Bean
    CustodianBreaks custodianBreaks(JdbcClient jdbc) {
        return new CustodianBreaks(jdbc);
    }
}
