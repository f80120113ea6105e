package org.tradesuite.reporting.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
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
 * The evidence of a year that the pre-trade controls were there and worked.
 *
 * <p>Input: the journal, and what execution and reporting publish, from the first of January to the end of the business
 * date; the last of December is the whole year. Output: {@code control-evidence-<date>.pdf} and a CSV for each chapter.
 * Cut-off: none; it is run once a year, and before whenever somebody wants to see how it stands. Rerun: read anew; the files
 * of a re-run stand beside the first ones.
 */
@Configuration(proxyBeanMethods = false)
class EvidencePackJob {

    private static final String FIRM = "select name from reference_api.firm";

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final Archive archive;
    private final EvidenceReader reader;
    private final JdbcClient jdbc;

    EvidencePackJob(
            JobRepository repository, PlatformTransactionManager transactions, Archive archive, DataSource dataSource) {
        this.repository = repository;
        this.transactions = transactions;
        this.archive = archive;
        this.jdbc = JdbcClient.create(dataSource);
        this.reader = new EvidenceReader(jdbc);
    }

    /** A file for each chapter, and the pages last. */
    @Bean
    Job controlEvidence() {
        List<Step> files = Arrays.stream(Subject.values()).map(this::file).toList();
        var job = new JobBuilder("control-evidence", repository).start(files.getFirst());
        for (Step file : files.subList(1, files.size())) {
            job = job.next(file);
        }
        return job.next(pages()).build();
    }

    private Step file(Subject subject) {
        return step(subject.stem() + "-csv", subject.stem(), Format.CSV, (period, moved) -> {
            var chapter = reader.of(subject, period);
            moved.rows(chapter.rows().size());
            return chapter.csv(period);
        });
    }

    private Step pages() {
        var pages = new EvidencePages();
        return step("control-evidence-pdf", "control-evidence", Format.PDF, (period, moved) -> {
            var chapters = reader.all(period);
            moved.rows(
                    chapters.stream().mapToInt(chapter -> chapter.rows().size()).sum());
            return pages.print(period, firm(), chapters);
        });
    }

    private String firm() {
        return jdbc.sql(FIRM).query(String.class).optional().orElse("the firm");
    }

    /** Told how many rows a file has. */
    private interface Moved {
        void rows(int number);
    }

    private Step step(String name, String stem, Format format, BiFunction<Period, Moved, byte[]> content) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            var date = RunParameters.businessDate(context);
                            var sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            archive.keep(
                                    Kind.CONTROL_EVIDENCE,
                                    date,
                                    format,
                                    Archive.fileName(stem, date, sequence, format == Format.PDF ? "pdf" : "csv"),
                                    content.apply(Period.endingOn(date), rows -> Progress.moved(contribution, rows)));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
