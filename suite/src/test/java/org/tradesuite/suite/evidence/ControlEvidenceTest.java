package org.tradesuite.suite.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.suite.clock.AcceleratedClock;
import org.tradesuite.suite.console.StrangeFill;
import org.tradesuite.suite.console.TradingHouse;
import org.tradesuite.suite.day.Clerk;
import org.tradesuite.suite.door.FrontDoor;
import org.tradesuite.suite.door.MachineUser;
import org.tradesuite.suite.house.Suite;
import org.tradesuite.suite.house.SuiteSettings;

/**
 * The reports of a day on which every control had something to do, held against the raw journal: rules that passed, warned
 * and blocked, a block that was let pass, limits that two persons changed, the stop button, a breaker, an execution that
 * nobody ordered, an order nobody knew the state of.
 */
class ControlEvidenceTest {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
    private static final Instant MORNING = Instant.parse("2026-11-18T10:00:00Z");

    @TempDir
    private static Path folder;

    private static final AcceleratedClock clock = AcceleratedClock.startingAt(MORNING, 30);
    private static Suite suite;
    private static JdbcClient owner;
    private static JournalCount journal;

    @BeforeAll
    static void a_day_on_which_every_control_has_something_to_do() throws Exception {
        suite = Suite.start(SuiteSettings.of(TradingHouse.settings(folder)), clock);
        TradingHouse.openForTrading(suite, DATE);
        owner = JdbcClient.create(suite.postgres().database().dataSource(DatabaseRole.OWNER));
        var maria = new Desk(new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "maria")));
        var riley = new Desk(new FrontDoor(suite.address(), MachineUser.signUp(suite.postgres(), "riley")));

        changesLimit(maria, riley, "MAX_ORDER_QUANTITY", "1100", ", \"warnAt\": \"500\"", "", "approve");
        changesLimit(maria, riley, "MAX_ORDER_QUANTITY", "9000", "", "", "reject");
        warned(maria);
        letPass(maria, riley);
        letAmendmentPass(maria, riley);
        refused(maria, riley);
        executesWhatNobodyOrdered();
        stopped(maria, riley);
        unknown(maria, riley);
        changesLimit(
                maria,
                riley,
                "MAX_ORDER_QUANTITY",
                "5000",
                "",
                ", \"validUntil\": \"2026-11-18T20:00:00Z\"",
                "approve");
        trips(maria, riley);

        maria.door().tradingDays().closeTradingDay(DATE);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> maria.door()
                        .tradingDays()
                        .getTradingDay(DATE)
                        .getStatus()
                        .getValue()
                        .equals("CLOSED"));
        var clerk = new Clerk(maria.door());
        clerk.complete("reporting", "limit-utilisation", DATE, 1);
        clerk.complete("reporting", "control-evidence", DATE, 1);
        journal = new JournalCount(owner);
        keep("limits-2026-11-18.pdf");
        keep("control-evidence-2026-11-18.pdf");
    }

    @AfterAll
    static void close() {
        if (suite != null) {
            suite.close();
        }
    }

    private static void changesLimit(
            Desk maker, Desk checker, String kind, String value, String more, String validity, String how)
            throws InterruptedException {
        var version = maker.door().limits().getLimits(null).getVersion();
        var change = maker.posts("/execution/limit-changes", """
            {"version": %d, "reason": "A quiet day."%s,
             "items": [{"rule": "%s", "scope": "ACCOUNT", "scopeId": "GEQ1", "value": "%s"%s}]}
            """.formatted(version, validity, kind, value, more));
        checker.posts(
                "/execution/limit-changes/" + change.path("changeId").asInt() + "/" + how,
                "{\"reason\": \"Looked at it.\"}");
    }

    private static void warned(Desk desk) throws InterruptedException {
        var decision = desk.buys("VOD.XLON", "1000", "");
        assertThat(decision.path("status").asString()).isEqualTo("ACCEPTED");
        desk.waitsForRoute(decision.path("orderId").asString(), "FILLED"::equals);
    }

    private static void letPass(Desk desk, Desk risk) throws InterruptedException {
        var decision = desk.buys("VOD.XLON", "1200", "");
        assertThat(decision.path("status").asString()).isEqualTo("HELD");
        var passed = risk.posts(
                "/execution/decisions/" + decision.path("decisionId").asString() + "/override",
                "{\"version\": 1, \"reason\": \"The client confirmed the size by telephone.\"}");
        assertThat(passed.path("status").asString()).isEqualTo("ACCEPTED");
        desk.waitsForRoute(passed.path("orderId").asString(), "FILLED"::equals);
    }

    /** An order that waits far below the market becomes larger than one may be. */
    private static void letAmendmentPass(Desk desk, Desk risk) throws InterruptedException {
        var order = desk.buys("VOD.XLON", "390", "0.60").path("orderId").asString();
        desk.waitsForRoute(order, "NEW"::equals);
        var held = desk.posts(
                "/execution/orders/" + order + "/amend", "{\"quantity\": \"1250\", \"reason\": \"They want more.\"}");
        assertThat(held.path("amendment").path("status").asString()).isEqualTo("HELD");
        var passed = risk.posts(
                "/execution/orders/" + order + "/amend/override",
                "{\"version\": 1, \"reason\": \"They confirmed it in writing.\"}");
        assertThat(passed.path("quantity").asString()).isEqualTo("1250");
        desk.posts("/execution/orders/" + order + "/cancel", "{\"reason\": \"They want nothing.\"}");
        desk.waitsForRoute(order, "CANCELED"::equals);
    }

    private static void refused(Desk desk, Desk risk) throws InterruptedException {
        var held = desk.buys("VOD.XLON", "1300", "");
        assertThat(held.path("status").asString()).isEqualTo("HELD");
        risk.posts(
                "/execution/decisions/" + held.path("decisionId").asString() + "/refuse",
                "{\"reason\": \"Nobody at the client knows of it.\"}");
        var hard = desk.decides("SELL", "SAP.XETR", "9000000", "");
        assertThat(hard.path("status").asString()).isEqualTo("REFUSED");
    }

    private static void executesWhatNobodyOrdered() throws Exception {
        StrangeFill.execute("PHONE-1");
        await().atMost(Duration.ofSeconds(30)).until(() -> events("external-reported") == 1);
    }

    /** An order that waits far below the market is with its broker when the button is pressed. */
    private static void stopped(Desk desk, Desk risk) throws InterruptedException {
        var working = desk.buys("VOD.XLON", "400", "0.60").path("orderId").asString();
        desk.waitsForRoute(working, "NEW"::equals);
        desk.posts(
                "/execution/switches",
                "{\"scope\": {}, \"state\": \"HALTED\", \"cancelling\": true, \"reason\": \"The yearly test.\"}");
        desk.waitsForRoute(working, "CANCELED"::equals);
        assertThat(desk.buys("VOD.XLON", "410", "").path("status").asString()).isEqualTo("REFUSED");
        desk.posts("/execution/switches/FIRM/reopen", "{\"to\": \"ACTIVE\", \"reason\": \"The test is over.\"}");
        risk.posts("/execution/switches/FIRM/reopen/approve", "{\"reason\": \"I watched it too.\"}");
    }

    private static void unknown(Desk desk, Desk risk) throws InterruptedException {
        // From here on no broker answers: its answers are due by this clock.
        clock.waitAt(clock.instant());
        try {
            var order = desk.buys("VOD.XLON", "420", "").path("orderId").asString();
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            !desk.door().orders().getOrder(order).getRoutes().isEmpty());
            var broker =
                    desk.door().orders().getOrder(order).getRoutes().getFirst().getBrokerId();
            desk.posts("/execution/brokers/" + broker + "/reconcile", "{\"reason\": \"It is silent.\"}");
            risk.posts("/execution/brokers/" + broker + "/open", "{\"reason\": \"Their desk says that it works.\"}");
            await().atMost(Duration.ofSeconds(30)).until(() -> events("route-unknown") > 0);
        } finally {
            clock.waitNoMore();
        }
    }

    /** One more execution of the strategy than it may have in a minute, and it is stopped by itself. */
    private static void trips(Desk desk, Desk risk) throws InterruptedException {
        var version = desk.door().limits().getLimits(null).getVersion();
        var change = desk.posts("/execution/limit-changes", """
            {"version": %d, "reason": "The breaker is tested.",
             "items": [{"rule": "MAX_REPEATED_EXECUTIONS", "scope": "STRATEGY", "scopeId": "VALUE", "value": "0"}]}
            """.formatted(version));
        risk.posts(
                "/execution/limit-changes/" + change.path("changeId").asInt() + "/approve",
                "{\"reason\": \"Looked at it.\"}");
        var order = desk.buys("VOD.XLON", "430", "");
        desk.waitsForRoute(order.path("orderId").asString(), "FILLED"::equals);
        await().atMost(Duration.ofSeconds(30)).until(() -> events("switch-set") == 2);
    }

    private static long events(String type) {
        return owner.sql("select count(*) from journal.event where chain = 'execution-0' and type = ?")
                .param(type)
                .query(Long.class)
                .single();
    }

    /** For whoever wants to look at the pages. */
    private static void keep(String name) throws IOException {
        var looked = Path.of("target", "looked-at");
        Files.createDirectories(looked);
        Files.copy(out(name), looked.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path out(String name) {
        return folder.resolve("out")
                .resolve(DATE.toString())
                .resolve("reporting")
                .resolve(name);
    }

    private static List<NamedCsvRecord> csv(String stem) throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(out(stem + "-" + DATE + ".csv"))) {
            return rows.stream().toList();
        }
    }

    private static NamedCsvRecord only(List<NamedCsvRecord> rows, String column, String value) {
        var found =
                rows.stream().filter(row -> row.getField(column).equals(value)).toList();
        assertThat(found).as(column + " " + value).hasSize(1);
        return found.getFirst();
    }

    private static long number(NamedCsvRecord row, String column) {
        var text = row.getField(column);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    @Test
    void every_limit_s_peak_and_counts_of_the_daily_report_are_the_journal_s() throws IOException {
        var expected = journal.answers().stream()
                .filter(JournalCount.Answer::isOfLimit)
                .collect(Collectors.groupingBy(answer -> answer.rule() + " " + answer.whose()));
        var rows = csv("limits");
        assertThat(rows).hasSize(expected.size()).hasSizeGreaterThan(20);
        for (var row : rows) {
            var key = row.getField("rule") + " " + row.getField("scope") + ":" + row.getField("scope_id");
            var answers = expected.getOrDefault(key, List.of());
            assertThat(answers).as(key).isNotEmpty();
            assertThat(new BigDecimal(row.getField("peak")))
                    .as(key)
                    .isEqualByComparingTo(answers.stream()
                            .map(JournalCount.Answer::measured)
                            .max(Comparator.naturalOrder())
                            .orElseThrow());
            assertThat(number(row, "asked")).as(key).isEqualTo(answers.size());
            assertThat(number(row, "warnings")).as(key).isEqualTo(count(answers, "WARN"));
            assertThat(number(row, "blocks")).as(key).isEqualTo(count(answers, "BLOCK"));
            assertThat(number(row, "overrides"))
                    .as(key)
                    .isEqualTo(answers.stream()
                            .filter(JournalCount.Answer::letPass)
                            .count());
        }
        var quantity = rows.stream()
                .filter(row -> row.getField("rule").equals("MAX_ORDER_QUANTITY")
                        && row.getField("scope_id").equals("GEQ1"))
                .toList();
        assertThat(quantity).hasSize(1);
        assertThat(number(quantity.getFirst(), "warnings")).isPositive();
        assertThat(number(quantity.getFirst(), "overrides")).isEqualTo(2);
    }

    private static long count(List<JournalCount.Answer> answers, String verdict) {
        return answers.stream()
                .filter(answer -> answer.verdict().equals(verdict))
                .count();
    }

    @Test
    void the_exceptions_of_the_daily_report_are_every_block_of_the_journal_and_who_let_pass_two() throws IOException {
        var rows = csv("limit-exceptions");
        assertThat(rows).hasSize((int) count(journal.answers(), "BLOCK")).hasSizeGreaterThan(4);
        assertThat(rows)
                .filteredOn(row -> !row.getField("overridden_by").isEmpty())
                .allSatisfy(row -> {
                    assertThat(row.getField("overridden_by")).isEqualTo("riley");
                    assertThat(row.getField("outcome")).isEqualTo("ACCEPTED");
                    assertThat(row.getField("rule")).isEqualTo("MAX_ORDER_QUANTITY");
                    assertThat(row.getField("limit")).isEqualTo("1100");
                })
                .extracting(row -> row.getField("subject") + " " + row.getField("measured"))
                .containsExactly("DECISION 1200", "AMENDMENT 1250");
        assertThat(rows)
                .filteredOn(row -> row.getField("outcome").equals("HELD"))
                .extracting(row -> row.getField("subject"))
                .containsExactly("DECISION", "AMENDMENT", "DECISION");
    }

    @Test
    void the_changes_of_the_daily_report_have_their_maker_and_checker_and_the_raise_its_end() throws IOException {
        var changes = csv("limit-changes");
        assertThat(changes)
                .filteredOn(row -> row.getField("kind").equals("MAX_ORDER_QUANTITY"))
                .extracting(row -> row.getField("amount") + " " + row.getField("maker") + " " + row.getField("checker"))
                .contains("1100 maria riley", "5000 maria riley")
                .noneMatch(text -> text.startsWith("9000"));
        assertThat(only(changes, "amount", "5000").getField("until")).isEqualTo("2026-11-18T20:00:00Z");
        assertThat(changes).extracting(row -> row.getField("what")).contains("switch-set", "switch-reopened");
    }

    @Test
    void each_rule_of_the_inventory_has_what_the_journal_says_it_answered() throws IOException {
        var expected = journal.answers().stream()
                .collect(Collectors.groupingBy(answer -> answer.rule() + " " + answer.version()));
        var rows = csv("control-rules");
        assertThat(rows).hasSizeGreaterThan(50);
        for (var row : rows) {
            var answers = expected.getOrDefault(row.getField("rule") + " " + row.getField("version"), List.of());
            assertThat(number(row, "asked")).as(row.getField("rule")).isEqualTo(answers.size());
            assertThat(number(row, "passed")).isEqualTo(count(answers, "PASS"));
            assertThat(number(row, "warned")).isEqualTo(count(answers, "WARN"));
            assertThat(number(row, "blocked")).isEqualTo(count(answers, "BLOCK"));
            assertThat(row.getField("inventory")).isEqualTo(answers.isEmpty() ? "never asked" : "in force");
            assertThat(row.getField("asked").isEmpty()).isEqualTo(answers.isEmpty());
        }
        assertThat(only(rows, "rule", "MAX_ORDER_QUANTITY").getField("let_pass"))
                .isEqualTo("2");
        assertThat(only(rows, "rule", "SHORT_SALE").getField("block")).isEqualTo("hard");
    }

    @Test
    void the_use_of_the_stop_button_is_told_to_the_last_cancel_and_to_who_opened_again() throws IOException {
        var rows = csv("control-stops");
        assertThat(rows).hasSize(journal.of("switch-set")).hasSize(2);
        var test = only(rows, "scope", "FIRM");
        assertThat(test.getField("stopped_by")).isEqualTo("maria");
        assertThat(test.getField("how")).isEqualTo("by hand");
        assertThat(test.getField("reason")).isEqualTo("The yearly test.");
        assertThat(test.getField("working")).isEqualTo("1");
        assertThat(test.getField("cancelled")).isEqualTo("1");
        assertThat(test.getField("unanswered")).isEqualTo("0");
        assertThat(new BigDecimal(test.getField("released_ms"))).isNotNegative();
        assertThat(new BigDecimal(test.getField("answered_ms"))).isPositive();
        assertThat(test.getField("asked_by")).isEqualTo("maria");
        assertThat(test.getField("approved_by")).isEqualTo("riley");
        var tripped = rows.stream()
                .filter(row -> !row.getField("scope").equals("FIRM"))
                .toList();
        assertThat(tripped.getFirst().getField("how")).isEqualTo("automatic");
        assertThat(tripped.getFirst().getField("reopened")).isEqualTo("still stopped");
    }

    @Test
    void what_was_let_pass_has_both_persons_and_the_reason() throws IOException {
        assertThat(csv("control-overrides"))
                .extracting(row -> String.join(
                        " ",
                        row.getField("subject"),
                        row.getField("handed_in_by"),
                        row.getField("let_pass_by"),
                        row.getField("reason")))
                .containsExactly(
                        "decision maria riley The client confirmed the size by telephone.",
                        "amendment maria riley They confirmed it in writing.");
    }

    @Test
    void the_changes_of_limits_have_approved_and_rejected_ones_and_the_limits_in_force_are_the_versions_of_that_moment()
            throws IOException {
        var changes = csv("control-limit-changes");
        assertThat(changes)
                .filteredOn(row -> !row.getField("change_id").isEmpty())
                .extracting(row -> row.getField("amount") + " " + row.getField("status") + " "
                        + row.getField("proposed_by") + " " + row.getField("decided_by"))
                .containsExactly(
                        "1100 APPROVED maria riley",
                        "9000 REJECTED maria riley",
                        "5000 APPROVED maria riley",
                        "0 APPROVED maria riley");
        assertThat(csv("control-limits"))
                .filteredOn(row -> row.getField("kind").equals("MAX_ORDER_QUANTITY")
                        && row.getField("scope").equals("ACCOUNT"))
                .as("the raise has returned by itself before the end of the day")
                .singleElement()
                .satisfies(row -> assertThat(row.getField("amount")).isEqualTo("1100"));
    }

    @Test
    void breakers_and_incidents_are_counted_from_the_journal() throws IOException {
        assertThat(csv("control-breakers"))
                .as("no market halted anything")
                .hasSize(journal.of("breaker-moved"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getField("what")).isEqualTo("breaker strategy"));
        var incidents = csv("control-incidents");
        assertThat(number(only(incidents, "class", "Execution for an order that is not known"), "times"))
                .isEqualTo(journal.of("external-reported") + journal.of("orphan-reported"))
                .isPositive();
        assertThat(number(only(incidents, "class", "Order whose state nobody knew"), "times"))
                .isEqualTo(journal.of("route-unknown"))
                .isPositive();
        assertThat(only(incidents, "class", "Alerts as they were shown").getField("times"))
                .isEmpty();
        assertThat(csv("control-incident-list")).hasSize((int)
                incidents.stream().mapToLong(row -> number(row, "times")).sum());
    }

    @Test
    void the_breaches_are_the_blocks_and_warnings_that_measured_something() throws IOException {
        var rows = csv("control-breaches");
        var quantity = rows.stream()
                .filter(row -> row.getField("rule").equals("MAX_ORDER_QUANTITY")
                        && row.getField("scope_id").equals("GEQ1"))
                .toList();
        assertThat(quantity).hasSize(1);
        assertThat(quantity.getFirst().getField("let_pass")).isEqualTo("2");
        assertThat(rows.stream().mapToLong(row -> number(row, "blocked")).sum())
                .isEqualTo(journal.answers().stream()
                        .filter(answer -> answer.verdict().equals("BLOCK") && answer.isMeasured())
                        .count());
    }

    @Test
    void what_is_missing_is_said_and_what_is_there_is_not_called_missing() throws IOException {
        assertThat(csv("control-missing"))
                .extracting(row -> row.getField("subject"))
                .contains("Journal", "Period", "Trading days", "Limits", "Stress test and conformance tests")
                // Between them the decisions and the amendment were asked every rule.
                .doesNotContain("Rules", "Stop button", "Daily limit reports");
        assertThat(csv("control-days")).singleElement().satisfies(row -> {
            assertThat(row.getField("opened")).isEqualTo("1");
            assertThat(row.getField("reports")).isEqualTo("1");
        });
    }

    @Test
    void the_pages_are_kept_as_a_report_that_can_be_downloaded() throws IOException {
        assertThat(new String(
                        Files.readAllBytes(out("control-evidence-2026-11-18.pdf")), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
        assertThat(owner.sql("select count(*) from reporting.report where kind = 'CONTROL_EVIDENCE'")
                        .query(Long.class)
                        .single())
                .isEqualTo(12);
    }
}
