package org.tradesuite.suite.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The same short day twice, once in peace and once killed three times with SIGKILL; then the next day on top of the
 * broken one.
 *
 * <p>What the two days are held against:
 *
 * <ul>
 *   <li>The brokers' own logs, by the day itself ({@link DayInspection}), which ends with another exit code than 0 if
 *       anything is off: every order that a broker received is one of our routes and came once; every execution is in
 *       our books once, with the same quantity and price; what was instructed to the custodian is what the brokers
 *       executed, by account, broker, security and side; every order has ended with the sum of its fills; positions are
 *       opening holdings plus fills; breaks are the seeded ones, no more and no fewer.
 *   <li>Each other, by {@code totals.csv} ({@link DayTotals}): what became of each decision, what it asked for in the end
 *       and what was executed; positions; what was instructed and what settled, by account, security and direction;
 *       breaks by feed and class.
 * </ul>
 *
 * <p>What may differ between two tellings of one day, broken off or not, and within which bounds ({@link Expected}): how
 * much of a VWAP is executed (it follows what the market prints while the suite listens; what it prints while the suite
 * is away is not caught up on, by design), of an order that the desk cancels half-way, and of a limit order that the
 * market may leave behind; and the positions and settlements these add up to. Which broker gets an order, in how many
 * pieces and at which prices is not compared: it follows from what was measured to the minute. A kill costs ten minutes
 * of the day, so that the broken day's minutes are others.
 *
 * <p>Each kill is proved after the fact: orders were open at brokers by the brokers' logs; a step of the job was running
 * by the job repository. A moment that was missed is tried for again on the next job, and if none is left the test fails.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenDayTest {

    private static final String[] SHORT_DAY = {
        "--day", "--suite.date=2026-11-18", "--suite.decisions=60", "--suite.speed=1000"
    };
    private static final String DAY = "2026-11-18";
    private static final String NEXT_DAY = "2026-11-24";

    @TempDir
    Path folder;

    @Test
    void a_day_killed_while_orders_work_while_it_settles_and_while_it_reconciles_ends_like_an_unbroken_one()
            throws Exception {
        try (var unbroken = new SuiteProcess(folder.resolve("unbroken"), SHORT_DAY)) {
            tellToTheEnd(unbroken);
        }
        try (var broken = new SuiteProcess(folder.resolve("broken"), SHORT_DAY)) {
            broken.killWhileOrdersWork();
            broken.killInTheMiddleOf("settlement", List.of("instruct", "apply-status"));
            broken.killInTheMiddleOf("reconciliation", List.of("reconcile-brokers", "reconcile-custodian"));
            tellToTheEnd(broken);
            compare(totals("unbroken"), totals("broken"));

            tellToTheEnd(broken);
            assertThat(folder.resolve("broken/out/" + NEXT_DAY + "/totals.csv")).exists();
        }
    }

    private static void compare(Totals peaceful, Totals interrupted) {
        assertThat(peaceful.differences(interrupted)).isEmpty();
        // One by one they may stop anywhere; all together they get nearly everything, also with ten minutes missing.
        assertThat(peaceful.executedOfVwap()).isGreaterThan(0.8);
        assertThat(interrupted.executedOfVwap()).isGreaterThan(0.8);
        // The rules excuse little: most of the day is certain to the last unit.
        assertThat(peaceful.equal("decision")).isEqualTo(60);
        assertThat(peaceful.equal("executed")).isGreaterThan(30);
        assertThat(peaceful.equal("position")).isGreaterThan(120);
        assertThat(peaceful.equal("settled")).isGreaterThan(25);
    }

    private static void tellToTheEnd(SuiteProcess suite) throws Exception {
        var told = suite.start();
        assertThat(told.exitCode()).as(told::tail).isZero();
    }

    private Totals totals(String day) {
        return Totals.of(folder.resolve(day + "/out/" + DAY + "/totals.csv"));
    }
}
