package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.swift.FinText.cash;
import static org.tradesuite.reconciliation.swift.FinText.holdings;
import static org.tradesuite.reconciliation.swift.FinText.intraday;
import static org.tradesuite.reconciliation.swift.FinText.movements;
import static org.tradesuite.reconciliation.swift.FinText.pending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.BatchStatus;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.runsheet.JobBoard;

/**
 * The process that reconciles is killed with SIGKILL between the commit of each step and the note that it is done, and in
 * the midst of those that do something beside the database or for somebody; another goes on. What is in the database and in the folders then is what an unbroken run leaves.
 */
class KilledInEveryStepTest {

    private static final String JOB = "reconcile-custodian";

    @TempDir
    static Path folder;

    private static List<String> unbroken = List.of();

    @BeforeAll
    static void run_unbroken() {
        try (var desk = desk("unbroken")) {
            desk.open().complete(JOB, FRI_20_NOV_2026, 1);
            unbroken = left(desk, "unbroken");
            assertThat(unbroken.toString()).contains("POSITION_QTY", "MISSING_OURS", "STATUS", "c.fin LOADED");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "batch_step_execution, receive-custodian-files",
        "statement, insert",
        "batch_step_execution, check-and-load-custodian-statements",
        "statement_file, update",
        "batch_step_execution, archive-custodian-files",
        "batch_step_execution, match-custodian-statements",
        "batch_step_execution, classify-custodian-differences",
        "break, insert",
        "batch_step_execution, carry-custodian-breaks-forward",
        "batch_step_execution, report-custodian-breaks",
    })
    void a_run_that_is_killed_there_and_restarted_ends_as_an_unbroken_one(String table, String where)
            throws InterruptedException {
        var name = table + "-" + where;
        try (var broken = desk(name)) {
            haltAt(broken, table, where);
            var process = broken.process(JOB, FRI_20_NOV_2026);
            try {
                await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || halted(broken));
                assertThat(process.isAlive()).as(log(name)).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            await().until(() -> !halted(broken));
            broken.sql("drop trigger halt on reconciliation." + table);

            broken.open();
            var board = broken.bean(JobBoard.class);
            var killed = Objects.requireNonNull(board.lastRun(JOB));
            assertThat(killed.status()).isEqualTo(BatchStatus.FAILED);
            assertThat(broken.restart(killed).status()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(left(broken, name)).isEqualTo(unbroken);
        }
    }

    @Test
    void the_same_day_again_changes_nothing() {
        try (var desk = desk("again")) {
            desk.open().complete(JOB, FRI_20_NOV_2026, 1);
            var once = left(desk, "again");
            desk.complete(JOB, FRI_20_NOV_2026, 2);
            assertThat(left(desk, "again")).isEqualTo(once);
        }
    }

    private static Desk desk(String name) {
        var files = folder.resolve(name);
        var desk = new Desk(files);
        var book = new SettlementBook(desk);
        book.answered("2026-11-20");
        book.opening("GEQ1", "VOD.XLON", "1000");
        book.instructed("SEME1", "GEQ1", "VOD.XLON", "RECE", "500", "361.50", "2026-11-24", "MATCHED", "");
        book.settled("SEME1", "X1", "500", "361.50", "2026-11-24");
        book.instructed("SEME2", "GEQ1", "VOD.XLON", "RECE", "400", "300", "2026-11-24", "FAILING", "CLAC");
        desk.drop(
                "custodian/statements/h.fin",
                holdings("SAFEGEQ1001", "20261124", "1/ONLY", List.of("GB00BH4HKS39 UNIT/1503,")));
        desk.drop(
                "custodian/statements/c.fin",
                cash(
                        "GEQ1GBP01",
                        "1/1",
                        "60F:C261124GBP0,",
                        List.of("2611241124D361,50NSECSEME1//X1", "2611241124C7,00NTRFNONREF//X9"),
                        "62F:D261124GBP354,50"));
        desk.drop(
                "custodian/statements/i.fin",
                intraday("GEQ1GBP01", "1/1", "GBP", "2611241200", List.of("2611241124C9,00NTRFNONREF//X8")));
        desk.drop(
                "custodian/statements/m.fin",
                movements("SAFEGEQ1001", "20261124", "20261124", "SEME1 X1 RECE GB00BH4HKS39 500, GBP361,50 20261124"));
        desk.drop(
                "custodian/statements/l.fin",
                pending(
                        "SAFEGEQ1001",
                        "20261124",
                        "SEME2 Y2 RECE GB00BH4HKS39 400, GBP300,00 20261124 SETT//PENF CMON"));
        desk.drop("custodian/statements/letter.txt", "Dear client");
        return desk;
    }

    /** Whoever gets there waits, until it is killed. */
    private static void haltAt(Desk desk, String table, String where) {
        var step = table.equals("batch_step_execution");
        desk.sql("""
            create function public.halt() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(4711); perform pg_sleep(600); return new; end $$;
            create trigger halt before %s on reconciliation.%s for each row %s execute function public.halt()
            """.formatted(
                        step ? "update" : where,
                        table,
                        step ? "when (new.step_name = '" + where + "' and new.status = 'COMPLETED')" : ""));
    }

    private static boolean halted(Desk desk) {
        return !desk.rows("select pid from pg_locks where locktype = 'advisory' and objid = 4711 and granted and"
                        + " database = (select oid from pg_database where datname = current_database())")
                .isEmpty();
    }

    /** All that matters of what a run leaves. */
    private static List<String> left(Desk desk, String name) {
        var all = new ArrayList<String>();
        for (var query : List.of(
                "select file_name, status, rows, refusal from reconciliation.statement order by 1",
                "select file_name, refused is null, archived is null from reconciliation.statement_file order by 1",
                "select feed, break_class, reference, ours, theirs, difference, status, first_seen, last_seen from"
                        + " reconciliation.break order by 1, 2, 3, 4",
                "select s.file_name, m.number, m.instruction_id, m.pass from reconciliation.cash_matched m join"
                        + " reconciliation.statement s using (statement_id) order by 1, 2",
                "select feed, number, instruction_id, pass from reconciliation.movement_matched order by 1, 2",
                "select count(*) from reconciliation.position_row",
                "select type, count(*) from journal.event where stream like 'break/%' or stream like 'statement/%'"
                        + " group by 1 order by 1")) {
            all.addAll(desk.rows(query));
        }
        var files = folder.resolve(name);
        try (var tree = Files.walk(files.resolve("drop"))) {
            tree.filter(Files::isRegularFile)
                    .map(file -> files.relativize(file).toString())
                    .sorted()
                    .forEach(all::add);
            // Without the number of the break: numbers that a killed run has drawn are not given again.
            Files.readAllLines(files.resolve("out/2026-11-20/reconciliation/custodian-breaks.csv"))
                    .forEach(line -> all.add(line.substring(line.indexOf(',') + 1)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return all;
    }

    private static String log(String name) {
        try {
            return Files.readString(folder.resolve(name).resolve("process.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
