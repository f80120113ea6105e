package org.tradesuite.reporting.limits;

import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.archive.Report.Format;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.reporting.archive.SheetStep;

/**
 * How full the limits of a business date were, and what was stopped, let pass and changed.
 *
 * <p>Input: the checks, decisions and limits as execution publishes them, switches and breakers from the journal. Output:
 * {@code limits-<date>.pdf}, {@code limits-<date>.csv}, {@code limit-exceptions-<date>.csv},
 * {@code limit-changes-<date>.csv}. Cut-off: 22:00. Rerun: read anew; the files of a re-run stand beside the first ones.
 */
@Configuration(proxyBeanMethods = false)
class LimitReportJob {

    @Bean
    Job limitUtilisation(
            JobRepository repository,
            Step limitUtilisationCsv,
            Step limitExceptionsCsv,
            Step limitChangesCsv,
            Step limitUtilisationPdf) {
        return new JobBuilder("limit-utilisation", repository)
                .start(limitUtilisationCsv)
                .next(limitExceptionsCsv)
                .next(limitChangesCsv)
                .next(limitUtilisationPdf)
                .build();
    }

    @Bean
    LimitDays limitDays(DataSource dataSource) {
        return new LimitDays(JdbcClient.create(dataSource));
    }

    @Bean
    Step limitUtilisationCsv(
            JobRepository repository, PlatformTransactionManager transactions, LimitDays days, Archive archive) {
        return step(
                "limit-utilisation-csv",
                repository,
                transactions,
                days,
                archive,
                new Made("limits", Format.CSV, LimitDay::utilisationCsv));
    }

    @Bean
    Step limitExceptionsCsv(
            JobRepository repository, PlatformTransactionManager transactions, LimitDays days, Archive archive) {
        return step(
                "limit-exceptions-csv",
                repository,
                transactions,
                days,
                archive,
                new Made("limit-exceptions", Format.CSV, LimitDay::exceptionsCsv));
    }

    @Bean
    Step limitChangesCsv(
            JobRepository repository, PlatformTransactionManager transactions, LimitDays days, Archive archive) {
        return step(
                "limit-changes-csv",
                repository,
                transactions,
                days,
                archive,
                new Made("limit-changes", Format.CSV, LimitDay::changesCsv));
    }

    @Bean
    Step limitUtilisationPdf(
            JobRepository repository, PlatformTransactionManager transactions, LimitDays days, Archive archive) {
        LimitPages pages = new LimitPages();
        return step(
                "limit-utilisation-pdf",
                repository,
                transactions,
                days,
                archive,
                new Made("limits", Format.PDF, pages::print));
    }

    /** One file of the report. */
    private record Made(String stem, Format format, Function<LimitDay, byte[]> content) {}

    private static Step step(
            String name,
            JobRepository repository,
            PlatformTransactionManager transactions,
            LimitDays days,
            Archive archive,
            Made made) {
        return SheetStep.of(name, repository, transactions, archive, Kind.LIMIT_UTILISATION, files -> {
            var day = days.of(files.date());
            files.keep(made.format(), made.stem(), made.content().apply(day));
            return day.checked();
        });
    }
}
