package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.dropcopy.BrokerEnd;
import org.tradesuite.reconciliation.dropcopy.DropCopyLineState;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;
import org.tradesuite.runsheet.JobBoard;
import org.tradesuite.runsheet.Origin;
import org.tradesuite.runsheet.RunAnswer;

/** Within an open day: what a broker says live, against what we have executed so far. */
class IntradayRunTest {

    private static final String WITHIN_THE_DAY = "reconcile-brokers-intraday";
    private static final String JOB = "reconcile-brokers";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ELEVEN = "2026-11-20T11:00:00Z";
    private static final String EVERY_BREAK = """
        select break_class, reference, status, coalesce(cleared_by_job, '-'), within_the_day from reconciliation.break
        where feed = 'BROKER_DROP_COPY' order by 1, 2
        """;
    private static final String LAST_LOOK =
            "select state, ours, theirs, differences, waiting from reconciliation.drop_copy_look";

    @TempDir
    Path folder;

    private Desk desk;
    private BrokerEnd broker;
    private int runs;

    @BeforeEach
    void trade() throws IOException {
        open("desk");
    }

    private void open(String name) throws IOException {
        runs = 0;
        desk = new Desk(folder.resolve(name));
        desk.trade(
                "T1",
                "ALFA",
                "GEQ1",
                "VOD.XLON",
                "BUY",
                "722.00 5.00 0.03 727.03",
                "2026-11-24",
                new Object[] {"AE1", 500, "0.7220"},
                new Object[] {"AE2", 300, "0.7220"});
        desk.sql("update execution.business_day set status = 'OPEN', closed_at = null");
        broker = BrokerEnd.waiting("FIX.4.4", "ALFA", "DESK");
        var session = "--tradesuite.reconciliation.drop-copy.session.ALFA.";
        desk.open(
                "--tradesuite.reconciliation.drop-copy.sessions=ALFA",
                "--tradesuite.reconciliation.drop-copy.check-latency=false",
                session + "host=127.0.0.1",
                session + "port=" + broker.port(),
                session + "sender=DESK",
                session + "target=ALFA",
                session + "reconnect-seconds=1");
        clock(ELEVEN);
        heard(1);
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
        broker.close();
    }

    private void clock(String at) {
        ((DeskClock) desk.bean(Clock.class)).at(at);
    }

    private DropCopyLineState state() {
        return desk.bean(DropCopyLines.class).states().getFirst();
    }

    private void heard(int messages) {
        await().atMost(LONG).until(() -> state().messages() >= messages);
    }

    private void says(String at, Consumer<BrokerEnd> what) {
        var before = state().messages();
        broker.at(at);
        what.accept(broker);
        heard(before + 1);
    }

    private void heartbeat(String at) {
        says(at, end -> end.say("35=0|", "112=X"));
    }

    private void look() {
        desk.complete(WITHIN_THE_DAY, FRI_20_NOV_2026, 1);
        runs++;
    }

    private void endOfDay() {
        desk.sql("update execution.business_day set status = 'CLOSED', closed_at = now()");
        clock("2026-11-20T18:00:00Z");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
    }

    private List<String> open() {
        return desk.rows("select break_class, reference, difference from reconciliation_api.open_break"
                + " where feed = 'BROKER_DROP_COPY' order by 1, 2");
    }

    @Test
    void what_differs_is_told_at_eleven_and_cleared_by_the_run_that_no_longer_sees_it() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 400));
        says("2026-11-20T10:00:01Z", end -> end.fill("AX", 100));
        heartbeat("2026-11-20T10:59:00Z");
        look();
        assertThat(open()).containsExactly("MISSING_OURS AX 100", "MISSING_THEIRS AE2 -300", "QUANTITY AE1 -100");
        assertThat(desk.rows("select distinct within_the_day, within_the_day_at = timestamptz '" + ELEVEN
                        + "', first_seen, opened_on from reconciliation.break where feed = 'BROKER_DROP_COPY'"))
                .containsExactly("t t 2026-11-20 2026-11-20");
        assertThat(desk.rows(LAST_LOOK)).containsExactly("COMPLETE 2 2 3 0");

        var before = desk.rows("select * from reconciliation.break order by break_id");
        look();
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(before);

        says(
                "2026-11-20T11:00:00Z",
                end -> end.say("35=8|", BrokerEnd.execution("AB", 1).replace("150=F", "150=H|19=AX")));
        says("2026-11-20T11:00:00Z", end -> end.fill("AE2", 300));
        clock("2026-11-20T11:10:00Z");
        look();
        assertThat(desk.rows(EVERY_BREAK))
                .containsExactly(
                        "MISSING_OURS AX RESOLVED reconcile-brokers-intraday t",
                        "MISSING_THEIRS AE2 RESOLVED reconcile-brokers-intraday t",
                        "QUANTITY AE1 OPEN - t");
        assertThat(desk.rows("select count(*) from reconciliation.break b join reconciliation_api.job_run r"
                        + " on r.run_id = b.cleared_by_run and r.job = b.cleared_by_job and r.sequence = 3"))
                .containsExactly("2");
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("0");
        assertThat(desk.folder().resolve("out")).doesNotExist();
    }

    @Test
    void what_is_alone_for_less_than_the_margin_waits() {
        says("2026-11-20T10:00:30Z", end -> end.fill("AE1", 500));
        says("2026-11-20T10:58:30Z", end -> end.fill("AX", 100));
        desk.sql("update execution.fill set transact_time = '2026-11-20T10:57:00Z' where exec_id = 'AE2'");
        look();
        assertThat(open()).isEmpty();
        assertThat(desk.rows(LAST_LOOK)).containsExactly("COMPLETE 2 2 0 2");

        heartbeat("2026-11-20T10:59:01Z");
        clock("2026-11-20T11:00:31Z");
        look();
        assertThat(open()).containsExactly("MISSING_OURS AX 100", "MISSING_THEIRS AE2 -300");
    }

    @Test
    void a_bust_of_a_moment_ago_may_be_on_its_way_to_us() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 500));
        says("2026-11-20T10:00:00Z", end -> end.fill("AE2", 300));
        says(
                "2026-11-20T10:59:00Z",
                end -> end.say("35=8|", BrokerEnd.execution("AB", 1).replace("150=F", "150=H|19=AE2")));
        look();
        assertThat(open()).isEmpty();
        clock("2026-11-20T11:01:30Z");
        look();
        assertThat(open()).containsExactly("MISSING_THEIRS AE2 -300");
    }

    @Test
    void nothing_is_concluded_from_what_is_not_in_the_copy_of_a_broker_that_is_away() throws IOException {
        says("2026-11-20T10:00:00Z", end -> end.fill("AX", 100));
        heartbeat("2026-11-20T10:30:00Z");
        desk.sql("update execution.fill set live = false where exec_id = 'AE1'");
        look();
        assertThat(open()).containsExactly("MISSING_OURS AX 100", "MISSING_THEIRS AE2 -300");
        desk.sql("update execution.fill set live = true where exec_id = 'AE1'");
        broker.close();
        await().atMost(LONG).until(() -> !state().loggedOn());
        look();
        assertThat(open())
                .as("told before, stays told")
                .containsExactly("MISSING_OURS AX 100", "MISSING_THEIRS AE2 -300");
        assertThat(desk.rows(LAST_LOOK)).containsExactly("DISCONNECTED 2 1 2 1");
        assertThat(desk.rows("select says from reconciliation.drop_copy_look").getFirst())
                .startsWith("The session is down");
    }

    @Test
    void nothing_is_concluded_from_what_is_missing_behind_a_gap() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 500));
        heartbeat("2026-11-20T10:58:00Z");
        broker.deaf(true);
        broker.lose("35=8|", BrokerEnd.execution("AE2", 300));
        broker.say("35=0|", "112=X");
        await().atMost(LONG).until(() -> state().early() == 1);
        look();
        assertThat(open()).isEmpty();
        assertThat(desk.rows(LAST_LOOK)).containsExactly("GAP 2 1 0 1");
    }

    @Test
    void the_numbers_may_begin_anew_within_the_day_and_what_comes_late_counts_once() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 500));
        broker.deaf(false);
        broker.lose("35=8|", BrokerEnd.execution("AE2", 300));
        says("2026-11-20T10:40:00Z", end -> end.fill("AE1", 500));
        await().atMost(LONG).until(() -> state().early() == 0 && state().messages() >= 4);
        heartbeat("2026-11-20T10:59:00Z");
        look();
        assertThat(open()).isEmpty();
        assertThat(desk.rows(LAST_LOOK)).containsExactly("COMPLETE 2 2 0 0");
    }

    @Test
    void it_runs_while_execution_has_the_date_open_and_the_date_is_not_reconciled_by_it() throws Exception {
        look();
        assertThat(desk.rows("select status from reconciliation_api.business_day"))
                .containsExactly("OPEN");
        try (var clerks = new DeskClerks(desk)) {
            var signed = clerks.post(
                    "anna", "/sign-offs", "{\"businessDate\":\"2026-11-20\",\"feed\":\"BROKER_DROP_COPY\"}");
            assertThat(signed.code()).isEqualTo("SIGN_OFF_REFUSED");
            assertThat(signed.body()).contains("Run reconcile-brokers for that date first");
        }
        desk.sql("update execution.business_day set status = 'CLOSING'");
        assertThat(refused()).isEqualTo(RunAnswer.Refusal.PREREQUISITE_MISSING);
        desk.sql("delete from execution.business_day");
        assertThat(refused()).isEqualTo(RunAnswer.Refusal.PREREQUISITE_MISSING);
    }

    private RunAnswer.Refusal refused() {
        var answer = desk.bean(JobBoard.class).start(WITHIN_THE_DAY, FRI_20_NOV_2026, 1, Origin.HAND, "anna", null);
        return ((RunAnswer.Refused) answer).code();
    }

    /** Whatever is said in whatever order, with looks in between: the end of the day finds the same. */
    @Test
    void the_days_run_is_what_it_is_without_a_run_within_the_day() throws IOException {
        desk.close();
        broker.close();
        for (var seed = 1; seed <= 2; seed++) {
            final List<String> without = day("without-" + seed, seed, false);
            assertThat(day("with-" + seed, seed, true)).isEqualTo(without);
            assertThat(without).hasSizeGreaterThan(6);
            assertThat(runs).isGreaterThan(2);
        }
        open("last");
    }

    private List<String> day(String name, int seed, boolean looks) throws IOException {
        open(name);
        try {
            var random = new Random(seed);
            for (var number = 0; number < 12; number++) {
                var id = List.of("AE1", "AE2", "AX", "AY", "AZ").get(random.nextInt(5));
                var quantity = List.of(500, 300, 100).get(random.nextInt(3));
                var change = number > 3 && random.nextInt(3) == 0 ? (random.nextBoolean() ? "150=H" : "150=G") : "";
                var own = change.isEmpty() ? id : id + "-" + number;
                var said = BrokerEnd.execution(own, quantity)
                        .replace("150=F", change.isEmpty() ? "150=F" : change + "|19=" + id);
                says("2026-11-20T10:%02d:00Z".formatted(2 * number), end -> end.say("35=8|", said));
                if (number == 6) {
                    desk.sql("update execution.fill set live = false where exec_id = 'AE2'");
                }
                if (number == 9) {
                    desk.sql("update execution.fill set live = true, price = 0.9 where exec_id = 'AE2'");
                }
                if (looks && number % 4 == 3) {
                    look();
                }
            }
            endOfDay();
            var left = new ArrayList<String>();
            left.addAll(desk.rows("""
                select break_key, feed, break_class, reference, ours, theirs, difference, money_at_risk, firm_money, detail, business_date,
                    first_seen, last_seen, opened_on, due_on, owner, cause_code, status, reopened, their_line, their_offset, material,
                    within_the_day
                from reconciliation.break where status <> 'RESOLVED' order by break_key\
                """));
            left.addAll(desk.rows(
                    "select reconciled_on, feed, broker_id, ours, theirs, pairs from reconciliation.match_run"));
            left.addAll(desk.rows("select feed, broker_id, item_id, line, pass, differences from reconciliation.matched"
                    + " order by 1, 2, 3, 4"));
            left.addAll(desk.rows("select file_name, status, rows from reconciliation.statement order by 1"));
            left.addAll(
                    desk.rows("select * from reconciliation.break_rollup where open_breaks > 0 order by 1, 2, 3, 4"));
            left.addAll(desk.rows("select * from reconciliation.break_day where breaks > 0 order by 1, 2, 3, 4, 5, 6"));
            return left;
        } finally {
            desk.close();
            broker.close();
        }
    }

    @Test
    void a_run_that_ends_after_the_days_run_has_begun_changes_nothing() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 400));
        desk.sql("""
            create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
            create trigger fail before insert on reconciliation.break for each row execute function public.fail()\
            """);
        var run = desk.run(WITHIN_THE_DAY, FRI_20_NOV_2026, 1);
        desk.sql("drop function public.fail() cascade");
        says("2026-11-20T10:01:00Z", end -> end.fill("AE2", 300));
        endOfDay();
        var before = desk.rows("select * from reconciliation.break order by break_id");
        assertThat(before).isNotEmpty();
        desk.restart(run);
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(before);
    }

    @Test
    void a_run_that_is_killed_in_every_step_and_restarted_ends_as_an_unbroken_one() {
        says("2026-11-20T10:00:00Z", end -> end.fill("AE1", 400));
        says("2026-11-20T10:00:00Z", end -> end.fill("AX", 100));
        Killing.inEachOf(
                desk,
                WITHIN_THE_DAY,
                FRI_20_NOV_2026,
                List.of(
                        "insert found_break",
                        "commit compare-live-drop-copies",
                        "insert break",
                        "commit carry-intraday-breaks"));
        assertThat(open()).containsExactly("MISSING_OURS AX 100", "QUANTITY AE1 -100");
        assertThat(desk.rows("select count(*) from journal.event where stream like 'break/%'"))
                .containsExactly("2");
    }
}
