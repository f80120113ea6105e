package org.tradesuite.runsheet;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.AbstractItemCountingItemStreamItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.web.WebContract;

/**
 * A small batch application: {@code gather} writes a hundred rows for the date in chunks of ten, {@code settle-up}
 * adds them up after it, {@code sweep} works off four rows in a transaction
 * each and may run any number of times, {@code load} takes eight in one.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(RunSheetConfiguration.class)
class SampleApplication {

    static final int ROWS = 100;
    static final int SWEPT = 4;
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** What a test makes go wrong, or waits for. */
    static final class Trouble {
        final AtomicInteger failAtRow = new AtomicInteger();
        final AtomicInteger waitAtRow = new AtomicInteger();
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
    }

    static ConfigurableApplicationContext start(LocalDatabase database, Trouble trouble, String... settings) {
        return start(WebApplicationType.NONE, database, trouble, settings);
    }

    static ConfigurableApplicationContext start(
            WebApplicationType type, LocalDatabase database, Trouble trouble, String... settings) {
        SpringApplicationBuilder builder = (type == WebApplicationType.NONE
                        ? new SpringApplicationBuilder(SampleApplication.class)
                        : new SpringApplicationBuilder(SampleApplication.class, WebContract.class))
                .web(type)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .initializers(context -> context.getBeanFactory().registerSingleton("trouble", trouble))
                .properties(
                        "spring.config.name=none",
                        "tradesuite.runsheet.schema=settlement",
                        "spring.flyway.enabled=false",
                        "spring.jmx.enabled=false",
                        "spring.datasource.url=" + database.url(),
                        "spring.datasource.username=" + database.username(DatabaseRole.SETTLEMENT),
                        "spring.datasource.password=" + database.password(DatabaseRole.SETTLEMENT));
        return builder.run(
                Arrays.stream(settings).map(setting -> "--" + setting).toArray(String[]::new));
    }

    @Bean
    Clock clock() {
        return Clock.fixed(NOON, ZoneOffset.UTC);
    }

    @Bean
    RunSheet sheet() {
        return RunSheet.of(
                "settlement",
                ZoneId.of("Europe/London"),
                RunSheet.Line.of("gather", "Gathers a hundred rows.").cutOff(java.time.LocalTime.of(18, 0)),
                RunSheet.Line.of("settle-up", "Adds them up.").after(Prerequisite.jobFinished("settlement", "gather")),
                RunSheet.Line.of("sweep", "Takes what has arrived.").repeating(),
                RunSheet.Line.of("load", "Takes eight rows at once.").repeating());
    }

    @Bean
    Job gather(JobRepository repository, Step gatherRows, Step gatherTotal) {
        return new JobBuilder("gather", repository)
                .start(gatherRows)
                .next(gatherTotal)
                .build();
    }

    @Bean
    Step gatherRows(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ItemStreamReader<Integer> numbers,
            JdbcClient jdbc,
            Trouble trouble) {
        return new StepBuilder("gather-rows", repository)
                .<Integer, Integer>chunk(10)
                .transactionManager(transactions)
                .reader(numbers)
                .processor(number -> {
                    if (number == trouble.waitAtRow.get()) {
                        trouble.arrived.countDown();
                        trouble.goOn.await();
                    }
                    if (number == trouble.failAtRow.get()) {
                        throw new IllegalStateException("row " + number + " cannot be read. Repair it and restart.");
                    }
                    return number;
                })
                .writer(chunk -> {
                    for (Integer number : chunk) {
                        jdbc.sql("insert into settlement.sample_row (n) values (?)")
                                .param(number)
                                .update();
                    }
                })
                .build();
    }

    @Bean
    @StepScope
    Numbers numbers(@Value("#{jobParameters['businessDate']}") LocalDate businessDate) {
        return new Numbers(businessDate.getDayOfMonth() * 1000);
    }

    @Bean
    Step gatherTotal(JobRepository repository, PlatformTransactionManager transactions, JdbcClient jdbc) {
        return new StepBuilder("gather-total", repository)
                .tasklet(
                        (contribution, context) -> {
                            LocalDate date = RunParameters.businessDate(context);
                            int base = date.getDayOfMonth() * 1000;
                            long rows = jdbc.sql("""
                                insert into settlement.sample_total (business_date, rows, total)
                                select ?, count(*), sum(n) from settlement.sample_row where n > ? and n <= ?
                                """)
                                    .params(List.of(date, base, base + ROWS))
                                    .update();
                            Progress.moved(contribution, rows);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    @Bean
    Job settleUp(JobRepository repository, PlatformTransactionManager transactions) {
        return tasklet("settle-up", repository, transactions);
    }

    @Bean
    Job sweep(JobRepository repository, PlatformTransactionManager transactions, Trouble trouble) {
        return new JobBuilder("sweep", repository)
                .start(new StepBuilder("sweep-step", repository)
                        .tasklet(
                                (contribution, context) -> {
                                    Progress.expect(context, () -> SWEPT);
                                    long row = Progress.step(context).getWriteCount() + 1;
                                    if (row == trouble.waitAtRow.get()) {
                                        trouble.arrived.countDown();
                                        trouble.goOn.await();
                                    }
                                    Progress.moved(contribution, 1);
                                    return RepeatStatus.continueIf(row < SWEPT);
                                },
                                transactions)
                        .build())
                .build();
    }

    @Bean
    Job load(JobRepository repository, PlatformTransactionManager transactions, StepMeter meter, Trouble trouble) {
        return new JobBuilder("load", repository)
                .start(new StepBuilder("load-step", repository)
                        .tasklet(
                                (contribution, context) -> {
                                    StepMeter.Reading reading = meter.of(context);
                                    if (trouble.waitAtRow.get() == 3) {
                                        while (!trouble.goOn.await(10, TimeUnit.MILLISECONDS)) {
                                            reading.done(3, 8);
                                        }
                                    }
                                    if (trouble.failAtRow.get() == 4) {
                                        throw new IllegalStateException("row 4 cannot be read. Repair it and restart.");
                                    }
                                    Progress.moved(contribution, 8);
                                    return RepeatStatus.FINISHED;
                                },
                                transactions)
                        .build())
                .build();
    }

    private static Job tasklet(String name, JobRepository repository, PlatformTransactionManager transactions) {
        return new JobBuilder(name, repository)
                .start(new StepBuilder(name + "-step", repository)
                        .tasklet((contribution, context) -> RepeatStatus.FINISHED, transactions)
                        .build())
                .build();
    }

    /** The numbers base+1 to base+100, going on after a restart where the last committed chunk ended. */
    static class Numbers extends AbstractItemCountingItemStreamItemReader<Integer> {
        private final List<Integer> numbers;
        private int next;

        Numbers(int base) {
            numbers = IntStream.rangeClosed(base + 1, base + ROWS).boxed().toList();
            setName("numbers");
        }

        @Override
        protected @Nullable Integer doRead() {
            return next < numbers.size() ? numbers.get(next++) : null;
        }

        @Override
        protected void jumpToItem(int index) {
            next = index;
        }

        @Override
        protected void doOpen() {
            next = 0;
        }

        @Override
        protected void doClose() {}
    }
}
