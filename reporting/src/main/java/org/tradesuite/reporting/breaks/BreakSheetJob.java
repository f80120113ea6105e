package org.tradesuite.reporting.breaks;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.archive.Report.Format;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.reporting.archive.SheetStep;

/**
 * The open breaks of a business date, for those who clear them and those who are answerable for them.
 *
 * <p>Input: the open breaks as reconciliation publishes them. Output: {@code breaks-<date>.pdf}, {@code breaks-<date>.csv},
 * both of one reading. Cut-off: none; after both reconciliations. Rerun: read anew; the files of a re-run stand beside the
 * first ones. Refused once the next day was reconciled: what was open then cannot be read any more.
 */
@Configuration(proxyBeanMethods = false)
class BreakSheetJob {

    @Bean
    Job breakSheet(JobRepository repository, Step breakSheetFiles) {
        return new JobBuilder("break-sheet", repository).start(breakSheetFiles).build();
    }

    @Bean
    Step breakSheetFiles(
            JobRepository repository, PlatformTransactionManager transactions, DataSource dataSource, Archive archive) {
        var breaks = new OpenBreaks(dataSource);
        var pages = new BreakPages();
        return SheetStep.of("break-sheet-files", repository, transactions, archive, Kind.BREAK_SHEET, files -> {
            var read = new AtomicReference<BreakSheet>();
            var csv = files.write(Format.CSV, "breaks", file -> read.set(breaks.of(files.date(), file)));
            var sheet = Objects.requireNonNull(read.get());
            files.keep(Format.PDF, "breaks", pages.print(sheet));
            files.keep(Format.CSV, csv);
            return sheet.all().open();
        });
    }
}
