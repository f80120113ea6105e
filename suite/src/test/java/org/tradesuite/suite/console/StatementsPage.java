package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.asks;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.tradesuite.suite.day.Clerk;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;

/** What came from others, what did not come, and what is handed in by hand. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class StatementsPage {

    private static final String MOVED = BrokerDay.HEADING.replace("quantity,average_price", "average_price,quantity")
            + "\n" + BrokerDay.OTHER_PRICE.replace("10,118.50", "118.50,10") + "\nTOTAL,1\n";
    private static final String HOLDINGS = """
        {1:F01TRSUGB2LAXXX0000000000}{2:O5351800261117CUSTGB2LAXXX00000000002611171800N}{4:
        :16R:GENL
        :28E:1/ONLY
        :20C::SEME//H1
        :23G:NEWM
        :98A::STAT//20261117
        :22F::CODE//COMP
        :22F::STBA//SETT
        :97A::SAFE//SAFEGEQ1001
        :17B::ACTI//Y
        :16S:GENL
        :16R:SUBSAFE
        :16R:FIN
        :35B:/GB/0000001
        VODAFONE
        :93B::AGGR//UNIT/1000,
        :16S:FIN
        :16S:SUBSAFE
        -}
        """;
    private static final String DROP = """
        ([part, name, text]) => {
            const files = new DataTransfer();
            files.items.add(new File([text], name));
            for (const type of ['dragover', 'drop'])
                document.querySelector(part).dispatchEvent(
                    new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }));
        }
        """;

    @Test
    @Order(1)
    void files_are_handed_in_by_a_form_and_by_dragging_them_and_each_is_taken_or_refused_in_the_servers_words() {
        try (Page clerk = page();
                Page trader = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "statements");
            Locator part = clerk.locator("[data-part=statements]");
            Locator rows = part.locator(".tabulator-row");
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("trades-20261117.csv"))
                            .first())
                    .containsText("loaded");
            asks(clerk, "u");
            clerk.locator("#ask [name=files]")
                    .setInputFiles(new FilePayload[] {csv("trades-20261117-moved.csv", MOVED), csv("a b.csv", MOVED)});
            clerk.locator("#ask [name=brokerId]").fill("NOBODY");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("Name the broker whose statement it is");
            clerk.locator("#ask [name=brokerId]").fill("ALFA");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            Locator answers = part.locator(".answers");
            assertThat(answers.locator("header")).containsText("1 taken, 1 refused");
            assertThat(answers.locator("tr:has(td:text-is('a b.csv'))"))
                    .containsText("cannot be the name of a file here");
            assertThat(answers.locator("tr:has(td:text-is('trades-20261117-moved.csv'))"))
                    .containsText("The next run of reconcile-brokers reads it.");
            look(clerk, "statements-handed-in");

            // The same file again, by the mouse: where it is asked it is said.
            clerk.evaluate(
                    DROP, new Object[] {"[data-part=statements] .tabulator", "trades-20261117-moved.csv", MOVED});
            assertThat(clerk.locator("#ask label").first()).containsText("trades-20261117-moved.csv");
            assertThat(clerk.locator("#ask [name=feed]")).hasValue("BROKER_TRADE");
            clerk.locator("#ask [name=brokerId]").fill("ALFA");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("This file has been handed in before");
            clerk.keyboard().press("Escape");
            clerk.evaluate(
                    DROP, new Object[] {"[data-part=statements]", "holdings.fin", HOLDINGS.replace("\n", "\r\n")});
            assertThat(clerk.locator("#ask [name=feed]")).hasValue("CUSTODIAN_POSITION");
            clerk.locator("#ask [name=feed]").press("Enter");
            isTaken(clerk);
            assertThat(answers).containsText("The next run of reconcile-custodian reads it.");

            signIn(trader, "trader");
            trader.keyboard().press("4");
            part(trader, "statements");
            assertThat(trader.locator("[data-part=statements] button:has-text('Hand in files')"))
                    .isDisabled();
        }
        nothingFailed();
    }

    @Test
    @Order(2)
    void what_came_is_shown_with_its_hash_its_pages_its_findings_and_its_text_and_what_was_refused_with_what_to_do()
            throws Exception {
        var jobs = new Clerk(new FrontDoor(suite().address(), MachineUser.signUp(suite().postgres(), "house")));
        jobs.complete("reconciliation", "reconcile-brokers", BrokerDay.DATE, 2);
        jobs.complete("settlement", "apply-status", BrokerDay.DATE, 1);
        jobs.complete("reconciliation", "reconcile-custodian", BrokerDay.DATE, 1);
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "statements");
            Locator part = clerk.locator("[data-part=statements]");
            Locator rows = part.locator(".tabulator-row");
            Locator detail = part.locator(".detail");
            rows.filter(new Locator.FilterOptions().setHasText("holdings.fin")).click();
            assertThat(detail).containsText("instrument id");
            assertThat(detail).containsText("handed in by operations");
            assertThat(detail.locator("tr:has(td:text-is('MT535'))")).containsText("H1");
            clerk.keyboard().press("r");
            assertThat(detail.locator(".raw li.differs")).containsText(":35B:/GB/0000001");
            look(clerk, "statements");
            lookNarrow(clerk, "statements");
            clerk.setViewportSize(760, 900);
            look(clerk, "statements-narrow");
            clerk.setViewportSize(1500, 900);

            part.locator("[name=only]").selectOption("REFUSED");
            assertThat(rows).hasCount(1);
            part.locator("[name=only]").blur();
            clerk.keyboard().press("j");
            assertThat(detail.locator(".problem")).containsText("layout changed");
            assertThat(detail.locator(".problem")).containsText("'quantity' moved from column 9 to 10");
            clerk.keyboard().press("r");
            assertThat(detail.locator(".raw li").nth(1)).containsText("118.50,10");
            look(clerk, "statements-refused");
            clerk.keyboard().press("Escape");
            assertThat(detail).isHidden();
        }
        nothingFailed();
    }

    @Test
    @Order(3)
    void what_is_expected_and_did_not_come_is_named_and_what_is_expected_is_entered_and_changed() throws Exception {
        try (Page clerk = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "expected");
            asks(clerk, "n");
            clerk.locator("#ask [name=expectedId]").fill("custodian-geq1-gbp");
            clerk.locator("#ask [name=feed]").selectOption("CUSTODIAN_CASH");
            clerk.locator("#ask [name=sender]").fill("CUSTGB2L");
            clerk.locator("#ask [name=account]").fill("GEQ1GBP01");
            clerk.locator("#ask [name=currency]").fill("GBP");
            clerk.locator("#ask [name=zone]").fill("Europe/Nowhere");
            clerk.locator("#ask [name=reason]").fill("They send it at six.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("is no time zone");
            clerk.locator("#ask [name=zone]").fill("Europe/London");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            Locator part = clerk.locator("[data-part=expected]");
            Locator detail = part.locator(".detail");
            assertThat(detail.locator("header .tag")).hasText("not yet");

            new Clerk(new FrontDoor(suite().address(), MachineUser.signUp(suite().postgres(), "house")))
                    .complete("reconciliation", "reconcile-custodian", BrokerDay.DATE, 2);
            part.locator("[name=state]").selectOption("MISSING");
            Locator rows = part.locator(".tabulator-row");
            Locator ours = rows.filter(new Locator.FilterOptions().setHasText("GEQ1GBP01"));
            assertThat(ours).containsText("missing");
            ours.click();
            assertThat(detail.locator(".problem")).containsText("ask the custodian for it");
            look(clerk, "expected");
            lookNarrow(clerk, "expected");
            asks(clerk, "e");
            clerk.locator("#ask [name=dueBy]").fill("19:30");
            clerk.locator("#ask [name=reason]").fill("An hour and a half later.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(detail).containsText("19:30 Europe/London");
            clerk.keyboard().press("v");
            assertThat(clerk.locator("#break header")).containsText("stale statement");
            part(clerk, "expected");
            ours.click();
            asks(clerk, "x");
            Console.because(clerk, "The account is closed.");
            part.locator("[name=state]").selectOption("NOT_ASKED_FOR");
            assertThat(ours).containsText("operations");
        }
        nothingFailed();
    }

    private static FilePayload csv(String name, String text) {
        return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
