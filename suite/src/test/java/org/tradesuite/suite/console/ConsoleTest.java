package org.tradesuite.suite.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.openapi.execution.model.BrokerGate;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.field.MsgType;

/** The page as a trader and an operations clerk use it, in a real browser against the whole suite. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
    private static final Instant MORNING = Instant.parse("2026-11-18T10:00:00Z");
    private static final LocatorAssertions.IsVisibleOptions VISIBLE =
            new LocatorAssertions.IsVisibleOptions().setTimeout(90_000);

    @TempDir
    private static Path folder;

    private static final AcceleratedClock clock = AcceleratedClock.startingAt(MORNING, 30);
    private static Suite suite;
    private static Playwright playwright;
    private static Browser browser;
    private static final List<String> errors = new ArrayList<>();

    @BeforeAll
    static void open() {
        if (!Files.isExecutable(CHROMIUM)) {
            if ("true".equals(System.getenv("CI"))) {
                fail("CI needs " + CHROMIUM + ": apt-get install chromium");
            }
            System.out.println("skipped: no Chromium");
            abort("skipped: no Chromium");
        }
        suite = Suite.start(SuiteSettings.of(TradingHouse.settings(folder)), clock);
        TradingHouse.openForTrading(suite, DATE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
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

    private static Page page() {
        Page page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1500, 900))
                .newPage();
        page.onPageError(errors::add);
        page.navigate(suite.address() + "/");
        return page;
    }

    private static String password(String user) {
        var found = Pattern.compile("(?m)^\\s*" + user + "\\s+(\\S+)").matcher(suite.signInNotice());
        assertThat(found.find()).as("the notice shows the password of " + user).isTrue();
        return found.group(1);
    }

    private static void signIn(Page page, String user) {
        signIn(page, user, password(user));
    }

    private static void signIn(Page page, String user, String password) {
        assertThat(page.getByLabel("User")).isFocused();
        page.keyboard().type(user);
        page.keyboard().press("Tab");
        page.keyboard().type(password);
        page.keyboard().press("Enter");
        assertThat(page.locator("#stream")).hasText("live");
    }

    @Test
    void a_trader_sees_an_order_fill_and_a_clerk_closes_the_day_and_takes_the_tca_report() throws IOException {
        try (Page page = page()) {
            signIn(page, "trader");
            send(page, "VOD.XLON", "1000");
            assertThat(page.locator("#order header .tag").getByText("filled", exactly()))
                    .isVisible(VISIBLE);
            assertThat(page.locator("#orders .tabulator-row")
                            .getByText("filled", exactly())
                            .first())
                    .isVisible(VISIBLE);
            assertThat(page.locator("#order h3:has-text('Fills') + table tbody tr")
                            .first())
                    .isVisible(VISIBLE);
            look(page, "blotter");
            page.keyboard().press("Escape");
            page.locator("#sign-out").click();

            signIn(page, "operations");
            page.keyboard().press("3");
            assertThat(page.locator("#job-date")).hasValue(DATE.toString());
            page.getByText("Close the day").click();
            assertThat(page.locator("#trading-day .tag").getByText("closed", exactly()))
                    .isVisible(VISIBLE);
            run(page, "tca");
            look(page, "jobs");

            page.keyboard().press("5");
            Locator report = page.locator("#report-grid a[download$='.pdf']").first();
            assertThat(report).isVisible(VISIBLE);
            Path file = folder.resolve("downloaded.pdf");
            page.waitForDownload(report::click).saveAs(file);
            assertThat(new String(Files.readAllBytes(file), 0, 5, StandardCharsets.US_ASCII))
                    .isEqualTo("%PDF-");
            assertThat(Files.size(file)).isGreaterThan(10_000);
            look(page, "reports");
        }
        assertThat(errors).isEmpty();
    }

    /** What BRAVO executed for an order that nobody gave. */
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
        assertThat(errors).isEmpty();
    }

    private static void claims(Page page) {
        page.keyboard().press("c");
        assertThat(page.locator("#ask [name=accountId]")).isFocused();
        page.locator("#ask [name=accountId]").fill("GEQ1");
        page.keyboard().press("Tab");
        page.keyboard().type("Confirmed on the known number.");
        page.keyboard().press("Enter");
    }

    /** Before another test closes the day. */
    @Test
    @Order(1)
    void two_persons_say_how_an_order_ended_that_nobody_knows_the_state_of() {
        // From here on no broker answers anything: its answers are due by this clock.
        clock.waitAt(clock.instant());
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
            new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "house"))
                    .brokers()
                    .reconcileBroker(broker, new BrokerGate().reason("It is silent."));
            Locator gates = operations.locator("#gates tbody tr");
            assertThat(gates).containsText(broker, patiently());
            assertThat(gates).containsText("reconciling");
            assertThat(gates.locator("button:text-is('Open')")).isDisabled();
            gates.locator("button:text-is('Reconcile')").press("Enter");
            because(operations, "Their desk is back.");
            assertThat(operations.locator(".notice.good").last()).containsText(broker + " is reconciling", patiently());

            signIn(risk, "risk");
            risk.keyboard().press("7");
            risk.locator("#gates button:text-is('Open')").press("Enter");
            because(risk, "Their desk confirmed by telephone that it works.");
            assertThat(risk.locator("#gates")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
            Locator unknown = risk.locator("#unknown-grid .tabulator-row");
            assertThat(unknown).containsText("not answered when risk opened the gate", patiently());
            assertThat(unknown.locator("[tabulator-field=brokerId]")).hasText(broker);
            assertThat(unknown.locator("[tabulator-field=quantity]")).hasText("1 000");
            assertThat(unknown.locator("[tabulator-field=since]")).containsText(DATE.toString());
            assertThat(risk.locator("#brokers .chip.warn")).hasText(broker);

            risk.keyboard().press("j");
            says(risk, "CANCELED", "400", "");
            assertThat(risk.locator("#ask .problem")).containsText("say the average price of all 400", patiently());
            look(risk, "unknown-refused");
            risk.keyboard().press("Escape");
            says(risk, "CANCELED", "400", "0.72");
            isTaken(risk);
            String first = "risk: canceled, 400 executed at 0.72";
            assertThat(unknown.locator("[tabulator-field=said]")).hasText(first, hasTextPatiently());
            says(risk, "CANCELED", "400", "0.72");
            assertThat(risk.locator("#ask .problem")).containsText("somebody else has to say the same", patiently());
            risk.keyboard().press("Escape");

            Locator same = operations.locator("#unknown-grid .tabulator-row");
            assertThat(same.locator("[tabulator-field=said]")).hasText(first, hasTextPatiently());
            operations.keyboard().press("j");
            assertThat(operations.locator("#unknown-route")).containsText("somebody else has to say the same");
            operations.keyboard().press("r");
            because(operations, "Their desk is back.");
            assertThat(gates).containsText("reconciling", patiently());
            says(operations, "REJECTED", "0", "");
            isTaken(operations);
            assertThat(same.locator("[tabulator-field=said]"))
                    .hasText("operations: rejected, 0 executed", hasTextPatiently());
            assertThat(operations.locator("#unknown-route tbody tr")).hasCount(2);
            look(operations, "unknown");

            assertThat(unknown.locator("[tabulator-field=said]")).containsText("operations", patiently());
            says(risk, "REJECTED", "0", "");
            isTaken(risk);
            assertThat(unknown).hasCount(0, gone());
            assertThat(same).hasCount(0, gone());
            assertThat(operations.locator("#unknown-route")).isHidden();
            operations.keyboard().press("1");
            assertThat(operations.locator("#unknown-open")).isHidden();
        } finally {
            clock.waitNoMore();
        }
        assertThat(errors).isEmpty();
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
            assertThat(risk.locator("#ask .problem")).containsText("zero or above", patiently());
            look(risk, "limit-refused");
            risk.keyboard().press("Escape");
            isTaken(risk);
            Locator own = risk.locator("#limit-changes .change");
            propose(risk, "13000000");
            isTaken(risk);
            assertThat(own).containsText("13 000 000 USD", patiently());
            own.locator("button:text-is('Withdraw')").press("Enter");
            because(risk, "Meant another one.");
            assertThat(own).hasCount(0, gone());
            propose(risk, "14000000");
            isTaken(risk);
            assertThat(own).containsText("15 000 000 USD → 14 000 000 USD", patiently());
            assertThat(own.locator("button:text-is('Approve')")).isDisabled();
            assertThat(limits.locator("[tabulator-field=value]")).hasText("15 000 000");

            signIn(compliance, "compliance");
            compliance.keyboard().press("8");
            assertThat(compliance.locator("#limit-propose")).isHidden();
            Locator waiting = compliance.locator("#limit-changes .change");
            assertThat(waiting).containsText("proposed by risk", patiently());
            look(compliance, "limits");
            waiting.locator("button:text-is('Approve')").press("Enter");
            because(compliance, "Agreed with the head of trading.");
            assertThat(waiting).hasCount(0, gone());

            assertThat(limits.locator("[tabulator-field=value]")).hasText("14 000 000", hasTextPatiently());
            assertThat(limits.locator("[tabulator-field=approvedBy]")).hasText("compliance");
            risk.locator("#limit-decided").check();
            assertThat(own).hasCount(2);
            assertThat(own.first()).containsText("approved by compliance", patiently());
            assertThat(own.last()).containsText("withdrawn by risk");
            risk.keyboard().press("k");
            assertThat(risk.locator("#limit tbody tr")).hasCount(2);
            risk.setViewportSize(900, 900);
            look(risk, "limits-narrow");
        }
    }

    /** After the others have traded: this stops and opens everything. */
    @Test
    @Order(2)
    void one_person_stops_everything_by_keyboard_and_two_open_it_again() {
        // No broker answers: the cancel stays on its way.
        clock.waitAt(clock.instant());
        try (Page trader = page();
                Page risk = page();
                Page compliance = page()) {
            signIn(trader, "trader");
            send(trader, "HSBA.XLON", "700");
            Locator route = trader.locator("#order h3:has-text('Routes') + table tbody tr td");
            assertThat(route.nth(1)).isVisible(VISIBLE);

            signIn(risk, "risk");
            risk.keyboard().press("9");
            assertThat(risk.locator("#stop-form [name=reason]")).isFocused();
            assertThat(risk.locator("#stop-now")).containsText("Stop: The firm, and cancel what works");
            assertThat(risk.locator("#stop-count")).hasText("nothing is stopped");
            risk.keyboard().type("The feed shows prices of yesterday.");
            risk.keyboard().press("Enter");
            Locator halted = risk.locator("#switch-grid .tabulator-row");
            assertThat(halted).containsText("halted", patiently());
            assertThat(halted).containsText("The firm");
            assertThat(risk.locator("#switch")).containsText("What it cancelled, not all over", patiently());
            assertThat(risk.locator("#switch .outcomes")).containsText("waiting");
            assertThat(risk.locator("#alerts")).containsText("trading stopped", patiently());
            assertThat(trader.locator("#stopped")).hasText("trading is stopped", hasTextPatiently());
            look(risk, "stop");
            trader.reload();
            assertThat(trader.locator("#stream")).hasText("live");
            send(trader, "VOD.XLON", "900");
            assertThat(trader.locator("#ticket .answer")).containsText("Trading is stopped here", patiently());

            risk.keyboard().press("Escape");
            risk.keyboard().press("j");
            risk.keyboard().press("o");
            risk.locator("#ask [name=reason]").fill("The feed is mended.");
            risk.keyboard().press("Enter");
            isTaken(risk);
            assertThat(risk.locator("#switch button:has-text('Approve')")).isDisabled();
            assertThat(risk.locator("#stop-count")).hasText("1 stopped, 1 to approve");

            signIn(compliance, "compliance");
            compliance.keyboard().press("9");
            assertThat(compliance.locator("#switch-grid .tabulator-row")).containsText("asked by risk", patiently());
            compliance.keyboard().press("Escape");
            compliance.keyboard().press("j");
            assertThat(compliance.locator("#switch")).containsText("The feed is mended.", patiently());
            compliance.setViewportSize(700, 900);
            look(compliance, "stop-narrow");
            compliance.setViewportSize(1500, 900);
            compliance.keyboard().press("p");
            because(compliance, "I watched it too.");
            assertThat(compliance.locator("#switch-grid .tabulator-row")).containsText("active", patiently());
            assertThat(trader.locator("#stopped")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
            look(compliance, "stop-opened");
        } finally {
            clock.waitNoMore();
        }
        assertThat(errors).isEmpty();
    }

    @Test
    @Order(3)
    void what_a_soft_rule_holds_is_let_pass_or_refused_by_somebody_of_risk_and_by_nobody_else() {
        // The market stands still: what a rule measured does not go further beyond its limit while somebody looks at
        // it.
        clock.waitAt(clock.instant());
        try (Page trader = page();
                Page risk = page();
                Page compliance = page()) {
            signIn(risk, "risk");
            signIn(compliance, "compliance");
            signIn(trader, "trader");
            assertThat(risk.locator("#held")).isHidden();
            sendAtLimit(trader, "GEQ1", "1000", "0.80");
            assertThat(trader.locator("#ticket .answer"))
                    .containsText("Held. It waits for somebody of risk", patiently());
            assertThat(risk.locator("#held")).hasText("1 to approve", hasTextPatiently());
            assertThat(risk.locator("#alert-chip")).containsText("alert");
            risk.keyboard().press("!");
            assertThat(risk.locator("#alert-list")).containsText("rule blocked", patiently());
            assertThat(risk.locator("#alert-list")).containsText("PRICE_COLLAR");
            assertThat(risk.locator("#alert-list")).containsText("decision held");
            look(risk, "alerts");
            risk.keyboard().press("Escape");
            assertThat(risk.locator("#alert-panel")).isHidden();

            trader.keyboard().press("Escape");
            trader.keyboard().press("Escape");
            trader.keyboard().press("0");
            trader.keyboard().press("j");
            assertThat(trader.locator("#approval-why")).containsText("only risk lets it pass", patiently());
            assertThat(trader.locator("#approval button:has-text('Let it pass')"))
                    .isDisabled();
            trader.keyboard().press("p");
            assertThat(trader.locator(".notice")).containsText("Only risk lets it pass");
            assertThat(trader.locator("#ask")).isHidden();
            compliance.keyboard().press("0");
            compliance.keyboard().press("j");
            assertThat(compliance.locator("#approval-why")).containsText("Only risk", patiently());
            compliance.keyboard().press("x");
            assertThat(compliance.locator(".notice")).containsText("Only risk refuses it");
            assertThat(compliance.locator("#ask")).isHidden();

            risk.keyboard().press("0");
            Locator waiting = risk.locator("#approval-grid .tabulator-row");
            assertThat(waiting).hasCount(1);
            assertThat(waiting).containsText("price outside collar");
            assertThat(waiting.locator("[tabulator-field=by]")).hasText("trader");
            assertThat(waiting.locator("[tabulator-field=kind]")).hasText("New order");
            assertThat(waiting.locator("[tabulator-field=waited]"))
                    .containsText(Pattern.compile("\\d+ (s|min)"), patiently());
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
            assertThat(risk.locator(".notice.good").last()).containsText("It passed", patiently());
            assertThat(waiting).hasCount(0, gone());
            assertThat(risk.locator("#approval header .tag")).hasText("accepted", hasTextPatiently());
            assertThat(risk.locator("#approval")).containsText("overridden by risk");
            assertThat(risk.locator("#held")).isHidden();
            assertThat(trader.locator("#approval-grid .tabulator-row")).hasCount(0, gone());
            trader.keyboard().press("1");
            assertThat(trader.locator("#orders .tabulator-row").first()).isVisible(VISIBLE);

            sendAtLimit(trader, "GEQ1", "2000", "0.81");
            assertThat(waiting).hasCount(1, gone());

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
            assertThat(trader.locator(".notice").last()).containsText("waits for somebody of risk", patiently());
            assertThat(trader.locator("#order")).containsText("Waits to be let pass", patiently());
            assertThat(risk.locator("#held")).hasText("2 to approve", hasTextPatiently());
            assertThat(waiting).hasCount(2, gone());
            Locator amendment = risk.locator("#approval-grid .tabulator-row:has-text('Amendment')");
            assertThat(amendment.locator("[tabulator-field=price]")).hasText("0.6 → 0.82");
            amendment.click();
            assertThat(risk.locator("#approval")).containsText("Asked for by", patiently());
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
            assertThat(risk.locator(".notice.good").last()).containsText("It passed", patiently());
            assertThat(waiting).hasCount(1, gone());
            assertThat(risk.locator("#approval header .tag")).hasText("accepted", hasTextPatiently());
            assertThat(risk.locator("#approval")).containsText("overridden by risk");
            assertThat(trader.locator("#order")).not().containsText("Waits to be let pass", patiently());

            waiting.click();
            asks(risk, "x");
            because(risk, "Nobody at the client knows of it.");
            assertThat(waiting).hasCount(0, gone());
            assertThat(risk.locator("#approval header .tag")).hasText("refused", hasTextPatiently());
            assertThat(risk.locator("#approval")).containsText("refused by risk");
        } finally {
            clock.waitNoMore();
        }
        assertThat(errors).isEmpty();
    }

    @Test
    @Order(4)
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
            assertThat(bars).hasCount(1, gone());
            assertThat(bars).containsText("EQUITY");
            trader.keyboard().press("Escape");
            send(trader, "BTC/USD.XBTS", "1");
            assertThat(bars).hasCount(2, gone());
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
        assertThat(errors).isEmpty();
    }

    @Test
    void a_clerk_works_on_many_breaks_by_keyboard_and_a_second_person_agrees_to_close_what_is_material()
            throws Exception {
        SampleBreaks.write(suite.postgres(), DATE);
        var second = MachineUser.signUp(suite.postgres(), "olsen");
        try (Page clerk = page();
                Page other = page()) {
            signIn(clerk, "operations");
            clerk.keyboard().press("4");
            Locator rows = clerk.locator("#break-grid .tabulator-row");
            assertThat(rows.first()).containsText("price", patiently());
            assertThat(rows.first()).containsText("material");
            Locator count = clerk.locator("#break-count");
            assertThat(count).hasText("the first 200 of 452, ages as of " + DATE, hasTextPatiently());
            Locator ages = clerk.locator("[data-chart=ages]");
            assertThat(ages.locator("canvas")).isVisible(VISIBLE);
            assertThat(ages)
                    .hasAttribute("aria-label", Pattern.compile("Open breaks by age.* 0-1: \\d+, .*31\\+: \\d+\\."));
            look(clerk, "breaks");
            clerk.setViewportSize(760, 900);
            look(clerk, "breaks-narrow");
            clerk.setViewportSize(1500, 900);

            // The rest comes as somebody scrolls towards it.
            clerk.locator("#break-grid .tabulator-tableholder").evaluate("list => list.scrollTop = list.scrollHeight");
            assertThat(count).hasText("the first 400 of 452, ages as of " + DATE, hasTextPatiently());
            clerk.locator("#break-filters [name=breakClass]").selectOption("CASH_BALANCE");
            assertThat(count).hasText(Pattern.compile("5\\d breaks, .*"), hasTextPatiently());
            clerk.keyboard().press("/");
            clerk.keyboard().type("t-20261118-00007");
            assertThat(count).hasText(Pattern.compile("1 break, .*"), hasTextPatiently());
            clerk.locator("#break-filters button[type=reset]").press("Enter");
            assertThat(count).hasText("the first 200 of 452, ages as of " + DATE, hasTextPatiently());

            // Two are marked: what is done is done to both, and each is answered.
            clerk.keyboard().press("j");
            clerk.keyboard().press(" ");
            clerk.keyboard().press("j");
            clerk.keyboard().press(" ");
            assertThat(clerk.locator("#break-bulk b")).hasText("2 marked");
            asks(clerk, "y");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator(".notice.good").last()).containsText("2 breaks", patiently());
            assertThat(rows.first().locator("[tabulator-field=causeCode]")).hasText("commission", hasTextPatiently());
            assertThat(clerk.locator("#break-bulk")).isHidden();
            clerk.keyboard().press("A");
            assertThat(clerk.locator("#break-bulk b")).hasText("200 marked");
            asks(clerk, "o");
            clerk.locator("#ask [name=owner]").fill("nobody.at.all");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator(".notice.bad").last()).containsText("Not done for 200 breaks", patiently());
            look(clerk, "breaks-refused");
            clerk.locator(".notice.bad button").last().press("Enter");

            rows.first().click();
            assertThat(clerk.locator("#break header")).containsText("price", patiently());
            assertThat(clerk.locator("#break .sides")).containsText("Our side", patiently());
            assertThat(clerk.locator("#break .sides")).containsText("Nothing of it came from them.");
            asks(clerk, "c");
            clerk.locator("#ask [name=text]").fill("Asked ALFA by telephone.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("Asked ALFA by telephone.", patiently());
            Path answer = folder.resolve("answer.txt");
            Files.writeString(answer, "ALFA says the fee is theirs.");
            clerk.locator("#break input[type=file]").setInputFiles(answer);
            assertThat(clerk.locator("#break a[download='answer.txt']")).isVisible(VISIBLE);
            asks(clerk, "x");
            clerk.locator("#ask [name=resolution]").selectOption("CORRECTED_BY_THEM");
            clerk.locator("#ask [name=causeCode]").selectOption("COMMISSION");
            clerk.locator("#ask [name=reason]").fill("A corrected statement comes.");
            clerk.keyboard().press("Enter");
            isTaken(clerk);
            assertThat(clerk.locator("#break")).containsText("Somebody else has to agree", patiently());
            assertThat(clerk.locator("#break button:has-text('Agree')")).isDisabled();
            look(clerk, "breaks-closing");
            clerk.setViewportSize(760, 900);
            clerk.locator("#break").scrollIntoViewIfNeeded();
            look(clerk, "breaks-closing-narrow");
            clerk.setViewportSize(1500, 900);
            asks(clerk, "p");
            clerk.locator("#ask [name=reason]").fill("Myself.");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).isVisible(VISIBLE);
            clerk.keyboard().press("Escape");

            signIn(other, second.name(), second.password());
            other.keyboard().press("4");
            other.locator("#break-part button:has-text('Second person')").click();
            Locator waiting = other.locator("#break-grid .tabulator-row");
            assertThat(waiting).hasCount(1, gone());
            other.keyboard().press("j");
            assertThat(other.locator("#break")).containsText("operations wants to close it", patiently());
            asks(other, "p");
            because(other, "The corrected statement is here.");
            assertThat(waiting).hasCount(0, gone());
            assertThat(other.locator("#break header .tag").first()).hasText("closed", hasTextPatiently());

            clerk.locator("#break-part button:has-text('Causes')").click();
            assertThat(clerk.locator("#break-other")).containsText("business days", patiently());
            look(clerk, "breaks-causes");
            clerk.locator("#break-part button:has-text('Sign-off')").click();
            clerk.locator("#break-other tr:has-text('custodian cash') button").press("Enter");
            clerk.keyboard().press("Enter");
            assertThat(clerk.locator("#ask .problem")).containsText("has not been reconciled", patiently());
            look(clerk, "breaks-sign-off");
        }
        assertThat(errors).isEmpty();
    }

    /** A limit far above the market is what only a soft rule objects to. */
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

    private static void because(Page page, String reason) {
        assertThat(page.locator("#ask [name=reason]")).isFocused();
        page.keyboard().type(reason);
        page.keyboard().press("Enter");
        isTaken(page);
    }

    /** The dialog stays open while it is not answered, and while it is refused. */
    private static void isTaken(Page page) {
        assertThat(page.locator("#ask")).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
    }

    /** Once: a question that was left does not take the next key. */
    private static void asks(Page page, String key) {
        isTaken(page);
        page.keyboard().press(key);
        assertThat(page.locator("#ask form")).isVisible();
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

    @Test
    void a_wrong_password_is_said_so_on_the_page() {
        try (Page page = page()) {
            page.getByLabel("User").fill("trader");
            page.getByLabel("Password").fill("wrong");
            page.keyboard().press("Enter");
            assertThat(page.locator("#sign-in .problem")).containsText("The user name or the password is wrong");
        }
    }

    @Test
    void a_wrong_quantity_is_marked_with_what_to_do() {
        try (Page page = page()) {
            signIn(page, "trader");
            send(page, "VOD.XLON", "0");
            assertThat(page.locator("#ticket .problem")).containsText("QUANTITY_NOT_POSITIVE", patiently());
            assertThat(page.locator("#ticket [name=quantity]")).hasAttribute("aria-invalid", "true");
        }
    }

    @Test
    void a_clerk_has_no_order_ticket() {
        try (Page page = page()) {
            signIn(page, "operations");
            assertThat(page.locator("#new-order")).isHidden();
            page.keyboard().press("n");
            assertThat(page.locator("#ticket")).isHidden();
        }
    }

    /** By keyboard alone. */
    private static void send(Page page, String instrument, String quantity) {
        page.keyboard().press("n");
        assertThat(page.locator("#ticket [name=instrument]")).isFocused();
        page.keyboard().type(instrument);
        assertThat(page.locator("#ticket .quote")).containsText("tick");
        page.keyboard().press("Tab");
        page.keyboard().type(quantity);
        page.keyboard().press("Enter");
    }

    private static void run(Page page, String job) {
        Locator row = page.locator("[data-job='" + job + "']");
        row.getByText("Start", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("[data-job='" + job + "'][data-status='COMPLETED']"))
                .isVisible(VISIBLE);
        assertThat(row.locator("progress")).hasAttribute("value", "1");
    }

    /** Pictures for whoever wants to look at the page, in target/console. */
    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "console", name + ".png")));
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static LocatorAssertions.HasTextOptions hasTextPatiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(30_000);
    }

    private static LocatorAssertions.HasCountOptions gone() {
        return new LocatorAssertions.HasCountOptions().setTimeout(30_000);
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);
    }
}
