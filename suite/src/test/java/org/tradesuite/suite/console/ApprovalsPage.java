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
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What soft rules hold. */
abstract class ApprovalsPage {

    @Test
    void what_a_soft_rule_holds_is_let_pass_or_refused_by_somebody_of_risk_and_by_nobody_else() {
        // The market stands still: what a rule measured does not go further beyond its limit while somebody looks at
        // it.
        clock().waitAt(clock().instant());
        try (Page trader = page();
                Page risk = page();
                Page compliance = page()) {
            signIn(risk, "risk");
            signIn(compliance, "compliance");
            signIn(trader, "trader");
            assertThat(risk.locator("#held")).isHidden();
            sendAtLimit(trader, "GEQ1", "1000", "0.80");
            assertThat(trader.locator("#ticket .answer")).containsText("Held. It waits for somebody of risk");
            assertThat(risk.locator("#held")).hasText("1 to approve");
            assertThat(risk.locator("#alert-chip")).containsText("alert");
            risk.keyboard().press("!");
            assertThat(risk.locator("#alert-list")).containsText("rule blocked");
            assertThat(risk.locator("#alert-list")).containsText("PRICE_COLLAR");
            assertThat(risk.locator("#alert-list")).containsText("decision held");
            look(risk, "alerts");
            risk.keyboard().press("Escape");
            assertThat(risk.locator("#alert-panel")).isHidden();

            trader.keyboard().press("Escape");
            trader.keyboard().press("Escape");
            trader.keyboard().press("0");
            assertThat(trader.locator("#approval-grid .tabulator-row")).hasCount(1);
            trader.keyboard().press("j");
            assertThat(trader.locator("#approval-why")).containsText("only risk lets it pass");
            assertThat(trader.locator("#approval button:has-text('Let it pass')"))
                    .isDisabled();
            trader.keyboard().press("p");
            assertThat(trader.locator(".notice")).containsText("Only risk lets it pass");
            assertThat(trader.locator("#ask")).isHidden();
            compliance.keyboard().press("0");
            assertThat(compliance.locator("#approval-grid .tabulator-row")).hasCount(1);
            compliance.keyboard().press("j");
            assertThat(compliance.locator("#approval-why")).containsText("Only risk");
            compliance.keyboard().press("x");
            assertThat(compliance.locator(".notice")).containsText("Only risk refuses it");
            assertThat(compliance.locator("#ask")).isHidden();

            risk.keyboard().press("0");
            Locator waiting = risk.locator("#approval-grid .tabulator-row");
            assertThat(waiting).hasCount(1);
            assertThat(waiting).containsText("price outside collar");
            assertThat(waiting.locator("[tabulator-field=by]")).hasText("trader");
            assertThat(waiting.locator("[tabulator-field=kind]")).hasText("New order");
            assertThat(waiting.locator("[tabulator-field=waited]")).containsText(Pattern.compile("\\d+ (s|min)"));
            risk.keyboard().press("j");
            Locator collar =
                    risk.locator("#approval tbody tr:has-text('price collar')").first();
            assertThat(collar).containsText("block");
            assertThat(collar).containsText("PERCENT");
            look(risk, "approvals");
            risk.setViewportSize(700, 900);
            look(risk, "approvals-narrow");
            risk.setViewportSize(1500, 900);
            asks(risk, "p");
            because(risk, "The client confirmed the price by telephone.");
            assertThat(risk.locator(".notice.good").last()).containsText("It passed");
            assertThat(waiting).hasCount(0);
            assertThat(risk.locator("#approval header .tag")).hasText("accepted");
            assertThat(risk.locator("#approval")).containsText("overridden by risk");
            assertThat(risk.locator("#held")).isHidden();
            assertThat(trader.locator("#approval-grid .tabulator-row")).hasCount(0);
            trader.keyboard().press("1");
            assertThat(trader.locator("#orders .tabulator-row").first()).isVisible(VISIBLE);

            sendAtLimit(trader, "GEQ1", "2000", "0.81");
            assertThat(waiting).hasCount(1);

            // Beside it an amendment: the order goes on as it is until somebody lets that pass.
            trader.keyboard().press("Escape");
            trader.keyboard().press("Escape");
            sendAtLimit(trader, "GEQ1", "777", "0.60");
            Locator order =
                    trader.locator("#orders .tabulator-row:has-text('777')").first();
            assertThat(order).isVisible(VISIBLE);
            trader.keyboard().press("Escape");
            trader.keyboard().press("Escape");
            order.click();
            asks(trader, "a");
            trader.locator("#ask [name=limitPrice]").fill("0.82");
            trader.locator("#ask [name=reason]").fill("It shall be done today.");
            trader.keyboard().press("Enter");
            isTaken(trader);
            assertThat(trader.locator(".notice").last()).containsText("waits for somebody of risk");
            assertThat(trader.locator("#order")).containsText("Waits to be let pass");
            assertThat(risk.locator("#held")).hasText("2 to approve");
            assertThat(waiting).hasCount(2);
            Locator amendment = risk.locator("#approval-grid .tabulator-row:has-text('Amendment')");
            assertThat(amendment.locator("[tabulator-field=price]")).hasText("0.6 → 0.82");
            amendment.click();
            assertThat(risk.locator("#approval")).containsText("Asked for by");
            assertThat(risk.locator("#approval")).containsText("goes on as it is");
            assertThat(risk.locator("#approval tbody tr:has-text('price collar')")
                            .first())
                    .containsText("block");
            look(risk, "approvals-amendment");
            risk.setViewportSize(700, 900);
            look(risk, "approvals-amendment-narrow");
            risk.setViewportSize(1500, 900);
            asks(risk, "p");
            because(risk, "The client confirmed the new price by telephone.");
            assertThat(risk.locator(".notice.good").last()).containsText("It passed");
            assertThat(waiting).hasCount(1);
            assertThat(risk.locator("#approval header .tag")).hasText("accepted");
            assertThat(risk.locator("#approval")).containsText("overridden by risk");
            assertThat(trader.locator("#order")).not().containsText("Waits to be let pass");

            waiting.click();
            asks(risk, "x");
            because(risk, "Nobody at the client knows of it.");
            assertThat(waiting).hasCount(0);
            assertThat(risk.locator("#approval header .tag")).hasText("refused");
            assertThat(risk.locator("#approval")).containsText("refused by risk");
        } finally {
            clock().waitNoMore();
        }
        nothingFailed();
    }

    private static void sendAtLimit(Page page, String account, String quantity, String price) {
        page.keyboard().press("n");
        assertThat(page.locator("#ticket [name=instrument]")).isFocused();
        page.locator("#ticket [name=instrument]").fill("VOD.XLON");
        page.locator("#ticket [name=quantity]").fill(quantity);
        page.locator("#ticket [name=orderType]").selectOption("LIMIT");
        page.locator("#ticket [name=limitPrice]").fill(price);
        page.locator("#ticket [name=accountId]").selectOption(account);
        page.locator("#ticket [name=quantity]").press("Enter");
    }
}
