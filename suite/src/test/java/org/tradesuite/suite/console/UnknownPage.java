package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.DATE;
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
import static org.tradesuite.suite.console.Console.suite;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.tradesuite.openapi.execution.model.BrokerGate;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;

/** Orders that nobody knows the state of. */
abstract class UnknownPage {

    @Test
    void two_persons_say_how_an_order_ended_that_nobody_knows_the_state_of() {
        // From here on no broker answers anything: its answers are due by this clock.
        clock().waitAt(clock().instant());
        try (Page trader = page();
                Page operations = page();
                Page risk = page()) {
            signIn(trader, "trader");
            send(trader, "VOD.XLON", "1000");
            Locator route = trader.locator("#order h3:has-text('Routes') + table tbody tr td");
            assertThat(route.nth(1)).isVisible(VISIBLE);
            String broker = route.nth(1).textContent();
            trader.locator("#order button:has-text('Cancel')").click();
            because(trader, "The client changed their mind.");

            signIn(operations, "operations");
            operations.keyboard().press("7");
            assertThat(operations.locator("#unknown-count")).hasText("0 orders");
            assertThat(operations.locator("#gates")).isHidden();
            new FrontDoor(suite().address(), MachineUser.signUp(suite().postgres(), "house"))
                    .brokers()
                    .reconcileBroker(broker, new BrokerGate().reason("It is silent."));
            Locator gates = operations.locator("#gates tbody tr");
            assertThat(gates).containsText(broker);
            assertThat(gates).containsText("reconciling");
            assertThat(gates.locator("button:text-is('Open')")).isDisabled();
            gates.locator("button:text-is('Reconcile')").press("Enter");
            because(operations, "Their desk is back.");
            assertThat(operations.locator(".notice.good").last()).containsText(broker + " is reconciling");

            signIn(risk, "risk");
            risk.keyboard().press("7");
            risk.locator("#gates button:text-is('Open')").press("Enter");
            because(risk, "Their desk confirmed by telephone that it works.");
            assertThat(risk.locator("#gates")).isHidden();
            Locator unknown = risk.locator("#unknown-grid .tabulator-row");
            assertThat(unknown).containsText("not answered when risk opened the gate");
            assertThat(unknown.locator("[tabulator-field=brokerId]")).hasText(broker);
            assertThat(unknown.locator("[tabulator-field=quantity]")).hasText("1 000");
            assertThat(unknown.locator("[tabulator-field=since]")).containsText(DATE.toString());
            assertThat(risk.locator("#brokers .chip.warn")).hasText(broker);

            risk.keyboard().press("j");
            says(risk, "CANCELED", "400", "");
            assertThat(risk.locator("#ask .problem")).containsText("say the average price of all 400");
            look(risk, "unknown-refused");
            risk.keyboard().press("Escape");
            says(risk, "CANCELED", "400", "0.72");
            isTaken(risk);
            String first = "risk: canceled, 400 executed at 0.72";
            assertThat(unknown.locator("[tabulator-field=said]")).hasText(first);
            says(risk, "CANCELED", "400", "0.72");
            assertThat(risk.locator("#ask .problem")).containsText("somebody else has to say the same");
            risk.keyboard().press("Escape");

            Locator same = operations.locator("#unknown-grid .tabulator-row");
            assertThat(same.locator("[tabulator-field=said]")).hasText(first);
            operations.keyboard().press("j");
            assertThat(operations.locator("#unknown-route")).containsText("somebody else has to say the same");
            asks(operations, "r");
            because(operations, "Their desk is back.");
            assertThat(gates).containsText("reconciling");
            says(operations, "REJECTED", "0", "");
            isTaken(operations);
            assertThat(same.locator("[tabulator-field=said]")).hasText("operations: rejected, 0 executed");
            assertThat(operations.locator("#unknown-route tbody tr")).hasCount(2);
            look(operations, "unknown");

            assertThat(unknown.locator("[tabulator-field=said]")).containsText("operations");
            says(risk, "REJECTED", "0", "");
            isTaken(risk);
            assertThat(unknown).hasCount(0);
            assertThat(same).hasCount(0);
            assertThat(operations.locator("#unknown-route")).isHidden();
            operations.keyboard().press("1");
            assertThat(operations.locator("#unknown-open")).isHidden();
        } finally {
            clock().waitNoMore();
        }
        nothingFailed();
    }

    private static void says(Page page, String status, String executed, String average) {
        asks(page, "e");
        assertThat(page.locator("#ask [name=status]")).isFocused();
        page.locator("#ask [name=status]").selectOption(status);
        page.locator("#ask [name=executedQuantity]").fill(executed);
        page.locator("#ask [name=averagePrice]").fill(average);
        page.keyboard().press("Tab");
        page.keyboard().type("Spoken to their desk on the known number.");
        page.keyboard().press("Enter");
    }
}
