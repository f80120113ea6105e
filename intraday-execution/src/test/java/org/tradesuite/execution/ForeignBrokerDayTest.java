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
import org.tradesuite.execution.fix.ForeignBroker;
import tools.jackson.databind.JsonNode;

/** From a decision over HTTP to a position, through a broker that nobody here wrote. */
class ForeignBrokerDayTest {
    @TempDir
    private static Path folder;

    private static House house;
    private static ForeignBroker broker;

    @BeforeAll
    static void open() throws Exception {
        broker = ForeignBroker.start("FIX.4.4", "BRAVO", "9.20", folder);
        house = new House(
                        folder,
                        List.of(
                                "--execution.fix.sessions=BRAVO",
                                "--execution.fix.session.BRAVO.port=" + broker.port,
                                "--execution.fix.session.BRAVO.exec-ids=PER_ORDER"))
                .morning();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        broker.close();
    }

    private static String held(String account) throws Exception {
        return house.get("trader", "/positions?accountId=" + account)
                .body()
                .path("items")
                .path(0)
                .path("quantity")
                .asString("0");
    }

    @Test
    void a_decision_becomes_a_fill_and_a_position_once_and_stays_so_after_a_restart() throws Exception {
        Reply reply = house.decide("foreign-1", House.decision("accountId", "GEQ2", "limitPrice", "9.25"));
        assertThat(reply.status()).isEqualTo(201);
        String order = reply.body().path("orderId").asString("");
        JsonNode filled = house.orderWhen(order, "FILLED");
        assertThat(filled.path("order").path("executedQuantity").asString("")).isEqualTo("1000");
        assertThat(filled.path("order").path("averagePrice").asString("")).isEqualTo("9.2");
        JsonNode fills = house.get("trader", "/fills?orderId=" + order).body().path("items");
        assertThat(fills).hasSize(1);
        assertThat(held("GEQ2")).isEqualTo("1000");
        String cash = house.get("trader", "/cash?accountId=GEQ2").raw().body();

        house.restart();

        assertThat(held("GEQ2")).isEqualTo("1000");
        assertThat(house.get("trader", "/cash?accountId=GEQ2").raw().body()).isEqualTo(cash);
        assertThat(house.get("trader", "/fills?orderId=" + order).body().path("items"))
                .hasSize(1);
        assertThat(house.get("trader", "/orders/" + order + "/events").body().path("items"))
                .isNotEmpty();
    }

    @Test
    void a_cancel_the_broker_does_not_understand_leaves_nothing_pending() throws Exception {
        // A limit far enough below its price of 9.20 is acknowledged and not filled.
        Reply reply = house.decide("foreign-2", House.decision("limitPrice", "9.1", "quantity", "500"));
        String order = reply.body().path("orderId").asString("");
        house.orderWhen(order, "WORKING");
        Awaitility.await("the broker has it")
                .atMost(Duration.ofSeconds(20))
                .until(() -> route(order).equals("NEW"));
        Reply cancel = house.post(
                "trader",
                "/orders/" + order + "/cancel",
                "application/json",
                "{\"reason\":\"Changed our mind.\"}",
                Map.of());
        assertThat(cancel.status()).isEqualTo(202);
        Awaitility.await("the pending cancel is released")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("trader", "/orders/" + order + "/events")
                                .raw()
                                .body()
                                .contains("refused")
                        && route(order).equals("NEW"));
    }

    private static String route(String order) throws Exception {
        return house.get("trader", "/orders/" + order)
                .body()
                .path("routes")
                .path(0)
                .path("status")
                .asString("");
    }

    @Test
    void the_broker_is_shown_with_its_line() throws Exception {
        Awaitility.await("the line is up")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("trader", "/brokers")
                        .body()
                        .path("items")
                        .valueStream()
                        .anyMatch(each -> each.path("brokerId").asString("").equals("BRAVO")
                                && each.path("state").asString("").equals("UP")));
    }
}
