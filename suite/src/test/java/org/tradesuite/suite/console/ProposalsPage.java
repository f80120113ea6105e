package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.because;
import static org.tradesuite.suite.console.Console.folder;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.lookNarrow;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.part;
import static org.tradesuite.suite.console.Console.signIn;
import static org.tradesuite.suite.console.Console.suite;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.door.MachineUser;

/** What may belong together, and both sides of a break that a job found. */
abstract class ProposalsPage {

    @Test
    void a_proposed_match_is_agreed_to_by_keyboard_taken_back_by_another_and_agreed_to_again() throws Exception {
        BrokerDay.reconcile(suite(), folder().resolve("data"));
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page();
                Page trader = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "proposed");
            Locator rows = clerk.locator("[data-part=proposed] .tabulator-row");
            Locator detail = clerk.locator("[data-part=proposed] .detail");
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("T-17-1");
            clerk.keyboard().press("j");
            assertThat(detail.locator("pre")).hasText(BrokerDay.PROPOSED);
            Locator price = detail.locator("tr:has(td:text-is('price')) td");
            assertThat(price.nth(1)).hasText("0.723");
            assertThat(price.nth(2)).hasText("0.726");
            assertThat(price.nth(2).locator(".differs")).hasCount(1);
            assertThat(detail.locator("tr:has(td:text-is('account')) .differs")).hasCount(0);
            look(clerk, "proposals");
            lookNarrow(clerk, "proposals");

            signIn(trader, "trader");
            trader.keyboard().press("4");
            part(trader, "proposed");
            assertThat(trader.locator("[data-part=proposed] .tabulator-row")).hasCount(1);
            trader.keyboard().press("j");
            assertThat(trader.locator("[data-part=proposed] .detail button:has-text('They belong together')"))
                    .isDisabled();
            trader.keyboard().press("p");
            assertThat(trader.locator(".notice.bad")).containsText("This is for operations.");

            signIn(other, second.name(), second.password());
            other.keyboard().press("4");
            part(other, "proposed");
            Locator same = other.locator("[data-part=proposed] .tabulator-row");
            assertThat(same).hasCount(1);
            other.keyboard().press("j");
            assertThat(other.locator("[data-part=proposed] .detail pre")).isVisible();

            asks(clerk, "p");
            because(clerk, "ALFA confirms it by mail.");
            assertThat(rows).hasCount(0);
            assertThat(detail.locator("header .tag")).hasText("approved");
            assertThat(detail).containsText("by operations: ALFA confirms it by mail.");

            // Somebody else still looks at what it was.
            asks(other, "p");
            other.locator("#ask [name=reason]").fill("Me too.");
            other.keyboard().press("Enter");
            assertThat(other.locator("#ask .problem")).containsText("operations has decided since you read it");
            other.keyboard().press("Escape");
            other.locator("[data-part=proposed] [name=state]").selectOption("APPROVED");
            assertThat(same).containsText("approved");
            same.click();
            asks(other, "r");
            because(other, "Their mail is about another one.");
            assertThat(same).hasCount(0);

            clerk.locator("[data-part=proposed] [name=state]").selectOption("REFUSED");
            assertThat(rows).containsText("olsen");
            rows.click();
            assertThat(detail).containsText("Their mail is about another one.");
            asks(clerk, "p");
            because(clerk, "It is, they say now.");
            assertThat(detail.locator("header .tag")).hasText("approved");
        }
        nothingFailed();
    }

    @Test
    void a_break_that_a_job_found_shows_the_line_of_both_sides_as_it_came() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            clerk.locator("#break-filters [name=text]").fill("AZN.XLON");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("price")))
                    .hasCount(1);
            rows.filter(new Locator.FilterOptions().setHasText("price")).click();
            Locator sides = clerk.locator("#break .sides");
            assertThat(sides).containsText("trade T-17-2");
            assertThat(sides).containsText("118.4");
            assertThat(sides.locator("pre")).hasText(BrokerDay.OTHER_PRICE);
            assertThat(sides).containsText("trades-20261117.csv, line 3");
            assertThat(sides).containsText("as it came");
            assertThat(sides).containsText("Brought together by reference of version 1");
            look(clerk, "break-both-sides");
        }
        nothingFailed();
    }
}
