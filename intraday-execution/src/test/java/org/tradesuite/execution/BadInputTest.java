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
import quickfix.FieldNotFound;
import quickfix.Message;
import quickfix.field.OrderQty;

/** What is wrong is answered clearly and leaves nothing behind. The broker here never says a word. */
class BadInputTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static String quantity(Message order) {
        try {
            return order.getString(OrderQty.FIELD);
        } catch (FieldNotFound e) {
            throw new AssertionError("an order without a quantity", e);
        }
    }

    /** The orders at the broker that are known by this quantity, once there is one. */
    private static List<Message> sentFor(String quantity) {
        return Awaitility.await("an order for " + quantity)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> DESK.broker.heardOf("D").stream()
                                .filter(order -> quantity(order).equals(quantity))
                                .toList(),
                        orders -> !orders.isEmpty());
    }

    private static int decisions() throws Exception {
        return DESK.house
                .get("trader", "/decisions?limit=1000")
                .body()
                .path("items")
                .size();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        isin,         GB00BH4HKS38, INVALID_ISIN
        isin,         US0378331005, UNKNOWN_INSTRUMENT
        instrumentId, NOPE.XLON,    UNKNOWN_INSTRUMENT
        instrumentId, not-one,      UNKNOWN_INSTRUMENT
        accountId,    NOBODY,       UNKNOWN_ACCOUNT
        strategyId,   NONE,         UNKNOWN_STRATEGY
        traderId,     nobody,       UNKNOWN_TRADER
        quantity,     0,            QUANTITY_NOT_POSITIVE
        quantity,     -5,           QUANTITY_NOT_POSITIVE
        quantity,     10.5,         QUANTITY_TOO_PRECISE
        limitPrice,   9.20005,      PRICE_OFF_TICK
        limitPrice,   -1,           PRICE_NOT_POSITIVE
        """)
    void a_wrong_field_is_named_with_a_code(String field, String value, String code) throws Exception {
        int before = decisions();
        String body =
                field.equals("isin") ? House.decision("instrumentId", "", "isin", value) : House.decision(field, value);
        Reply reply = DESK.house.decide("bad-" + field + value, body);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.body().path("errors").path(0).path("field").asString(""))
                .isEqualTo("$." + field);
        assertThat(reply.raw().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() throws Exception {
        Reply reply = DESK.house.decide("bad-many-1", House.decision("accountId", "NOBODY", "quantity", "0"));
        assertThat(reply.body().path("errors")).hasSize(2);
    }

    @Test
    void a_quantity_off_the_lot_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.decide(
                "bad-lot-001", House.decision("instrumentId", "7203.XTKS", "quantity", "150", "limitPrice", "2840"));
        assertThat(reply.code()).isEqualTo("QUANTITY_OFF_LOT");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void an_unknown_field_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.decide("bad-field-1", House.decision("colour", "blue"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("UNKNOWN_FIELD");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void a_missing_field_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.decide("bad-field-2", House.decision("side", ""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("MISSING_FIELD");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void a_wrong_content_type_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.post(
                "trader", "/decisions", "text/plain", House.decision(), Map.of("Idempotency-Key", "bad-type-1"));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void a_body_over_the_limit_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.decide("bad-size-1", " ".repeat(1_100_000) + House.decision());
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("BODY_TOO_LARGE");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void a_missing_idempotency_key_is_refused() throws Exception {
        int before = decisions();
        Reply reply = DESK.house.post("trader", "/decisions", "application/json", House.decision(), Map.of());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
        assertThat(decisions()).isEqualTo(before);
    }

    @Test
    void whoever_is_no_trader_hands_in_no_decision() throws Exception {
        Reply reply = DESK.house.post(
                "compliance",
                "/decisions",
                "application/json",
                House.decision(),
                Map.of("Idempotency-Key", "bad-role-1"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void the_same_key_with_the_same_body_gets_the_same_answer() throws Exception {
        String body = House.decision("quantity", "101");
        Reply first = DESK.house.decide("same-key-1", body);
        Reply second = DESK.house.decide("same-key-1", body);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.raw().body()).isEqualTo(first.raw().body());
        assertThat(sentFor("101")).hasSize(1);
    }

    @Test
    void the_same_key_with_another_body_is_a_conflict() throws Exception {
        assertThat(DESK.house
                        .decide("same-key-2", House.decision("quantity", "102"))
                        .status())
                .isEqualTo(201);
        Reply other = DESK.house.decide("same-key-2", House.decision("quantity", "103"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        // The first one stands, and the other has left nothing behind.
        assertThat(DESK.house
                        .decide("same-key-2", House.decision("quantity", "102"))
                        .status())
                .isEqualTo(201);
        assertThat(sentFor("102")).hasSize(1);
        assertThat(DESK.broker.heardOf("D")).noneMatch(order -> quantity(order).equals("103"));
    }

    @Test
    void a_decision_for_a_closed_market_is_kept_and_refused() throws Exception {
        Reply reply = DESK.house.decide(
                "closed-market-1",
                House.decision("instrumentId", "7203.XTKS", "quantity", "100", "limitPrice", "2840"));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().path("status").asString("")).isEqualTo("REFUSED");
        assertThat(reply.body()
                        .path("refusals")
                        .valueStream()
                        .map(each -> each.path("code").asString("")))
                .contains("MARKET_CLOSED");
        Reply kept = DESK.house.get(
                "trader", "/decisions/" + reply.body().path("decisionId").asString(""));
        assertThat(kept.body().path("status").asString("")).isEqualTo("REFUSED");
        assertThat(DESK.house
                        .get("trader", "/orders?limit=1000")
                        .body()
                        .path("items")
                        .valueStream()
                        .map(order -> order.path("instrumentId").asString("")))
                .doesNotContain("7203.XTKS");
    }

    @Test
    void a_batch_answers_each_decision_by_itself() throws Exception {
        String body = "{\"decisions\":[{\"idempotencyKey\":\"batch-key-1\",\"decision\":"
                + House.decision("quantity", "104") + "},{\"idempotencyKey\":\"batch-key-2\",\"decision\":"
                + House.decision("quantity", "0") + "}]}";
        Reply reply = DESK.house.post("trader", "/decision-batches", "application/json", body, Map.of());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()
                        .path("results")
                        .path(0)
                        .path("decision")
                        .path("status")
                        .asString(""))
                .isEqualTo("ACCEPTED");
        assertThat(reply.body()
                        .path("results")
                        .path(1)
                        .path("problem")
                        .path("code")
                        .asString(""))
                .isEqualTo("QUANTITY_NOT_POSITIVE");
    }

    @Test
    void a_row_that_is_wrong_is_given_back_and_the_others_are_taken() throws Exception {
        Reply reply = DESK.house.post(
                "operations",
                "/reference-imports/strategy",
                "text/csv",
                "strategy_id,name,algorithm_id\nGROWTH,Growth,TSALG-GROWTH-1\nBROKEN\n",
                Map.of());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("accepted").asInt(0)).isEqualTo(1);
        assertThat(reply.body().path("failures").path(0).path("line").asInt(0)).isEqualTo(3);
        assertThat(DESK.house
                        .decide("new-strategy-1", House.decision("strategyId", "GROWTH", "quantity", "106"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_day_is_opened_once() throws Exception {
        Reply again = DESK.house.post("operations", "/trading-days/2026-03-03/open", "application/json", "", Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("TRADING_DAY_ALREADY_OPEN");
        assertThat(DESK.house
                        .get("trader", "/trading-days/" + House.DAY)
                        .body()
                        .path("status")
                        .asString(""))
                .isEqualTo("OPEN");
    }

    @Test
    void what_the_accounts_hold_and_owe_can_be_asked_for() throws Exception {
        assertThat(DESK.house.get("trader", "/cash?accountId=GEQ1").body().path("items"))
                .isNotEmpty();
        assertThat(DESK.house.get("trader", "/exposure").body().path("items")).isNotEmpty();
        assertThat(DESK.house.get("trader", "/accounts").body().path("traders")).isNotEmpty();
        assertThat(DESK.house.get("trader", "/routes?limit=1").status()).isEqualTo(200);
        assertThat(DESK.house
                        .get("trader", "/orders?status=WORKING&businessDate=" + House.DAY)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_cursor_that_nobody_gave_out_is_refused() throws Exception {
        assertThat(DESK.house.get("trader", "/orders?cursor=AAAA%2B").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_order_is_not_found() throws Exception {
        assertThat(DESK.house.get("trader", "/orders/O-1").code()).isEqualTo("NOT_FOUND");
        assertThat(DESK.house
                        .post(
                                "trader",
                                "/orders/O-1/cancel",
                                "application/json",
                                "{\"reason\":\"changed our mind\"}",
                                Map.of())
                        .code())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void a_broker_that_never_answers_leaves_the_order_unknown_and_on_the_list() throws Exception {
        Reply reply = DESK.house.decide("silent-broker-1", House.decision("quantity", "105"));
        assertThat(reply.body().path("status").asString("")).isEqualTo("ACCEPTED");
        String order = reply.body().path("orderId").asString("");
        String clOrdId = sentFor("105").getFirst().getString(11);
        Awaitility.await("nobody knows").atMost(Duration.ofSeconds(30)).until(() -> {
            DESK.house.clock.forward(Duration.ofSeconds(6));
            return DESK.house
                    .get("trader", "/orders/" + order)
                    .body()
                    .path("routes")
                    .path(0)
                    .path("status")
                    .asString("")
                    .equals("UNKNOWN");
        });
        assertThat(DESK.broker.heardOf("H")).isNotEmpty();
        assertThat(sentFor("105")).hasSize(1);

        // It answers after all: nothing was forgotten.
        DESK.broker.say(
                "35=8|37=B105|11=" + clOrdId + "|17=E105|20=0|150=2|39=2|55=HSBA|54=1|38=105|44=9.21|32=105|31=9.20"
                        + "|14=105|151=0|6=9.20|60=20260302-10:00:05.000");
        DESK.house.orderWhen(order, "FILLED");
    }
}
