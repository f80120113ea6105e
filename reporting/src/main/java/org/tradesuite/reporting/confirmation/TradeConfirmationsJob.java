package org.tradesuite.reporting.confirmation;

import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
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
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.archive.Report.Format;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;

/**
 * Trade confirmations of a business date.
 *
 * <p>Input: confirmed trades as execution publishes them, reference data. Output: {@code confirmation-<account>-<date>.pdf}
 * for every account that traded. Cut-off: 22:00. Rerun: the confirmations of a re-run stand beside the first ones.
 */
@Configuration(proxyBeanMethods = false)
class TradeConfirmationsJob {

    @Bean
    Job tradeConfirmations(JobRepository repository, Step printConfirmations) {
        return new JobBuilder("trade-confirmations", repository)
                .start(printConfirmations)
                .build();
    }

    @Bean
    Step printConfirmations(
            JobRepository repository, PlatformTransactionManager transactions, DataSource dataSource, Archive archive) {
        Confirmations confirmations = new Confirmations(JdbcClient.create(dataSource));
        ConfirmationPages pages = new ConfirmationPages();
        return new StepBuilder("print-confirmations", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            List<Confirmation> accounts = confirmations.of(date);
                            for (Confirmation account : accounts) {
                                archive.keep(
                                        Kind.TRADE_CONFIRMATION,
                                        date,
                                        Format.PDF,
                                        Archive.fileName("confirmation-" + account.accountId(), date, sequence, "pdf"),
                                        pages.print(account));
                            }
                            Progress.moved(contribution, accounts.size());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
