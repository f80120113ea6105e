package org.tradesuite.reporting.tca;

import java.time.LocalDate;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
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
 * Transaction cost analysis of a business date.
 *
 * <p>Input: parent orders, fills, confirmed trades and market prints as execution publishes them, exchange rates.
 * Output: {@code reporting.order_cost}, {@code tca-<date>.csv}, {@code tca-<date>.pdf}. Cut-off: 22:00. Rerun: measured
 * anew from what execution publishes then; the files of a re-run stand beside the first ones.
 */
@Configuration(proxyBeanMethods = false)
class TcaJob {

    @Bean
    Job tca(JobRepository repository, Step measureOrders, Step tcaCsv, Step tcaPdf) {
        return new JobBuilder("tca", repository)
                .start(measureOrders)
                .next(tcaCsv)
                .next(tcaPdf)
                .build();
    }

    @Bean
    OrderCosts orderCosts(DataSource dataSource, @Value("${reporting.currency}") String currency) {
        return new OrderCosts(JdbcClient.create(dataSource), currency);
    }

    @Bean
    Step measureOrders(JobRepository repository, PlatformTransactionManager transactions, OrderCosts costs) {
        return new StepBuilder("measure-orders", repository)
                .tasklet(
                        (contribution, context) -> {
                            Progress.moved(contribution, costs.measure(RunParameters.businessDate(context)));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step tcaCsv(
            JobRepository repository,
            PlatformTransactionManager transactions,
            OrderCosts costs,
            Archive archive,
            @Value("${reporting.currency}") String currency) {
        return new StepBuilder("tca-csv", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            TcaReport report = new TcaReport(date, currency, costs.kept(date));
                            archive.keep(
                                    Kind.TCA,
                                    date,
                                    Format.CSV,
                                    Archive.fileName("tca", date, sequence, "csv"),
                                    report.csv());
                            Progress.moved(contribution, report.orders().size());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step tcaPdf(
            JobRepository repository,
            PlatformTransactionManager transactions,
            OrderCosts costs,
            Archive archive,
            @Value("${reporting.currency}") String currency) {
        TcaPages pages = new TcaPages();
        return new StepBuilder("tca-pdf", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            TcaReport report = new TcaReport(date, currency, costs.kept(date));
                            archive.keep(
                                    Kind.TCA,
                                    date,
                                    Format.PDF,
                                    Archive.fileName("tca", date, sequence, "pdf"),
                                    pages.print(report));
                            Progress.moved(contribution, report.orders().size());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
