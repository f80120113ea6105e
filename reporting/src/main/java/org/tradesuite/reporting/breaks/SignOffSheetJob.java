package org.tradesuite.reporting.breaks;

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
 * Who stands for the reconciled feeds of a business date, and what was open when they signed.
 *
 * <p>Input: the sign-offs with their counts as reconciliation publishes them, the break sheets of the archive. Output:
 * {@code sign-off-<date>.pdf}, {@code sign-off-<date>.csv}, {@code sign-off-open-<date>.csv}, all of one reading. Cut-off:
 * none; whenever somebody asks, of any date. Rerun: read anew; the files of a re-run stand beside the first ones.
 */
@Configuration(proxyBeanMethods = false)
class SignOffSheetJob {

    @Bean
    Job signOffSheet(JobRepository repository, Step signOffSheetFiles) {
        return new JobBuilder("sign-off-sheet", repository)
                .start(signOffSheetFiles)
                .build();
    }

    @Bean
    Step signOffSheetFiles(
            JobRepository repository, PlatformTransactionManager transactions, DataSource dataSource, Archive archive) {
        var reader = new SignOffReader(JdbcClient.create(dataSource), archive);
        var pages = new SignOffPages();
        return SheetStep.of("sign-off-sheet-files", repository, transactions, archive, Kind.SIGN_OFF_SHEET, files -> {
            var sheet = reader.of(files.date());
            files.keep(Format.PDF, "sign-off", pages.print(sheet));
            files.keep(Format.CSV, "sign-off", sheet.csv());
            files.keep(Format.CSV, "sign-off-open", sheet.openCsv());
            return sheet.feeds().size();
        });
    }
}
