package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tradesuite.execution.House.Reply;
import quickfix.Message;
import tools.jackson.databind.JsonNode;

/** Executions nobody ordered, from the broker's message over FIX to the person who sees to them over HTTP. */
class ExternalOrderHouseTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK =
            new HouseOfOneBroker("FIX.4.4", "BRAVO", "--execution.engine.orphans-wait=200ms");

    @BeforeAll
    static void open() throws Exception {
        Awaitility.await("the line")
                .atMost(Duration.ofSeconds(20))
                .until(() -> DESK.house.get("trader", "/brokers").raw().body().contains("\"UP\""));
    }

    private static void reports(String clOrdId, String execId, String quantity, String price) throws Exception {
        DESK.broker.say("35=8|37=B-" + clOrdId + "|11=" + clOrdId + "|17=" + execId + "|150=F|39=1|1=SOMEBODY|55=HSBA"
                + "|48=GB0005405286|22=4|207=XLON|54=1|38=5000|32=" + quantity + "|31=" + price + "|14=" + quantity
                + "|151=0|6=" + price + "|60=20260302-10:00:01.250");
    }

    private static JsonNode orderWhen(String clOrdId, Predicate<JsonNode> is) {
        return Awaitility.await("external order " + clOrdId)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> DESK.house
                                .get("compliance", "/external-orders?limit=100")
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(order -> text(order, "clOrdId").equals(clOrdId))
                                .findFirst()
                                .orElse(DESK.house
                                        .get("compliance", "/external-orders?limit=1")
                                        .body()),
                        is);
    }

    private static JsonNode orderWhen(String clOrdId, String status) {
        return orderWhen(clOrdId, order -> text(order, "status").equals(status));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static String held(String account) throws Exception {
        return DESK.house
                .get("trader", "/positions?accountId=" + account)
                .body()
                .path("items")
                .valueStream()
                .filter(position -> text(position, "instrumentId").equals("HSBA.XLON"))
                .map(position -> text(position, "quantity"))
                .findFirst()
                .orElse("0");
    }

    private static Reply claim(String user, String id, String account) throws Exception {
        return DESK.house.post(
                user,
                "/external-orders/" + id + "/claim",
                "application/json",
                "{\"accountId\":\"" + account + "\",\"reason\":\"Confirmed on the known number.\"}",
                Map.of());
    }

    private static Reply disown(String user, String path, String reason) throws Exception {
        return DESK.house.post(
                user,
                path + "/dk",
                "application/json",
                "{\"dkReason\":\"" + reason + "\",\"reason\":\"No order of ours is like this.\"}",
                Map.of());
    }

    @Test
    void it_goes_to_suspense_is_claimed_once_and_stays_so_after_a_restart() throws Exception {
        reports("PHONE-1", "E1", "300", "9.20");
        JsonNode order = orderWhen("PHONE-1", "IN_SUSPENSE");
        assertThat(text(order, "accountId")).isEqualTo("SUSP");
        assertThat(text(order, "instrumentId")).isEqualTo("HSBA.XLON");
        assertThat(text(order, "reportedAccount")).isEqualTo("SOMEBODY");
        assertThat(text(order, "origin")).isEqualTo("VENUE");
        assertThat(held("SUSP")).isEqualTo("300");
        String id = text(order, "externalOrderId");

        assertThat(claim("trader", id, "PEN1").status()).isEqualTo(403);
        assertThat(claim("operations", "X-BRAVO-99", "PEN1").status()).isEqualTo(404);
        assertThat(claim("operations", id, "NOWHERE").code()).isEqualTo("UNKNOWN_ACCOUNT");
        assertThat(held("SUSP")).isEqualTo("300");

        Reply made = claim("operations", id, "PEN1");
        assertThat(made.status()).isEqualTo(202);
        assertThat(text(made.body(), "status")).isEqualTo("IN_SUSPENSE");
        assertThat(text(made.body(), "claimedFor")).isEqualTo("PEN1");
        Reply alone = claim("operations", id, "PEN1");
        assertThat(alone.status()).isEqualTo(403);
        assertThat(alone.code()).isEqualTo("MAKER_IS_CHECKER");
        assertThat(held("SUSP")).isEqualTo("300");

        Reply claimed = claim("risk", id, "PEN1");
        assertThat(claimed.status()).isEqualTo(200);
        assertThat(text(claimed.body(), "status")).isEqualTo("CLAIMED");
        assertThat(text(claimed.body(), "claimedBy")).isEqualTo("operations");
        assertThat(text(claimed.body(), "approvedBy")).isEqualTo("risk");
        assertThat(claim("operations", id, "PEN1").status()).isEqualTo(200);
        Reply another = claim("risk", id, "PEN2");
        assertThat(another.status()).isEqualTo(409);
        assertThat(another.code()).isEqualTo("CONFLICT");
        assertThat(held("SUSP")).isEqualTo("0");
        assertThat(held("PEN1")).isEqualTo("300");
        String cash = DESK.house.get("trader", "/cash?accountId=PEN1").raw().body();

        DESK.house.restart();

        assertThat(held("PEN1")).isEqualTo("300");
        assertThat(DESK.house.get("trader", "/cash?accountId=PEN1").raw().body())
                .isEqualTo(cash);
        reports("PHONE-1", "E1", "300", "9.20");
        reports("PHONE-1", "E2", "100", "9.20");
        orderWhen("PHONE-1", known -> text(known, "quantity").equals("400"));
        assertThat(held("PEN1")).isEqualTo("400");
    }

    @Test
    void the_broker_is_told_once_that_we_do_not_know_it() throws Exception {
        reports("PHONE-2", "E11", "70", "9.20");
        String id = text(orderWhen("PHONE-2", "IN_SUSPENSE"), "externalOrderId");
        assertThat(disown("compliance", "/external-orders/" + id, "NO_MATCHING_ORDER")
                        .status())
                .isEqualTo(403);
        assertThat(disown("operations", "/external-orders/X-BRAVO-99", "OTHER").status())
                .isEqualTo(404);
        int told = DESK.broker.heardOf("Q").size();
        Reply said = disown("operations", "/external-orders/" + id, "NO_MATCHING_ORDER");
        assertThat(said.status()).isEqualTo(202);
        assertThat(text(said.body().path("executions").path(0), "dontKnow")).isEqualTo("NO_MATCHING_ORDER");
        Message q = DESK.broker.message("Q", told + 1);
        assertThat(q.getString(17)).isEqualTo("E11");
        assertThat(q.getString(37)).isEqualTo("B-PHONE-2");
        assertThat(q.getString(127)).isEqualTo("D");
        assertThat(disown("operations", "/external-orders/" + id, "NO_MATCHING_ORDER")
                        .status())
                .isEqualTo(202);
        DESK.broker.say(
                "35=8|37=B-PHONE-2|11=PHONE-2|17=E12|19=E11|150=H|39=4|55=HSBA|48=GB0005405286|22=4|207=XLON|54=1"
                        + "|38=5000|14=0|151=0|6=0|60=20260302-10:00:02.250");
        orderWhen("PHONE-2", known -> text(known, "quantity").equals("0"));
        assertThat(DESK.broker.heardOf("Q")).hasSize(told + 1);
    }

    @Test
    void an_overfill_is_booked_and_the_broker_can_be_told() throws Exception {
        int before = DESK.broker.heardOf("D").size();
        Reply decided = DESK.house.decide("overfill-1", House.decision("accountId", "FAM1", "quantity", "1000"));
        assertThat(decided.status()).isEqualTo(201);
        String clOrdId = DESK.broker.message("D", before + 1).getString(11);
        reports(clOrdId, "E21", "1000", "9.20");
        reports(clOrdId, "E22", "100", "9.20");
        Awaitility.await("the overfill is booked")
                .atMost(Duration.ofSeconds(20))
                .until(() -> held("FAM1").equals("1100"));
        JsonNode fills = DESK.house
                .get("trader", "/fills?orderId=" + text(decided.body(), "orderId"))
                .body()
                .path("items");
        assertThat(fills).hasSize(2);
        String over = text(fills.path(0), "fillId");
        assertThat(disown("risk", "/fills/" + over, "PRICE_EXCEEDS_LIMIT").status())
                .isEqualTo(409);
        int told = DESK.broker.heardOf("Q").size();
        assertThat(disown("risk", "/fills/" + over, "QUANTITY_EXCEEDS_ORDER").status())
                .isEqualTo(202);
        Message q = DESK.broker.message("Q", told + 1);
        assertThat(q.getString(127)).isEqualTo("C");
        assertThat(q.getString(17)).isEqualTo("E22");
        assertThat(q.getString(38)).isEqualTo("1000");
    }

    @Test
    void what_cannot_be_booked_is_listed_and_cannot_be_claimed_until_it_can() throws Exception {
        DESK.broker.say(
                "35=8|37=B9|11=PHONE-9|17=E31|150=F|39=1|55=NOSUCH|207=XLON|54=2|38=10|32=10|31=1|14=10|151=0|6=1"
                        + "|60=20260302-10:00:01.250");
        JsonNode listed = orderWhen("PHONE-9", "UNBOOKED");
        assertThat(text(listed, "reason")).contains("reference data");
        Reply claim = claim("operations", text(listed, "externalOrderId"), "PEN1");
        assertThat(claim.status()).isEqualTo(422);
        assertThat(claim.code()).isEqualTo("UNKNOWN_INSTRUMENT");
    }
}
