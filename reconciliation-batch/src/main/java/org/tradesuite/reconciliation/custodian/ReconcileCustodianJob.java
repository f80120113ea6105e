package org.tradesuite.reconciliation.custodian;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
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
import org.tradesuite.runsheet.StepMeter;

/**
 * Job reconcile-custodian: what the custodian says we hold and own, against what has settled in our books.
 *
 * <p>Input: the custodian's messages, SWIFT or ISO 20022; settlement instructions, what has settled of them, settled and
 * traded positions, cash. Output: breaks, and the break sheet. After: settlement
 * has read the custodian's answers of the date. It may run any number of times for a date, also within the day: each run
 * reads what has come since, compares all again, and changes what that changes. Every step is one transaction that makes
 * its result anew, so a step that was killed leaves nothing.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileCustodianJob {

    private static final List<String> FEEDS = List.of(
            "CUSTODIAN_POSITION",
            "CUSTODIAN_MOVEMENT",
            "CUSTODIAN_PENDING",
            "CUSTODIAN_CASH",
            "CUSTODIAN_INTRADAY",
            "CUSTODIAN_ADVICE");
    private static final List<String> CLEARABLE = Refusal.namesClearedByAGoodStatement();

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
            BreakSheet sheet,
            StepMeter meter) {
        return new JobBuilder(CustodianIntake.JOB, repository)
                .start(step(
                        "receive-custodian-files",
                        (contribution, context, date) -> Progress.moved(contribution, intake.receive())))
                .next(step(
                        "check-and-load-custodian-statements",
                        (contribution, context, date) -> Progress.moved(
                                contribution,
                                intake.take(date, meter.of(context)::done).rows())))
                .next(step(
                        "archive-custodian-files",
                        (contribution, context, date) ->
                                Progress.moved(contribution, statements.file(CustodianIntake.JOB))))
                .next(step(
                        "match-custodian-statements",
                        (contribution, context, date) -> Progress.moved(contribution, breaks.match(date))))
                .next(step(
                        "classify-custodian-differences",
                        (contribution, context, date) ->
                                Progress.moved(contribution, breaks.find(date, CLEARABLE, clock.instant()))))
                .next(step(
                        "carry-custodian-breaks-forward",
                        (contribution, context, date) -> Progress.moved(
                                contribution,
                                ledger.carry(
                                        CustodianIntake.JOB,
                                        date,
                                        contribution.getStepExecution().getJobExecutionId(),
                                        breaks.judged(date),
                                        CLEARABLE))))
                .next(step(
                        "report-custodian-breaks",
                        (contribution, context, date) ->
                                Progress.moved(contribution, sheet.write("custodian-breaks", date, FEEDS, false))))
                .build();
    }

    private interface Work {
        void on(StepContribution contribution, ChunkContext context, LocalDate businessDate) throws Exception;
    }

    private Step step(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.on(contribution, context, RunParameters.businessDate(context));
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
