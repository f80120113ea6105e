package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tradesuite.execution.House.Reply;

/** What would happen is asked over HTTP, and nothing is there afterwards. */
class RiskCheckTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static Reply check(String user, String path, String body) throws Exception {
        return DESK.house.post(user, path, "application/json", body, Map.of());
    }

    private static int decisions() throws Exception {
        return DESK.house
                .get("trader", "/decisions?limit=1000")
                .body()
                .path("items")
                .size();
    }

    @Test
    void a_decision_is_checked_and_not_made() throws Exception {
        int before = decisions();
        Reply reply = check("trader", "/decisions/check", House.decision("quantity", "1000"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("outcome").asString("")).isEqualTo("ACCEPTED");
        assertThat(reply.body().path("refusals")).isEmpty();
        assertThat(reply.body().path("brokerId").asString("")).isEqualTo("ALFA");
        assertThat(reply.body().path("riskChecks").valueStream()).anySatisfy(rule -> {
            assertThat(rule.path("rule").asString("")).isEqualTo("MAX_ORDER_NOTIONAL");
            assertThat(rule.path("measured").asString("")).isNotEmpty();
            assertThat(rule.path("limit").asString("")).isNotEmpty();
        });
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void what_a_rule_blocks_is_named_with_its_code() throws Exception {
        Reply reply = check("risk", "/decisions/check", House.decision("quantity", "900000000"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("outcome").asString("")).isEqualTo("REFUSED");
        assertThat(reply.body().path("riskChecks").valueStream())
                .anySatisfy(rule -> assertThat(rule.path("code").asString("")).isEqualTo("ORDER_QUANTITY_EXCEEDED"));
    }

    @Test
    void a_wrong_field_is_the_same_problem_as_in_a_decision() throws Exception {
        String body = House.decision("accountId", "NOBODY", "quantity", "0");
        Reply reply = check("trader", "/decisions/check", body);
        Reply decided = DESK.house.decide("check-wrong-1", body);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(decided.code());
        assertThat(reply.body().path("errors")).isEqualTo(decided.body().path("errors"));
    }

    @Test
    void whoever_neither_trades_nor_watches_risk_does_not_ask() throws Exception {
        assertThat(check("operations", "/decisions/check", House.decision()).status())
                .isEqualTo(403);
    }

    @Test
    void an_amendment_is_checked_and_not_made() throws Exception {
        Reply made = DESK.house.decide("check-amend-1", House.decision("quantity", "1500"));
        String order = made.body().path("orderId").asString("");
        Reply reply = check(
                "trader", "/orders/" + order + "/amend/check", "{\"quantity\":\"1600\",\"reason\":\"More cash.\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("outcome").asString("")).isEqualTo("ACCEPTED");
        assertThat(DESK.house
                        .get("trader", "/orders/" + order)
                        .body()
                        .path("order")
                        .path("quantity")
                        .asString(""))
                .isEqualTo("1500");
    }

    @Test
    void an_amendment_of_an_order_that_is_not_there_is_not_found() throws Exception {
        assertThat(check("trader", "/orders/ONONE/amend/check", "{\"quantity\":\"1600\",\"reason\":\"More.\"}")
                        .code())
                .isEqualTo("NOT_FOUND");
    }
}
