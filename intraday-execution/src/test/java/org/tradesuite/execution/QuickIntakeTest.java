package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradesuite.execution.House.Reply;

/**
 * A machine with a token comes in by the short way, a person with a password by the usual one, and nobody can tell by
 * the answer.
 */
class QuickIntakeTest {
    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker("FIX.4.2", "ALFA");

    private static String trader;
    private static String compliance;

    @BeforeAll
    static void open() throws Exception {
        trader = token("trader");
        compliance = token("compliance");
    }

    /** Shown once, because a token seen for the first time is checked on the usual way. */
    private static String token(String user) throws Exception {
        Reply given = DESK.house.post(user, "/tokens", "application/json", "", Map.of());
        String token = "Bearer " + given.body().path("accessToken").asString("");
        assertThat(DESK.house
                        .write("POST", token, "/decisions", "application/json", "{}", Map.of())
                        .status())
                .isBetween(400, 403);
        return token;
    }

    private static Reply decide(String authorization, String key, String body) throws Exception {
        return DESK.house.write(
                "POST", authorization, "/decisions", "application/json", body, Map.of("Idempotency-Key", key));
    }

    private static Reply batch(String authorization, String body) throws Exception {
        return DESK.house.write("POST", authorization, "/decision-batches", "application/json", body, Map.of());
    }

    private static Map<String, List<String>> headers(Reply reply) {
        var headers = new TreeMap<>(reply.raw().headers().map());
        List.of("date", "content-length", "transfer-encoding").forEach(headers::remove);
        return headers;
    }

    private static void assertSame(Reply quick, Reply usual) {
        assertThat(quick.status()).isEqualTo(usual.status());
        assertThat(quick.raw().body()).isEqualTo(usual.raw().body());
        assertThat(headers(quick)).isEqualTo(headers(usual));
    }

    static Stream<Arguments> right() {
        return Stream.of(
                Arguments.of("limit", House.decision("quantity", "201")),
                Arguments.of("market", House.decision("quantity", "202", "orderType", "MARKET", "limitPrice", "")),
                Arguments.of("isin", House.decision("quantity", "203", "instrumentId", "", "isin", "GB0005405286")),
                Arguments.of(
                        "times",
                        House.decision(
                                "quantity",
                                "204",
                                "algo",
                                "TWAP",
                                "startTime",
                                "2026-03-02T12:00:00+01:00",
                                "endTime",
                                "2026-03-02T15:00:00.123456Z")),
                Arguments.of("reason", House.decision("quantity", "205", "reason", "Größer, \\\"kurz\\\" \\u20ac\\n")),
                Arguments.of("refused", House.decision("quantity", "900000000")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("right")
    void a_new_decision_is_answered_like_the_same_one_again(String name, String body) throws Exception {
        Reply quick = decide(trader, "quick-new-" + name, body);
        assertThat(quick.status()).isEqualTo(201);
        assertSame(quick, decide(House.basic("trader"), "quick-new-" + name, body));
        assertSame(quick, decide(trader, "quick-new-" + name, body));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("empty", ""),
                Arguments.of("no object", "[]"),
                Arguments.of("cut off", House.decision().substring(0, 60)),
                Arguments.of("more behind it", House.decision() + "{}"),
                Arguments.of("unknown field", House.decision("colour", "blue")),
                Arguments.of("missing field", House.decision("side", "")),
                Arguments.of("field twice", House.decision().replace("{", "{\"side\":\"BUY\",")),
                Arguments.of("number for text", House.decision().replace("\"1000\"", "1000")),
                Arguments.of("nothing for text", House.decision().replace("\"1000\"", "null")),
                Arguments.of("unknown side", House.decision("side", "SIDEWAYS")),
                Arguments.of("no decimal", House.decision("quantity", "1e3")),
                Arguments.of("no time", House.decision("endTime", "tomorrow")),
                Arguments.of("finer than microseconds", House.decision("endTime", "2026-03-02T15:00:00.1234567Z")),
                Arguments.of("too long", House.decision("reason", "x".repeat(501))),
                Arguments.of("not an identifier", House.decision("accountId", "a b")),
                Arguments.of("unknown account", House.decision("accountId", "NOBODY", "quantity", "0")),
                Arguments.of("off the tick", House.decision("limitPrice", "9.20005")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void what_is_wrong_is_told_in_the_same_words(String name, String body) throws Exception {
        String key = "quick-wrong-" + name.replace(' ', '-');
        Reply quick = decide(trader, key, body);
        assertThat(quick.status()).isBetween(400, 422);
        assertSame(quick, decide(House.basic("trader"), key, body));
    }

    @Test
    void a_key_used_for_another_body_is_a_conflict_either_way() throws Exception {
        assertThat(decide(trader, "quick-conflict", House.decision("quantity", "211"))
                        .status())
                .isEqualTo(201);
        Reply quick = decide(trader, "quick-conflict", House.decision("quantity", "212"));
        assertThat(quick.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertSame(quick, decide(House.basic("trader"), "quick-conflict", House.decision("quantity", "212")));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void a_malformed_key_is_refused_either_way(String key) throws Exception {
        Reply quick = decide(trader, key, House.decision());
        assertThat(quick.status()).isEqualTo(400);
        assertSame(quick, decide(House.basic("trader"), key, House.decision()));
    }

    static Stream<String> badKeys() {
        return Stream.of("short", "with space", "x".repeat(65));
    }

    @Test
    void whoever_is_no_trader_hands_in_nothing() throws Exception {
        Reply quick = decide(compliance, "quick-role", House.decision());
        assertThat(quick.code()).isEqualTo("FORBIDDEN");
        assertSame(quick, decide(House.basic("compliance"), "quick-role", House.decision()));
    }

    private static String batched(String key, String decision) {
        return "{\"idempotencyKey\":\"" + key + "\",\"decision\":" + decision + "}";
    }

    private static String body(Stream<String> decisions) {
        return decisions.collect(Collectors.joining(",", "{\"decisions\":[", "]}"));
    }

    @Test
    void a_batch_is_answered_in_one_piece_and_like_the_same_batch_again() throws Exception {
        String body = body(IntStream.range(0, 12)
                .mapToObj(number -> batched("quick-batch-" + number, House.decision("quantity", "30" + number))));
        Reply quick = batch(trader, body);
        assertThat(quick.status()).isEqualTo(200);
        // Only the short way knows the length of so long an answer before it sends the first byte.
        assertThat(quick.raw().headers().firstValue("Content-Length")).isPresent();
        Reply usual = batch(House.basic("trader"), body);
        assertThat(usual.raw().headers().firstValue("Content-Length")).isEmpty();
        assertSame(quick, usual);
    }

    @Test
    void one_wrong_decision_of_a_batch_does_not_stop_the_others() throws Exception {
        String body = body(Stream.of(
                batched("quick-mixed-1", House.decision("quantity", "321")),
                batched("quick-mixed-2", House.decision("quantity", "0")),
                batched("quick-mixed-3", House.decision("quantity", "323"))));
        Reply quick = batch(trader, body);
        assertThat(quick.body()
                        .path("results")
                        .path(0)
                        .path("decision")
                        .path("status")
                        .asString(""))
                .isEqualTo("ACCEPTED");
        assertThat(quick.body()
                        .path("results")
                        .path(1)
                        .path("problem")
                        .path("code")
                        .asString(""))
                .isEqualTo("QUANTITY_NOT_POSITIVE");
        assertSame(quick, batch(House.basic("trader"), body));
    }

    @ParameterizedTest
    @MethodSource("wrongBatches")
    void a_wrong_batch_is_told_so_in_the_same_words(String body) throws Exception {
        Reply quick = batch(trader, body);
        assertThat(quick.status()).isEqualTo(400);
        assertSame(quick, batch(House.basic("trader"), body));
    }

    static Stream<String> wrongBatches() {
        return Stream.of(
                "{}",
                "{\"decisions\":[]}",
                "{\"decisions\":[1]}",
                "{\"decisions\":[{}]}",
                body(Stream.of(batched("short", House.decision()))),
                body(Stream.of(batched("quick-batch-bad", House.decision("side", "")))),
                body(IntStream.range(0, 1001).mapToObj(number -> batched("quick-many-" + number, House.decision()))));
    }
}
