package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.tradesuite.suite.console.Console.page;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Who may come in. */
abstract class SignInPage {

    @Test
    void a_wrong_password_is_said_so_on_the_page() {
        try (Page page = page()) {
            page.getByLabel("User").fill("trader");
            page.getByLabel("Password").fill("wrong");
            page.keyboard().press("Enter");
            assertThat(page.locator("#sign-in .problem")).containsText("The user name or the password is wrong");
        }
    }
}
