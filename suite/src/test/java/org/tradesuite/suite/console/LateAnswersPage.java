package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.part;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers that come after somebody has gone on: they change nothing under that person's hands. */
abstract class LateAnswersPage {

    private static final String ROUTED = "routed";
    private static final int NOBODY_ELSE_SAYS = 299;

    @Test
    void the_break_that_was_chosen_before_does_not_take_the_place_of_the_one_that_is_chosen_now() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.nth(1)).isVisible();
            var held = hold(clerk, "/reconciliation/breaks/\\d+$");
            clerk.keyboard().press("j");
            clerk.keyboard().press("j");
            Locator shown = clerk.locator("#break header .muted");
            assertThat(shown).containsText(referenceOf(rows.nth(1)));
            come(clerk, held);
            assertThat(shown).containsText(referenceOf(rows.nth(1)));
            asks(clerk, "c");
            clerk.keyboard().press("Escape");
            clerk.keyboard().press("k");
            assertThat(shown).containsText(referenceOf(rows.first()));
        }
        nothingFailed();
    }

    @Test
    void a_list_that_was_asked_for_before_does_not_take_the_place_of_the_one_that_is_filtered_now() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.nth(1)).isVisible();
            var held = hold(clerk, "/reconciliation/breaks\\?.*breakClass=CASH_BALANCE");
            clerk.locator("#break-filters [name=breakClass]").selectOption("CASH_BALANCE");
            awaitHeld(clerk, held);
            clerk.locator("#break-filters [name=breakClass]").selectOption("QUANTITY");
            assertThat(rows.first()).containsText("quantity");
            come(clerk, held);
            assertThat(rows.first()).containsText("quantity");
            assertThat(clerk.locator("#break-grid .tabulator-row:has-text('cash balance')"))
                    .hasCount(0);
        }
        nothingFailed();
    }

    @Test
    void what_was_answered_and_left_is_told_and_the_question_that_is_open_now_keeps_what_is_typed() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.nth(1)).isVisible();
            clerk.keyboard().press("j");
            asks(clerk, "c");
            var held = hold(clerk, "/reconciliation/break-actions$");
            clerk.keyboard().type("Asked them once more.");
            clerk.keyboard().press("Enter");
            awaitHeld(clerk, held);
            clerk.keyboard().press("Escape");
            asks(clerk, "o");
            clerk.locator("#ask [name=owner]").fill("anna");
            come(clerk, held);
            assertThat(clerk.locator(".notice.good").last()).containsText("Commented");
            assertThat(clerk.locator("#ask [name=owner]")).hasValue("anna");
            clerk.keyboard().press("Escape");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("Asked them once more.");
        }
        nothingFailed();
    }

    @Test
    void a_question_that_is_still_being_prepared_does_not_take_the_place_of_the_one_that_is_typed_into() {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "desk-rules");
            Locator rows = clerk.locator("[data-part=desk-rules] .tabulator-row:has-text('active')");
            rows.first().click();
            assertThat(clerk.locator("[data-part=desk-rules] .detail button:has-text('End')"))
                    .isVisible();
            var held = hold(clerk, "/reconciliation/breaks/summary");
            clerk.keyboard().press("n");
            awaitHeld(clerk, held);
            asks(clerk, "x");
            clerk.keyboard().type("Not needed any more.");
            come(clerk, held);
            assertThat(clerk.locator("#ask h2")).containsText("End");
            assertThat(clerk.locator("#ask [name=reason]")).hasValue("Not needed any more.");
            clerk.keyboard().press("Escape");
            isTaken(clerk);
        }
        nothingFailed();
    }

    private static String referenceOf(Locator row) {
        return row.locator("[tabulator-field=reference]").textContent();
    }

    /** Keeps the answer to the next such question on its way; what is asked after it is answered. */
    private static List<Route> hold(Page page, String address) {
        var held = new ArrayList<Route>();
        page.route(Pattern.compile(address), route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        awaitRouted(page);
        return held;
    }

    /** The page hears later than the browser that its questions are held, and a key is faster. */
    private static void awaitRouted(Page page) {
        page.route("**/" + ROUTED, route -> route.fulfill(new Route.FulfillOptions().setStatus(NOBODY_ELSE_SAYS)));
        page.waitForCondition(() -> Integer.valueOf(NOBODY_ELSE_SAYS)
                .equals(page.evaluate("address => fetch(address).then(answer => answer.status)", "/" + ROUTED)));
    }

    private static void awaitHeld(Page page, List<Route> held) {
        page.waitForCondition(() -> !held.isEmpty());
    }

    /** Lets the answer come, and the page have it. */
    private static void come(Page page, List<Route> held) {
        awaitHeld(page, held);
        var request = held.getFirst().request();
        page.waitForResponse(response -> response.request().equals(request), held.getFirst()::resume)
                .finished();
        page.evaluate("() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))");
    }
}
