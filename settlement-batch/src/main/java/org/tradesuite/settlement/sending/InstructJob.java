package org.tradesuite.settlement.sending;

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
 * Job instruct: an instruction for every obligation that is ready.
 *
 * <p>Input: obligations. Output: instructions in the journal, then {@code <SEME>.fin} (MT541, MT543) and
 * {@code <SEME>.xml} (sese.023) in the custodian's folder, and instructions.csv with copies of the files among the
 * results of the date. After: confirm-trades. Rerun: goes on with what is not recorded, then with what is recorded and
 * not sent; what has been sent is not sent again.
 */
@Configuration(proxyBeanMethods = false)
class InstructJob {

    static final String NAME = "instruct";
    private static final int INSTRUCTIONS_PER_TRANSACTION = 200;
    private static final int FILES_PER_TRANSACTION = 50;

    private static final String SUMMARY = """
        select i.instruction_id, i.trade_id, i.account_id, i.safekeeping_account, i.instrument_id, i.isin, i.direction,
               i.quantity, i.amount, i.currency, i.trade_date, i.settlement_date, i.place_of_settlement,
               i.counterparty_bic, 'SSI-' || i.standing_number as standing_instruction, i.standing_version, i.status,
               i.reason_code, i.settled_quantity, i.settled_amount
        from settlement.instruction i
        where i.business_date = :businessDate
        order by i.instruction_id
        """;

    @Bean(NAME)
    Job instruct(JobRepository repository, Step recordInstructions, Step sendInstructions, Step listInstructions) {
        return new JobBuilder(NAME, repository)
                .start(recordInstructions)
                .next(sendInstructions)
                .next(listInstructions)
                .build();
    }

    @Bean
    Step recordInstructions(JobRepository repository, PlatformTransactionManager transactions, Outbox outbox) {
        return new StepBuilder("record-instructions", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            Progress.expect(context, () -> outbox.countReady(businessDate));
                            var recorded = outbox.record(businessDate, INSTRUCTIONS_PER_TRANSACTION);
                            Progress.moved(contribution, recorded);
                            return RepeatStatus.continueIf(recorded > 0);
                        },
                        transactions)
                .build();
    }

    @Bean
    Step sendInstructions(
            JobRepository repository, PlatformTransactionManager transactions, Outbox outbox, InstructionFiles files) {
        return new StepBuilder("send-instructions", repository)
                .tasklet(
                        (contribution, context) -> {
                            Progress.expect(context, outbox::countUnsent);
                            var unsent = outbox.unsent(FILES_PER_TRANSACTION);
                            unsent.forEach(files::write);
                            outbox.sent(unsent.stream()
                                    .map(sent -> sent.terms().reference())
                                    .toList());
                            Progress.moved(contribution, unsent.size());
                            return RepeatStatus.continueIf(!unsent.isEmpty());
                        },
                        transactions)
                .build();
    }

    @Bean
    Step listInstructions(
            JobRepository repository,
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            SettlementFolders folders) {
        return new StepBuilder("list-instructions", repository)
                .tasklet(
                        (contribution, context) -> {
                            var businessDate = RunParameters.businessDate(context);
                            CsvTable.write(
                                    folders.results(businessDate).resolve("instructions.csv"),
                                    jdbc.sql(SUMMARY).param("businessDate", businessDate));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
