package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
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
import org.tradesuite.reconciliation.breaks.BreakLedger;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;
import org.tradesuite.reconciliation.dropcopy.HeardSoFar;
import org.tradesuite.runsheet.Progress;
import org.tradesuite.runsheet.RunParameters;
import org.tradesuite.runsheet.StepMeter;

/**
 * Job reconcile-brokers-intraday: what brokers say live that they executed for us, against what we have executed so far.
 *
 * <p>Input: the live drop copies of the business date as they stand, our executions. Output: breaks, the same that
 * reconcile-brokers would find, and how each drop copy stood. While: execution has the date open. Rerun: it may run any
 * number of times for a date; each run compares all anew and clears what is gone. Every step is one transaction that makes
 * its result anew. The date is not reconciled by it: nothing is handed in, no statement is asked for, no sheet written,
 * and once reconcile-brokers has begun for the date it changes nothing.
 */
@Configuration(proxyBeanMethods = false)
class ReconcileBrokersIntradayJob {

    @Bean(ExecutionsSoFar.JOB)
    Job reconcileBrokersIntraday(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DropCopyLines lines,
            DropCopyLooks looks,
            BreakLedger ledger,
            StepMeter meter) {
        return new JobBuilder(ExecutionsSoFar.JOB, repository)
                .start(compare(repository, transactions, lines, looks, meter))
                .next(carry(repository, transactions, lines, looks, ledger))
                .build();
    }

    private static Step compare(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DropCopyLines lines,
            DropCopyLooks looks,
            StepMeter meter) {
        return new StepBuilder("compare-live-drop-copies", repository)
                .tasklet(
                        (contribution, context) -> {
                            var date = RunParameters.businessDate(context);
                            for (var look : looks.look(date, lines.heardSoFar(date), meter.of(context)::done)) {
                                Progress.moved(contribution, look.theirs());
                            }
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static Step carry(
            JobRepository repository,
            PlatformTransactionManager transactions,
            DropCopyLines lines,
            DropCopyLooks looks,
            BreakLedger ledger) {
        return new StepBuilder("carry-intraday-breaks", repository)
                .tasklet(
                        (contribution, context) -> {
                            var date = RunParameters.businessDate(context);
                            var run = contribution.getStepExecution().getJobExecutionId();
                            Progress.moved(
                                    contribution,
                                    ledger.carry(
                                            ExecutionsSoFar.JOB,
                                            date,
                                            run,
                                            looks.judged(date, brokers(lines, date)),
                                            List.of()));
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static List<String> brokers(DropCopyLines lines, LocalDate date) throws IOException {
        return lines.heardSoFar(date).stream().map(HeardSoFar::broker).toList();
    }

    @Bean
    DropCopyLooks dropCopyLooks(
            DataSource dataSource,
            AgreedRules rules,
            BrokerComparison.Means means,
            @Value("${tradesuite.reconciliation.drop-copy.margin}") Duration margin,
            Clock clock) {
        return new DropCopyLooks(
                dataSource, new ExecutionsSoFar(JdbcClient.create(dataSource), rules, means, margin, clock));
    }
}
