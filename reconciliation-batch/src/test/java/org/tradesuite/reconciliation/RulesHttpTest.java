package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anna changes how ALFA is read and how trades are matched; Bert has to agree. */
class RulesHttpTest {

    private static final String JOB = "reconcile-brokers";
    private static final String HEADING = "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,"
            + "quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency\n";
    /** A price that is a whole percent off: within what is proposed, not within what is the same. */
    private static final String ROW =
            ",,,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7231,723.10,5.00,0.03,728.13,2026-11-20,2026-11-24,GBP\n";

    private static final String STATEMENT = HEADING + ROW + "TOTAL,1\n";
    private static final String MOVED =
            "quantity," + HEADING.replace("quantity,", "") + "1000," + ROW.replace("1000,", "") + "TOTAL,1\n";
    private static final String DECISION = "{\"revision\":%d,\"reason\":\"Seen.\"}";

    @TempDir
    Path folder;

    private Desk desk;
    private Clerks clerks;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        desk.trade("T1", "ALFA", "GEQ1", "VOD.XLON", "BUY", "723.00 5.00 0.03 728.03", "2026-11-24", new Object[][] {
            {"AE1", 1000, "0.7230"}
        });
        clerks = new Clerks(desk);
        desk.open();
    }

    @AfterEach
    void close() {
        clerks.close();
        desk.close();
    }

    @Test
    void what_the_program_brings_is_version_1_and_is_installed_once() throws Exception {
        var all = call("tina", "GET", "/rules?state=APPROVED", null).body();
        assertThat(all)
                .contains(
                        "\"ruleSet\":\"passes\"",
                        "\"ruleSet\":\"layout-ALFA\"",
                        "\"ruleSet\":\"layout-BRAVO\"",
                        "\"ruleSet\":\"layout-CHARLIE\"",
                        "\"ruleSet\":\"layout-drop-copy\"",
                        "\"makers\":[\"trade-suite\"]");
        assertThat(call("tina", "GET", "/rules/layout-ALFA/versions/1", null).body())
                .contains("\"heading\":\"average_price\"", "\"column\":\"PRICE\"", "\"trailer\":\"TOTAL\"");
        assertThat(call("tina", "GET", "/rules/passes/versions/1", null).body())
                .contains("\"kind\":\"UNIQUE\"", "\"priceBasisPoints\":\"0.5\"");
        desk.shut();
        desk.open();
        assertThat(desk.rows("select type, count(*) from journal.event where stream like 'rules/%' group by 1"))
                .containsExactly("RuleVersionInstalled 6");
    }

    @Test
    void a_draft_is_proposed_by_one_and_approved_by_another_and_used_from_its_first_day_on() throws Exception {
        var draft = RuleDrafts.tolerance("100", "2026-11-20");
        assertThat(call("tina", "POST", "/rules/passes/versions", draft).statusCode())
                .isEqualTo(403);
        var entered = call("anna", "POST", "/rules/passes/versions", draft);
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
        assertThat(entered.body()).contains("\"version\":2", "\"state\":\"DRAFT\"", "\"revision\":1");

        var early = decide("bert", "approve", 1);
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("RULE_STATE_WRONG");
        assertThat(decide("anna", "propose", 1).body()).contains("\"state\":\"PROPOSED\"", "\"revision\":2");
        assertThat(put("anna", 2, draft).body()).contains("RULE_STATE_WRONG");
        var alone = decide("anna", "approve", 2);
        assertThat(alone.statusCode()).isEqualTo(403);
        assertThat(alone.body()).contains("MAKER_IS_CHECKER");
        assertThat(decide("bert", "approve", 1).body()).contains("STALE_VERSION");
        assertThat(decide("bert", "approve", 2).body())
                .contains("\"state\":\"APPROVED\"", "\"decidedBy\":\"bert\"", "\"decision\":\"Seen.\"");
        assertThat(call("tina", "GET", "/rules/passes/versions/1", null).body())
                .contains("\"validTo\":\"2026-11-19\"", "\"state\":\"APPROVED\"");
        assertThat(desk.rows("select type, actor, reason from journal.event where stream like 'rules/passes/%' order by"
                        + " seq offset 1"))
                .containsExactly(
                        "RuleVersionDrafted anna ALFA rounds.",
                        "RuleVersionProposed anna Seen.",
                        "RuleVersionEnded bert Replaced by version 2.",
                        "RuleVersionApproved bert Seen.");

        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select item_id, pass, rule_version from reconciliation.matched"))
                .containsExactly("T1 TOLERANCE 2");
    }

    @Test
    void whoever_changed_a_draft_cannot_approve_it_either_and_a_refused_one_is_kept() throws Exception {
        call("anna", "POST", "/rules/passes/versions", RuleDrafts.tolerance("100", "2026-11-20"));
        var changed = RuleDrafts.tolerance("90", "2026-11-20").replace("{\"validFrom", "{\"revision\":1,\"validFrom");
        assertThat(put("bert", 2, changed).body()).contains("\"makers\":[\"anna\",\"bert\"]", "\"revision\":2");
        assertThat(put("anna", 2, changed).body()).contains("STALE_VERSION");
        assertThat(decide("anna", "propose", 2).statusCode()).isEqualTo(200);
        assertThat(decide("bert", "approve", 3).body()).contains("MAKER_IS_CHECKER");
        assertThat(decide("bert", "refuse", 3).body()).contains("MAKER_IS_CHECKER", "withdraw it");
        assertThat(decide("anna", "withdraw", 3).body()).contains("\"state\":\"WITHDRAWN\"");
        assertThat(decide("anna", "withdraw", 4).body()).contains("RULE_STATE_WRONG");

        call("anna", "POST", "/rules/passes/versions", RuleDrafts.tolerance("100", "2026-11-20"));
        call("anna", "POST", "/rules/passes/versions/3/propose", DECISION.formatted(1));
        assertThat(call("bert", "POST", "/rules/passes/versions/3/refuse", DECISION.formatted(2))
                        .body())
                .contains("\"state\":\"REFUSED\"");
        assertThat(call("tina", "GET", "/rules/passes/versions/3", null).body())
                .contains("\"most\":\"100\"", "\"state\":\"REFUSED\"");
        assertThat(call("tina", "GET", "/rules/passes/versions/9", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void columns_that_moved_overnight_are_named_dry_run_agreed_on_and_read_then() throws Exception {
        desk.drop("brokers/ALFA/trades-20261120.csv", MOVED);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("LAYOUT_CHANGED ALFA - - -");
        assertThat(desk.rows("select count(*) from reconciliation.matched")).containsExactly("0");
        assertThat(Files.readString(folder.resolve("drop/brokers/ALFA/refused/trades-20261120.csv.reason.txt")))
                .contains("'quantity' moved from column 9 to 1", "dry-run it", "hand the file in again");

        var old = dryRun("layout-ALFA", 1, MOVED.getBytes(StandardCharsets.UTF_8));
        assertThat(old.body())
                .contains(
                        "\"refusal\":\"LAYOUT_CHANGED\"",
                        "\"moved\":[{\"heading\":\"quantity\",\"agreed\":9,\"found\":1}]",
                        "\"rows\":0");
        var quantity = "{\"heading\":\"quantity\",\"column\":\"QUANTITY\"}";
        var draft = RuleDrafts.layout()
                .replace(quantity + ",", "")
                .replace("\"headings\":[", "\"headings\":[" + quantity + ",");
        assertThat(call("anna", "POST", "/rules/layout-ALFA/versions", draft).statusCode())
                .isEqualTo(201);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(MOVED.replace(
                            "TOTAL,1",
                            ROW.replace("GEQ1", "GEQ9")
                                            .replace("1000,", "1,1000,")
                                            .strip() + "\nTOTAL,2")
                    .getBytes(StandardCharsets.UTF_8));
        }
        assertThat(dryRun("layout-ALFA", 2, packed.toByteArray()).body())
                .contains(
                        "{\"column\":\"quantity\",\"value\":\"1000\"}",
                        "\"rows\":1",
                        "\"refusedRows\":1",
                        "\"errorClass\":\"COLUMNS_WRONG\"",
                        "\"line\":3")
                .doesNotContain("\"refusal\"");

        call("anna", "POST", "/rules/layout-ALFA/versions/2/propose", DECISION.formatted(1));
        assertThat(call("bert", "POST", "/rules/layout-ALFA/versions/2/approve", DECISION.formatted(2))
                        .body())
                .contains("APPROVED");
        var again = upload(MOVED);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).noneMatch(found -> found.startsWith("LAYOUT_CHANGED"));
        assertThat(desk.rows("select layout_version, rows from reconciliation.statement where status = 'LOADED'"))
                .containsExactly("2 1");
        assertThat(desk.rows("select layout_version, rule_version from reconciliation.match_run"))
                .containsExactly("2 1");
    }

    @Test
    void the_wrong_sample_or_the_wrong_rule_set_is_told() throws Exception {
        assertThat(dryRun("passes", 1, STATEMENT.getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("INVALID_PARAMETER");
        assertThat(dryRun("layout-ALFA", 1, new byte[] {0x1f, (byte) 0x8b, 8, 0})
                        .body())
                .contains("FILE_REFUSED", "cannot be unpacked");
        assertThat(dryRun("layout-ALFA", 1, "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("STATEMENT_UNREADABLE", "none of the headings");
        assertThat(call("anna", "GET", "/rules/layout-alfa/versions/1", null).statusCode())
                .isEqualTo(400);
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("0");
        try (var left = Files.walk(folder.resolve("drop/.matching"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void passes_are_dry_run_on_a_past_date_and_nothing_changes() throws Exception {
        desk.drop("brokers/ALFA/trades-20261120.csv", STATEMENT);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var state = "select (select string_agg(m::text, ';' order by m::text) from reconciliation.matched m),"
                + " (select string_agg(f::text, ';' order by f::text) from reconciliation.found_break f),"
                + " (select string_agg(b::text, ';' order by b::text) from reconciliation.break b),"
                + " (select max(seq) from journal.event)";
        call("anna", "POST", "/rules/passes/versions", RuleDrafts.tolerance("0", "2026-11-20"));
        var before = desk.rows(state);
        var same = call("anna", "POST", "/rules/passes/versions/1/match-dry-run", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
        assertThat(same.body())
                .contains(
                        "\"matches\":{\"before\":1,\"after\":1,\"added\":0,\"gone\":0,\"changed\":0}",
                        "\"examples\":[]");
        var fewer = call("anna", "POST", "/rules/passes/versions/2/match-dry-run", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(fewer.body())
                .contains(
                        "\"matches\":{\"before\":1,\"after\":0,\"added\":0,\"gone\":1,\"changed\":0}",
                        "\"subject\":\"MISSING_THEIRS ALFA T1\"",
                        "\"change\":\"ADDED\"",
                        "\"subject\":\"T1 with line 2 of statement");
        assertThat(desk.rows(state)).isEqualTo(before);

        assertThat(call("anna", "POST", "/rules/passes/versions/1/match-dry-run", "{\"businessDate\":\"2026-11-19\"}")
                        .body())
                .contains("INVALID_VALUE", "No broker's statement counts");
        assertThat(call(
                                "anna",
                                "POST",
                                "/rules/layout-ALFA/versions/1/match-dry-run",
                                "{\"businessDate\":\"2026-11-20\"}")
                        .body())
                .contains("INVALID_PARAMETER");
    }

    private HttpResponse<String> decide(String user, String what, int revision)
            throws IOException, InterruptedException {
        return call(user, "POST", "/rules/passes/versions/2/" + what, DECISION.formatted(revision));
    }

    private HttpResponse<String> put(String user, int version, String body) throws IOException, InterruptedException {
        var named = body.contains("\"revision\"") ? body : body.replace("{\"validFrom", "{\"revision\":2,\"validFrom");
        return call(user, "PUT", "/rules/passes/versions/" + version, named);
    }

    private HttpResponse<String> dryRun(String set, int version, byte[] sample)
            throws IOException, InterruptedException {
        return clerks.post("anna", "/rules/" + set + "/versions/" + version + "/layout-dry-run?rows=5", sample);
    }

    private HttpResponse<String> upload(String statement) throws IOException, InterruptedException {
        return clerks.post(
                "anna",
                "/statements?feed=BROKER_TRADE&fileName=trades-20261120-again.csv&brokerId=ALFA",
                statement.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> call(String user, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        return clerks.call(user, method, path, body);
    }
}
