package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.asks;
import static org.tradesuite.suite.console.Console.because;
import static org.tradesuite.suite.console.Console.isTaken;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.send;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits, their changes, and how full they are. */
abstract class LimitsPage {

    @Test
    void how_full_the_limits_are_is_seen_as_bars_the_fullest_first_and_live() {
        try (Page trader = page();
                Page risk = page()) {
            signIn(trader, "trader");
            send(trader, "VOD.XLON", "1300");
            signIn(risk, "risk");
            risk.keyboard().press("8");
            risk.keyboard().press("u");
            Locator bars = risk.locator("#use-grid .tabulator-row");
            assertThat(bars.first().locator("[role=meter]")).isVisible(VISIBLE);
            assertThat(bars.first().locator("[role=meter] s")).hasCount(1);
            assertThat(bars.first().locator("[role=meter] b")).hasCount(1);
            List<Double> used = bars.locator("[tabulator-field=percent]").allTextContents().stream()
                    .map(text -> Double.valueOf(text.replace(" %", "")))
                    .toList();
            assertThat(used).hasSizeGreaterThan(5).isSortedAccordingTo(Comparator.reverseOrder());
            look(risk, "limit-use");
            risk.locator("#limit-scope").selectOption("ASSET_CLASS");
            risk.locator("#limit-filter").fill("max order quantity");
            assertThat(bars).hasCount(1);
            assertThat(bars).containsText("EQUITY");
            trader.keyboard().press("Escape");
            send(trader, "BTC/USD.XBTS", "1");
            assertThat(bars).hasCount(2);
            assertThat(bars.filter(new Locator.FilterOptions().setHasText("CRYPTO")))
                    .hasCount(1);
            risk.locator("#limit-filter").fill("");
            risk.locator("#limit-scope").selectOption("");
            risk.setViewportSize(700, 900);
            look(risk, "limit-use-narrow");
            risk.setViewportSize(1500, 900);
            risk.locator("#limit-as button:has-text('Limits')").click();
            assertThat(risk.locator("#limit-grid .tabulator-row").first()).isVisible();
            assertThat(risk.locator("#use-grid")).isHidden();
        }
        nothingFailed();
    }

    @Test
    void risk_proposes_a_limit_by_keyboard_and_compliance_approves_it() {
        try (Page risk = page();
                Page compliance = page()) {
            signIn(risk, "risk");
            risk.keyboard().press("8");
            risk.keyboard().press("/");
            risk.keyboard().type("max order notional");
            Locator limits = risk.locator("#limit-grid .tabulator-row");
            assertThat(limits).hasCount(1);
            assertThat(limits.locator("[tabulator-field=value]")).hasText("15 000 000");
            risk.keyboard().press("Escape");
            risk.keyboard().press("j");
            assertThat(risk.locator("#limit tbody tr")).hasCount(1);
            propose(risk, "-5");
            assertThat(risk.locator("#ask .problem")).containsText("zero or above");
            look(risk, "limit-refused");
            risk.keyboard().press("Escape");
            isTaken(risk);
            Locator own = risk.locator("#limit-changes .change");
            propose(risk, "13000000");
            isTaken(risk);
            assertThat(own).containsText("13 000 000 USD");
            own.locator("button:text-is('Withdraw')").press("Enter");
            because(risk, "Meant another one.");
            assertThat(own).hasCount(0);
            propose(risk, "14000000");
            isTaken(risk);
            assertThat(own).containsText("15 000 000 USD → 14 000 000 USD");
            assertThat(own.locator("button:text-is('Approve')")).isDisabled();
            assertThat(limits.locator("[tabulator-field=value]")).hasText("15 000 000");

            signIn(compliance, "compliance");
            compliance.keyboard().press("8");
            assertThat(compliance.locator("#limit-propose")).isHidden();
            Locator waiting = compliance.locator("#limit-changes .change");
            assertThat(waiting).containsText("proposed by risk");
            look(compliance, "limits");
            waiting.locator("button:text-is('Approve')").press("Enter");
            because(compliance, "Agreed with the head of trading.");
            assertThat(waiting).hasCount(0);

            assertThat(limits.locator("[tabulator-field=value]")).hasText("14 000 000");
            assertThat(limits.locator("[tabulator-field=approvedBy]")).hasText("compliance");
            risk.locator("#limit-decided").check();
            assertThat(own).hasCount(2);
            assertThat(own.first()).containsText("approved by compliance");
            assertThat(own.last()).containsText("withdrawn by risk");
            risk.keyboard().press("k");
            assertThat(risk.locator("#limit tbody tr")).hasCount(2);
            risk.setViewportSize(900, 900);
            look(risk, "limits-narrow");
        }
    }

    private static void propose(Page page, String value) {
        asks(page, "p");
        assertThat(page.locator("#ask [name=rule]")).isFocused();
        assertThat(page.locator("#ask [name=rule]")).hasValue("MAX_ORDER_NOTIONAL");
        assertThat(page.locator("#ask [name=scope]")).hasValue("FIRM");
        assertThat(page.locator("#ask [name=unit]")).hasValue("USD");
        page.locator("#ask [name=value]").fill(value);
        page.locator("#ask [name=reason]").fill("Tighter until the results are out.");
        page.keyboard().press("Enter");
    }
}
