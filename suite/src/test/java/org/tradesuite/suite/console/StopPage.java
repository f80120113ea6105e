package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.because;
import static org.tradesuite.suite.console.Console.clock;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.send;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The stop button. */
abstract class StopPage {

    @Test
    void one_person_stops_everything_by_keyboard_and_two_open_it_again() {
        // No broker answers: the cancel stays on its way.
        clock().waitAt(clock().instant());
        try (Page trader = page();
                Page risk = page();
                Page compliance = page()) {
            signIn(trader, "trader");
            send(trader, "HSBA.XLON", "700");
            Locator route = trader.locator("#order h3:has-text('Routes') + table tbody tr td");
            assertThat(route.nth(1)).isVisible(VISIBLE);

            signIn(risk, "risk");
            risk.keyboard().press("9");
            assertThat(risk.locator("#stop-form [name=reason]")).isFocused();
            assertThat(risk.locator("#stop-now")).containsText("Stop: The firm, and cancel what works");
            assertThat(risk.locator("#stop-count")).hasText("nothing is stopped");
            risk.keyboard().type("The feed shows prices of yesterday.");
            risk.keyboard().press("Enter");
            Locator halted = risk.locator("#switch-grid .tabulator-row");
            assertThat(halted).containsText("halted");
            assertThat(halted).containsText("The firm");
            assertThat(risk.locator("#switch")).containsText("What it cancelled, not all over");
            assertThat(risk.locator("#switch .outcomes")).containsText("waiting");
            assertThat(risk.locator("#alerts")).containsText("trading stopped");
            assertThat(trader.locator("#stopped")).hasText("trading is stopped");
            look(risk, "stop");
            trader.reload();
            assertThat(trader.locator("#stream")).hasText("live");
            send(trader, "VOD.XLON", "900");
            assertThat(trader.locator("#ticket .answer")).containsText("Trading is stopped here");

            risk.keyboard().press("Escape");
            risk.keyboard().press("j");
            asks(risk, "o");
            risk.locator("#ask [name=reason]").fill("The feed is mended.");
            risk.keyboard().press("Enter");
            isTaken(risk);
            assertThat(risk.locator("#switch button:has-text('Approve')")).isDisabled();
            assertThat(risk.locator("#stop-count")).hasText("1 stopped, 1 to approve");

            signIn(compliance, "compliance");
            compliance.keyboard().press("9");
            assertThat(compliance.locator("#switch-grid .tabulator-row")).containsText("asked by risk");
            compliance.keyboard().press("Escape");
            compliance.keyboard().press("j");
            assertThat(compliance.locator("#switch")).containsText("The feed is mended.");
            compliance.setViewportSize(700, 900);
            look(compliance, "stop-narrow");
            compliance.setViewportSize(1500, 900);
            asks(compliance, "p");
            because(compliance, "I watched it too.");
            assertThat(compliance.locator("#switch-grid .tabulator-row")).containsText("active");
            assertThat(trader.locator("#stopped")).isHidden();
            look(compliance, "stop-opened");
        } finally {
            clock().waitNoMore();
        }
        nothingFailed();
    }
}
