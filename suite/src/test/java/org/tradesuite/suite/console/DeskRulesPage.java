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
import org.junit.jupiter.api.Test;
import org.tradesuite.suite.door.MachineUser;

/** What the desk decides by. */
abstract class DeskRulesPage {

    @Test
    void a_rule_is_proposed_by_one_approved_by_another_changed_and_ended() {
        var second = MachineUser.signUp(suite().postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            part(clerk, "desk-rules");
            Locator rows = clerk.locator("[data-part=desk-rules] .tabulator-row");
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("materiality"))
                            .first())
                    .isVisible(VISIBLE);
            asks(clerk, "n");
            clerk.locator("#ask [name=kind]").selectOption("TOLERANCE");
            clerk.locator("#ask [name=accountId]").fill("GEQ1");
            clerk.locator("#ask [name=value]").fill("much");
            clerk.locator("#ask [name=reason]").fill("Not worth a telephone call.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("is no amount");
            clerk.locator("#ask [name=value]").fill("70");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            Locator detail = clerk.locator("[data-part=desk-rules] .detail");
            assertThat(detail).containsText("tolerance of GEQ1: 70");
            assertThat(detail).containsText("Somebody else has to approve.");
            look(clerk, "desk-rules");
            lookNarrow(clerk, "desk-rules");
            asks(clerk, "p");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("proposed");
            clerk.keyboard().press("Escape");

            signIn(other, second.name(), second.password());
            other.keyboard().press("4");
            part(other, "desk-rules");
            Locator waiting =
                    other.locator("[data-part=desk-rules] .tabulator-row").first();
            assertThat(waiting).containsText("proposed");
            other.keyboard().press("j");
            asks(other, "p");
            assertThat(other.locator("#ask p").first()).containsText("operations proposes 70");
            other.keyboard().press("Enter");
            isTaken(other);
            Locator theirs = other.locator("[data-part=desk-rules] .detail");
            assertThat(theirs.locator("header .tag")).hasText("active");

            asks(other, "e");
            assertThat(other.locator("#ask [name=value]")).hasValue("70");
            other.locator("#ask [name=value]").fill("90");
            other.locator("#ask [name=reason]").fill("Seventy is too little.");
            other.keyboard().press("Enter");
            isTaken(other);
            assertThat(theirs).containsText("tolerance of GEQ1: 90");
            asks(other, "r");
            because(other, "Seventy is enough.");
            assertThat(theirs.locator("header .tag")).hasText("refused");
            clerk.locator("[data-part=desk-rules] [name=history]").check();
            assertThat(rows.filter(new Locator.FilterOptions().setHasText("Seventy is too little.")))
                    .containsText("refused");
        }
        nothingFailed();
    }
}
