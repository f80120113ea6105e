package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.reconciliation.dropcopy.BrokerEnd;
import org.tradesuite.reconciliation.dropcopy.DropCopyLineState;
import org.tradesuite.reconciliation.dropcopy.DropCopyLines;

/** From a broker's session to the desk's breaks: a run takes what came so far, and the next one what came since. */
class LiveDropCopyTest {

    private static final String JOB = "reconcile-brokers";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Desk desk;
    private Clerks clerks;
    private BrokerEnd broker;

    @BeforeEach
    void trade() throws IOException {
        desk = new Desk(folder);
        desk.trade(
                "T1",
                "ALFA",
                "GEQ1",
                "VOD.XLON",
                "BUY",
                "722.00 5.00 0.03 727.03",
                "2026-11-24",
                new Object[] {"AE1", 500, "0.7220"},
                new Object[] {"AE2", 300, "0.7220"});
        clerks = new Clerks(desk);
        broker = BrokerEnd.waiting("FIX.4.4", "ALFA", "DESK");
        open();
    }

    private void open() {
        var session = "--tradesuite.reconciliation.drop-copy.session.ALFA.";
        desk.open(
                "--tradesuite.reconciliation.drop-copy.sessions=ALFA",
                "--tradesuite.reconciliation.drop-copy.check-latency=false",
                session + "host=127.0.0.1",
                session + "port=" + broker.port(),
                session + "sender=DESK",
                session + "target=ALFA",
                session + "reconnect-seconds=1");
    }

    @AfterEach
    void close() throws IOException {
        clerks.close();
        desk.close();
        broker.close();
    }

    private List<String> breaks() {
        return desk.rows("select feed, break_class, reference from reconciliation_api.open_break"
                + " where feed = 'BROKER_DROP_COPY' order by 1, 2, 3");
    }

    private void heard(int messages) {
        await().atMost(LONG)
                .until(() -> desk.bean(DropCopyLines.class).states().getFirst().messages() >= messages);
    }

    @Test
    void a_run_takes_what_came_so_far_and_a_later_one_the_rest_in_its_place() {
        heard(1);
        broker.fill("AE1", 500);
        heard(2);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).containsExactly("BROKER_DROP_COPY MISSING_THEIRS AE2");

        broker.fill("AE2", 300);
        heard(3);
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select file_name, status, rows from reconciliation_api.statement order by statement_id"))
                .containsExactly("dropcopy-20261120-001.fix SUPERSEDED 1", "dropcopy-20261120-002.fix LOADED 2");
    }

    @Test
    void what_is_sent_again_after_the_numbers_were_lost_counts_once() throws IOException {
        heard(1);
        broker.fill("AE1", 500);
        broker.fill("AE2", 300);
        heard(3);
        desk.shut();
        try (var store = Files.list(folder.resolve("drop/.drop-copy"))) {
            for (var file : store.toList()) {
                Files.delete(file);
            }
        }
        open();
        heard(8);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(breaks()).isEmpty();
        assertThat(desk.rows("select status, rows from reconciliation_api.statement"))
                .containsExactly("LOADED 2");
    }

    @Test
    void a_gap_that_stays_until_the_day_is_over_is_a_finding_that_names_it_and_the_whole_copy_clears_it()
            throws Exception {
        clock().at("2026-11-20T18:00:00Z");
        heard(1);
        broker.fill("AE1", 500);
        heard(2);
        broker.deaf(true);
        broker.lose("35=8|", BrokerEnd.execution("AE2", 300));
        broker.say("35=0|", "");
        await().atMost(LONG).until(() -> broker.askedAgain() > 0 && state().early() == 1);
        assertThat(metric("gaps")).contains("\"value\":1.0");
        assertThat(metric("waiting")).contains("\"value\":1.0");

        broker.at("2026-11-21T06:00:00Z");
        clock().at("2026-11-21T06:00:00Z");
        await().atMost(LONG).until(() -> state().messages() == 3);
        clock().at("2026-11-21T06:00:30Z");
        var handedIn = folder.resolve("drop/brokers/ALFA/dropcopy-20261120-001.fix");
        await().atMost(LONG).until(() -> Files.exists(handedIn));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.rows("select break_class, broker_id, reference from reconciliation_api.open_break"))
                .containsExactly(
                        "STATEMENT_GAP ALFA dropcopy-20261120-001.fix", "STALE_STATEMENT ALFA trades of 2026-11-20");
        assertThat(desk.rows("select reason from reconciliation.statement where status = 'REFUSED'"))
                .singleElement()
                .asString()
                .contains("message 3 from ALFA to DESK");
        assertThat(desk.rows("select count(*) from reconciliation.matched")).containsExactly("0");

        desk.drop("brokers/ALFA/dropcopy-20261120-whole.log", executed("AE1", 500) + executed("AE2", 300));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select break_class from reconciliation_api.open_break"))
                .containsExactly("STALE_STATEMENT");
    }

    private static String executed(String id, int quantity) {
        return message("35=8|49=ALFA|56=DESK|" + BrokerEnd.execution(id, quantity));
    }

    private DeskClock clock() {
        return (DeskClock) desk.bean(Clock.class);
    }

    private DropCopyLineState state() {
        return desk.bean(DropCopyLines.class).states().getFirst();
    }

    private String metric(String name) throws Exception {
        var answer = clerks.call("anna", "GET", "/actuator/metrics/dropcopy." + name + "?tag=broker:ALFA", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void how_the_session_stands_is_measured() throws Exception {
        heard(1);
        broker.fill("AE1", 500);
        heard(2);
        assertThat(metric("up")).contains("\"value\":1.0");
        assertThat(metric("recording")).contains("\"value\":1.0");
        assertThat(metric("messages")).contains("\"value\":2.0");
        assertThat(metric("gaps")).contains("\"value\":0.0");
        broker.close();
        await().atMost(LONG).until(() -> metric("up").contains("\"value\":0.0"));
    }

    @Test
    void how_the_session_stands_is_answered_over_http() throws Exception {
        heard(1);
        broker.fill("AE1", 500);
        heard(2);
        var answer = clerks.call("anna", "GET", "/drop-copy-sessions", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"brokerId\":\"ALFA\"", "\"loggedOn\":true", "\"says\":\"logged on\"")
                .contains("\"nextExpected\":3", "\"file\":\"dropcopy-20261120.fix.part\"", "\"messages\":2");
        assertThat(clerks.call("anna", "GET", "/actuator/health", null).body()).contains("\"status\":\"UP\"");
    }
}
