package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.DATE;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.because;
import static org.tradesuite.suite.console.Console.folder;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.lookNarrow;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.signIn;
import static org.tradesuite.suite.console.Console.suite;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.door.MachineUser;

/** The list of breaks, marks and a second person. */
abstract class BreaksPage {

    @Test
    void a_clerk_works_on_many_breaks_by_keyboard_and_a_second_person_agrees_to_close_what_is_material()
            throws Exception {
        var open = SampleBreaks.write(suite().postgres(), DATE);
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.first()).containsText("price");
            assertThat(rows.first()).containsText("material");
            Locator count = clerk.locator("#break-count");
            assertThat(count).hasText("the first 200 of " + open + ", as of " + DATE);
            Locator ages = clerk.locator("[data-chart=ages]");
            assertThat(ages.locator("canvas")).isVisible(VISIBLE);
            assertThat(ages)
                    .hasAttribute("aria-label", Pattern.compile("Open breaks by age.* 0-1: \\d+, .*31\\+: \\d+\\."));
            look(clerk, "breaks");
            lookNarrow(clerk, "breaks");
            clerk.setViewportSize(760, 900);
            look(clerk, "breaks-narrow");
            clerk.setViewportSize(1500, 900);

            // The rest comes as somebody scrolls towards it.
            clerk.locator("#break-grid .tabulator-tableholder").evaluate("list => list.scrollTop = list.scrollHeight");
            assertThat(count).hasText("the first 400 of " + open + ", as of " + DATE);
            clerk.locator("#break-filters [name=breakClass]").selectOption("CASH_BALANCE");
            assertThat(count).hasText(Pattern.compile("5\\d breaks, .*"));
            clerk.keyboard().press("/");
            clerk.keyboard().type("t-20261118-00007");
            assertThat(count).hasText(Pattern.compile("1 break, .*"));
            clerk.locator("#break-filters button[type=reset]").press("Enter");
            assertThat(count).hasText("the first 200 of " + open + ", as of " + DATE);

            // Two are marked: what is done is done to both, and each is answered.
            clerk.keyboard().press("j");
            clerk.keyboard().press(" ");
            clerk.keyboard().press("j");
            clerk.keyboard().press(" ");
            assertThat(clerk.locator("#break-bulk b")).hasText("2 marked");
            asks(clerk, "y");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator(".notice.good").last()).containsText("2 breaks");
            assertThat(rows.first().locator("[tabulator-field=causeCode]")).hasText("commission");
            assertThat(clerk.locator("#break-bulk")).isHidden();
            clerk.keyboard().press("A");
            assertThat(clerk.locator("#break-bulk b")).hasText("200 marked");
            asks(clerk, "o");
            clerk.locator("#ask [name=owner]").fill("nobody.at.all");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator(".notice.bad").last()).containsText("Not done for 200 breaks");
            look(clerk, "breaks-refused");
            clerk.locator(".notice.bad button").last().press("Enter");

            rows.first().click();
            assertThat(clerk.locator("#break header")).containsText("T-20261118-00001");
            assertThat(clerk.locator("#break .sides")).containsText("Our side");
            assertThat(clerk.locator("#break .sides")).containsText("Nothing of it came from them.");
            asks(clerk, "c");
            clerk.locator("#ask [name=text]").fill("Asked ALFA by telephone.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("Asked ALFA by telephone.");
            Path answer = folder().resolve("answer.txt");
            Files.writeString(answer, "ALFA says the fee is theirs.");
            clerk.locator("#break input[type=file]").setInputFiles(answer);
            assertThat(clerk.locator("#break a[download='answer.txt']")).isVisible(VISIBLE);
            asks(clerk, "x");
            clerk.locator("#ask [name=resolution]").selectOption("CORRECTED_BY_THEM");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.locator("#ask [name=reason]").fill("A corrected statement comes.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("Somebody else has to agree");
            assertThat(clerk.locator("#break button:has-text('Agree')")).isDisabled();
            look(clerk, "breaks-closing");
            clerk.setViewportSize(760, 900);
            clerk.locator("#break").scrollIntoViewIfNeeded();
            look(clerk, "breaks-closing-narrow");
            clerk.setViewportSize(1500, 900);
            asks(clerk, "p");
            clerk.locator("#ask [name=reason]").fill("Myself.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).isVisible(VISIBLE);
            clerk.keyboard().press("Escape");

            signIn(other, second.name(), second.password());
            other.keyboard().press("4");
            other.locator("#break-part button:has-text('Second person')").click();
            Locator waiting = other.locator("#break-grid .tabulator-row");
            assertThat(waiting).hasCount(1);
            other.keyboard().press("j");
            assertThat(other.locator("#break")).containsText("operations wants to close it");
            asks(other, "p");
            because(other, "The corrected statement is here.");
            assertThat(waiting).hasCount(0);
            assertThat(other.locator("#break header .tag").first()).hasText("closed");

            clerk.locator("#break-part button:has-text('Causes')").click();
            assertThat(clerk.locator("[data-part=causes]")).containsText("business days");
            look(clerk, "breaks-causes");
            clerk.locator("#break-part button:has-text('Sign-off')").click();
            clerk.locator("[data-part=signoff] tr:has-text('custodian cash') button")
                    .press("Enter");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("has not been reconciled");
            look(clerk, "breaks-sign-off");
        }
        nothingFailed();
    }
}
