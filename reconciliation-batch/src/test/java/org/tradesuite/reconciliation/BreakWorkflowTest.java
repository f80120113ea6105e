package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.reconciliation.breaks.BreakLedger;

/** The life of a break at the desk: who may do what to it, how it ends, and how it comes again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BreakWorkflowTest {

    private static final LocalDate MON_23_NOV_2026 = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);
    private static final String CLOSE =
            "{\"resolution\":\"ACCEPTED\",\"causeCode\":\"FX_ROUNDING\",\"reason\":\"Agreed by phone.\"}";
    private static final String WRITE_OFF = "{\"causeCode\":\"FX_ROUNDING\",\"reason\":\"Not worth a call.\"}";

    private Desk desk;
    private DeskClerks clerks;

    @BeforeAll
    void open(@TempDir Path folder) {
        desk = new Desk(folder);
        clerks = new DeskClerks(desk);
        desk.open();
    }

    @AfterAll
    void close() {
        clerks.close();
        desk.close();
    }

    /** Everything from before is cleared, the books of each test are its own. */
    @BeforeEach
    void clear() {
        desk.sql("""
            truncate reconciliation.found_break, reconciliation.break, reconciliation.break_card,
                reconciliation.break_comment, reconciliation.break_attachment, reconciliation.adjustment, reconciliation.break_rollup, reconciliation.break_day,
                reconciliation.desk_day, reconciliation.sign_off, reconciliation.desk_request, reconciliation.chaser cascade;
            insert into reference.broker values ('ALFA', 'Alfa Securities', '9845TSALPHAFND000137', 'ALFAGB2LXXX', 'ACTIVE'),
                ('BRAVO', 'Bravo Bank', '9845TSALPHAFND000137', 'BRAVDEFFXXX', 'ACTIVE') on conflict do nothing;
            delete from reconciliation.desk_rule where proposed_by <> 'contract';
            update reconciliation.desk_rule set status = 'ACTIVE';
            """);
    }

    /** Whatever was done to breaks: what the list looks for is what they say. */
    @AfterEach
    void each_break_has_the_card_that_it_should_have() {
        assertThat(desk.rows("select count(*), count(distinct break_id) from reconciliation.break"))
                .isEqualTo(desk.rows("select count(*), count(distinct break_id) from reconciliation.break_card"));
        assertThat(desk.rows("""
            select break_id from (
                select * from reconciliation.carded_break except all select * from reconciliation.break_card) wrong
            """)).isEmpty();
    }

    /** A run that finds breaks of GEQ1 with ALFA: their keys, what they say, how much that is off, and the class. */
    private void run(LocalDate date, String... found) {
        desk.sql("delete from reconciliation.found_break");
        for (var each : found) {
            var words = each.split(" ", -1);
            desk.sql("""
                insert into reconciliation.found_break (job, reconciled_on, break_key, feed, break_class, account_id, broker_id,
                    currency, reference, ours, theirs, difference, amount_at_risk)
                values ('reconcile-brokers', '%s', '%s', 'BROKER_TRADE', '%s', 'GEQ1', 'ALFA', 'GBP', 'REF-%s', '100', '%s', '%s', %s)
                """.formatted(
                            date,
                            key(words[0]),
                            words.length > 3 ? words[3] : "AMOUNT",
                            words[0],
                            words[1],
                            words[2],
                            words[2].replace("-", "")));
        }
        new TransactionTemplate(desk.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> desk.bean(BreakLedger.class)
                        .carry("reconcile-brokers", date, 77L, List.of("BROKER_TRADE ALFA"), List.of()));
    }

    private static String key(String name) {
        return "%02x".formatted((int) name.charAt(0)) + name;
    }

    private String id(String name) {
        return desk.rows("select break_id from reconciliation.break where break_key = '" + key(name) + "'")
                .getFirst();
    }

    private String state(String name) {
        return desk.rows("select status, first_seen, reopened from reconciliation.break where break_key = '" + key(name)
                        + "'")
                .getFirst();
    }

    private DeskClerks.Answer on(String user, String name, String action, String body) {
        return clerks.post(user, "/breaks/" + id(name) + "/" + action, body);
    }

    @Test
    void a_break_that_clears_itself_says_which_run_cleared_it_and_comes_back_with_its_first_age() {
        run(FRI_20_NOV_2026, "a 110 10 MISSING_THEIRS");
        run(MON_23_NOV_2026);
        var cleared = clerks.get("tina", "/breaks/" + id("a")).json().path("break");
        assertThat(cleared.path("status").asString()).isEqualTo("RESOLVED");
        assertThat(cleared.path("clearedBy").toString())
                .contains("\"job\":\"reconcile-brokers\"", "\"businessDate\":\"2026-11-23\"", "\"runId\":\"77\"");
        run(TUE_24_NOV_2026, "a 110 10 MISSING_THEIRS");
        var again = clerks.get("tina", "/breaks/" + id("a")).json().path("break");
        assertThat(again.path("status").asString()).isEqualTo("OPEN");
        assertThat(again.path("firstSeen").asString()).isEqualTo("2026-11-20");
        assertThat(again.path("ageDays").asInt()).isEqualTo(2);
        assertThat(again.path("ageBucket").asString()).isEqualTo("2-3");
        assertThat(again.path("timesReopened").asInt()).isEqualTo(1);
        assertThat(again.has("clearedBy")).isFalse();
        var byRun = on("anna", "a", "reopen", "{\"reason\":\"Look again.\"}");
        assertThat(byRun.status()).as("an open one is open").isEqualTo(409);
    }

    @Test
    void a_closed_break_opens_when_they_say_something_else_and_one_closed_by_force_does_not() {
        run(FRI_20_NOV_2026, "a 110 10", "b 110 10");
        assertThat(on("anna", "a", "close", CLOSE).body()).contains("\"status\":\"CLOSED\"");
        assertThat(on("anna", "b", "force-close", CLOSE).body())
                .as("by force it takes two, however small")
                .contains("\"status\":\"CLOSING\"");
        assertThat(on("anna", "b", "force-close", CLOSE).code()).isEqualTo("MAKER_IS_CHECKER");
        assertThat(on("bert", "b", "close", CLOSE).body())
                .as("another kind of closing agrees with nobody; this one needs no second person")
                .contains("\"closingKind\":\"CLOSE\"");
        assertThat(on("bert", "b", "reopen", "{\"reason\":\"By force, please.\"}")
                        .status())
                .isEqualTo(200);
        on("anna", "b", "force-close", CLOSE);
        assertThat(on("bert", "b", "force-close", CLOSE).body())
                .contains("\"status\":\"CLOSED\"", "\"closingKind\":\"FORCE_CLOSE\"");
        run(MON_23_NOV_2026, "a 110 10", "b 110 10");
        assertThat(state("a")).isEqualTo("CLOSED 2026-11-20 0");
        run(TUE_24_NOV_2026, "a 111 11", "b 111 11");
        assertThat(state("a")).isEqualTo("OPEN 2026-11-20 1");
        assertThat(state("b")).startsWith("CLOSED 2026-11-20");
    }

    @Test
    void a_closing_that_waits_is_off_when_they_say_something_else_and_may_be_refused() {
        run(FRI_20_NOV_2026, "a 110 2000", "b 110 2000");
        assertThat(on("anna", "a", "close", CLOSE).body()).contains("\"status\":\"CLOSING\"");
        assertThat(on("anna", "b", "close", CLOSE).body()).contains("\"status\":\"CLOSING\"");
        assertThat(on("bert", "b", "reopen", "{\"reason\":\"Not agreed.\"}").body())
                .contains("\"status\":\"OPEN\"");
        run(MON_23_NOV_2026, "a 120 2010", "b 110 2000");
        assertThat(state("a")).isEqualTo("OPEN 2026-11-20 0");
        assertThat(desk.rows("select type from journal.event where stream = 'break/" + id("b") + "' order by version"))
                .containsExactly("BreakOpened", "BreakClosingAsked", "BreakClosingRefused");
    }

    @Test
    void a_break_is_written_off_up_to_the_tolerance_by_two_and_the_ledger_can_read_it() {
        run(FRI_20_NOV_2026, "a 110 25", "b 110 25.01", "c 110 -10");
        var above = on("anna", "b", "write-off", WRITE_OFF);
        assertThat(above.status()).isEqualTo(422);
        assertThat(above.code()).isEqualTo("WRITE_OFF_REFUSED");
        assertThat(on("anna", "a", "write-off", WRITE_OFF).body()).contains("\"status\":\"CLOSING\"");
        assertThat(on("anna", "a", "write-off", WRITE_OFF).code()).isEqualTo("MAKER_IS_CHECKER");
        assertThat(desk.rows("select * from reconciliation_api.adjustment")).isEmpty();
        assertThat(on("bert", "a", "write-off", WRITE_OFF).body())
                .contains("\"status\":\"CLOSED\"", "\"resolution\":\"WRITTEN_OFF\"");
        on("anna", "c", "write-off", WRITE_OFF);
        on("bert", "c", "write-off", WRITE_OFF);
        assertThat(desk.rows(
                        "select account_id, amount, base_currency, base_amount, asked_by, approved_by, reference from"
                                + " reconciliation_api.adjustment order by adjustment_id"))
                .containsExactly("GEQ1 25 GBP 25.00 anna bert REF-a", "GEQ1 -10 GBP -10.00 anna bert REF-c");
        run(MON_23_NOV_2026, "a 140 40", "c 110 -10");
        assertThat(state("a")).startsWith("OPEN");
        assertThat(desk.rows(
                        "select sum(amount), count(*) from reconciliation_api.adjustment where break_id = " + id("a")))
                .as("taken back, as the difference is open again")
                .containsExactly("0 2");
        assertThat(on("bert", "c", "reopen", "{\"reason\":\"They pay after all.\"}")
                        .body())
                .contains("\"status\":\"OPEN\"");
        var all = clerks.get("tina", "/adjustments?limit=3").json();
        assertThat(all.path("items").size()).isEqualTo(3);
        assertThat(all.has("nextCursor")).isTrue();
        var next = clerks.get(
                "tina", "/adjustments?limit=3&cursor=" + all.path("nextCursor").asString());
        assertThat(next.json().path("items").size()).isEqualTo(1);
    }

    @Test
    void nothing_is_written_off_without_a_tolerance_or_without_a_value() {
        run(FRI_20_NOV_2026, "a 110 5");
        desk.sql("update reconciliation.desk_rule set status = 'REPLACED' where kind = 'TOLERANCE'");
        assertThat(on("anna", "a", "write-off", WRITE_OFF).body()).contains("WRITE_OFF_REFUSED", "No tolerance");
        desk.sql("update reconciliation.break set money_at_risk = null");
        assertThat(on("anna", "a", "write-off", WRITE_OFF).body()).contains("WRITE_OFF_REFUSED", "no money at risk");
    }

    @Test
    void the_same_request_again_changes_nothing_and_another_one_under_its_key_is_refused() {
        run(FRI_20_NOV_2026, "a 110 2000");
        var path = "/breaks/" + id("a") + "/close";
        assertThat(clerks.post("anna", path, CLOSE, "anna-0001").body()).contains("\"status\":\"CLOSING\"");
        var again = clerks.post("anna", path, CLOSE, "anna-0001");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).contains("\"status\":\"CLOSING\"");
        assertThat(clerks.post("bert", path, CLOSE, "anna-0001").body())
                .as("a key is its owner's own")
                .contains("\"status\":\"CLOSED\"");
        var other = clerks.post("anna", path, CLOSE.replace("ACCEPTED", "TIMING"), "anna-0001");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void who_looked_at_an_older_version_is_told_so() {
        run(FRI_20_NOV_2026, "a 110 10");
        assertThat(on("anna", "a", "owner", "{\"owner\":\"bert\",\"version\":0}")
                        .status())
                .isEqualTo(200);
        var stale = on("bert", "a", "close", CLOSE.replace("{", "{\"version\":0,"));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("STALE_VERSION");
        assertThat(on("bert", "a", "close", CLOSE.replace("{", "{\"version\":1,"))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "owner | {\"owner\":\"nobody\"} | INVALID_VALUE",
                "due   | {\"dueOn\":\"2026-11-19\"} | INVALID_VALUE",
                "cause | {\"causeCode\":\"MOON\"} | INVALID_VALUE",
                "close | {\"resolution\":\"WRITTEN_OFF\",\"causeCode\":\"TAX\",\"reason\":\"x\"} | INVALID_VALUE",
                "close | {\"resolution\":\"ACCEPTED\",\"reason\":\"x\"} | MISSING_FIELD",
                "close | {\"resolution\":\"ACCEPTED\",\"reason\":\"x\",\"why\":1} | UNKNOWN_FIELD",
                "reopen | {} | MISSING_FIELD",
            })
    void what_cannot_be_done_is_said(String action, String body, String code) {
        run(FRI_20_NOV_2026, "a 110 10");
        var refused = on("anna", "a", action, body);
        assertThat(refused.status()).isBetween(400, 409);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(state("a")).isEqualTo("OPEN 2026-11-20 0");
        assertThat(on("tina", "a", action, body).status()).isIn(400, 403);
    }

    @Test
    void many_are_done_in_one_call_each_answered_on_its_own() {
        var names = IntStream.range(0, 999).mapToObj(each -> "n" + each).toList();
        run(
                FRI_20_NOV_2026,
                names.stream().limit(60).map(name -> name + " 110 10").toArray(String[]::new));
        on("anna", "n0", "close", CLOSE);
        var ids = names.stream().limit(60).map(this::id).toList();
        var wanted = Stream.concat(ids.stream(), Stream.of("987654321"))
                .map(id -> "{\"breakId\":\"" + id + "\"}")
                .collect(Collectors.joining(","));
        var body = "{\"action\":\"OWNER\",\"owner\":\"bert\",\"breaks\":[" + wanted + "]}";
        var answer = clerks.post("anna", "/break-actions", body, "anna-bulk-1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("done").asInt()).isEqualTo(59);
        assertThat(answer.json().path("refused").asInt()).isEqualTo(2);
        assertThat(answer.body()).contains("BREAK_CLOSED", "NOT_FOUND");
        assertThat(desk.rows("select count(*) from reconciliation.break where owner = 'bert'"))
                .containsExactly("59");
        var events = desk.rows("select count(*) from journal.event");
        assertThat(clerks.post("anna", "/break-actions", body, "anna-bulk-1")
                        .json()
                        .path("done")
                        .asInt())
                .isEqualTo(59);
        assertThat(desk.rows("select count(*) from journal.event")).isEqualTo(events);
        var twice = "{\"action\":\"OWNER\",\"owner\":\"bert\",\"breaks\":[{\"breakId\":\"1\"},{\"breakId\":\"1\"}]}";
        assertThat(clerks.post("anna", "/break-actions", twice).code()).isEqualTo("INVALID_VALUE");
        assertThat(clerks.post("anna", "/break-actions", "{\"action\":\"CLOSE\",\"breaks\":[{\"breakId\":\"1\"}]}")
                        .code())
                .isEqualTo("MISSING_FIELD");
        var tooMany = IntStream.range(0, 1001)
                .mapToObj(each -> "{\"breakId\":\"" + each + "\"}")
                .collect(Collectors.joining(","));
        assertThat(clerks.post(
                                "anna",
                                "/break-actions",
                                "{\"action\":\"OWNER\",\"owner\":\"bert\",\"breaks\":[" + tooMany + "]}")
                        .status())
                .isEqualTo(400);
        assertThat(clerks.post("tina", "/break-actions", body).status()).isEqualTo(403);
    }

    @Test
    void a_file_is_kept_with_a_break_if_it_is_what_it_says() {
        run(FRI_20_NOV_2026, "a 110 10");
        var path = "/breaks/" + id("a") + "/attachments?fileName=";
        var pdf = "%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1);
        var kept = clerks.file("anna", path + "answer.pdf", "application/pdf", pdf);
        assertThat(kept.status()).isEqualTo(201);
        assertThat(clerks.file("bert", path + "again.pdf", "application/pdf", pdf)
                        .body())
                .as("the same file is there already")
                .isEqualTo(kept.body());
        var file = clerks.get(
                "tina",
                "/breaks/" + id("a") + "/attachments/"
                        + kept.json().path("attachmentId").asString());
        assertThat(file.response().body()).isEqualTo(pdf);
        assertThat(file.response().headers().firstValue("Content-Disposition").orElse(""))
                .contains("answer.pdf");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body()).contains("\"fileName\":\"answer.pdf\"");
        assertThat(clerks.get("tina", "/breaks/" + id("a") + "/attachments/999999")
                        .status())
                .isEqualTo(404);
        assertThat(clerks.file("tina", path + "mine.pdf", "application/pdf", pdf)
                        .status())
                .isEqualTo(403);
        assertThat(clerks.file("anna", path + "answer.txt", "application/pdf", pdf)
                        .code())
                .isEqualTo("INVALID_PARAMETER");
        assertThat(clerks.file("anna", path + "run.exe", "application/x-msdownload", pdf)
                        .status())
                .isEqualTo(415);
        assertThat(clerks.file(
                                "anna",
                                path + "large.txt",
                                "text/plain",
                                "x".repeat(10_485_761).getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo("BODY_TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "note.txt | text/plain | They pay on Monday. | 201",
                "rows.csv | text/csv | a,b`n`1,2 | 201",
                "mail.eml | message/rfc822 | From: x@alfa.example`n`Subject: fee`n``n`Hello. | 201",
                "page.pdf | application/pdf | <html>not a PDF</html> | 422",
                "shot.png | image/png | GIF89a | 422",
                "rows.csv | text/csv | a,b`n`1 | 422",
                "mail.eml | message/rfc822 | Hello. | 422",
            })
    void the_content_says_what_a_file_is(String name, String type, String content, int status) {
        run(FRI_20_NOV_2026, "a 110 10");
        assertThat(clerks.file(
                                "anna",
                                "/breaks/" + id("a") + "/attachments?fileName=" + name,
                                type,
                                content.strip().replace("`n`", "\n").getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void a_rule_is_proposed_by_one_and_approved_by_another_and_what_is_open_is_judged_by_it() {
        run(FRI_20_NOV_2026, "a 110 600");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body())
                .contains("\"material\":false", "\"dueOn\":\"2026-11-27\"");
        var rule =
                "{\"kind\":\"MATERIALITY\",\"accountId\":\"GEQ1\",\"value\":\"500\",\"version\":0,\"reason\":\"A client"
                        + " who looks.\"}";
        var proposed = clerks.post("anna", "/desk-rules", rule);
        assertThat(proposed.status()).isEqualTo(201);
        var ruleId = proposed.json().path("ruleId").asString();
        assertThat(clerks.post("bert", "/desk-rules", rule).code())
                .as("one waits")
                .isEqualTo("CONFLICT");
        assertThat(clerks.post("anna", "/desk-rules/" + ruleId + "/approve", "").code())
                .isEqualTo("MAKER_IS_CHECKER");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body()).contains("\"material\":false");
        assertThat(clerks.post("bert", "/desk-rules/" + ruleId + "/approve", "").body())
                .contains("\"status\":\"ACTIVE\"");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body())
                .contains("\"material\":true", "\"dueOn\":\"2026-11-23\"");
        assertThat(clerks.get("tina", "/breaks/summary").body()).contains("\"materialBreaks\":1");
        assertThat(clerks.post("bert", "/desk-rules/" + ruleId + "/approve", "").code())
                .isEqualTo("CONFLICT");
        assertThat(clerks.post("bert", "/desk-rules", rule).code())
                .as("version 1 is in force")
                .isEqualTo("STALE_VERSION");
        var end = clerks.post(
                "bert",
                "/desk-rules",
                "{\"kind\":\"MATERIALITY\",\"accountId\":\"GEQ1\",\"version\":1,\"reason\":\"As all others.\"}");
        clerks.post("anna", "/desk-rules/" + end.json().path("ruleId").asString() + "/approve", "");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body()).contains("\"material\":false");
        assertThat(clerks.get("tina", "/desk-rules?history=true&kind=MATERIALITY")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(3);
    }

    @Test
    void the_owner_of_a_rule_gets_what_nobody_was_given_by_hand() {
        run(FRI_20_NOV_2026, "a 110 10", "b 110 10");
        on("anna", "a", "owner", "{\"owner\":\"anna\"}");
        var proposed = clerks.post(
                "anna",
                "/desk-rules",
                "{\"kind\":\"OWNER\",\"feed\":\"BROKER_TRADE\",\"value\":\"bert\",\"version\":0,\"reason\":\"Bert knows"
                        + " ALFA.\"}");
        clerks.post("bert", "/desk-rules/" + proposed.json().path("ruleId").asString() + "/approve", "");
        run(MON_23_NOV_2026, "a 110 10", "b 110 10", "c 110 10");
        assertThat(desk.rows("select reference, owner from reconciliation_api.open_break order by reference"))
                .containsExactly("REF-a anna", "REF-b bert", "REF-c bert");
        assertThat(clerks.get("tina", "/breaks?open=true&owner=bert")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"kind\":\"MATERIALITY\",\"value\":\"-5\" | INVALID_VALUE",
                "\"kind\":\"MATERIALITY\",\"accountId\":\"NOBODY\",\"value\":\"5\" | UNKNOWN_ACCOUNT",
                "\"kind\":\"TOLERANCE\",\"value\":\"5\",\"material\":true | INVALID_VALUE",
                "\"kind\":\"DUE\",\"value\":\"251\" | INVALID_VALUE",
                "\"kind\":\"OWNER\",\"value\":\"nobody\" | INVALID_VALUE",
                "\"kind\":\"CALENDAR\",\"value\":\"GBLO\" | INVALID_VALUE",
                "\"kind\":\"CALENDAR\",\"accountId\":\"GEQ1\",\"value\":\"MOON\" | INVALID_VALUE",
                "\"kind\":\"CURRENCY\",\"accountId\":\"GEQ1\",\"value\":\"GBP\" | INVALID_VALUE",
            })
    void a_rule_that_says_nothing_is_refused(String rule, String code) {
        var refused =
                clerks.post("anna", "/desk-rules", "{" + rule.strip() + ",\"version\":0,\"reason\":\"Because.\"}");
        assertThat(refused.code()).isEqualTo(code);
        assertThat(clerks.post("tina", "/desk-rules", "{" + rule.strip() + ",\"version\":0,\"reason\":\"Because.\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoever_proposed_a_rule_takes_it_back_and_it_never_counts() {
        var proposed = clerks.post(
                "anna",
                "/desk-rules",
                "{\"kind\":\"TOLERANCE\",\"accountId\":\"GEQ1\",\"value\":\"70\",\"version\":0,\"reason\":\"Because.\"}");
        var ruleId = proposed.json().path("ruleId").asString();
        var back = clerks.post("anna", "/desk-rules/" + ruleId + "/refuse", "{\"reason\":\"Meant another one.\"}");
        assertThat(back.body()).contains("\"status\":\"REFUSED\"", "\"decidedBy\":\"anna\"");
        assertThat(clerks.post("bert", "/desk-rules/" + ruleId + "/approve", "").code())
                .isEqualTo("CONFLICT");
    }

    @Test
    void ages_count_the_days_of_the_account_s_calendar() {
        var wedBeforeEaster = LocalDate.of(2026, 4, 1);
        var tueAfterEaster = LocalDate.of(2026, 4, 7);
        run(wedBeforeEaster, "a 110 10");
        run(tueAfterEaster, "a 110 10");
        assertThat(clerks.get("tina", "/breaks/" + id("a"))
                        .json()
                        .path("break")
                        .path("ageDays")
                        .asInt())
                .as("Thursday and Tuesday; London is closed on Good Friday and Easter Monday")
                .isEqualTo(2);
        assertThat(clerks.get("tina", "/breaks?open=true&ageBucket=2-3")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(clerks.get("tina", "/breaks?open=true&ageBucket=4-7")
                        .json()
                        .path("items")
                        .size())
                .isZero();
    }

    @Test
    void the_summary_is_what_a_count_of_the_breaks_would_be() {
        run(FRI_20_NOV_2026, "a 110 10", "b 110 2000", "c 110 30");
        run(MON_23_NOV_2026, "a 110 10", "b 120 2100", "d 110 40");
        on("anna", "a", "close", CLOSE);
        run(TUE_24_NOV_2026, "b 120 2100", "c 110 30", "d 110 40");
        assertThat(desk.rows("select feed, break_class, first_seen, material, open_breaks, firm_money from"
                        + " reconciliation.break_rollup where open_breaks > 0 order by 3, 4"))
                .containsExactlyElementsOf(desk.rows("""
                    select feed, break_class, first_seen, material, count(*), sum(firm_money) from reconciliation.break
                    where status in ('OPEN', 'CLOSING') group by feed, break_class, first_seen, material order by 3, 4
                    """));
        var cells =
                clerks.get("tina", "/breaks/summary?feed=BROKER_TRADE").json().path("cells");
        assertThat(cells.size()).isEqualTo(2);
        assertThat(cells.get(1).path("openBreaks").asInt()).isEqualTo(2);
        assertThat(clerks.get("tina", "/breaks/summary?accountId=GEQ2")
                        .json()
                        .path("cells")
                        .size())
                .isZero();
    }

    @Test
    void the_same_cause_is_counted_by_the_days_on_which_it_came_up() {
        run(FRI_20_NOV_2026, "a 110 10 MISSING_THEIRS");
        on("anna", "a", "cause", "{\"causeCode\":\"COMMISSION\"}");
        run(MON_23_NOV_2026, "b 110 10 MISSING_THEIRS", "c 110 10 MISSING_THEIRS");
        on("anna", "b", "cause", "{\"causeCode\":\"COMMISSION\"}");
        run(TUE_24_NOV_2026, "a 110 10 MISSING_THEIRS", "b 110 10 MISSING_THEIRS");
        var recurring =
                clerks.get("tina", "/recurring-causes?atLeastDays=3").json().path("items");
        assertThat(recurring.size()).isEqualTo(1);
        assertThat(recurring.get(0).toString())
                .as("new on Friday and on Monday, again on Tuesday; b is only still open")
                .contains("\"days\":3", "\"breaks\":3", "\"causeCode\":\"COMMISSION\"", "\"brokerId\":\"ALFA\"");
        assertThat(clerks.get("tina", "/recurring-causes?atLeastDays=4")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        assertThat(clerks.get("tina", "/recurring-causes?atLeastDays=21").status())
                .isEqualTo(400);
    }

    @Test
    void a_sign_off_with_material_breaks_takes_two_and_a_late_run_opens_it_again() throws IOException {
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, 1);
        run(FRI_20_NOV_2026, "a 110 2000", "b 110 10");
        var signOff = "{\"businessDate\":\"2026-11-20\",\"feed\":\"BROKER_TRADE\",\"reason\":\"Known.\"}";
        var asked = clerks.post("anna", "/sign-offs", signOff);
        assertThat(asked.body()).contains("\"status\":\"WAITING\"", "\"materialBreaks\":1", "\"openBreaks\":2");
        assertThat(clerks.post("anna", "/sign-offs", signOff).code()).isEqualTo("MAKER_IS_CHECKER");
        var signed = clerks.post("bert", "/sign-offs", signOff);
        assertThat(signed.body())
                .contains(
                        "\"status\":\"SIGNED\"",
                        "\"askedBy\":\"anna\"",
                        "\"signedBy\":\"bert\"",
                        "\"firmMoney\":\"2512.50\"");
        assertThat(clerks.post("anna", "/sign-offs", signOff).code()).isEqualTo("CONFLICT");
        run(FRI_20_NOV_2026, "a 110 2000", "b 110 10");
        assertThat(clerks.get("tina", "/sign-offs").body())
                .as("nothing new was found")
                .contains("\"SIGNED\"");
        run(FRI_20_NOV_2026, "a 130 2000", "b 110 10");
        assertThat(clerks.get("tina", "/sign-offs").body())
                .contains("\"status\":\"REOPENED\"", "\"reopenedBy\":\"reconcile-brokers\"", "changed breaks");
        assertThat(clerks.post("bert", "/sign-offs", signOff).body()).contains("\"status\":\"WAITING\"");
        assertThat(clerks.post("anna", "/sign-offs", signOff).body()).contains("\"status\":\"SIGNED\"");
        assertThat(desk.rows("select type from journal.event where stream like 'sign-off/%' order by seq"))
                .containsExactly("SignOffAsked", "SignedOff", "SignOffReopened", "SignOffAsked", "SignedOff");
    }

    @Test
    void a_broker_is_asked_about_all_that_is_open_by_a_mail_that_a_person_sends() {
        run(FRI_20_NOV_2026, "a 110 10", "b 120 2000 MISSING_THEIRS");
        var drafts = clerks.post("anna", "/chasers", "{\"party\":\"ALFA\",\"channel\":\"EMAIL\"}");
        assertThat(drafts.status()).isEqualTo(201);
        var draft = drafts.json().path("items").get(0);
        assertThat(draft.path("text").asString())
                .contains(
                        "in 2 points",
                        "REF-a, account GEQ1, ours 100, yours 110, at risk 10.00 GBP, open since 2026-11-20");
        assertThat(draft.path("breakIds").size()).isEqualTo(2);
        var path = "/chasers/" + draft.path("chaserId").asString();
        var change = "{\"recipient\":\"breaks@alfa.example\",\"subject\":\"Differences\",\"text\":\"Dear Ann, see"
                + " below.\",\"version\":%d}";
        assertThat(clerks.put("anna", path, change.formatted(2)).code()).isEqualTo("STALE_VERSION");
        assertThat(clerks.put("tina", path, change.formatted(1)).status()).isEqualTo(403);
        assertThat(clerks.put("anna", path, change.formatted(1)).body()).contains("Dear Ann", "\"version\":2");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body()).doesNotContain("Asked ALFA");
        assertThat(clerks.post("bert", path + "/sent", "").body())
                .contains("\"status\":\"SENT\"", "\"decidedBy\":\"bert\"");
        assertThat(clerks.get("tina", "/breaks/" + id("a")).body()).contains("Asked ALFA by EMAIL");
        assertThat(clerks.post("bert", path + "/discard", "").code()).isEqualTo("CONFLICT");
        assertThat(clerks.put("anna", path, change.formatted(3)).code()).isEqualTo("CONFLICT");
        assertThat(clerks.get("tina", "/chasers?status=SENT&party=ALFA")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, EMAIL, 400, INVALID_VALUE",
        "ALFA, MT599, 400, INVALID_VALUE",
        "BRAVO, EMAIL, 409, CONFLICT",
        "CUSTGB2LXXX, MT995, 409, CONFLICT"
    })
    void nobody_is_asked_about_nothing(String party, String channel, int status, String code) {
        run(FRI_20_NOV_2026, "a 110 10");
        var refused = clerks.post("anna", "/chasers", "{\"party\":\"" + party + "\",\"channel\":\"" + channel + "\"}");
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
    }

    @Test
    void a_custodian_is_asked_by_swift_messages_that_stay_within_their_lines() {
        run(
                FRI_20_NOV_2026,
                IntStream.range(0, 30).mapToObj(each -> "c" + each + " 110 10").toArray(String[]::new));
        desk.sql(
                "update reconciliation.break set feed = 'CUSTODIAN_POSITION', broker_id = null, isin = 'GB00BH4HKS39'");
        var drafts = clerks.post("anna", "/chasers", "{\"party\":\"CUSTGB2L\",\"channel\":\"MT599\"}")
                .json()
                .path("items");
        assertThat(drafts.size()).as("30 breaks of more than two lines each").isGreaterThan(1);
        var text = drafts.get(0).path("text").asString();
        assertThat(text).contains("{2:I599CUSTGB2L", ":20:CHASE", ":79:+ REF-c0");
        assertThat(text.lines()).allMatch(line -> line.length() <= 60);
        var path = "/chasers/" + drafts.get(0).path("chaserId").asString();
        var change = "{\"recipient\":\"CUSTGB2LXXX\",\"subject\":\"x\",\"text\":\"%s\",\"version\":1}";
        assertThat(clerks.put("anna", path, change.formatted("Hello")).code()).isEqualTo("INVALID_VALUE");
        var longer = text.replace(":79:", ":79:" + "X".repeat(60) + "\r\n")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        assertThat(clerks.put("anna", path, change.formatted(longer)).code()).isEqualTo("INVALID_VALUE");
        var last = drafts.get(drafts.size() - 1);
        var kinder = last.path("text")
                .asString()
                .replace(":79:", ":79:GOOD MORNING\r\n")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        assertThat(clerks.put("anna", "/chasers/" + last.path("chaserId").asString(), change.formatted(kinder))
                        .body())
                .contains("GOOD MORNING");
        assertThat(clerks.post("anna", path + "/discard", "").body()).contains("\"status\":\"DISCARDED\"");
    }

    @Test
    void what_they_report_of_an_instrument_we_do_not_know_says_so() {
        run(FRI_20_NOV_2026, "a 110 10 MISSING_OURS", "b 110 10 MISSING_THEIRS");
        assertThat(desk.rows("select reference, cause_code from reconciliation_api.open_break order by reference"))
                .containsExactly("REF-a UNKNOWN_INSTRUMENT", "REF-b null");
        assertThat(clerks.get("tina", "/breaks?causeCode=UNKNOWN_INSTRUMENT")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "text=ref-a, 1",
        "text=REF, 3",
        "text=100%25, 0",
        "material=true, 1",
        "dueBy=2026-11-23, 1",
        "breakClass=AMOUNT, 3",
        "brokerId=BRAVO, 0",
        "currency=GBP, 3",
        "causeCode=TAX, 0",
        "sort=AGE, 3",
        "sort=DUE, 3",
        "status=CLOSING, 0",
        "ageBucket=0-1, 3",
        "ageBucket=31%2B, 0",
        "accountId=GEQ1, 3",
        "instrumentId=VOD.XLON, 0",
        "accountId=GEQ1&brokerId=ALFA&material=false&sort=DUE, 2",
        "text=ref&material=true&sort=AGE, 1",
        "owner=ALFA, 0"
    })
    void breaks_are_found_by(String filter, int expected) {
        run(FRI_20_NOV_2026, "a 110 2000", "b 110 10", "c 110 20");
        assertThat(clerks.get("tina", "/breaks?open=true&" + filter)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"RISK, a c b", "AGE, b a c", "DUE, a c b"})
    void every_order_goes_on_where_the_page_before_ended(String sort, String expected) {
        run(FRI_20_NOV_2026, "b 110 10");
        run(MON_23_NOV_2026, "a 110 2000", "b 110 10", "c 110 20");
        desk.sql("update reconciliation.break set due_on = '2027-01-01' where reference = 'REF-b'");
        var seen = new StringBuilder();
        var cursor = "";
        do {
            var page = clerks.get("tina", "/breaks?open=true&limit=1&sort=" + sort + cursor)
                    .json();
            seen.append(page.path("items").get(0).path("reference").asString().substring(4))
                    .append(' ');
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen.toString().strip()).isEqualTo(expected);
        var first = clerks.get("tina", "/breaks?open=true&limit=1&sort=RISK").json();
        assertThat(clerks.get(
                                "tina",
                                "/breaks?open=true&sort=AGE&cursor="
                                        + first.path("nextCursor").asString())
                        .code())
                .isEqualTo("INVALID_CURSOR");
    }
}
