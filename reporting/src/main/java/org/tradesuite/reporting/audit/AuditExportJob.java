package org.tradesuite.reporting.audit;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
import org.tradesuite.reporting.audit.verifier.Finding;
import org.tradesuite.reporting.audit.verifier.Verifier;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;

/**
 * The audit export of a business date.
 *
 * <p>Input: the journal, all chains, from where the last export ended. Output: {@code journal-<date>.jsonl} with every
 * event and {@code journal-<date>.manifest.json} with the signed ends of the chains. Cut-off: 23:30. Rerun: exports
 * what has been recorded since. The job fails unless the verifier, which shares no code with the writer, says OK.
 */
@Configuration(proxyBeanMethods = false)
class AuditExportJob {

    @Bean
    Job auditExport(JobRepository repository, Step takeCheckpoint, Step exportJournal, Step verifyExport) {
        return new JobBuilder("audit-export", repository)
                .start(takeCheckpoint)
                .next(exportJournal)
                .next(verifyExport)
                .build();
    }

    @Bean
    Checkpoints checkpoints(DataSource dataSource) {
        return new Checkpoints(JdbcClient.create(dataSource));
    }

    @Bean
    Step takeCheckpoint(
            JobRepository repository, PlatformTransactionManager transactions, Checkpoints checkpoints, Clock clock) {
        return new StepBuilder("take-checkpoint", repository)
                .tasklet(
                        (contribution, context) -> {
                            List<Checkpoint> taken = checkpoints.take(
                                    RunParameters.businessDate(context),
                                    RunParameters.sequence(
                                            Progress.step(context).getJobParameters()),
                                    clock.instant().truncatedTo(ChronoUnit.MICROS));
                            Progress.moved(contribution, taken.size());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step exportJournal(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Checkpoints checkpoints,
            DataSource dataSource,
            Archive archive,
            @Value("${reporting.audit.key}") Path keyFile) {
        JournalExport export = new JournalExport();
        return new StepBuilder("export-journal", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            List<Checkpoint> ends = checkpoints.taken(date, sequence);
                            String fileName = Archive.fileName("journal", date, sequence, "jsonl");
                            byte[] lines;
                            // A connection of its own: reading a chain in portions sets its transaction mode.
                            try (Connection connection = dataSource.getConnection()) {
                                lines = export.lines(connection, ends);
                            }
                            archive.keep(Kind.AUDIT_EXPORT, date, Format.JSON, fileName, lines);
                            archive.keep(
                                    Kind.AUDIT_EXPORT,
                                    date,
                                    Format.JSON,
                                    Archive.fileName("journal", date, sequence, "manifest.json"),
                                    export.manifest(date, fileName, lines, ends, SigningKey.at(keyFile)));
                            Progress.moved(
                                    contribution,
                                    ends.stream().mapToLong(Checkpoint::events).sum());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step verifyExport(
            JobRepository repository,
            PlatformTransactionManager transactions,
            @Value("${tradesuite.out}") Path out,
            @Value("${reporting.audit.key}") Path keyFile) {
        return new StepBuilder("verify-export", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            Path manifest = out.resolve(Path.of(
                                    date.toString(),
                                    "reporting",
                                    Archive.fileName("journal", date, sequence, "manifest.json")));
                            Finding finding = Verifier.verify(
                                    manifest, SigningKey.at(keyFile).publicKey());
                            if (!finding.ok()) {
                                throw new IllegalStateException("the verifier refuses the export: " + finding);
                            }
                            Progress.moved(contribution, finding.events());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }
}
