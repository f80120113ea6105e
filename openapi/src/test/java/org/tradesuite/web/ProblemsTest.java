package org.tradesuite.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tradesuite.openapi.problem.ProblemCode;

/** A wrong request is answered with a code of the closed list, what was wrong and what to do. */
class ProblemsTest {

    private static Desk desk;

    @BeforeAll
    static void open() throws SQLException {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static Desk.Answer decide(String body) throws Exception {
        return desk.send(desk.decision(body));
    }

    @Test
    void a_right_request_is_answered() throws Exception {
        var answer = decide(Desk.DECISION);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("quantity").asString()).isEqualTo("1000");
        assertThat(answer.json().has("limitPrice")).as("absent, not null").isFalse();
    }

    @Test
    void an_unknown_field_is_named_with_the_known_ones() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"quantity\"", "\"quantiy\""));
        assertThat(answer.problem()).isEqualTo("400 UNKNOWN_FIELD");
        assertThat(answer.detail()).contains("$.quantiy is not a field here").contains("quantity");
    }

    @Test
    void an_unknown_field_deep_in_a_batch_is_found_by_its_path() throws Exception {
        var answer = desk.send(desk.as("trader", "/decision-batches")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"decisions\":[{\"idempotencyKey\":\"desk-0001\",\"decision\":{\"x\":1}}]}")));
        assertThat(answer.problem()).isEqualTo("400 UNKNOWN_FIELD");
        assertThat(answer.detail()).contains("$.decisions[0].decision.x");
    }

    @Test
    void a_number_for_a_decimal_is_refused() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"1000\"", "1000.10"));
        assertThat(answer.problem()).isEqualTo("400 WRONG_TYPE");
        assertThat(answer.detail()).isEqualTo("$.quantity must be a string, decimals too.");
    }

    @Test
    void an_object_for_a_string_is_refused() throws Exception {
        assertThat(decide(Desk.DECISION.replace("\"ACC-UKEQ\"", "{}")).problem())
                .isEqualTo("400 WRONG_TYPE");
    }

    @Test
    void a_missing_field_is_named() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"accountId\":\"ACC-UKEQ\",", ""));
        assertThat(answer.problem()).isEqualTo("400 MISSING_FIELD");
        assertThat(answer.detail()).isEqualTo("$.accountId is missing.");
    }

    @Test
    void several_wrong_fields_are_all_named() throws Exception {
        var answer = decide("{\"side\":\"BUY\"}");
        assertThat(answer.problem()).isEqualTo("400 MISSING_FIELD");
        assertThat(answer.json().path("errors").size()).isEqualTo(6);
    }

    @Test
    void a_value_outside_the_list_is_refused() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"BUY\"", "\"buy\""));
        assertThat(answer.problem()).isEqualTo("400 INVALID_VALUE");
        assertThat(answer.detail()).contains("$.side");
    }

    @Test
    void a_quantity_that_is_no_decimal_is_refused() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"1000\"", "\"1e3\""));
        assertThat(answer.problem()).isEqualTo("400 INVALID_VALUE");
        assertThat(answer.detail()).contains("$.quantity");
    }

    @Test
    void a_time_that_is_no_time_is_refused() throws Exception {
        var answer = decide(Desk.DECISION.replace("\"BUY\"", "\"BUY\",\"startTime\":\"nine\""));
        assertThat(answer.problem()).isEqualTo("400 WRONG_TYPE");
        assertThat(answer.detail())
                .isEqualTo("$.startTime must be a time such as 2026-11-20T09:00:00Z, with at most microseconds.");
    }

    @Test
    void a_number_for_a_time_is_refused() throws Exception {
        assertThat(decide(Desk.DECISION.replace("\"BUY\"", "\"BUY\",\"startTime\":1795000000"))
                        .problem())
                .isEqualTo("400 WRONG_TYPE");
    }

    @Test
    void a_time_with_more_than_microseconds_is_refused() throws Exception {
        String start = "\"BUY\",\"startTime\":\"2026-11-20T09:00:00.123456";
        assertThat(decide(Desk.DECISION.replace("\"BUY\"", start + "Z\"")).status())
                .isEqualTo(201);
        assertThat(decide(Desk.DECISION.replace("\"BUY\"", start + "7Z\"")).problem())
                .isEqualTo("400 WRONG_TYPE");
    }

    @Test
    void a_body_that_is_not_json_is_refused_with_the_place() throws Exception {
        var answer = decide("{\"accountId\": }");
        assertThat(answer.problem()).isEqualTo("400 MALFORMED_BODY");
        assertThat(answer.detail()).contains("line 1");
    }

    @Test
    void the_same_field_twice_is_refused() throws Exception {
        assertThat(decide(Desk.DECISION.replace("\"BUY\"", "\"BUY\",\"side\":\"SELL\""))
                        .problem())
                .isEqualTo("400 MALFORMED_BODY");
    }

    @Test
    void two_bodies_in_one_are_refused() throws Exception {
        assertThat(decide(Desk.DECISION + Desk.DECISION).problem()).startsWith("400 ");
    }

    @Test
    void a_missing_body_is_refused() throws Exception {
        assertThat(decide("").problem()).isEqualTo("400 MALFORMED_BODY");
    }

    @Test
    void another_content_type_is_refused() throws Exception {
        var answer = desk.send(desk.as("trader", "/decisions")
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "desk-0001")
                .POST(BodyPublishers.ofString(Desk.DECISION)));
        assertThat(answer.problem()).isEqualTo("415 UNSUPPORTED_MEDIA_TYPE");
        assertThat(answer.detail()).contains("application/json");
    }

    @Test
    void a_body_over_the_limit_is_refused_by_its_declared_length() throws Exception {
        assertThat(decide(" ".repeat(1024 * 1024) + Desk.DECISION).problem()).isEqualTo("413 BODY_TOO_LARGE");
    }

    @Test
    void a_body_over_the_limit_is_refused_while_it_is_read() throws Exception {
        byte[] body = (" ".repeat(1024 * 1024) + Desk.DECISION).getBytes(StandardCharsets.UTF_8);
        var answer =
                desk.send(desk.decision("").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(answer.problem()).isEqualTo("413 BODY_TOO_LARGE");
    }

    @Test
    void a_body_just_under_the_limit_is_taken() throws Exception {
        assertThat(decide(" ".repeat(1024 * 1024 - Desk.DECISION.length()) + Desk.DECISION)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void an_intake_without_an_idempotency_key_is_refused() throws Exception {
        var answer = desk.send(desk.as("trader", "/decisions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Desk.DECISION)));
        assertThat(answer.problem()).isEqualTo("400 IDEMPOTENCY_KEY_MISSING");
    }

    @Test
    void a_malformed_idempotency_key_is_refused() throws Exception {
        var answer = desk.send(desk.decision(Desk.DECISION).setHeader("Idempotency-Key", "a b"));
        assertThat(answer.problem()).isEqualTo("400 IDEMPOTENCY_KEY_INVALID");
    }

    @Test
    void a_wrong_parameter_is_named() throws Exception {
        var limit = desk.send(desk.as("trader", "/decisions?limit=1001"));
        assertThat(limit.problem()).isEqualTo("400 INVALID_PARAMETER");
        assertThat(limit.detail()).contains("limit");
        var date = desk.send(desk.as("trader", "/decisions?businessDate=yesterday"));
        assertThat(date.problem()).isEqualTo("400 INVALID_PARAMETER");
        assertThat(date.detail()).contains("businessDate");
        var path = desk.send(desk.as("trader", "/decisions/%24"));
        assertThat(path.problem()).isEqualTo("400 INVALID_PARAMETER");
        assertThat(path.detail()).contains("decisionId");
    }

    @Test
    void a_cursor_of_another_list_is_refused() throws Exception {
        assertThat(desk.send(desk.as("trader", "/decisions?cursor=abc")).problem())
                .isEqualTo("400 INVALID_CURSOR");
        assertThat(desk.send(desk.as("trader", "/decisions?cursor=" + Cursor.of("only one")))
                        .problem())
                .isEqualTo("400 INVALID_CURSOR");
    }

    @Test
    void what_is_not_there_is_not_found() throws Exception {
        assertThat(desk.send(desk.as("trader", "/decisions/D-9")).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(desk.send(desk.as("trader", "/nothing")).problem()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void a_wrong_method_is_refused_with_the_right_ones() throws Exception {
        var answer = desk.send(desk.as("trader", "/decisions").DELETE());
        assertThat(answer.problem()).isEqualTo("405 METHOD_NOT_ALLOWED");
        assertThat(answer.detail()).contains("POST").contains("GET");
    }

    @Test
    void a_representation_that_is_not_there_is_refused() throws Exception {
        assertThat(desk.send(desk.as("trader", "/decisions").header("Accept", "application/pdf"))
                        .problem())
                .isEqualTo("406 NOT_ACCEPTABLE");
    }

    @Test
    void an_address_with_refused_characters_is_a_problem_too() throws Exception {
        assertThat(desk.send(desk.as("trader", "/decisions/a%3Bb")).problem()).isEqualTo("400 INVALID_PARAMETER");
    }

    @Test
    void a_bug_of_ours_says_nothing_of_the_inside() throws Exception {
        var answer = decide(Desk.DECISION.replace("ACC-UKEQ", "BUG"));
        assertThat(answer.problem()).isEqualTo("500 INTERNAL_ERROR");
        assertThat(answer.response().body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void every_code_has_a_status_and_a_title() {
        for (ProblemCode code : EnumSet.allOf(ProblemCode.class)) {
            assertThat(Problems.status(code).isError()).isTrue();
            assertThat(Problems.title(code)).isNotBlank();
        }
    }
}
