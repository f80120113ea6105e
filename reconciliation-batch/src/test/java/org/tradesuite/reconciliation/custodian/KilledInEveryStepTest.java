package org.tradesuite.reconciliation.custodian;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.Desk;
import org.tradesuite.reconciliation.Killing;

/**
 * The process that reconciles is killed with SIGKILL between the commit of each step and the note that it is done, and in
 * the midst of those that do something beside the database or for somebody; another goes on. What is in the database and
 * in the folders at last is what an unbroken run leaves.
 */
class KilledInEveryStepTest {

    private static final String JOB = "reconcile-custodian";

    @TempDir
    static Path folder;

    @Test
    void a_run_that_is_killed_in_every_step_and_restarted_ends_as_an_unbroken_one() {
        final List<String> unbroken;
        try (var desk = desk("unbroken")) {
            desk.open().complete(JOB, FRI_20_NOV_2026, 1);
            unbroken = left(desk, "unbroken");
            assertThat(unbroken.toString()).contains("POSITION_QTY", "MISSING_OURS", "STATUS", "c.fin LOADED");
        }
        try (var broken = desk("broken")) {
            Killing.inEachOf(
                    broken,
                    JOB,
                    FRI_20_NOV_2026,
                    List.of(
                            "commit receive-custodian-files",
                            "insert statement",
                            "commit check-and-load-custodian-statements",
                            "update statement_file",
                            "commit archive-custodian-files",
                            "commit match-custodian-statements",
                            "commit classify-custodian-differences",
                            "insert break",
                            "commit carry-custodian-breaks-forward",
                            "commit report-custodian-breaks"));
            assertThat(left(broken, "broken")).isEqualTo(unbroken);
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
        book.seme1ReceivedOnTopOf("1000");
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
}
