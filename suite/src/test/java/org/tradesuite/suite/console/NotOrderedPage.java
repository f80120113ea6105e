package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.VISIBLE;
import static org.tradesuite.suite.console.Console.exactly;
import static org.tradesuite.suite.console.Console.look;
import static org.tradesuite.suite.console.Console.nothingFailed;
import static org.tradesuite.suite.console.Console.page;
import static org.tradesuite.suite.console.Console.signIn;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.field.MsgType;

/** What brokers executed and nobody ordered. */
abstract class NotOrderedPage {

    @Test
    void what_nobody_ordered_is_claimed_by_two_persons_and_disowned_by_keyboard() throws Exception {
        executesWhatNobodyOrdered("PHONE-1");
        try (Page page = page()) {
            signIn(page, "operations");
            assertThat(page.locator("#external-open")).isVisible(VISIBLE);
            assertThat(page.locator("#external-open")).containsText("not ordered here");
            page.keyboard().press("6");
            assertThat(page.locator("#external-grid .tabulator-row").getByText("in suspense", exactly()))
                    .isVisible(VISIBLE);
            page.keyboard().press("j");
            assertThat(page.locator("#external-order header")).containsText("300 HSBA.XLON");
            page.keyboard().press("d");
            assertThat(page.locator("#ask")).isVisible();
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
            page.keyboard().press("j");
            assertThat(page.locator("#external-order header")).containsText("Approve the claim");
            claims(page);
            assertThat(page.locator("#external-order header .tag")).hasText("claimed");
            assertThat(page.locator("#external-open")).isHidden();
        }
        nothingFailed();
    }

    private static void executesWhatNobodyOrdered(String clOrdId) throws Exception {
        var report = new Message();
        report.getHeader().setString(MsgType.FIELD, MsgType.EXECUTION_REPORT);
        Map.ofEntries(
                        Map.entry(37, "B-" + clOrdId),
                        Map.entry(11, clOrdId),
                        Map.entry(17, "E-" + clOrdId),
                        Map.entry(150, "F"),
                        Map.entry(39, "2"),
                        Map.entry(55, "HSBA"),
                        Map.entry(48, "GB0005405286"),
                        Map.entry(22, "4"),
                        Map.entry(207, "XLON"),
                        Map.entry(54, "1"),
                        Map.entry(38, "300"),
                        Map.entry(32, "300"),
                        Map.entry(31, "9.20"),
                        Map.entry(151, "0"),
                        Map.entry(14, "300"),
                        Map.entry(6, "9.20"),
                        Map.entry(60, "20261118-10:00:00.000"))
                .forEach(report::setString);
        Session.sendToTarget(report, new SessionID("FIX.4.4", "BRAVO", "TRADESUITE"));
    }

    private static void claims(Page page) {
        page.keyboard().press("c");
        assertThat(page.locator("#ask [name=accountId]")).isFocused();
        page.locator("#ask [name=accountId]").fill("GEQ1");
        page.keyboard().press("Tab");
        page.keyboard().type("Confirmed on the known number.");
        page.keyboard().press("Enter");
    }
}
