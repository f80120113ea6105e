package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.fix.BrokerAcceptor;
import quickfix.field.TimeInForce;

/** How long an order may wait, from the decision to the broker. */
class TimeInForceTest {
    @TempDir
    private static Path folder;

    private static House house;
    private static BrokerAcceptor broker;

    @BeforeAll
    static void open() throws Exception {
        broker = BrokerAcceptor.start("FIX.4.4", "BRAVO", folder.resolve("broker"));
        house = new House(
                        folder,
                        List.of("--execution.fix.sessions=BRAVO", "--execution.fix.session.BRAVO.port=" + broker.port))
                .morning();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        broker.close();
    }

    @Test
    void an_immediate_decision_is_an_immediate_order_and_one_that_says_nothing_is_for_the_day() throws Exception {
        assertThat(house.decide("tif-ioc-1", House.decision("timeInForce", "IOC", "quantity", "1100"))
                        .status())
                .isEqualTo(201);
        assertThat(broker.message("D", 1).getString(TimeInForce.FIELD)).isEqualTo("3");
        var decision = house.decide("tif-fok-1", House.decision("timeInForce", "FOK", "quantity", "1200"));
        assertThat(decision.status()).isEqualTo(201);
        assertThat(decision.body().path("timeInForce").asString("")).isEqualTo("FOK");
        var order =
                house.get("trader", "/orders/" + decision.body().path("orderId").asString(""));
        assertThat(order.body().path("order").path("timeInForce").asString("")).isEqualTo("FOK");
        assertThat(broker.message("D", 2).getString(TimeInForce.FIELD)).isEqualTo("4");
        assertThat(house.decide("tif-day-1", House.decision("quantity", "1300")).status())
                .isEqualTo(201);
        assertThat(broker.message("D", 3).getString(TimeInForce.FIELD)).isEqualTo("0");
    }

    @Test
    void an_algorithm_that_takes_its_time_cannot_be_immediate() throws Exception {
        var reply = house.decide("tif-vwap-1", House.decision("algo", "VWAP", "timeInForce", "IOC"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.raw().body()).contains("timeInForce").contains("IMMEDIATE");
    }

    @Test
    void a_time_in_force_nobody_knows_is_refused() throws Exception {
        assertThat(house.decide("tif-gtc-1", House.decision("timeInForce", "GTC"))
                        .status())
                .isEqualTo(400);
    }
}
