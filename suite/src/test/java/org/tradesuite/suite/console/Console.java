package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/** One suite and one browser for all pages, and what hands do on every page. */
final class Console {

    static final LocalDate DATE = LocalDate.of(2026, 11, 18);
    /** What takes the suite a while, such as a job or an execution. */
    static final LocatorAssertions.IsVisibleOptions VISIBLE =
            new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    /** On a machine that builds something else beside it. */
    private static final double PATIENCE_MILLIS = 30_000;

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Instant MORNING = Instant.parse("2026-11-18T10:00:00Z");
    private static final AcceleratedClock CLOCK = AcceleratedClock.startingAt(MORNING, 30);
    private static final List<String> ERRORS = new ArrayList<>();

    private static @Nullable Path folder;
    private static @Nullable Suite suite;
    private static @Nullable Playwright playwright;
    private static @Nullable Browser browser;

    private Console() {}

    static void open(Path into) {
        if (!Files.isExecutable(CHROMIUM)) {
            if ("true".equals(System.getenv("CI"))) {
                fail("CI needs " + CHROMIUM + ": apt-get install chromium");
            }
            System.out.println("skipped: no Chromium");
            abort("skipped: no Chromium");
        }
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        folder = into;
        suite = Suite.start(SuiteSettings.of(TradingHouse.settings(into)), CLOCK);
        TradingHouse.openForTrading(suite, DATE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (playwright != null) {
            playwright.close();
        }
        if (suite != null) {
            suite.close();
        }
    }

    static Suite suite() {
        return Objects.requireNonNull(suite);
    }

    static AcceleratedClock clock() {
        return CLOCK;
    }

    static Path folder() {
        return Objects.requireNonNull(folder);
    }

    static Page page() {
        Page page = Objects.requireNonNull(browser)
                .newContext(new Browser.NewContextOptions().setViewportSize(1500, 900))
                .newPage();
        page.onPageError(ERRORS::add);
        page.navigate(suite().address() + "/");
        return page;
    }

    /** No script of any page threw. */
    static void nothingFailed() {
        assertThat(ERRORS).isEmpty();
    }

    static void signIn(Page page, String user) {
        signIn(page, user, password(user));
    }

    private static String password(String user) {
        var found = Pattern.compile("(?m)^\\s*" + user + "\\s+(\\S+)").matcher(suite().signInNotice());
        assertThat(found.find()).as("the notice shows the password of " + user).isTrue();
        return found.group(1);
    }

    static void signIn(Page page, String user, String password) {
        assertThat(page.getByLabel("User")).isFocused();
        page.keyboard().type(user);
        page.keyboard().press("Tab");
        page.keyboard().type(password);
        page.keyboard().press("Enter");
        assertThat(page.locator("#stream")).hasText("live");
    }

    /** By keyboard alone. */
    static void send(Page page, String instrument, String quantity) {
        page.keyboard().press("n");
        assertThat(page.locator("#ticket [name=instrument]")).isFocused();
        page.keyboard().type(instrument);
        assertThat(page.locator("#ticket .quote")).containsText("tick");
        page.keyboard().press("Tab");
        page.keyboard().type(quantity);
        page.keyboard().press("Enter");
    }

    /** Once: a question that was left does not take the next key. */
    static void asks(Page page, String key) {
        isTaken(page);
        page.keyboard().press(key);
        assertThat(page.locator("#ask form")).isVisible();
    }

    static void because(Page page, String reason) {
        assertThat(page.locator("#ask [name=reason]")).isFocused();
        page.keyboard().type(reason);
        page.keyboard().press("Enter");
        isTaken(page);
    }

    /** The dialog stays open while it is not answered, and while it is refused. */
    static void isTaken(Page page) {
        assertThat(page.locator("#ask")).isHidden();
    }

    /** Pictures for whoever wants to look at the page, in target/console. */
    static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "console", name + ".png")));
    }

    /** The same at the width of a small screen. */
    static void lookNarrow(Page page, String name) {
        page.setViewportSize(1100, 900);
        look(page, name + "-1100");
        page.setViewportSize(1500, 900);
    }

    /** To a part of the break desk, by keyboard. */
    static void part(Page page, String name) {
        Locator shown = page.locator("#break-part button[aria-pressed=true]");
        assertThat(shown).hasCount(1);
        for (var presses = 0; !name.equals(shown.getAttribute("data-show")); presses++) {
            assertThat(presses).as("parts of the desk before " + name).isLessThan(20);
            page.keyboard().press("]");
        }
    }

    static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
