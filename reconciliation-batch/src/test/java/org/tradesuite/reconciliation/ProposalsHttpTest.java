package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ALFA reports a trade without references, a price and a trade date beside ours: a person has to say. */
class ProposalsHttpTest {

    private static final String JOB = "reconcile-brokers";
    private static final String HEADING = "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,"
            + "quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency\n";
    private static final String ROW =
            ",,,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7260,726.00,5.00,0.03,731.03,2026-11-19,2026-11-24,GBP\n";
    /** With it sums differ, else the two would be taken together by their sum. */
    private static final String EXTRA = ROW.replace("1000,", "50,");

    private static final String OTHER = "MISSING_OURS ALFA GEQ1 VOD.XLON 50";
    private static final String[] ALONE = {
        "MISSING_OURS ALFA GEQ1 VOD.XLON 1000", OTHER, "MISSING_THEIRS ALFA GEQ1 VOD.XLON -1000"
    };

    @TempDir
    Path folder;

    private Desk desk;
    private Clerks clerks;

    @BeforeEach
    void reconcile() {
        desk = new Desk(folder);
        desk.trade("T1", "ALFA", "GEQ1", "VOD.XLON", "BUY", "723.00 5.00 0.03 728.03", "2026-11-24", new Object[][] {
            {"AE1", 1000, "0.7230"}
        });
        clerks = new Clerks(desk);
        desk.open();
        desk.drop("brokers/ALFA/trades-20261120.csv", HEADING + ROW + EXTRA + "TOTAL,2\n");
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly(ALONE);
    }

    @AfterEach
    void close() {
        clerks.close();
        desk.close();
    }

    @Test
    void one_that_is_approved_is_a_match_its_breaks_close_and_a_run_again_keeps_it() throws Exception {
        var list = clerks.call("tina", "GET", "/proposals?state=OPEN&businessDate=2026-11-20&brokerId=ALFA", null)
                .body();
        assertThat(list).contains("\"ourItem\":\"T1\"", "price 0.723 / 0.726", "\"pass\":\"PROPOSED\"", "\"line\":2");
        assertThat(clerks.call("tina", "GET", "/proposals/" + key(), null).body())
                .contains("\"theirLine\":\"" + ROW.strip() + "\"", "quantity=1000", "\"revision\":0");
        assertThat(decide("tina", "approve", 0).statusCode()).isEqualTo(403);
        assertThat(decide("anna", "approve", 1).body()).contains("STALE_VERSION");
        var approved = decide("anna", "approve", 0);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(approved.body()).contains("\"state\":\"APPROVED\"", "\"decidedBy\":\"anna\"", "\"revision\":1");

        var match = "select pass, rule_version, line, differences from reconciliation.match_of('2026-11-20', 'T1')";
        var matched = "PROPOSED 1 2 price 0.723 / 0.726; traded 2026-11-20 / 2026-11-19";
        assertThat(desk.rows(match)).containsExactly(matched);
        var left = "PRICE ALFA GEQ1 VOD.XLON 0.003";
        var date = "TRADE_DATE ALFA GEQ1 VOD.XLON -1 days";
        assertThat(desk.openBreaks()).containsExactly(OTHER, left, date);
        assertThat(decide("bert", "approve", 0).body()).contains("STALE_VERSION", "anna has decided");
        assertThat(decide("bert", "approve", 1).body()).contains("CONFLICT", "already");
        assertThat(desk.rows("select type, actor from journal.event where stream like 'proposal/%'"))
                .containsExactly("ProposalApproved anna");
        var breaks = desk.rows("select * from reconciliation.break order by break_id");

        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select * from reconciliation.break order by break_id"))
                .isEqualTo(breaks);
        assertThat(desk.rows(match)).containsExactly(matched);
        assertThat(desk.rows("select count(*) from reconciliation.match_proposal"))
                .containsExactly("0");

        // A corrected statement in which the row is what it was, elsewhere.
        desk.drop(
                "brokers/ALFA/trades-20261120-corrected.csv",
                HEADING + ROW.replace("GEQ1,VOD", "GEQ2,VOD").replace("1000", "7") + ROW + EXTRA + "TOTAL,3\n");
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.rows(match)).containsExactly(matched.replace(" 2 ", " 3 "));
        assertThat(desk.openBreaks()).containsExactly(OTHER, "MISSING_OURS ALFA GEQ2 VOD.XLON 7", left, date);
    }

    @Test
    void what_was_approved_holds_no_longer_when_a_side_says_something_else() throws Exception {
        assertThat(decide("anna", "approve", 0).statusCode()).isEqualTo(200);
        desk.drop(
                "brokers/ALFA/trades-20261120-corrected.csv",
                HEADING + ROW.replace("1000,0.7260", "900,0.7260") + EXTRA + "TOTAL,2\n");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).containsExactly(OTHER, ALONE[0].replace("1000", "900"), ALONE[2]);
        assertThat(desk.rows("select * from reconciliation.match_of('2026-11-20', 'T1')"))
                .isEmpty();
    }

    @Test
    void one_that_is_refused_stays_refused_until_a_side_says_something_else() throws Exception {
        var key = key();
        assertThat(decide("anna", "refuse", 0).body()).contains("\"state\":\"REFUSED\"");
        assertThat(desk.openBreaks()).containsExactly(ALONE);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).containsExactly(ALONE);
        assertThat(desk.rows("select count(*) from reconciliation.match_proposal"))
                .containsExactly("0");
        assertThat(desk.rows("select detail from reconciliation.break")).noneMatch(said -> said.contains("proposed"));
        assertThat(clerks.call("tina", "GET", "/proposals?state=OPEN", null).body())
                .doesNotContain(key);
        assertThat(clerks.call("tina", "GET", "/proposals?state=REFUSED", null).body())
                .contains(key);

        desk.drop(
                "brokers/ALFA/trades-20261120-corrected.csv",
                HEADING + ROW.replace("0.7260", "0.7250") + EXTRA + "TOTAL,2\n");
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.rows("select count(*) from reconciliation.match_proposal where proposal_key <> '" + key + "'"))
                .containsExactly("1");
    }

    @Test
    void an_approval_can_be_taken_back_and_the_next_run_finds_the_breaks_again() throws Exception {
        assertThat(decide("anna", "approve", 0).statusCode()).isEqualTo(200);
        var back = decide("bert", "refuse", 1);
        assertThat(back.body()).contains("\"state\":\"REFUSED\"", "\"revision\":2");
        assertThat(desk.rows("select * from reconciliation.match_of('2026-11-20', 'T1')"))
                .isEmpty();
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).containsExactly(ALONE);
        assertThat(desk.rows("select distinct first_seen from reconciliation.break"))
                .containsExactly("2026-11-20");
    }

    @Test
    void a_proposal_that_is_not_there_or_without_its_file_is_told() throws Exception {
        assertThat(clerks.call("anna", "GET", "/proposals/" + "0".repeat(64), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(clerks.call("anna", "GET", "/proposals/x", null).statusCode())
                .isEqualTo(400);
        Files.delete(folder.resolve("drop/brokers/ALFA/done/2026-11-20/trades-20261120.csv"));
        assertThat(clerks.call("anna", "GET", "/proposals/" + key(), null).body())
                .contains("\"state\":\"OPEN\"")
                .doesNotContain("theirLine");
    }

    private String key() {
        return desk.rows("select proposal_key from reconciliation.match_proposal union select proposal_key from"
                        + " reconciliation.match_decision")
                .getFirst();
    }

    private HttpResponse<String> decide(String user, String what, int revision)
            throws IOException, InterruptedException {
        return clerks.call(
                user,
                "POST",
                "/proposals/" + key() + "/" + what,
                "{\"revision\":" + revision + ",\"reason\":\"ALFA confirms it.\"}");
    }
}
