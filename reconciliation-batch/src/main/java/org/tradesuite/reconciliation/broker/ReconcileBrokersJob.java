package org.tradesuite.reconciliation.broker;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.unit.DataSize;
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.breaks.BreakSheet;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.statement.DropFolders;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.StatementStore;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.runsheet.StepMeter;
import org.tradesuite.runsheet.intake.Quarantine;
import tools.jackson.databind.json.JsonMapper;

/**
 * Job reconcile-brokers: what our brokers say we traded, against what we booked.
 *
 * <p>Input: the brokers' statements and drop copies up to the business date, of live sessions what has come so far, rows released from quarantine, confirmed trades, fills. Output:
 * breaks, and the break sheet. After: execution has closed the date. Rerun: every step makes its result anew in one
 * transaction, so a step that was killed leaves nothing; a re-run with a corrected file supersedes the statement and
 * clears the breaks that are gone. A file of an earlier date that comes late is matched with that date, whose breaks,
 * sheet and sign-off change with it; a broker of which nothing has changed is not matched again.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileBrokersJob {

    private static final List<String> FEEDS = List.of("BROKER_TRADE", "BROKER_DROP_COPY");
    private static final List<String> CLEARABLE = Refusal.namesClearedByAGoodStatement();

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final JdbcClient jdbc;

    ReconcileBrokersJob(JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
        this.repository = repository;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Bean(BrokerIntake.JOB)
    Job reconcileBrokers(
            DropCopyLines lines,
            BrokerIntake intake,
            StatementStore statements,
            BrokerMatching matching,
            BrokerBreaks breaks,
            BreakLedger ledger,
            BreakSheet sheet,
            StepMeter meter) {
        return new JobBuilder(BrokerIntake.JOB, repository)
                .start(step("take-broker-statements", (contribution, context, date) -> {
                    lines.handIn(date);
                    var taken = intake.take(date, meter.of(context)::done);
                    Progress.moved(contribution, taken.rows());
                    Progress.refused(contribution, taken.quarantined());
                }))
                .next(step(
                        "file-broker-statements",
                        (contribution, context, date) ->
                                Progress.moved(contribution, statements.file(BrokerIntake.JOB))))
                .next(step("reopen-earlier-dates", (contribution, context, date) -> {
                    var telling = meter.of(context);
                    for (var late : matching.late(date).entrySet()) {
                        var compared = matching.match(late.getKey(), late.getValue(), telling::done);
                        Progress.moved(contribution, compared.ours() + compared.theirs());
                        breaks.find(late.getKey(), matching.comparable(late.getKey()), CLEARABLE);
                        carry(ledger, contribution, late.getKey(), late.getValue());
                        sheet.write("broker-breaks", late.getKey(), FEEDS, true);
                    }
                }))
                .next(step("match-broker-trades", (contribution, context, date) -> {
                    var compared = matching.match(date, matching.comparable(date), meter.of(context)::done);
                    Progress.moved(contribution, compared.ours() + compared.theirs());
                }))
                .next(step(
                        "find-broker-breaks",
                        (contribution, context, date) ->
                                Progress.moved(contribution, breaks.find(date, matching.comparable(date), CLEARABLE))))
                .next(step(
                        "carry-broker-breaks",
                        (contribution, context, date) -> Progress.moved(
                                contribution, carry(ledger, contribution, date, matching.comparable(date)))))
                .next(step(
                        "write-broker-break-sheet",
                        (contribution, context, date) ->
                                Progress.moved(contribution, sheet.write("broker-breaks", date, FEEDS, true))))
                .build();
    }

    private static long carry(BreakLedger ledger, StepContribution contribution, LocalDate date, List<Source> sources) {
        return ledger.carry(
                BrokerIntake.JOB,
                date,
                contribution.getStepExecution().getJobExecutionId(),
                sources.stream().map(Source::judged).toList(),
                CLEARABLE);
    }

    private interface Work {
        void on(StepContribution contribution, ChunkContext context, LocalDate businessDate) throws Exception;
    }

    private Step step(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.on(contribution, context, RunParameters.businessDate(context));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    DropFolders dropFolders(@Value("${tradesuite.drop}") Path drop) {
        return new DropFolders(drop);
    }

    @Bean
    RuleBook ruleBook(DataSource dataSource, JsonMapper json, Clock clock) {
        return new RuleBook(dataSource, json, clock);
    }

    @Bean
    AgreedRules agreedRules(RuleBook book) {
        var rules = new AgreedRules(book);
        rules.install();
        return rules;
    }

    @Bean
    BrokerIntake brokerIntake(
            AgreedRules rules,
            DropFolders drop,
            BrokerComparison.Means means,
            StatementStore statements,
            Quarantine quarantine,
            DataSource dataSource) {
        return new BrokerIntake(
                rules, drop.brokersRoot(), means.limits(), means.threads(), statements, quarantine, dataSource);
    }

    @Bean
    BrokerComparison.Means brokerMeans(
            @Value("${tradesuite.reconciliation.match-folder}") Path folder,
            @Value("${tradesuite.reconciliation.match-memory}") DataSize memory,
            @Value("${tradesuite.reconciliation.match-threads}") int threads,
            UnpackingLimits limits) {
        return new BrokerComparison.Means(folder, memory.toBytes(), threads, limits);
    }

    @Bean
    BrokerMatching brokerMatching(DataSource dataSource, AgreedRules rules, BrokerComparison.Means means) {
        return new BrokerMatching(dataSource, rules, means);
    }

    @Bean
    LayoutDryRun layoutDryRun(
            DataSource dataSource, RuleBook book, UnpackingLimits limits, BrokerComparison.Means means) {
        return new LayoutDryRun(dataSource, book, limits, means.folder());
    }

    @Bean
    PassesDryRun passesDryRun(
            DataSource dataSource, RuleBook book, BrokerMatching matching, BrokerComparison.Means means) {
        return new PassesDryRun(dataSource, transactions, book, matching, means);
    }

    @Bean
    ProposalDesk proposalDesk(
            DataSource dataSource, BreakLedger ledger, UnpackingLimits limits, JsonMapper json, Clock clock) {
        return new ProposalDesk(dataSource, ledger, limits, json, clock);
    }

    @Bean
    BrokerBreaks brokerBreaks() {
        return new BrokerBreaks(jdbc);
    }
}
