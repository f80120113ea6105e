package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.exactly;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** What brokers executed and nobody ordered. */
abstract class NotOrderedPage {

    @Test
    void what_nobody_ordered_is_claimed_by_two_persons_and_disowned_by_keyboard() throws Exception {
        StrangeFill.execute("PHONE-1");
        try (Page page = page()) {
            signIn(page, "operations");
            assertThat(page.locator("#external-open")).isVisible(VISIBLE);
            assertThat(page.locator("#external-open")).containsText("not ordered here");
            page.keyboard().press("6");
            assertThat(page.locator("#external-grid .tabulator-row").getByText("in suspense", exactly()))
                    .isVisible(VISIBLE);
            page.keyboard().press("j");
            assertThat(page.locator("#external-order header")).containsText("300 HSBA.XLON");
            asks(page, "d");
            page.keyboard().press("Tab");
            page.keyboard().type("No order of ours is like this.");
            page.keyboard().press("Enter");
            assertThat(page.locator("#external-order table")).containsText("no matching order");
            claims(page);
            assertThat(page.locator("#external-order")).containsText("Somebody else has to say the same");
            claims(page);
            assertThat(page.locator("#ask .problem")).containsText("somebody else has to say the same");
            page.keyboard().press("Escape");
            look(page, "external");
            page.locator("#sign-out").click();

            signIn(page, "risk");
            page.keyboard().press("6");
            assertThat(page.locator("#external-grid .tabulator-row")).containsText("PHONE-1");
            page.keyboard().press("j");
            assertThat(page.locator("#external-order header")).containsText("Approve the claim");
            claims(page);
            assertThat(page.locator("#external-order header .tag")).hasText("claimed");
            assertThat(page.locator("#external-open")).isHidden();
        }
        nothingFailed();
    }

    private static void claims(Page page) {
        asks(page, "c");
        assertThat(page.locator("#ask [name=accountId]")).isFocused();
        page.locator("#ask [name=accountId]").fill("GEQ1");
        page.keyboard().press("Tab");
        page.keyboard().type("Confirmed on the known number.");
        page.keyboard().press("Enter");
    }
}
