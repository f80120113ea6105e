package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tradesuite.execution.House.Reply;
import org.tradesuite.execution.risk.PreTrade;

/** Whoever hands in a decision is told of it what anybody can read of it from then on, to the letter. */
class AnswerTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static Reply read(Reply answer) throws Exception {
        return DESK.house.get(
                "trader", "/decisions/" + answer.body().path("decisionId").asString(""));
    }

    @Test
    void an_accepted_decision() throws Exception {
        Reply answer = DESK.house.decide(
                "answer-accepted",
                House.decision("quantity", "1100", "endTime", "2026-03-02T15:00:00Z", "reason", "Rebalance to model."));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("timeInForce").asString("")).isEqualTo("DAY");
        assertThat(answer.body().path("reason").asString("")).isEqualTo("Rebalance to model.");
        assertThat(answer.body().path("riskChecks")).isEmpty();
        assertThat(read(answer).body()).isEqualTo(answer.body());
        var evidence = DESK.house.get(
                "trader", "/decisions/" + answer.body().path("decisionId").asString("") + "/checks");
        assertThat(evidence.body().path("items").path(0).path("checks")).hasSameSizeAs(PreTrade.rules());
    }

    @Test
    void a_refused_decision() throws Exception {
        Reply answer = DESK.house.decide("answer-refused", House.decision("quantity", "900000000"));
        assertThat(answer.body().path("status").asString("")).isEqualTo("REFUSED");
        assertThat(answer.body()
                        .path("refusals")
                        .valueStream()
                        .map(refusal -> refusal.path("detail").asString("")))
                .contains("The order has more units than the limit allows: send a smaller one, or have risk raise"
                        + " the limit.");
        assertThat(answer.body()
                        .path("riskChecks")
                        .valueStream()
                        .map(check -> check.path("verdict").asString("")))
                .isNotEmpty()
                .doesNotContain("PASS");
        assertThat(read(answer).body()).isEqualTo(answer.body());
    }

    @Test
    void the_same_request_again() throws Exception {
        String body = House.decision("quantity", "1200");
        Reply first = DESK.house.decide("answer-again", body);
        Reply again = DESK.house.decide("answer-again", body);
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_batch_with_a_new_one_and_an_earlier_one() throws Exception {
        String earlier = House.decision("quantity", "1300");
        Reply first = DESK.house.decide("answer-earlier", earlier);
        Reply answer = DESK.house.post(
                "trader",
                "/decision-batches",
                "application/json",
                "{\"decisions\":[{\"idempotencyKey\":\"answer-earlier\",\"decision\":" + earlier
                        + "},{\"idempotencyKey\":\"answer-newer\",\"decision\":" + House.decision("quantity", "1400")
                        + "}]}",
                Map.of());
        var results = answer.body().path("results");
        assertThat(results.path(0).path("decision")).isEqualTo(first.body());
        var newer = results.path(1).path("decision");
        assertThat(DESK.house
                        .get("trader", "/decisions/" + newer.path("decisionId").asString(""))
                        .body())
                .isEqualTo(newer);
    }
}
