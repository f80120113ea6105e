package org.tradesuite.runsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.runsheet.RunAnswer.Accepted;
import org.tradesuite.runsheet.RunAnswer.Refusal;
import org.tradesuite.runsheet.RunAnswer.Refused;
import org.tradesuite.runsheet.SampleApplication.Trouble;

class JobBoardTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

    private static final Totals UNBROKEN = new Totals(100, 2_005_050);

    private LocalDatabase database;
    private JdbcClient owner;
    private Trouble trouble;
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    @BeforeEach
    void an_installed_database() {
        database = LocalPostgres.shared().newDatabase();
        owner = JdbcClient.create(database.dataSource(DatabaseRole.OWNER));
        owner.sql("create table settlement.sample_row (n integer primary key)").update();
        owner.sql("create table settlement.sample_total (business_date date primary key, rows bigint, total bigint)")
                .update();
        trouble = new Trouble();
    }

    @AfterEach
    void stop_and_forget() {
        trouble.goOn.countDown();
        running.forEach(ConfigurableApplicationContext::close);
        LocalPostgres.shared().drop(database);
    }

    @Test
    void a_run_goes_through_its_steps_and_says_how_far_it_is() {
        JobBoard board = board();

        Run run = ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));

        assertThat(run.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(run.steps()).extracting(Run.Step::name).containsExactly("gather-rows", "gather-total");
        assertThat(run.steps()).extracting(Run.Step::written).containsExactly(100L, 1L);
        assertThat(run.requestedBy()).isEqualTo("operations");
        assertThat(run.startedAt()).isEqualTo(SampleApplication.NOON);
        assertThat(run.late()).isFalse();
        assertThat(totals()).isEqualTo(UNBROKEN);
    }

    @Test
    void every_step_says_when_it_began_and_ended_by_the_business_clock() throws Exception {
        trouble.waitAtRow.set(20055);
        JobBoard board = board();
        Run run = accepted(board.start("gather", FRIDAY, "operations", null));
        trouble.arrived.await();

        List<Run.Step> working = board.run(run.number()).orElseThrow().steps();
        assertThat(working).extracting(Run.Step::startedAt).containsExactly(SampleApplication.NOON, null);
        assertThat(working).extracting(Run.Step::endedAt).containsExactly(null, null);
        trouble.goOn.countDown();

        List<Run.Step> done = ended(board, run).steps();
        assertThat(done).extracting(Run.Step::startedAt).containsOnly(SampleApplication.NOON);
        assertThat(done).extracting(Run.Step::endedAt).containsOnly(SampleApplication.NOON);
    }

    @Test
    void progress_counts_rows_where_a_step_knows_how_many_it_has() throws Exception {
        trouble.waitAtRow.set(3);
        JobBoard board = board();
        Run run = accepted(board.start("sweep", FRIDAY, "operations", null));
        trouble.arrived.await();

        Run working = board.run(run.number()).orElseThrow();
        assertThat(working.done()).isEqualTo(2);
        assertThat(working.total()).isEqualTo(SampleApplication.SWEPT);
        assertThat(working.progress()).isEqualTo(0.5);
        assertThat(Objects.requireNonNull(board.lastRun("sweep")).progress()).isEqualTo(0.5);
        trouble.goOn.countDown();

        Run done = ended(board, run);
        assertThat(done.total()).isEqualTo(SampleApplication.SWEPT);
        assertThat(done.progress()).isEqualTo(1);
    }

    @Test
    void a_step_of_one_transaction_says_how_many_rows_at_what_rate_and_how_long_it_will_take() {
        trouble.waitAtRow.set(3);
        trouble.failAtRow.set(4);
        JobBoard board = board();
        Run run = accepted(board.start("load", FRIDAY, "operations", null));
        await().until(() -> board.run(run.number()).orElseThrow().done() == 3);

        Run working = board.run(run.number()).orElseThrow();
        Run.Step step = Objects.requireNonNull(working.working());
        assertThat(working.total()).isEqualTo(8);
        assertThat(step.written()).isEqualTo(3);
        assertThat(step.writtenPerSecond()).isPositive();
        assertThat(step.left()).isNotNull().isPositive();
        assertThat(step.progress()).isEqualTo(0.375);

        trouble.goOn.countDown();
        Run failed = ended(board, run);
        assertThat(failed.done()).as("what was rolled back was not done").isZero();
        assertThat(failed.working()).isNull();
        trouble.failAtRow.set(0);
        Run done = ended(board, accepted(board.restart(run.number(), Origin.HAND, "operations", null)));
        assertThat(done.done()).isEqualTo(8);
        assertThat(done.steps().getFirst().left()).isNull();
    }

    @Test
    void progress_counts_steps_where_they_do_not_know_and_a_restart_keeps_the_finished_ones() {
        JobBoard board = board();
        owner.sql("insert into settlement.sample_total values (?, 0, 0)")
                .param(FRIDAY)
                .update();
        Run failed = ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        assertThat(failed.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(failed.progress()).isEqualTo(0.5);
        assertThat(failed.total()).isNull();
        assertThat(failed.steps()).extracting(Run.Step::endedAt).containsOnly(SampleApplication.NOON);

        owner.sql("delete from settlement.sample_total").update();
        Run restarted = ended(board, accepted(board.restart(failed.number(), Origin.HAND, "operations", null)));
        assertThat(restarted.steps()).extracting(Run.Step::status).containsOnly(BatchStatus.COMPLETED);
        assertThat(restarted.steps()).extracting(Run.Step::written).containsExactly(100L, 1L);
        assertThat(restarted.done()).isEqualTo(101);
        assertThat(restarted.total()).isEqualTo(101);
        assertThat(restarted.progress()).isEqualTo(1);
        assertThat(totals()).isEqualTo(UNBROKEN);
    }

    @Test
    void a_run_has_not_ended_before_its_end_is_written_down() {
        JobBoard board = board();
        Run run = ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        // As a process leaves it that dies between the commit of Spring Batch and ours.
        owner.sql("update settlement.run set ended_at = null").update();

        assertThat(board.run(run.number()).orElseThrow().status()).isEqualTo(BatchStatus.STARTED);
        assertThat(refused(board.start("gather", FRIDAY, "operations", null)).code())
                .isEqualTo(Refusal.ALREADY_RUNNING);
        assertThat(refused(board.start("settle-up", FRIDAY, "operations", null)).code())
                .isEqualTo(Refusal.PREREQUISITE_MISSING);
        closeAll();

        Run noticed = board().run(run.number()).orElseThrow();
        assertThat(noticed.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(noticed.endedAt()).isEqualTo(SampleApplication.NOON);
        assertThat(noticed.detail()).isNull();
    }

    @Test
    void a_job_started_twice_is_refused_while_it_runs() throws Exception {
        trouble.waitAtRow.set(20055);
        JobBoard board = board();
        Run run = accepted(board.start("gather", FRIDAY, "operations", null));
        trouble.arrived.await();

        Refused second = refused(board.start("gather", FRIDAY, "operations", null));

        assertThat(second.code()).isEqualTo(Refusal.ALREADY_RUNNING);
        assertThat(second.detail()).contains("/runs/" + run.number() + "/stop");
        assertThat(board.run(run.number()).orElseThrow().done()).isEqualTo(50);
        trouble.goOn.countDown();
        assertThat(ended(board, run).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void many_who_start_the_same_job_at_once_get_one_run() throws Exception {
        JobBoard board = board();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Callable<RunAnswer>> calls = IntStream.range(0, 8)
                    .<Callable<RunAnswer>>mapToObj(i -> () -> board.start("gather", FRIDAY, "caller-" + i, null))
                    .toList();
            List<RunAnswer> answers = new ArrayList<>();
            for (Future<RunAnswer> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(Accepted.class::isInstance).hasSize(1);
        }
        ended(board, board.runs("gather", FRIDAY).getFirst());
        assertThat(board.runs("gather", FRIDAY)).hasSize(1);
    }

    @Test
    void a_finished_date_is_refused() {
        JobBoard board = board();
        ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));

        Refused again = refused(board.start("gather", FRIDAY, "operations", null));

        assertThat(again.code()).isEqualTo(Refusal.ALREADY_FINISHED);
        assertThat(owner.sql("select code from settlement.refused_start")
                        .query(String.class)
                        .list())
                .containsExactly("ALREADY_FINISHED");
    }

    @Test
    void a_finished_date_is_worked_again_only_for_a_reason_and_as_the_next_run() {
        JobBoard board = board();
        ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        owner.sql("delete from settlement.sample_row").update();
        owner.sql("delete from settlement.sample_total").update();

        assertThat(refused(board.start("gather", FRIDAY, 2, Origin.HAND, "operations", " "))
                        .code())
                .isEqualTo(Refusal.REASON_MISSING);
        assertThat(refused(board.start("gather", FRIDAY, 3, Origin.HAND, "operations", "why"))
                        .code())
                .isEqualTo(Refusal.ALREADY_FINISHED);
        Run second = ended(board, accepted(board.start("gather", FRIDAY, 2, Origin.HAND, "operations", "New prices.")));

        assertThat(second.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(totals()).isEqualTo(UNBROKEN);
    }

    @Test
    void a_repeating_job_runs_any_number_of_times_for_a_date() {
        JobBoard board = board();
        for (long sequence = 1; sequence <= 3; sequence++) {
            Run run = ended(board, accepted(board.start("sweep", FRIDAY, "operations", null)));
            assertThat(run.sequence()).isEqualTo(sequence);
        }
    }

    @Test
    void a_failed_run_is_restarted_and_ends_with_the_totals_of_an_unbroken_one() {
        trouble.failAtRow.set(20055);
        JobBoard board = board();
        Run failed = ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        assertThat(failed.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(failed.detail()).contains("row 20055 cannot be read. Repair it and restart.");
        assertThat(refused(board.start("gather", FRIDAY, "operations", null)).code())
                .isEqualTo(Refusal.RESTART_INSTEAD);

        trouble.failAtRow.set(0);
        Run restarted =
                ended(board, accepted(board.restart(failed.number(), Origin.HAND, "operations", "Row repaired.")));

        assertThat(restarted.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(restarted.done()).isEqualTo(51);
        assertThat(totals()).isEqualTo(UNBROKEN);
        assertThat(refused(board.restart(failed.number(), Origin.HAND, "operations", null))
                        .code())
                .isEqualTo(Refusal.NOT_RESTARTABLE);
        assertThat(refused(board.restart(restarted.number(), Origin.HAND, "operations", null))
                        .code())
                .isEqualTo(Refusal.NOT_RESTARTABLE);
    }

    @Test
    void a_run_that_a_dead_process_left_behind_fails_at_the_next_start_and_is_restarted() {
        long left = leaveBehind(board(), "gather");
        closeAll();

        JobBoard board = board();

        Run recovered = board.run(left).orElseThrow();
        assertThat(recovered.status()).isEqualTo(BatchStatus.FAILED);
        assertThat(recovered.endedAt()).isNotNull();
        Run restarted = ended(board, accepted(board.restart(left, Origin.HAND, "operations", null)));
        assertThat(restarted.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(totals()).isEqualTo(UNBROKEN);
    }

    @Test
    void a_run_that_a_dead_process_left_behind_is_restarted_by_itself_where_that_is_set() {
        leaveBehind(board(), "gather");
        closeAll();

        JobBoard board = board("tradesuite.runsheet.restart-abandoned=true");

        Run restarted = board.runs("gather", FRIDAY).getFirst();
        assertThat(restarted.origin()).isEqualTo(Origin.RECOVERY);
        assertThat(ended(board, restarted).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(totals()).isEqualTo(UNBROKEN);
    }

    @Test
    void a_run_that_lives_in_another_process_is_left_alone() throws Exception {
        trouble.waitAtRow.set(20055);
        JobBoard first = board();
        Run run = accepted(first.start("gather", FRIDAY, "operations", null));
        trouble.arrived.await();

        JobBoard second = board();

        assertThat(second.run(run.number()).orElseThrow().status()).isEqualTo(BatchStatus.STARTED);
        assertThat(refused(second.restart(run.number(), Origin.HAND, "operations", null))
                        .code())
                .isEqualTo(Refusal.ALREADY_RUNNING);
        trouble.goOn.countDown();
        assertThat(ended(second, run).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_run_is_stopped_between_two_chunks_and_goes_on_from_there() throws Exception {
        trouble.waitAtRow.set(20055);
        JobBoard board = board();
        Run run = accepted(board.start("gather", FRIDAY, "operations", null));
        trouble.arrived.await();

        Run stopping = accepted(board.stop(run.number(), "operations"));
        assertThat(stopping.live()).isTrue();
        trouble.goOn.countDown();
        Run stopped = ended(board, run);

        assertThat(stopped.status()).isEqualTo(BatchStatus.STOPPED);
        assertThat(stopped.done()).isLessThan(100);
        trouble.waitAtRow.set(0);
        assertThat(ended(board, accepted(board.restart(run.number(), Origin.HAND, "operations", null)))
                        .status())
                .isEqualTo(BatchStatus.COMPLETED);
        assertThat(totals()).isEqualTo(UNBROKEN);
        assertThat(refused(board.stop(run.number(), "operations")).code()).isEqualTo(Refusal.NOT_RUNNING);
    }

    @Test
    void a_job_waits_for_what_it_builds_on() {
        JobBoard board = board();

        Refused early = refused(board.start("settle-up", FRIDAY, "operations", null));
        assertThat(early.code()).isEqualTo(Refusal.PREREQUISITE_MISSING);
        assertThat(early.detail()).contains("job gather of settlement to finish");

        ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        assertThat(ended(board, accepted(board.start("settle-up", FRIDAY, "operations", null)))
                        .status())
                .isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void what_is_not_known_is_refused_by_name() {
        JobBoard board = board();
        assertThat(refused(board.start("gatther", FRIDAY, "operations", null)).detail())
                .contains("gather, settle-up, sweep");
        assertThat(refused(board.stop(4711, "operations")).code()).isEqualTo(Refusal.UNKNOWN_RUN);
        assertThat(refused(board.restart(4711, Origin.HAND, "operations", null)).code())
                .isEqualTo(Refusal.UNKNOWN_RUN);
        assertThat(board.run(4711)).isEmpty();
    }

    @Test
    void the_schedule_starts_a_job_once_for_a_date() {
        JobBoard board = board("tradesuite.runsheet.cron.gather=0/1 * * * * ?");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !board.runs("gather", FRIDAY).isEmpty());
        Run run = ended(board, board.runs("gather", FRIDAY).getFirst());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> owner.sql("select count(*) from settlement.refused_start where origin = 'CRON'")
                                .query(Long.class)
                                .single()
                        >= 2);

        assertThat(run.origin()).isEqualTo(Origin.CRON);
        assertThat(run.requestedBy()).isEqualTo("quartz");
        assertThat(board.runs("gather", FRIDAY)).hasSize(1);
        assertThat(board.nextFireTime("gather")).isNotNull();
        assertThat(board.nextFireTime("sweep")).isNull();
    }

    @Test
    void two_processes_on_one_schema_run_each_date_once() {
        JobBoard first = board();
        JobBoard second = board();
        List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 12; day++) {
            JobBoard board = day % 2 == 0 ? first : second;
            runs.add(accepted(board.start("gather", LocalDate.of(2026, 11, day), "operations", null)));
        }

        for (Run run : runs) {
            assertThat(ended(first, run).status()).isEqualTo(BatchStatus.COMPLETED);
        }
        assertThat(owner.sql("select count(*) from settlement.sample_row")
                        .query(Long.class)
                        .single())
                .isEqualTo(1200);
        assertThat(first.history("gather", null, Long.MAX_VALUE, 100)).hasSize(12);
        assertThat(first.history("gather", null, runs.get(5).number(), 3))
                .extracting(Run::number)
                .containsExactly(
                        runs.get(4).number(), runs.get(3).number(), runs.get(2).number());
    }

    @Test
    void a_date_opens_with_its_first_run_and_closes_with_its_last() {
        JobBoard board = board();
        BusinessDays days = running.getLast().getBean(BusinessDays.class);
        assertThat(days.status(FRIDAY)).isEmpty();

        ended(board, accepted(board.start("gather", FRIDAY, "operations", null)));
        assertThat(days.status(FRIDAY)).contains(BusinessDays.Status.CLOSING);
        ended(board, accepted(board.start("settle-up", FRIDAY, "operations", null)));
        ended(board, accepted(board.start("sweep", FRIDAY, "operations", null)));
        ended(board, accepted(board.start("load", FRIDAY, "operations", null)));

        assertThat(days.status(FRIDAY)).contains(BusinessDays.Status.CLOSED);
    }

    @Test
    void what_is_done_to_a_run_is_in_the_journal_with_who_did_it() {
        JobBoard board = board();
        Run run = ended(board, accepted(board.start("gather", FRIDAY, "operations", "Month end.")));

        assertThat(owner.sql("""
            select type || ' by ' || actor || coalesce(': ' || reason, '') from journal.event
             where chain = 'settlement' and stream = ? order by version
            """)
                        .param("settlement/run/" + run.number())
                        .query(String.class)
                        .list())
                .containsExactly("RunStarted by operations: Month end.", "RunEnded by operations: Month end.");
    }

    /** What a kill -9 in the middle of the second step leaves: rows of the first step, and a run recorded as running. */
    private long leaveBehind(JobBoard board, String job) {
        JobRepository repository = running.getLast().getBean(JobRepository.class);
        JobInstance instance = repository.createJobInstance(job, RunParameters.of(FRIDAY, 1));
        JobExecution execution =
                repository.createJobExecution(instance, RunParameters.of(FRIDAY, 1), new ExecutionContext());
        execution.setStatus(BatchStatus.STARTED);
        execution.setStartTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(execution);
        StepExecution step = repository.createStepExecution("gather-rows", execution);
        step.setStatus(BatchStatus.STARTED);
        step.setStartTime(LocalDateTime.now(ZoneId.systemDefault()));
        repository.update(step);
        for (int n = 20001; n <= 20040; n++) {
            owner.sql("insert into settlement.sample_row (n) values (?)")
                    .param(n)
                    .update();
        }
        step.setReadCount(40);
        step.setWriteCount(40);
        step.getExecutionContext().putInt("numbers.read.count", 40);
        repository.update(step);
        repository.updateExecutionContext(step);
        assertThat(board.run(execution.getId()).orElseThrow().live()).isTrue();
        return execution.getId();
    }

    private JobBoard board(String... settings) {
        ConfigurableApplicationContext context = SampleApplication.start(database, trouble, settings);
        running.add(context);
        return context.getBean(JobBoard.class);
    }

    private void closeAll() {
        running.forEach(ConfigurableApplicationContext::close);
        running.clear();
    }

    private Totals totals() {
        return owner.sql("select rows, total from settlement.sample_total")
                .query((rows, n) -> new Totals(rows.getLong(1), rows.getLong(2)))
                .single();
    }

    private record Totals(long rows, long total) {}

    private static Run ended(JobBoard board, Run run) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> board.run(run.number()).orElseThrow().endedAt() != null);
        return board.run(run.number()).orElseThrow();
    }

    private static Run accepted(RunAnswer answer) {
        assertThat(answer).isInstanceOf(Accepted.class);
        return ((Accepted) answer).run();
    }

    private static Refused refused(RunAnswer answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return (Refused) answer;
    }
}
