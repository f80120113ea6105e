package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.because;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.lookNarrow;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.part;
import static org.tradesuite.suite.console.Console.signIn;
import static org.tradesuite.suite.console.Console.suite;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.door.MachineUser;

/** Layouts and passes, in versions. */
abstract class RulesPage {

    private static final String MOVED = "quantity," + BrokerDay.HEADING.replace("quantity,", "") + "\n1000,"
            + BrokerDay.PROPOSED.replace("1000,", "") + "\nTOTAL,1\n";

    private static final String DROP_COPY = "8=FIX.4.4|9=80|35=8|49=ALFA|56=DESK|17=AE7|150=F|5001=GEQ1|5"
            + "5=VOD|207=XLON|54=1|32=100|31=0.72|10=026|\n";

    @Test
    void a_layout_whose_columns_moved_is_drafted_tried_on_the_file_and_agreed_on_by_two() {
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            choose(clerk, "layout-ALFA");
            Locator detail = clerk.locator("[data-part=rules] .detail");
            assertThat(detail).containsText("average_price");
            tries(clerk);
            assertThat(detail.locator(".tried")).containsText("layout changed");
            assertThat(detail.locator(".tried")).containsText("'quantity' moved from column 9 to 1");
            look(clerk, "rules-layout-refused");

            clerk.keyboard().press("n");
            Locator editor = clerk.locator("#editor");
            assertThat(editor).isVisible();
            editor.locator("[data-field=validFrom]").fill("2026-11-19");
            editor.locator("[data-field=reason]").fill("ALFA has moved the quantity to the front.");
            Locator headings = editor.locator("[data-list=headings] .row");
            Locator quantity = headings.nth(8).locator("[data-field=heading]");
            assertThat(quantity).hasValue("quantity");
            quantity.focus();
            for (var up = 0; up < 8; up++) {
                clerk.keyboard().press("Alt+ArrowUp");
            }
            assertThat(headings.first().locator("[data-field=heading]")).hasValue("quantity");
            editor.locator("[data-field=decimalMark]").fill(",");
            headings.nth(1).locator("[data-field=column]").fill("PRICE");
            look(clerk, "rules-editor-layout");
            clerk.keyboard().press("Enter");
            assertThat(editor.locator(".problem li")).hasCount(2);
            assertThat(editor.locator(".problem")).containsText("Two headings hold PRICE.");
            assertThat(editor.locator("[data-field=decimalMark]")).hasAttribute("aria-invalid", "true");
            look(clerk, "rules-editor-refused");
            editor.locator("[data-field=decimalMark]").fill(".");
            headings.nth(1).locator("[data-field=column]").fill("REFERENCE");
            clerk.keyboard().press("Enter");
            assertThat(editor).isHidden();
            assertThat(detail.locator("header .tag")).hasText("draft");
            assertThat(detail).containsText("What is different from version 1");
            assertThat(detail.locator("tr:has(td:text-is('Heading quantity'))")).containsText("first, quantity");
            tries(clerk);
            assertThat(detail.locator(".tried")).containsText("1 row read, 0 refused");
            look(clerk, "rules-layout-tried");
            lookNarrow(clerk, "rules-layout-tried");

            clerk.keyboard().press("e");
            editor.locator("[data-field=reason]").fill("ALFA moved the quantity.");
            clerk.keyboard().press("Enter");
            assertThat(detail).containsText("ALFA moved the quantity.");
            asks(clerk, "p");
            because(clerk, "Tried on today's file.");
            assertThat(detail.locator("header .tag")).hasText("proposed");
            asks(clerk, "p");
            clerk.locator("#ask [name=reason]").fill("Myself.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("omebody else");
            clerk.keyboard().press("Escape");

            signIn(other, second.name(), second.password());
            choose(other, "layout-ALFA");
            assertThat(other.locator("[data-part=rules] .detail")).containsText("Somebody else has to approve");
            look(other, "rules-proposed");
            asks(other, "p");
            because(other, "I see it in the file, too.");
            assertThat(other.locator("[data-part=rules] .detail header .tag")).hasText("approved");
        }
        nothingFailed();
    }

    @Test
    void the_tags_of_a_brokers_drop_copy_are_written_down_for_it_and_tried_on_a_sample() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            choose(clerk, "layout-drop-copy");
            Locator detail = clerk.locator("[data-part=rules] .detail");
            assertThat(detail).containsText("Layout of drop copies, version 1");
            assertThat(detail).containsText("456=4");
            clerk.keyboard().press("n");
            Locator editor = clerk.locator("#editor");
            editor.locator("[data-field=ruleSet]").fill("layout-drop-copy-ALFA");
            editor.locator("[data-field=validFrom]").fill("2026-11-19");
            editor.locator("[data-field=reason]").fill("ALFA tells the account in 5001.");
            Locator tags = editor.locator("[data-list=fields] .row");
            assertThat(tags.nth(5).locator("[data-field=holds]")).hasValue("ACCOUNT");
            tags.nth(5).locator("[data-field=tag]").fill("5001");
            tags.nth(7).locator("[data-field=where]").fill("22 is 4");
            look(clerk, "rules-editor-drop-copy");
            clerk.keyboard().press("Enter");
            assertThat(editor.locator(".problem")).containsText("is no condition");
            assertThat(tags.nth(7).locator("[data-field=where]")).hasAttribute("aria-invalid", "true");
            tags.nth(7).locator("[data-field=where]").fill("22=4");
            clerk.keyboard().press("Enter");
            assertThat(editor).isHidden();
            assertThat(detail).containsText("Layout of drop copies of ALFA, version 1");
            assertThat(detail.locator("header .tag")).hasText("draft");
            asks(clerk, "d");
            clerk.locator("#ask [name=sample]")
                    .setInputFiles(
                            new FilePayload("dropcopy.log", "text/plain", DROP_COPY.getBytes(StandardCharsets.UTF_8)));
            clerk.locator("#ask [name=rows]").press("Enter");
            isTaken(clerk);
            assertThat(detail.locator(".tried")).containsText("1 row read, 0 refused");
            assertThat(detail.locator(".tried")).containsText("executions that count 1");
            assertThat(detail.locator(".tried")).containsText("AE7");
            look(clerk, "rules-drop-copy-tried");
            asks(clerk, "x");
            because(clerk, "Only tried.");
            assertThat(detail.locator("header .tag")).hasText("withdrawn");
        }
        nothingFailed();
    }

    @Test
    void passes_are_changed_and_tried_on_a_past_day_with_the_difference_shown_and_withdrawn() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            choose(clerk, "passes");
            Locator detail = clerk.locator("[data-part=rules] .detail");
            assertThat(detail).containsText("ECONOMICS");
            clerk.keyboard().press("n");
            Locator editor = clerk.locator("#editor");
            editor.locator("[data-field=validFrom]").fill("2026-11-19");
            editor.locator("[data-field=reason]").fill("Prices may be far off.");
            Locator passes = editor.locator("[data-list=passes] > *");
            assertThat(passes).hasCount(7);
            passes.last().locator("button[aria-label='Remove pass']").press("Enter");
            assertThat(passes).hasCount(6);
            look(clerk, "rules-editor-passes");
            passes.nth(2).locator("[data-field=keys]").fill("account, colour");
            clerk.keyboard().press("Enter");
            assertThat(editor.locator(".problem")).containsText("'colour' is no column of the comparison");
            assertThat(passes.nth(2).locator("[data-field=keys]")).hasAttribute("aria-invalid", "true");
            passes.nth(2)
                    .locator("[data-field=keys]")
                    .fill("account, instrument, side, quantity, price, settles, currency");
            clerk.keyboard().press("Enter");
            assertThat(editor).isHidden();
            assertThat(detail.locator("tr:has(td:text-is('Pass PROPOSED'))")).containsText("not there");

            asks(clerk, "d");
            clerk.locator("#ask [name=businessDate]").fill("2026-11-02");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("No broker's statement counts");
            clerk.locator("#ask [name=businessDate]").fill(BrokerDay.DATE.toString());
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            Locator tried = detail.locator(".tried");
            assertThat(tried.locator("tr:has(td:text-is('Matches')) td")).hasCount(6);
            look(clerk, "rules-passes-tried");
            lookNarrow(clerk, "rules-passes-tried");
            asks(clerk, "x");
            because(clerk, "Only tried.");
            assertThat(detail.locator("header .tag")).hasText("withdrawn");
        }
        nothingFailed();
    }

    /** The newest version of a layout or of the passes, by keyboard but for the filter. */
    private static void choose(Page page, String ruleSet) {
        page.keyboard().press("4");
        part(page, "rules");
        Locator rows = page.locator("[data-part=rules] .tabulator-row");
        assertThat(rows.first()).isVisible(VISIBLE);
        page.locator("[data-part=rules] [name=ruleSet]").selectOption(ruleSet);
        assertThat(rows.filter(new Locator.FilterOptions().setHasNotText(ruleSet)))
                .hasCount(0);
        page.locator("[data-part=rules] [name=ruleSet]").blur();
        page.keyboard().press("j");
    }

    private static void tries(Page page) {
        asks(page, "d");
        page.locator("#ask [name=sample]")
                .setInputFiles(new FilePayload("trades.csv", "text/csv", MOVED.getBytes(StandardCharsets.UTF_8)));
        page.locator("#ask [name=rows]").press("Enter");
        isTaken(page);
    }
}
