package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.suite.console.Console.DATE;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.exactly;
import static org.tradesuite.suite.console.Console.folder;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.send;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Orders, and the end of their day. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class BlotterPage {

    @Test
    void a_wrong_quantity_is_marked_with_what_to_do() {
        try (Page page = page()) {
            signIn(page, "trader");
            send(page, "VOD.XLON", "0");
            assertThat(page.locator("#ticket .problem")).containsText("QUANTITY_NOT_POSITIVE");
            assertThat(page.locator("#ticket [name=quantity]")).hasAttribute("aria-invalid", "true");
        }
    }

    @Test
    void a_clerk_has_no_order_ticket() {
        try (Page page = page()) {
            signIn(page, "operations");
            assertThat(page.locator("#new-order")).isHidden();
            page.keyboard().press("n");
            assertThat(page.locator("#ticket")).isHidden();
        }
    }

    /** Last: it closes the day. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_trader_sees_an_order_fill_and_a_clerk_closes_the_day_and_takes_the_tca_report() throws IOException {
        try (Page page = page()) {
            signIn(page, "trader");
            send(page, "VOD.XLON", "1000");
            assertThat(page.locator("#order header .tag").getByText("filled", exactly()))
                    .isVisible(VISIBLE);
            assertThat(page.locator("#orders .tabulator-row")
                            .getByText("filled", exactly())
                            .first())
                    .isVisible(VISIBLE);
            assertThat(page.locator("#order h3:has-text('Fills') + table tbody tr")
                            .first())
                    .isVisible(VISIBLE);
            look(page, "blotter");
            page.keyboard().press("Escape");
            page.locator("#sign-out").click();

            signIn(page, "operations");
            page.keyboard().press("3");
            assertThat(page.locator("#job-date")).hasValue(DATE.toString());
            page.getByText("Close the day").click();
            assertThat(page.locator("#trading-day .tag").getByText("closed", exactly()))
                    .isVisible(VISIBLE);
            run(page, "tca");
            look(page, "jobs");

            page.keyboard().press("5");
            Locator report = page.locator("#report-grid a[download$='.pdf']").first();
            assertThat(report).isVisible(VISIBLE);
            Path file = folder().resolve("downloaded.pdf");
            page.waitForDownload(report::click).saveAs(file);
            assertThat(new String(Files.readAllBytes(file), 0, 5, StandardCharsets.US_ASCII))
                    .isEqualTo("%PDF-");
            assertThat(Files.size(file)).isGreaterThan(10_000);
            look(page, "reports");
        }
        nothingFailed();
    }

    private static void run(Page page, String job) {
        Locator row = page.locator("[data-job='" + job + "']");
        row.getByText("Start", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("[data-job='" + job + "'][data-status='COMPLETED']"))
                .isVisible(VISIBLE);
        assertThat(row.locator("progress")).hasAttribute("value", "1");
    }
}
