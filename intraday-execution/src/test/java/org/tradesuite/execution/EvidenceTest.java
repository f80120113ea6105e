package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tradesuite.execution.House.Reply;
import tools.jackson.databind.JsonNode;

/** Why was it allowed, as it was known at any microsecond. */
class EvidenceTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static Reply get(String path) throws Exception {
        return DESK.house.get("risk", path);
    }

    private static Reply post(String user, String path, String body) throws Exception {
        return DESK.house.post(user, path, "application/json", body, Map.of());
    }

    private static List<String> told(Reply reply) {
        return reply.body()
                .path("items")
                .valueStream()
                .filter(each -> !each.path("subject").asString("").equals("CHILD"))
                .map(each -> each.path("subject").asString("") + " "
                        + each.path("outcome").asString(""))
                .toList();
    }

    private static Instant recorded(JsonNode assessment) {
        return Instant.parse(assessment.path("recordedAt").asString(""));
    }

    @Test
    void an_order_that_waited_was_let_pass_and_amended_is_told_at_each_moment() throws Exception {
        Reply held = DESK.house.decide("evidence-1", House.decision("quantity", "1700", "limitPrice", "20.00"));
        String id = held.body().path("decisionId").asString("");
        post("risk", "/decisions/" + id + "/override", "{\"version\":1,\"reason\":\"The client confirmed it.\"}");
        post("trader", "/orders/O" + id + "/amend", "{\"quantity\":\"1800\",\"reason\":\"More cash.\"}");
        post("risk", "/orders/O" + id + "/amend/override", "{\"version\":1,\"reason\":\"They asked for more.\"}");
        post("trader", "/orders/O" + id + "/amend", "{\"limitPrice\":\"9.21\",\"reason\":\"Nearer.\"}");
        Reply all = get("/orders/O" + id + "/checks");
        assertThat(told(all))
                .containsExactly(
                        "DECISION HELD",
                        "DECISION ACCEPTED",
                        "AMENDMENT HELD",
                        "AMENDMENT ACCEPTED",
                        "AMENDMENT ACCEPTED");
        var items = all.body().path("items");
        assertThat(items.path(1).path("overriddenBy").asString("")).isEqualTo("risk");
        assertThat(items.path(1).path("overrideReason").asString("")).isEqualTo("The client confirmed it.");
        assertThat(items.path(1).path("checks").valueStream()).anySatisfy(check -> {
            assertThat(check.path("rule").asString("")).isEqualTo("PRICE_COLLAR");
            assertThat(check.path("verdict").asString("")).isEqualTo("BLOCK");
            assertThat(check.path("limitScope").asString("")).isNotEmpty();
            assertThat(check.path("limitScopeId").asString("")).isNotEmpty();
            assertThat(check.path("detail").asString("")).isNotEmpty();
            assertThat(check.path("ruleVersion").asString("")).isNotEmpty();
        });
        assertThat(items.path(3).path("overriddenBy").asString("")).isEqualTo("risk");
        assertThat(items.path(3).path("overrideReason").asString("")).isEqualTo("They asked for more.");
        assertThat(items.path(4).has("overriddenBy")).isFalse();
        Instant amended = recorded(items.path(3));
        assertThat(told(get("/orders/O" + id + "/checks?asOf=" + amended.minusNanos(1_000))))
                .containsExactly("DECISION HELD", "DECISION ACCEPTED", "AMENDMENT HELD");
        // To the microsecond: then, and just before.
        Instant passed = recorded(items.path(1));
        assertThat(told(get("/orders/O" + id + "/checks?asOf=" + passed)))
                .containsExactly("DECISION HELD", "DECISION ACCEPTED");
        assertThat(told(get("/orders/O" + id + "/checks?asOf=" + passed.minusNanos(1_000))))
                .containsExactly("DECISION HELD");
        assertThat(get("/decisions/" + id + "/checks").body().path("items")).isEqualTo(items);
    }

    @Test
    void each_order_to_a_broker_has_its_own() throws Exception {
        Reply made = DESK.house.decide(
                "evidence-child",
                House.decision("quantity", "1650", "algo", "TWAP", "endTime", "2026-03-02T15:00:00Z"));
        String order = made.body().path("orderId").asString("");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(get("/orders/" + order + "/checks")
                                .body()
                                .path("items")
                                .valueStream()
                                .map(each -> each.path("subject").asString("") + " "
                                        + each.path("outcome").asString("")))
                        .containsExactly("DECISION ACCEPTED", "CHILD ACCEPTED"));
    }

    @Test
    void a_time_before_there_was_anything_is_a_problem_that_says_when() throws Exception {
        Reply made = DESK.house.decide("evidence-2", House.decision("quantity", "1900"));
        String id = made.body().path("decisionId").asString("");
        var items = get("/decisions/" + id + "/checks").body().path("items");
        Instant began = recorded(items.path(0));
        Reply early = get("/orders/O" + id + "/checks?asOf=" + began.minusNanos(1_000));
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.code()).isEqualTo("NOT_FOUND");
        assertThat(early.body().path("detail").asString("")).contains(began.toString());
        assertThat(get("/orders/O" + id + "/checks?asOf=" + began).status()).isEqualTo(200);
    }

    @Test
    void an_order_and_a_decision_that_never_were_are_not_found() throws Exception {
        assertThat(get("/orders/ONONE/checks").code()).isEqualTo("NOT_FOUND");
        assertThat(get("/decisions/DNONE/checks").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_time_that_is_none_is_a_problem() throws Exception {
        assertThat(get("/orders/ONONE/checks?asOf=yesterday").code()).isEqualTo("INVALID_PARAMETER");
    }

    @Test
    void each_limit_shows_what_was_measured_last_against_it() throws Exception {
        DESK.house.decide("evidence-3", House.decision("quantity", "2000"));
        Reply last = DESK.house.decide("evidence-4", House.decision("quantity", "2100"));
        Reply reply = get("/limits/utilisation");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("items").valueStream()).anySatisfy(each -> {
            assertThat(each.path("rule").asString("")).isEqualTo("MAX_ORDER_QUANTITY");
            assertThat(each.path("measured").asString("")).isEqualTo("2100");
            assertThat(each.path("decisionId").asString(""))
                    .isEqualTo(last.body().path("decisionId").asString(""));
            assertThat(each.path("usedPercent").asString("")).isNotEmpty();
        });
        assertThat(DESK.house.get("operations", "/limits/utilisation").status()).isEqualTo(403);
    }
}
