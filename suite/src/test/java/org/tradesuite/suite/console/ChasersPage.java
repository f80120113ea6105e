package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.lookNarrow;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.part;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Messages that ask the other side. */
abstract class ChasersPage {

    @Test
    void a_mail_to_a_broker_is_drafted_changed_sent_by_a_person_and_said_at_its_breaks() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "chasers");
            asks(clerk, "n");
            clerk.locator("#ask [name=party]").fill("NOBODY");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("NOBODY");
            clerk.locator("#ask [name=party]").fill("ALFA");
            assertThat(clerk.locator("#known-party option[value=ALFA]")).hasCount(1);
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            Locator detail = clerk.locator("[data-part=chasers] .detail");
            assertThat(detail.locator("pre")).containsText("GB0009895292");
            assertThat(detail.locator("header .tag")).hasText("draft");
            look(clerk, "chasers");
            lookNarrow(clerk, "chasers");

            asks(clerk, "e");
            clerk.locator("#ask [name=recipient]").fill("breaks@alfa.example");
            Locator text = clerk.locator("#ask [name=text]");
            text.fill(text.inputValue() + "\nPlease answer today.");
            look(clerk, "chasers-change");
            clerk.locator("#ask [name=subject]").press("Enter");
            isTaken(clerk);
            assertThat(detail.locator("pre")).containsText("Please answer today.");
            assertThat(detail.locator("header")).containsText("breaks@alfa.example");

            asks(clerk, "m");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(detail.locator("header .tag")).hasText("sent");
            asks(clerk, "n");
            clerk.locator("#ask [name=party]").fill("ALFA");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(detail.locator("header .tag")).hasText("draft");
            asks(clerk, "x");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(detail.locator("header .tag")).hasText("discarded");

            part(clerk, "open");
            clerk.locator("#break-filters [name=text]").fill("AZN.XLON");
            Locator row = clerk.locator("#break-grid .tabulator-row:has-text('AZN.XLON')")
                    .first();
            assertThat(row).isVisible(VISIBLE);
            assertThat(clerk.locator("#break-count")).containsText("break");
            row.click();
            assertThat(clerk.locator("#break")).containsText("Asked ALFA by EMAIL");
        }
        nothingFailed();
    }
}
