package org.tradesuite.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.settlement.SettlementDesk.THU_15_OCT_2026;
import static org.tradesuite.settlement.SettlementDesk.TUE_13_OCT_2026;

import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settlement part of the HTTP contract, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettlementHttpTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SettlementDesk desk;

    @BeforeAll
    void a_day_with_fails_and_an_exception(@TempDir Path folder) {
        desk = new SettlementDesk(folder);
        user("olga", "OPERATIONS");
        user("ada", "ADMINISTRATOR");
        user("tim", "TRADER");
        desk.tradesOf(TUE_13_OCT_2026, THU_15_OCT_2026);
        desk.run("confirm-trades", TUE_13_OCT_2026);
        desk.run("instruct", TUE_13_OCT_2026);
        desk.conversation(TUE_13_OCT_2026, THU_15_OCT_2026).forEach(desk::answer);
        desk.run("apply-status", THU_15_OCT_2026);
        desk.run("age-fails", THU_15_OCT_2026);
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @Test
    void instructions_come_in_pages_newest_first() {
        var first = get("tim", "/instructions?limit=4");
        assertThat(first.json().required("items").size()).isEqualTo(4);
        assertThat(text(first.json().required("items").required(0), "instructionId"))
                .isEqualTo("S26101300006A");
        var second = get("tim", "/instructions?limit=4&cursor=" + text(first.json(), "nextCursor"));
        assertThat(second.json().required("items").size()).isEqualTo(2);
        assertThat(second.json().hasNonNull("nextCursor")).isFalse();
        var settled = get("tim", "/instructions?status=SETTLED&accountId=GEQ1&settlementDate=2026-10-15");
        assertThat(settled.json().required("items").size()).isEqualTo(2);
    }

    @Test
    void an_instruction_shows_what_the_custodian_said_about_it() {
        var detail = get("tim", "/instructions/S26101300005A").json();
        assertThat(text(detail.required("instruction"), "status")).isEqualTo("SETTLED");
        assertThat(detail.required("history").valueStream().map(at -> text(at, "status")))
                .containsExactly("INSTRUCTED", "ACKNOWLEDGED", "SETTLED", "REVERSED", "SETTLED");
        assertThat(get("tim", "/instructions/S1").status()).isEqualTo(404);
    }

    @Test
    void fails_and_exceptions_are_listed_with_their_side_and_owner() {
        var fails = get("tim", "/fails").json().required("items");
        assertThat(fails.size()).isEqualTo(3);
        assertThat(text(fails.required(0), "atFault")).isEqualTo("THEM");
        var exceptions = get("tim", "/exceptions?owner=SETTLEMENTS").json().required("items");
        assertThat(exceptions.size()).isEqualTo(1);
        assertThat(text(exceptions.required(0), "kind")).isEqualTo("REJECTED");
        assertThat(get("tim", "/fails?cursor=bm9uc2Vuc2U").status()).isEqualTo(400);
    }

    @Test
    void a_standing_instruction_needs_two_people_and_the_version_that_was_read() {
        var change = """
            {"counterpartyBic": "CHARUS33XXX", "placeOfSettlement": "CRSTGB22XXX", "agentBic": "SUBCGB2LXXX",
             "agentAccount": "CHARLIE-8", "validFrom": "2026-01-01", "version": 0, "reason": "Called back."}
            """;
        assertThat(send("tim", HttpMethod.PUT, "/standing-instructions", change).status())
                .isEqualTo(403);
        var proposed = send("olga", HttpMethod.PUT, "/standing-instructions", change);
        assertThat(proposed.status()).isEqualTo(200);
        assertThat(text(proposed.json(), "status")).isEqualTo("PROPOSED");
        var again = send("olga", HttpMethod.PUT, "/standing-instructions", change);
        assertThat(again.status()).isEqualTo(409);
        assertThat(text(again.json(), "code")).isEqualTo("STALE_VERSION");
        var path = "/standing-instructions/" + text(proposed.json(), "standingInstructionId") + "/approval";
        var own = send("olga", HttpMethod.POST, path, "{\"version\": 1}");
        assertThat(own.status()).isEqualTo(403);
        assertThat(text(own.json(), "code")).isEqualTo("MAKER_IS_CHECKER");
        var approved = send("ada", HttpMethod.POST, path, "{\"version\": 1}");
        assertThat(text(approved.json(), "approvedBy")).isEqualTo("ada");
        assertThat(get("tim", "/standing-instructions?counterpartyBic=CHARUS33XXX")
                        .json()
                        .required("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void nobody_reads_without_signing_in() {
        var status = RestClient.create("http://localhost:" + desk.port() + "/settlement")
                .get()
                .uri("/instructions")
                .exchange((request, response) -> response.getStatusCode().value());
        assertThat(status).isEqualTo(401);
    }

    private record Answer(int status, JsonNode json) {}

    private Answer get(String user, String path) {
        return send(user, HttpMethod.GET, path, "");
    }

    private Answer send(String user, HttpMethod method, String path, String body) {
        var request = RestClient.create()
                .method(method)
                .uri(java.net.URI.create("http://localhost:" + desk.port() + "/settlement" + path))
                .headers(headers -> headers.setBasicAuth(user, "secret"));
        if (!body.isEmpty()) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        return request.exchangeForRequiredValue(
                (sent, response) -> new Answer(response.getStatusCode().value(), JSON.readTree(response.getBody())));
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).stringValue();
    }

    private void user(String name, String role) {
        desk.own
                .sql("insert into identity.user_account values (:name, :hash, array[:role], true, :at)")
                .param("name", name)
                .param("hash", new BCryptPasswordEncoder(4).encode("secret"))
                .param("role", role)
                .param("at", desk.clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
