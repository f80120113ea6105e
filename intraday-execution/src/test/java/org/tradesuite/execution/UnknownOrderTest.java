package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.House.Reply;
import org.tradesuite.execution.fix.BrokerAcceptor;
import tools.jackson.databind.JsonNode;

/** A broker that does not answer, and what persons may do about it and about the orders that nobody knows the state of. */
class UnknownOrderTest {
    @TempDir
    private static Path folder;

    private static House house;
    private static BrokerAcceptor broker;

    @BeforeAll
    static void open() throws Exception {
        broker = BrokerAcceptor.start("FIX.4.4", "BRAVO", folder.resolve("broker"));
        house = new House(
                        folder,
                        List.of(
                                "--execution.fix.sessions=BRAVO",
                                "--execution.fix.session.BRAVO.port=" + broker.port,
                                "--execution.engine.ask-after=500ms",
                                "--execution.engine.ask-again=200ms",
                                "--execution.engine.asks=2",
                                "--execution.engine.reconcile-within=1s",
                                "--execution.engine.reconcile-again=1h"))
                .morning();
        isGate("OPEN");
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        broker.close();
    }

    private static JsonNode gate() throws Exception {
        return house.get("trader", "/brokers")
                .body()
                .path("items")
                .valueStream()
                .filter(each -> each.path("brokerId").asString("").equals("BRAVO"))
                .findFirst()
                .orElseThrow();
    }

    private static void isGate(String state) {
        Awaitility.await("gate " + state)
                .atMost(Duration.ofSeconds(30))
                .until(() -> gate().path("gate").asString("").equals(state)
                        && gate().path("state").asString("").equals("UP"));
    }

    private static Reply post(String user, String path, String body) throws Exception {
        return house.post(user, path, "application/json", body, Map.of());
    }

    private static Reply end(String user, String route, String status, String executed, String average)
            throws Exception {
        return post(
                user,
                "/routes/" + route + "/end",
                "{\"status\":\"" + status + "\",\"executedQuantity\":\"" + executed + "\""
                        + (average.isEmpty() ? "" : ",\"averagePrice\":\"" + average + "\"")
                        + ",\"reason\":\"Spoken to their desk on the known number.\"}");
    }

    private static JsonNode listed(String status) throws Exception {
        return house.get("compliance", "/routes?status=" + status).body().path("items");
    }

    private static final String BECAUSE = "{\"reason\":\"Their desk says that the fault is repaired.\"}";

    @Test
    void who_may_reconcile_and_open_a_broker_and_what_two_persons_say_of_an_order_nobody_knows() throws Exception {
        // Who, which broker, in which state, and why
        assertThat(post("compliance", "/brokers/BRAVO/reconcile", BECAUSE).status())
                .isEqualTo(403);
        assertThat(post("operations", "/brokers/NOBODY/reconcile", BECAUSE).status())
                .isEqualTo(404);
        assertThat(post("risk", "/brokers/NOBODY/open", BECAUSE).status()).isEqualTo(404);
        assertThat(post("operations", "/brokers/CHARLIE/reconcile", BECAUSE).status())
                .isEqualTo(409);
        assertThat(post("risk", "/brokers/CHARLIE/open", BECAUSE).status()).isEqualTo(409);
        assertThat(post("trader", "/brokers/BRAVO/open", BECAUSE).status()).isEqualTo(403);
        assertThat(post("operations", "/brokers/BRAVO/open", BECAUSE).status()).isEqualTo(403);
        assertThat(post("operations", "/brokers/BRAVO/reconcile", "{}").status())
                .isEqualTo(400);
        assertThat(post("risk", "/brokers/BRAVO/open", "{}").status()).isEqualTo(400);
        assertThat(post("risk", "/brokers/BRAVO/open", BECAUSE).code())
                .as("it is open already")
                .isEqualTo("AMEND_CHANGES_NOTHING");
        Reply nothing = post("trader", "/brokers/BRAVO/reconcile", BECAUSE);
        assertThat(nothing.status()).isEqualTo(202);
        assertThat(nothing.body().path("gate").asString("")).isEqualTo("OPEN");

        // An order that is never answered, and a broker that does not say how it is
        Reply decided = house.decide("unknown-order", House.decision());
        assertThat(decided.status()).as(decided.raw().body()).isEqualTo(201);
        var id = broker.message("D", 1).getString(11);
        var route = id.substring(0, id.lastIndexOf('-'));
        assertThat(end("operations", route, "REJECTED", "0", "").status())
                .as("its broker has had no time yet")
                .isEqualTo(409);
        Awaitility.await("unknown")
                .atMost(Duration.ofSeconds(30))
                .until(() -> listed("UNKNOWN").size() == 1);
        JsonNode listed = listed("UNKNOWN").get(0);
        assertThat(listed.path("routeId").asString("")).isEqualTo(route);
        assertThat(listed.path("unknownReason").asString("")).isEqualTo("BRAVO did not answer in 2 status requests");
        assertThat(gate().path("unknownRoutes").asInt(0)).isEqualTo(1);

        Reply asked = post("operations", "/brokers/BRAVO/reconcile", BECAUSE);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().path("gate").asString("")).isEqualTo("RECONCILING");
        isGate("BLOCKED");
        assertThat(gate().path("gateReason").asString(""))
                .contains("BRAVO did not answer about 1 of 1 order: " + route);
        Reply opened = post("risk", "/brokers/BRAVO/open", BECAUSE);
        assertThat(opened.status()).isEqualTo(202);
        assertThat(opened.body().path("gate").asString("")).isEqualTo("OPEN");
        assertThat(opened.body().path("gateReason").asString("")).isEqualTo("opened by risk");
        assertThat(listed("UNKNOWN").size())
                .as("what is not known stays unknown")
                .isEqualTo(1);

        // Persons find out
        assertThat(end("trader", route, "CANCELED", "400", "9.20").status()).isEqualTo(403);
        assertThat(end("operations", "R-NONE", "CANCELED", "400", "9.20").status())
                .isEqualTo(404);
        assertThat(end("operations", route, "CANCELED", "400", "").status())
                .as("no price")
                .isEqualTo(400);
        assertThat(end("operations", route, "FILLED", "400", "9.20").status())
                .as("not all")
                .isEqualTo(400);
        assertThat(end("operations", route, "CANCELED", "2000", "9.20").status())
                .as("more than ordered")
                .isEqualTo(400);
        Reply first = end("operations", route, "CANCELED", "400", "9.20");
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.body().path("status").asString("")).isEqualTo("UNKNOWN");
        assertThat(first.body().path("unknownReason").asString(""))
                .contains("operations says that it is CANCELED with 400 executed at 9.2");
        Reply again = end("operations", route, "CANCELED", "400", "9.20");
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.code()).isEqualTo("MAKER_IS_CHECKER");
        Reply second = end("risk", route, "CANCELED", "400", "9.20");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("status").asString("")).isEqualTo("CANCELED");
        assertThat(second.body().path("executedQuantity").asString("")).isEqualTo("400");
        assertThat(listed("UNKNOWN").size()).isZero();
        assertThat(end("operations", route, "CANCELED", "400", "9.20").status()).isEqualTo(409);

        // Its broker's own words come after all, and count more
        broker.say("35=8|37=B1|11=" + id + "|17=E1|150=F|39=1|55=HSBA|54=1|38=1000|32=400|31=9.19|151=600|14=400"
                + "|6=9.19|60=20260302-10:00:01");
        broker.say("35=8|37=B1|11=" + id + "|17=E2|150=F|39=1|55=HSBA|54=1|38=1000|32=100|31=9.19|151=500|14=500"
                + "|6=9.19|60=20260302-10:00:02");
        Awaitility.await("its reports")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("trader", "/fills")
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(fill -> fill.path("live").asBoolean(false))
                                .filter(fill -> !fill.path("inferred").asBoolean(true))
                                .count()
                        == 2);
        assertThat(house.get("trader", "/positions").raw().body()).contains("\"quantity\":\"500\"");
    }
}
