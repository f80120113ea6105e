package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tags of a broker's drop copy mean, agreed on by two people and tried on a sample before. */
class DropCopyLayoutsTest {

    private static final String JOB = "reconcile-brokers";
    private static final String OF_ALFA = "/rules/layout-drop-copy-ALFA/versions";
    private static final String DECISION = "{\"revision\":%d,\"reason\":\"Tried on the sample.\"}";

    /** Its own words for account, id and fill; commission per execution, of two fees the one for the stamp is ours. */
    private static String executed(String type, String id, String instrument, String terms) {
        return message("35=8|49=ALFA|56=DESK|52=20261120-10:00:00|37=O1|39=1|150=" + type + "|5002=" + id
                + "|5001=GEQ1|22=4|48=" + instrument + "|207=XLON|" + terms);
    }

    private static String log(String commission) {
        return executed(
                        "T",
                        "AE1",
                        "GB00BH4HKS39|54=B",
                        "32=500|31=0.7220|12=2.50|13=3|136=2|137=0.01|139=4|137=9|139=7")
                + executed("T", "AE2", "GB00BH4HKS39|54=B", "32=500|31=0.7240|12=2.50|13=3|136=1|137=0.02|139=4")
                + executed("F", "AE7", "GB00BH4HKS39|54=B", "32=500|31=0.7240")
                + executed(
                        "T", "AE3", "GB0009895292|54=S", "32=100|31=118.40|12=" + commission + "|13=3|137=0.53|139=4");
    }

    @TempDir
    Path folder;

    private Desk desk;
    private Clerks clerks;

    @BeforeEach
    void trade() {
        desk = new Desk(folder);
        FridaysTrades.vodInTwoFills(desk);
        FridaysTrades.azn(desk);
        clerks = new Clerks(desk);
        desk.open();
    }

    @AfterEach
    void close() {
        clerks.close();
        desk.close();
    }

    private static String ofAlfa() {
        return RuleDrafts.dropCopyLayout()
                .replace("{\"tag\":17,", "{\"tag\":5002,")
                .replace("{\"tag\":1,", "{\"tag\":5001,")
                .replace("\"where\":\"150=F\"", "\"where\":\"150=T\"")
                .replace("\"buy\":[\"1\",", "\"buy\":[\"B\",")
                .replace("\"sell\":[\"2\",", "\"sell\":[\"S\",")
                .replace(
                        "{\"tag\":15,",
                        "{\"tag\":12,\"holds\":\"COMMISSION\",\"where\":\"13=3\"},"
                                + "{\"tag\":137,\"holds\":\"FEES\",\"where\":\"139=4\"},{\"tag\":15,");
    }

    private List<String> breaks() {
        return desk.rows("""
            select feed, break_class, coalesce(reference, '-'), coalesce(ours, '-'), coalesce(theirs, '-')
            from reconciliation_api.open_break where feed = 'BROKER_DROP_COPY' order by 1, 2, 3
            """);
    }

    private void agree() throws Exception {
        var drafted = clerks.call("anna", "POST", OF_ALFA, ofAlfa());
        assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(201);
        clerks.call("anna", "POST", OF_ALFA + "/1/propose", DECISION.formatted(1));
        assertThat(clerks.call("bert", "POST", OF_ALFA + "/1/approve", DECISION.formatted(2))
                        .body())
                .contains("APPROVED");
    }

    @Test
    void tags_of_a_brokers_own_are_tried_on_a_sample_and_agreed_on_by_two_and_its_executions_compared()
            throws Exception {
        var sample = log("5.00").getBytes(StandardCharsets.UTF_8);
        var asAllOthers = clerks.post("anna", "/rules/layout-drop-copy/versions/1/layout-dry-run?rows=5", sample);
        assertThat(asAllOthers.statusCode()).as(asAllOthers.body()).isEqualTo(200);
        assertThat(asAllOthers.body())
                .contains(
                        "\"rows\":0",
                        "\"refusedRows\":1",
                        "It reports an execution without ExecID (17)",
                        "executions that count 0");

        clerks.call("anna", "POST", OF_ALFA, ofAlfa());
        var tried = clerks.post("anna", OF_ALFA + "/1/layout-dry-run?rows=5", sample);
        assertThat(tried.body())
                .contains(
                        "\"rows\":3",
                        "\"refusedRows\":0",
                        "{\"column\":\"reference\",\"value\":\"AE1\"}",
                        "{\"column\":\"account\",\"value\":\"GEQ1\"}",
                        "{\"column\":\"costs\",\"value\":\"2.51\"}",
                        "{\"column\":\"fees\",\"value\":\"0.01\"}",
                        "FIX messages 4, executions that count 3");
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("0");
        clerks.call("anna", "POST", OF_ALFA + "/1/propose", DECISION.formatted(1));
        assertThat(clerks.call("anna", "POST", OF_ALFA + "/1/approve", DECISION.formatted(2))
                        .body())
                .contains("MAKER_IS_CHECKER");
        clerks.call("bert", "POST", OF_ALFA + "/1/approve", DECISION.formatted(2));

        desk.drop("brokers/ALFA/dropcopy-20261120.log", log("5.00"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select item_id, pass from reconciliation.matched order by 1"))
                .containsExactly("AE1 REFERENCE", "AE2 REFERENCE", "AE3 REFERENCE");
        assertThat(desk.rows("select layout_set, layout_version from reconciliation.statement"))
                .containsExactly("layout-drop-copy-ALFA 1");
    }

    @Test
    void a_commission_that_is_told_is_compared_with_that_of_the_trade() throws Exception {
        agree();
        desk.drop("brokers/ALFA/dropcopy-20261120.log", log("6.00"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("BROKER_DROP_COPY AMOUNT AE3 5.53 6.53");
    }

    @Test
    void a_file_that_was_read_by_the_wrong_layout_is_handed_in_again_and_the_other_brokers_keep_the_one_for_all()
            throws Exception {
        FridaysTrades.sap(desk);
        desk.drop("brokers/ALFA/dropcopy-20261120.log", log("5.00"));
        desk.drop(
                "brokers/BRAVO/dropcopy-20261120.log",
                message("35=8|49=BRAVO|56=DESK|17=BE1|150=F|1=GEQ2|55=SAP|207=XETR|54=1|32=50|31=170.50"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).hasSize(3).allMatch(found -> found.contains("MISSING_THEIRS AE"));
        agree();
        desk.drop("brokers/ALFA/dropcopy-20261120.log", log("5.00"));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows(
                        "select sender, layout_set from reconciliation.statement where status = 'LOADED' order by 1"))
                .containsExactly("ALFA layout-drop-copy-ALFA", "BRAVO layout-drop-copy");
    }
}
