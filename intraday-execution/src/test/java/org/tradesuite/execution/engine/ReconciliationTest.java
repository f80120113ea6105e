package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.Side;

/**
 * Brokers that come back without their past: the engine with its journal, the real sessions, and a broker at the other end
 * of a socket whose messages are gone. The books add up, or nothing is traded and it is said why.
 */
class ReconciliationTest {

    @TempDir
    private Path folder;

    private Stage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new Stage(folder, List.of("ALFA", "BRAVO"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String buys(String broker, String quantity) {
        return stage.decide(broker, Side.BUY, quantity, "115", TimeInForce.DAY);
    }

    /** What it heard since the last time, of this type. */
    private List<Map<Integer, String>> heard(String broker, String type) throws Exception {
        return stage.settled(broker).stream()
                .filter(message -> type.equals(message.get(35)))
                .toList();
    }

    private void says(String broker, String fields) throws Exception {
        Map<Integer, String> message = new LinkedHashMap<>();
        message.put(35, "8");
        for (var field : fields.split("\\|", -1)) {
            var equals = field.indexOf('=');
            message.put(Integer.valueOf(field.substring(0, equals)), field.substring(equals + 1));
        }
        message.putIfAbsent(37, "B1");
        message.putIfAbsent(55, "VOD");
        message.putIfAbsent(54, "1");
        message.putIfAbsent(38, "10000");
        message.putIfAbsent(60, ScriptedBroker.now(stage.now()));
        if (broker.equals("ALFA")) {
            message.putIfAbsent(20, "0");
        }
        stage.broker(broker).say(message);
    }

    private String gate(String broker) {
        return stage.read("select state from execution.broker_gate where broker_id = ?", broker);
    }

    private void isReconciling(String broker) {
        Awaitility.await(broker + " is asked")
                .atMost(Duration.ofSeconds(20))
                .until(() -> gate(broker).equals("RECONCILING"));
    }

    private String why(String order) {
        return stage.read("select status_reason from execution.parent_order where order_id = ?", order);
    }

    private @Nullable String executed(String route) {
        return stage.read(
                "select coalesce(sum(quantity), 0)::text || case when bool_or(inferred) then ' inferred' else '' end"
                        + " from execution.fill where live and route_id = ?",
                route);
    }

    @Test
    void fills_of_a_broker_whose_messages_are_gone_are_inferred_and_give_way_to_their_report() throws Exception {
        var order = buys("BRAVO", "10000");
        var id = Objects.requireNonNull(heard("BRAVO", "D").getFirst().get(11));
        var route = id.substring(0, id.lastIndexOf('-'));
        says("BRAVO", "17=E1|11=" + id + "|150=0|39=0|14=0|151=10000|6=0");
        says("BRAVO", "17=E2|11=" + id + "|150=F|39=1|32=2000|31=110|14=2000|151=8000|6=110");
        stage.settled("BRAVO");
        var before = stage.position("BRAVO");
        assertThat(executed(route)).isEqualTo("2000");

        // It trades 3000 more at 111, loses the line, and counts from 1 when it is back.
        stage.broker("BRAVO").forgets();
        isReconciling("BRAVO");
        var question = heard("BRAVO", "AF").getFirst();
        assertThat(question.get(585)).isEqualTo("7");

        var waiting = buys("BRAVO", "500");
        assertThat(heard("BRAVO", "D")).isEmpty();
        assertThat(stage.order(waiting).status()).isEqualTo(ParentOrder.Status.NEW);
        assertThat(why(waiting)).isEqualTo("No broker can take it: BRAVO is being reconciled.");

        var answer = "17=0|11=" + id + "|150=I|39=1|14=5000|151=5000|6=110.6|911=1|912=Y|584=";
        says("BRAVO", answer + question.get(584));
        stage.settled("BRAVO");
        assertThat(stage.position("BRAVO")).isEqualByComparingTo(before);
        assertThat(gate("BRAVO")).isEqualTo("RECONCILING");

        stage.passes(Duration.ofSeconds(5));
        stage.settled("BRAVO");
        assertThat(gate("BRAVO")).isEqualTo("OPEN");
        stage.passes(Duration.ofSeconds(1));
        assertThat(heard("BRAVO", "D")).hasSize(1);
        assertThat(executed(route)).isEqualTo("5000 inferred");
        assertThat(stage.read(
                        "select price::text || ' ' || exec_id from execution.fill where inferred and route_id = ?",
                        route))
                .isEqualTo("111 INFERRED/BRAVO/" + id + "/2000-5000/3000");
        assertThat(stage.position("BRAVO").subtract(before)).isEqualByComparingTo("3000");
        assertThat(stage.alerts()).extracting(Effect.Alert::kind).contains(AlertKind.FILL_INFERRED);

        // The engine is started again between its question and the answer: it asks anew, and the old answer opens
        // nothing.
        stage.broker("BRAVO").forgets();
        isReconciling("BRAVO");
        var first = heard("BRAVO", "AF").getFirst().get(584);
        stage.restart();
        isReconciling("BRAVO");
        var second = heard("BRAVO", "AF").getFirst().get(584);
        assertThat(second).isNotEqualTo(first);
        says("BRAVO", answer + first);
        stage.settled("BRAVO");
        assertThat(gate("BRAVO")).isEqualTo("RECONCILING");
        says("BRAVO", answer + second);
        var singly = heard("BRAVO", "H");
        assertThat(singly).as("the order it did not mention").hasSize(1);
        says("BRAVO", "17=0|11=" + singly.getFirst().get(11) + "|38=500|150=I|39=0|14=0|151=500|6=0");
        stage.settled("BRAVO");
        assertThat(gate("BRAVO")).isEqualTo("OPEN");
        assertThat(executed(route)).isEqualTo("5000 inferred");

        // Its reports are found after all.
        says("BRAVO", "17=E4|11=" + id + "|150=F|39=1|32=1000|31=111.2|14=5000|151=5000|6=110.6");
        says("BRAVO", "17=E3|11=" + id + "|150=F|39=1|32=2000|31=110.9|14=4000|151=6000|6=110.45");
        stage.settled("BRAVO");
        assertThat(executed(route)).isEqualTo("5000");
        assertThat(stage.position("BRAVO").subtract(before)).isEqualByComparingTo("3000");
        assertThat(stage.order(order).body().executed().toString()).isEqualTo("5000");
    }

    @Test
    void a_broker_that_never_answers_is_blocked_and_says_why_until_it_does() throws Exception {
        buys("ALFA", "10000");
        var id = Objects.requireNonNull(heard("ALFA", "D").getFirst().get(11));
        says("ALFA", "17=E1|11=" + id + "|150=0|39=0|14=0|151=10000|6=0");
        stage.settled("ALFA");
        stage.broker("ALFA").forgets();
        isReconciling("ALFA");
        assertThat(heard("ALFA", "H")).hasSize(1);
        var waiting = buys("ALFA", "500");

        stage.passes(Duration.ofSeconds(5));
        assertThat(heard("ALFA", "H")).hasSize(1);
        stage.passes(Duration.ofSeconds(25));
        stage.settled("ALFA");
        assertThat(gate("ALFA")).isEqualTo("BLOCKED");
        assertThat(stage.alerts())
                .extracting(Effect.Alert::kind)
                .contains(AlertKind.UNKNOWN_AT_BROKER, AlertKind.BROKER_BLOCKED);
        assertThat(Objects.requireNonNull(stage.route(id)).status()).isEqualTo(OrdStatus.UNKNOWN);
        stage.passes(Duration.ofSeconds(1));
        assertThat(heard("ALFA", "D")).isEmpty();
        assertThat(why(waiting))
                .isEqualTo(
                        "No broker can take it: ALFA could not be reconciled (ALFA did not answer about 1 of 1 order: "
                                + id.substring(0, id.lastIndexOf('-')) + ").");

        stage.passes(Duration.ofMinutes(1));
        assertThat(heard("ALFA", "H")).hasSize(1);
        says("ALFA", "17=0|20=3|11=" + id + "|150=0|39=0|14=0|151=10000|6=0");
        stage.settled("ALFA");
        assertThat(gate("ALFA")).isEqualTo("OPEN");
        assertThat(Objects.requireNonNull(stage.route(id)).status()).isEqualTo(OrdStatus.NEW);
        stage.passes(Duration.ofSeconds(1));
        assertThat(heard("ALFA", "D")).hasSize(1);
    }
}
