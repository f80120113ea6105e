package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.House.Reply;
import tools.jackson.databind.JsonNode;

/** An amendment waits for somebody of risk, met at the front door. The market says 9.206; the collar is a few percent. */
class HeldAmendmentHouseTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static Reply post(String user, String path, String body) throws Exception {
        return DESK.house.post(user, path, "application/json", body, Map.of());
    }

    private static Reply get(String user, String path) throws Exception {
        return DESK.house.get(user, path);
    }

    /** An order at a price that nobody minds. */
    private static String order(String key, String quantity) throws Exception {
        Reply made = DESK.house.decide(key, House.decision("quantity", quantity, "limitPrice", "9.20"));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        return made.body().path("orderId").asString("");
    }

    private static Reply amend(String order, String body) throws Exception {
        return post("trader", "/orders/" + order + "/amend", body);
    }

    private static Reply tooDear(String order) throws Exception {
        return amend(order, "{\"limitPrice\":\"20.00\",\"reason\":\"Get it done.\"}");
    }

    private static Reply judge(String user, String order, String how, String body) throws Exception {
        return post(user, "/orders/" + order + "/amend/" + how, body);
    }

    private static Reply override(String user, String order, int version) throws Exception {
        return judge(user, order, "override", "{\"version\":" + version + ",\"reason\":\"The client confirmed it.\"}");
    }

    private static void enough(String order) throws Exception {
        assertThat(judge("risk", order, "refuse", "{\"reason\":\"Enough.\"}").status())
                .isEqualTo(200);
    }

    private static List<JsonNode> waiting(String query) throws Exception {
        return get("risk", "/holds" + query).body().path("items").valueStream().toList();
    }

    @Test
    void the_answer_says_that_it_waits_and_shows_old_and_asked_and_why() throws Exception {
        String order = order("held-amend-1", "1000");
        Reply held = tooDear(order);
        assertThat(held.status()).isEqualTo(202);
        assertThat(held.body().path("limitPrice").asString("")).isEqualTo("9.2");
        JsonNode asked = held.body().path("amendment");
        assertThat(asked.path("status").asString("")).isEqualTo("HELD");
        assertThat(asked.path("limitPrice").asString("")).isEqualTo("20");
        assertThat(asked.has("quantity")).isFalse();
        assertThat(asked.path("quantityBefore").asString("")).isEqualTo("1000");
        assertThat(asked.path("limitPriceBefore").asString("")).isEqualTo("9.2");
        assertThat(asked.path("askedBy").asString("")).isEqualTo("trader");
        assertThat(asked.path("reason").asString("")).isEqualTo("Get it done.");
        assertThat(asked.path("hold").path("version").asInt()).isEqualTo(1);
        assertThat(asked.path("refusals").path(0).path("code").asString("")).isEqualTo("PRICE_OUTSIDE_COLLAR");
        assertThat(asked.path("riskChecks").valueStream())
                .anySatisfy(check -> assertThat(check.path("rule").asString("")).isEqualTo("PRICE_COLLAR"));
        assertThat(get("trader", "/orders/" + order).body().path("order").path("amendment"))
                .isEqualTo(asked);
        enough(order);
    }

    @Test
    void risk_sees_both_kinds_waiting_and_lets_the_amendment_pass() throws Exception {
        String order = order("held-amend-2", "1100");
        tooDear(order);
        Reply decision = DESK.house.decide("held-beside-1", House.decision("limitPrice", "20.00"));
        String id = decision.body().path("decisionId").asString("");
        List<JsonNode> both = waiting("");
        assertThat(both).anySatisfy(each -> {
            assertThat(each.path("kind").asString("")).isEqualTo("AMENDMENT");
            assertThat(each.path("order").path("orderId").asString("")).isEqualTo(order);
            assertThat(each.path("order")
                            .path("amendment")
                            .path("riskChecks")
                            .path(0)
                            .path("verdict")
                            .asString(""))
                    .isNotEmpty();
            assertThat(each.has("decision")).isFalse();
        });
        assertThat(both).anySatisfy(each -> {
            assertThat(each.path("kind").asString("")).isEqualTo("DECISION");
            assertThat(each.path("decision").path("decisionId").asString("")).isEqualTo(id);
            assertThat(each.path("decision").path("riskChecks").isEmpty()).isFalse();
        });
        assertThat(waiting("?kind=DECISION"))
                .allMatch(each -> each.path("kind").asString("").equals("DECISION"));
        assertThat(waiting("?kind=AMENDMENT"))
                .allMatch(each -> each.path("kind").asString("").equals("AMENDMENT"));
        // Page by page, the oldest first, and each once.
        Reply first = get("risk", "/holds?limit=1");
        String cursor = first.body().path("nextCursor").asString("");
        assertThat(first.body().path("items").size()).isEqualTo(1);
        assertThat(get("risk", "/holds?limit=1&cursor=" + cursor).body().path("items"))
                .isNotEqualTo(first.body().path("items"));

        Reply passed = override("risk", order, 1);
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.body().path("limitPrice").asString("")).isEqualTo("20");
        JsonNode asked = passed.body().path("amendment");
        assertThat(asked.path("status").asString("")).isEqualTo("ACCEPTED");
        assertThat(asked.path("hold").path("end").asString("")).isEqualTo("OVERRIDDEN");
        assertThat(asked.path("hold").path("decidedBy").asString("")).isEqualTo("risk");
        assertThat(asked.path("hold").path("decidedReason").asString("")).isEqualTo("The client confirmed it.");
        // What is decided waits no more, and is shown nowhere as if it did.
        assertThat(get("trader", "/orders/" + order).body().path("order").has("amendment"))
                .isFalse();
        assertThat(waiting("?kind=AMENDMENT"))
                .noneMatch(
                        each -> each.path("order").path("orderId").asString("").equals(order));
        post("risk", "/decisions/" + id + "/refuse", "{\"reason\":\"Enough.\"}");
    }

    @Test
    void nothing_goes_to_the_broker_until_then() throws Exception {
        String order = order("held-amend-3", "1200");
        tooDear(order);
        assertThat(DESK.broker.heardOf("G"))
                .noneMatch(replace -> replace.toString().contains(order));
        override("risk", order, 1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(DESK.broker.heardOf("G"))
                        .anyMatch(replace -> replace.toString().contains(order)
                                && replace.toString().contains("44=20")));
    }

    @Test
    void risk_refuses_it_and_the_order_stays_as_it_is() throws Exception {
        String order = order("held-amend-4", "1300");
        tooDear(order);
        Reply refused = judge("risk", order, "refuse", "{\"reason\":\"A typing error.\"}");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body().path("limitPrice").asString("")).isEqualTo("9.2");
        assertThat(refused.body().path("amendment").path("status").asString("")).isEqualTo("REFUSED");
        assertThat(refused.body().path("amendment").path("hold").path("end").asString(""))
                .isEqualTo("REFUSED");
        assertThat(override("risk", order, 1).code()).isEqualTo("CONFLICT");
        assertThat(judge("risk", order, "refuse", "{\"reason\":\"Again.\"}").code())
                .isEqualTo("CONFLICT");
    }

    @Test
    void whoever_asked_for_it_withdraws_it_and_nobody_else_of_the_desk() throws Exception {
        String order = order("held-amend-5", "1400");
        tooDear(order);
        Reply other = judge("apatel", order, "refuse", "{\"reason\":\"Not mine.\"}");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isEqualTo("FORBIDDEN");
        assertThat(judge("trader", order, "refuse", "{\"reason\":\"Meant 9.20.\"}")
                        .body()
                        .path("amendment")
                        .path("hold")
                        .path("end")
                        .asString(""))
                .isEqualTo("WITHDRAWN");
    }

    @Test
    void another_one_meanwhile_is_told_what_to_do() throws Exception {
        String order = order("held-amend-6", "1500");
        tooDear(order);
        Reply second = amend(order, "{\"quantity\":\"1400\",\"reason\":\"Less.\"}");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("AMENDMENT_WAITS");
        assertThat(second.body().path("detail").asString("")).contains("withdraw it first");
        enough(order);
        assertThat(amend(order, "{\"quantity\":\"1400\",\"reason\":\"Less.\"}").status())
                .isEqualTo(202);
    }

    @Test
    void a_cancel_of_the_order_withdraws_it_and_the_books_say_why() throws Exception {
        String order = order("held-amend-7", "1600");
        tooDear(order);
        post("trader", "/orders/" + order + "/cancel", "{\"reason\":\"Changed my mind.\"}");
        assertThat(get("trader", "/orders/" + order).body().path("order").has("amendment"))
                .isFalse();
        assertThat(DESK.house.one("select hold_end || ' ' || status || ' ' || decided_reason"
                        + " from execution_api.held_amendment where order_id = '" + order + "'"))
                .isEqualTo("ORDER_ENDED REFUSED The order ends as CANCELLED: Changed my mind.");
    }

    @ParameterizedTest
    @CsvSource({"trader, 1700", "operations, 1710", "compliance, 1720"})
    void nobody_but_risk_lets_it_pass(String user, String quantity) throws Exception {
        String order = order("held-amend-role-" + user, quantity);
        tooDear(order);
        assertThat(override(user, order, 1).status()).isEqualTo(403);
        assertThat(get("trader", "/orders/" + order).body().path("order").has("amendment"))
                .isTrue();
        enough(order);
    }

    @Test
    void another_version_than_the_one_looked_at_is_stale() throws Exception {
        String order = order("held-amend-8", "1810");
        tooDear(order);
        Reply stale = override("risk", order, 2);
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("STALE_VERSION");
        enough(order);
    }

    @Test
    void without_a_reason_nobody_lets_anything_pass() throws Exception {
        String order = order("held-amend-9", "1910");
        tooDear(order);
        assertThat(judge("risk", order, "override", "{\"version\":1}").code()).isEqualTo("MISSING_FIELD");
        assertThat(judge("risk", order, "refuse", "{}").code()).isEqualTo("MISSING_FIELD");
        enough(order);
    }

    @Test
    void what_is_not_there_is_not_let_pass() throws Exception {
        assertThat(override("risk", "ONONE", 1).code()).isEqualTo("NOT_FOUND");
        assertThat(get("risk", "/holds?kind=ORDER").status()).isEqualTo(400);
        assertThat(get("risk", "/holds?cursor=nonsense").code()).isEqualTo("INVALID_CURSOR");
    }
}
