package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import quickfix.field.TimeInForce;

/** How long an order may wait, from the decision to the broker. */
class TimeInForceTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.4", "BRAVO");

    @Test
    void an_immediate_decision_is_an_immediate_order_and_one_that_says_nothing_is_for_the_day() throws Exception {
        assertThat(DESK.house
                        .decide("tif-ioc-1", House.decision("timeInForce", "IOC", "quantity", "1100"))
                        .status())
                .isEqualTo(201);
        assertThat(DESK.broker.message("D", 1).getString(TimeInForce.FIELD)).isEqualTo("3");
        var decision = DESK.house.decide("tif-fok-1", House.decision("timeInForce", "FOK", "quantity", "1200"));
        assertThat(decision.status()).isEqualTo(201);
        assertThat(decision.body().path("timeInForce").asString("")).isEqualTo("FOK");
        var order = DESK.house.get(
                "trader", "/orders/" + decision.body().path("orderId").asString(""));
        assertThat(order.body().path("order").path("timeInForce").asString("")).isEqualTo("FOK");
        assertThat(DESK.broker.message("D", 2).getString(TimeInForce.FIELD)).isEqualTo("4");
        assertThat(DESK.house
                        .decide("tif-day-1", House.decision("quantity", "1300"))
                        .status())
                .isEqualTo(201);
        assertThat(DESK.broker.message("D", 3).getString(TimeInForce.FIELD)).isEqualTo("0");
    }

    @Test
    void an_algorithm_that_takes_its_time_cannot_be_immediate() throws Exception {
        var reply = DESK.house.decide("tif-vwap-1", House.decision("algo", "VWAP", "timeInForce", "IOC"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.raw().body()).contains("timeInForce").contains("IMMEDIATE");
    }

    @Test
    void a_time_in_force_nobody_knows_is_refused() throws Exception {
        assertThat(DESK.house
                        .decide("tif-gtc-1", House.decision("timeInForce", "GTC"))
                        .status())
                .isEqualTo(400);
    }
}
