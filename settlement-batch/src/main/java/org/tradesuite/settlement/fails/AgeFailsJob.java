package org.tradesuite.settlement.fails;

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
 * Job age-fails: what should have settled by the end of the business date and has not is failing.
 *
 * <p>Input: open instructions. Output: events of the instructions that begin to fail, one row of the date per fail,
 * fails.csv. After: the custodian's answers of the date. Rerun: the rows of the date are replaced.
 */
@Configuration(proxyBeanMethods = false)
class AgeFailsJob {

    static final String NAME = "age-fails";
    private static final int INSTRUCTIONS_PER_TRANSACTION = 200;

    private static final String SUMMARY = """
        select f.business_date, f.instruction_id, i.trade_id, i.account_id, i.instrument_id, i.direction,
               i.counterparty_bic, i.settlement_date, f.failing_since, f.business_days, f.age, f.reason_code, f.at_fault,
               f.quantity, f.amount, f.currency, f.penalty_estimate
        from settlement.fail f
        join settlement.instruction i using (instruction_id)
        where f.business_date = :businessDate
        order by f.business_days desc, f.instruction_id
        """;

    @Bean(NAME)
    Job ageFails(JobRepository repository, Step declareFails, Step agingFails, Step listFails) {
        return new JobBuilder(NAME, repository)
                .start(declareFails)
                .next(agingFails)
                .next(listFails)
                .build();
    }

    @Bean
    Step declareFails(
            JobRepository repository, PlatformTransactionManager transactions, FailingInstructions instructions) {
        return new StepBuilder("declare-fails", repository)
                .tasklet(
                        (contribution, context) -> {
                            var declared = instructions.declare(
                                    RunParameters.businessDate(context), INSTRUCTIONS_PER_TRANSACTION);
                            Progress.moved(contribution, declared);
                            return RepeatStatus.continueIf(declared > 0);
                        },
                        transactions)
                .build();
    }

    @Bean
    Step agingFails(
            JobRepository repository, PlatformTransactionManager transactions, FailingInstructions instructions) {
        return new StepBuilder("age-fails-of-the-date", repository)
                .tasklet(
                        (contribution, context) -> {
                            Progress.moved(contribution, instructions.age(RunParameters.businessDate(context)));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step listFails(
            JobRepository repository,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            SettlementFolders folders) {
        return new StepBuilder("list-fails", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            CsvTable.write(
                                    folders.results(businessDate).resolve("fails.csv"),
                                    jdbc.sql(SUMMARY).param("businessDate", businessDate));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
