package org.tradesuite.reporting.mifir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
 * The MiFIR transaction report of a business date.
 *
 * <p>Input: fills as execution publishes them, reference data. Output: {@code mifir-transactions-<date>.xml} (none when
 * nothing is reportable), {@code mifir-population-<date>.csv} with every execution and what became of it, the reference
 * numbers used. Cut-off: 23:00 on the date; the authority wants the file by the end of the next working day. Rerun: what
 * was reported is not reported again; what the broker has cancelled since is taken back (Cxl); what was held back and
 * repaired is reported now.
 */
@Configuration(proxyBeanMethods = false)
class TransactionReportJob {

    @Bean
    Job transactionReport(JobRepository repository, Step judgeExecutions, Step writeTransactionReport) {
        return new JobBuilder("transaction-report", repository)
                .start(judgeExecutions)
                .next(writeTransactionReport)
                .build();
    }

    @Bean
    Executions executions(DataSource dataSource) {
        return new Executions(JdbcClient.create(dataSource));
    }

    @Bean
    Eligibility eligibility(@Value("${reporting.mifir.venues}") Set<String> venues) {
        return new Eligibility(venues);
    }

    @Bean
    Step judgeExecutions(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Executions executions,
            Eligibility eligibility,
            Archive archive) {
        return new StepBuilder("judge-executions", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            Population population = Population.judge(executions.of(date), eligibility);
                            executions.excluded(date, population.lines());
                            archive.keep(
                                    Kind.TRANSACTION_REPORT,
                                    date,
                                    Format.CSV,
                                    Archive.fileName("mifir-population", date, sequence, "csv"),
                                    population.csv(date));
                            Progress.moved(contribution, population.reportable().size());
                            Progress.filtered(contribution, population.notReported());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Step writeTransactionReport(
            JobRepository repository,
            PlatformTransactionManager transactions,
            Executions executions,
            Eligibility eligibility,
            Archive archive,
            @Value("${reporting.mifir.schema:}") String schema,
            @Value("${reporting.mifir.authority}") String authority,
            Clock clock) {
        Optional<SchemaCheck> check =
                Optional.of(schema).filter(path -> !path.isBlank()).map(path -> new SchemaCheck(Path.of(path)));
        return new StepBuilder("write-transaction-report", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            long sequence = RunParameters.sequence(
                                    Progress.step(context).getJobParameters());
                            String identifier = identifier(date, sequence);
                            Set<String> before = new HashSet<>(executions.reportedBefore(date, identifier));
                            List<Transaction> fresh =
                                    Population.judge(executions.of(date), eligibility).reportable().stream()
                                            .filter(transaction -> !before.contains(transaction.fillId()))
                                            .toList();
                            List<Cancellation> cancellations = executions.toCancel(identifier);
                            executions.reported(date, identifier, fresh, cancellations);
                            if (!fresh.isEmpty() || !cancellations.isEmpty()) {
                                Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
                                byte[] file = new TransactionFile(executions.firm(), authority)
                                        .write(identifier, at, fresh, cancellations);
                                check.ifPresent(valid -> requireValid(valid, file));
                                archive.keep(
                                        Kind.TRANSACTION_REPORT,
                                        date,
                                        Format.XML,
                                        Archive.fileName("mifir-transactions", date, sequence, "xml"),
                                        file);
                            }
                            Progress.moved(contribution, fresh.size() + cancellations.size());
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    /** Unique per firm and file: the authority refuses one it has seen. */
    static String identifier(LocalDate businessDate, long sequence) {
        return "TSTR" + DateTimeFormatter.BASIC_ISO_DATE.format(businessDate) + "R" + sequence;
    }

    private static void requireValid(SchemaCheck check, byte[] file) {
        List<String> findings = check.findings(file);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("the transaction report is not valid: " + String.join("; ", findings));
        }
    }
}
