package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.folder;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.lookNarrow;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.signIn;
import static org.tradesuite.suite.console.Console.suite;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.suite.day.Clerk;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;

/** The job board while a job of some size runs. */
abstract class JobsPage {

    private static final int PAGES = 250;
    private static final int HOLDINGS = 1_000;
    private static final LocalDate DATE = LocalDate.of(2026, 11, 16);
    private static final String CLOSED = """
        insert into execution.business_day values ('2026-11-16', 'CLOSED', '2026-11-16T00:00:00Z', '2026-11-16T21:00:00Z')
        """;

    @Test
    void a_job_at_work_shows_how_far_it_is_how_fast_it_goes_and_how_long_it_will_still_take() throws Exception {
        try (var connection = suite().postgres()
                        .database()
                        .dataSource(DatabaseRole.OWNER)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(CLOSED);
        }
        new Clerk(new FrontDoor(suite().address(), MachineUser.signUp(suite().postgres(), "house")))
                .complete("settlement", "apply-status", DATE, 1);
        holdings();
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("3");
            clerk.locator("#job-date").fill(DATE.toString());
            Locator job = clerk.locator("[data-job='reconcile-custodian']");
            job.locator("button:text-is('Start')").press("Enter");
            assertThat(job.locator(".rate"))
                    .containsText(Pattern.compile("\\d rows/s, this step about \\d+ (s|min) more"));
            assertThat(job.locator("progress")).hasAttribute("value", Pattern.compile("0\\.\\d+"));
            look(clerk, "jobs-at-work");
            lookNarrow(clerk, "jobs-at-work");
            job.locator("summary").press("Enter");
            Locator loading = job.locator("tr:has(td:has-text('check-and-load-custodian-statements')) td");
            assertThat(loading.nth(5)).hasText(Pattern.compile("\\d[\\d ]*"));
            look(clerk, "jobs-steps");
            assertThat((Boolean) job.evaluate("card => card.scrollWidth <= card.clientWidth"))
                    .isTrue();
            assertThat(clerk.locator("[data-job='reconcile-custodian'][data-status='COMPLETED']"))
                    .isVisible(VISIBLE);
            assertThat(job.locator(".rate")).hasCount(0);
            assertThat(job.locator("progress")).hasAttribute("value", "1");
            assertThat(loading.nth(2)).hasText("250 000");
            look(clerk, "jobs-done");
        }
        nothingFailed();
    }

    /** A statement of so many holdings that nobody has: what was written off and is listed with nothing. */
    private static void holdings() throws IOException {
        var file = folder().resolve("data/drop/custodian/statements/many.fin");
        Files.createDirectories(file.getParent());
        try (var text = Files.newBufferedWriter(file)) {
            for (var page = 1; page <= PAGES; page++) {
                text.write("{1:F01TRSUGB2LAXXX0000000000}{2:O5351800261116CUSTGB2LAXXX00000000002611161800N}{4:\n"
                        + ":16R:GENL\n:28E:" + page + (page == PAGES ? "/LAST" : "/MORE") + "\n:20C::SEME//M" + page
                        + "\n:23G:NEWM\n:98A::STAT//20261116\n:22F::CODE//COMP\n:22F::STBA//SETT\n"
                        + ":97A::SAFE//SAFEGEQ2001\n:17B::ACTI//Y\n:16S:GENL\n:16R:SUBSAFE\n");
                for (var holding = 0; holding < HOLDINGS; holding++) {
                    text.write(
                            ":16R:FIN\n:35B:ISIN GB00BH4HKS39\nLOT " + holding + "\n:93B::AGGR//UNIT/0,\n:16S:FIN\n");
                }
                text.write(":16S:SUBSAFE\n-}\n");
            }
        }
    }
}
