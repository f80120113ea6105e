package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.door.MachineUser;

/** How a break ends, and a day with it; always by two persons where money leaves the books. */
abstract class BreakClosingsPage {

    /** Where the bar of a class is, in pixels of the chart. */
    private static final String BAR = """
        async name => {
            const { getInstanceByDom } = await import('/charts/echarts.esm.min.mjs');
            const chart = getInstanceByDom(document.querySelector('[data-chart=classes]'));
            const at = chart.getOption().yAxis[0].data.indexOf(name);
            const [x, y] = chart.convertToPixel({ seriesIndex: 1 }, [1, at]);
            return [x, y];
        }\
        """;

    @Test
    void a_bar_of_a_chart_that_is_pressed_filters_the_list() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator chart = clerk.locator("[data-chart=classes]");
            assertThat(chart.locator("canvas")).isVisible(VISIBLE);
            List<?> place = (List<?>) clerk.evaluate(BAR, "cash balance");
            chart.click(new Locator.ClickOptions()
                    .setPosition(((Number) place.get(0)).doubleValue(), ((Number) place.get(1)).doubleValue()));
            assertThat(clerk.locator("#break-filters [name=breakClass]")).hasValue("CASH_BALANCE");
            assertThat(clerk.locator("#break-count")).hasText(Pattern.compile("5\\d breaks, as of .*"));
            assertThat(clerk.locator("#break-grid .tabulator-row:not(:has-text('cash balance'))"))
                    .hasCount(0);
        }
        nothingFailed();
    }

    @Test
    void a_due_date_a_forced_closing_a_write_off_and_an_opening_again_go_their_way_by_keyboard() {
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            signIn(other, second.name(), second.password());
            find(clerk, "T-20261118-00300");
            asks(clerk, "d");
            clerk.locator("#ask [name=dueOn]").fill("2026-12-01");
            clerk.locator("#ask [name=reason]").fill("ALFA is closed until then.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break dt:text-is('Due') + dd")).hasText("2026-12-01");

            asks(clerk, "f");
            clerk.locator("#ask [name=causeCode]").selectOption("UNKNOWN");
            clerk.locator("#ask [name=reason]").fill("The account is given up.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("operations wants to force close it");
            asks(clerk, "p");
            clerk.locator("#ask [name=reason]").fill("Myself.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("omebody else");
            clerk.keyboard().press("Escape");
            agrees(other, "force close");
            assertThat(other.locator("#break header .tag").first()).hasText("closed");

            // What has no tolerance, or is above it, is refused in the server's words.
            find(clerk, "T-20261118-00100");
            asks(clerk, "w");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.locator("#ask [name=reason]").fill("Not worth it.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("up to 70 may be written off");
            clerk.keyboard().press("Escape");
            find(clerk, "T-20261118-00400");
            asks(clerk, "w");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.locator("#ask [name=reason]").fill("Not worth it.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("operations wants to write off it");
            agrees(other, "write off");
            assertThat(other.locator("#break header .tag").first()).hasText("closed");

            part(clerk, "written");
            Locator written = clerk.locator("[data-part=written] .tabulator-row");
            assertThat(written).hasCount(1);
            assertThat(written).containsText("50.00 GBP");
            assertThat(written).containsText("olsen");
            clerk.keyboard().press("j");
            look(clerk, "written-off");
            lookNarrow(clerk, "written-off");
            clerk.keyboard().press("v");
            assertThat(clerk.locator("#break-part [data-show=over]")).hasAttribute("aria-pressed", "true");
            assertThat(clerk.locator("#break header")).containsText("T-20261118-00400");
            asks(clerk, "e");
            because(clerk, "ALFA pays after all.");
            assertThat(clerk.locator("#break header .tag").first()).hasText("open");
            assertThat(clerk.locator("#break dt:text-is('Opened again') + dd")).hasText("1 times");
            part(clerk, "written");
            assertThat(written).hasCount(2);
            assertThat(written.first()).containsText("takes");
            assertThat(written.first()).containsText("-50.00 GBP");
        }
        nothingFailed();
    }

    @Test
    void a_day_with_material_breaks_is_signed_off_by_two_persons() {
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            Locator feed = signs(clerk);
            assertThat(feed.locator(".tag")).hasText("waiting");
            assertThat(feed.locator("button")).isDisabled();
            signIn(other, second.name(), second.password());
            Locator theirs = signs(other);
            assertThat(theirs.locator(".tag")).hasText("signed");
            assertThat(theirs).containsText("operations, ");
            assertThat(theirs).containsText("olsen, ");
            assertThat(theirs.locator("button")).hasCount(0);
            look(other, "signed-off");
            lookNarrow(other, "signed-off");
        }
        nothingFailed();
    }

    private static Locator signs(Page page) {
        page.keyboard().press("4");
        part(page, "signoff");
        Locator part = page.locator("[data-part=signoff]");
        part.locator("input[type=date]").fill(BrokerDay.DATE.toString());
        // A key pressed while the day is fetched would be about the table before.
        assertThat(part.locator("[aria-busy]")).hasCount(0);
        Locator feed = part.locator("tr:has(td:text-is('broker trade'))");
        feed.locator("button").press("Enter");
        assertThat(page.locator("#ask [name=reason]")).isFocused();
        page.keyboard().type("What is open is known.");
        page.keyboard().press("Enter");
        isTaken(page);
        return feed;
    }

    private static void find(Page page, String reference) {
        page.keyboard().press("4");
        part(page, "open");
        page.keyboard().press("/");
        page.locator("#break-filters [name=text]").fill(reference);
        page.keyboard().press("Enter");
        assertThat(page.locator("#break-grid .tabulator-row")).hasCount(1);
        assertThat(page.locator("#break-grid .tabulator-row")).containsText(reference);
        page.keyboard().press("j");
        assertThat(page.locator("#break header")).containsText(reference);
    }

    private static void agrees(Page page, String what) {
        page.keyboard().press("4");
        part(page, "open");
        part(page, "closing");
        assertThat(page.locator("#break-grid .tabulator-row")).hasCount(1);
        page.keyboard().press("j");
        assertThat(page.locator("#break")).containsText("operations wants to " + what + " it");
        asks(page, "p");
        because(page, "I have seen the same.");
    }
}
