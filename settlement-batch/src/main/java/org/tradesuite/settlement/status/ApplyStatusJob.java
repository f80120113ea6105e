package org.tradesuite.settlement.status;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.settlement.folders.CsvTable;
import org.tradesuite.settlement.folders.SettlementFolders;

/**
 * Job apply-status: the custodian's answers become the state of our instructions.
 *
 * <p>Input: {@code *.fin} in the custodian's folder (MT548, MT544 to MT547), rows released from quarantine. Output:
 * instructions, settled slices, exceptions; status.csv. Runs as often on a date as files arrive. Rerun: a file that was
 * taken is recognised by its content and a message by the sender's reference, so nothing counts twice.
 */
@Configuration(proxyBeanMethods = false)
class ApplyStatusJob {

    static final String NAME = "apply-status";
    private static final int MESSAGES_PER_TRANSACTION = 200;

    private static final String SUMMARY = """
        select i.instruction_id, i.trade_id, i.account_id, i.instrument_id, i.direction, i.quantity, i.amount,
               i.currency, i.settlement_date, i.status, i.reason_code, i.settled_quantity, i.settled_amount,
               i.settled_on, i.failing_since
        from settlement.instruction i
        where i.business_date <= :businessDate
          and (i.status not in ('SETTLED', 'CANCELLED', 'REJECTED')
            or i.settled_on = :businessDate or i.business_date = :businessDate)
        order by i.instruction_id
        """;

    @Bean(NAME)
    Job applyStatus(JobRepository repository, Step takeAnswers, Step applyAnswers, Step listStatus) {
        return new JobBuilder(NAME, repository)
                .start(takeAnswers)
                .next(applyAnswers)
                .next(listStatus)
                .build();
    }

    @Bean
    Step takeAnswers(JobRepository repository, PlatformTransactionManager transactions, Inbox inbox) {
        return new StepBuilder("take-answers", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            inbox.takeFiles(contribution, businessDate);
                            inbox.takeReleased(contribution, businessDate);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step applyAnswers(JobRepository repository, PlatformTransactionManager transactions, Inbox inbox) {
        return new StepBuilder("apply-answers", repository)
                .tasklet(
                        (contribution, context) -> {
                            Progress.expect(context, inbox::toApply);
                            return RepeatStatus.continueIf(inbox.apply(contribution, MESSAGES_PER_TRANSACTION) > 0);
                        },
                        transactions)
                .build();
    }

    @Bean
    Step listStatus(
            JobRepository repository,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            SettlementFolders folders) {
        return new StepBuilder("list-status", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            CsvTable.write(
                                    folders.results(businessDate).resolve("status.csv"),
                                    jdbc.sql(SUMMARY).param("businessDate", businessDate));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
