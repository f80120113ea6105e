package org.tradesuite.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/** Nobody gets in without signing in, and nobody does more than their role allows. */
class SignInTest {

    private static Desk desk;

    @BeforeAll
    static void open() throws SQLException {
        desk = Desk.open();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    private static HttpRequest.Builder signIn(String user, String password) {
        return desk.to("/sign-in")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"userName\":\"" + user + "\",\"password\":\"" + password + "\"}"));
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private static HttpRequest.Builder decisionByCookie(String token) {
        return desk.to("/decisions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "desk-0001")
                .header("Cookie", "tradesuite=" + token + "; XSRF-TOKEN=proof")
                .POST(BodyPublishers.ofString(Desk.DECISION));
    }

    @Test
    void every_address_needs_sign_in() throws Exception {
        for (String path : new String[] {
            "/decisions", "/me", "/users", "/nothing", "/swagger-ui/index.html", "/contract/execution.yaml"
        }) {
            var answer = desk.send(desk.to(path));
            assertThat(answer.problem()).as(path).isEqualTo("401 NOT_SIGNED_IN");
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"tradesuite\"");
        }
    }

    @Test
    void a_script_of_the_page_gets_no_password_window() throws Exception {
        var answer = desk.send(desk.to("/me").header("Sec-Fetch-Mode", "cors"));
        assertThat(answer.response().headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"tradesuite\"");
    }

    @Test
    void a_machine_signs_in_with_its_password() throws Exception {
        var me = desk.send(desk.as("desk", "/me"));
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().path("roles").path(0).asString()).isEqualTo("TRADER");
    }

    @Test
    void a_wrong_password_is_refused() throws Exception {
        assertThat(desk.send(desk.to("/me").header("Authorization", Desk.basic("desk", "wrong")))
                        .problem())
                .isEqualTo("401 WRONG_CREDENTIALS");
        assertThat(desk.send(desk.to("/me").header("Authorization", Desk.basic("nobody", "wrong")))
                        .problem())
                .isEqualTo("401 WRONG_CREDENTIALS");
        assertThat(desk.send(signIn("trader", "wrong")).problem()).isEqualTo("401 WRONG_CREDENTIALS");
    }

    @Test
    void a_user_who_is_switched_off_is_refused() throws Exception {
        JdbcClient.create(desk.database().dataSource(DatabaseRole.OWNER))
                .sql("update identity.user_account set enabled = false where username = 'risk'")
                .update();
        assertThat(desk.send(desk.as("risk", "/me")).problem()).isEqualTo("401 WRONG_CREDENTIALS");
        assertThat(desk.send(signIn("risk", desk.password("risk"))).problem()).isEqualTo("401 WRONG_CREDENTIALS");
    }

    @Test
    void switching_a_user_off_ends_the_tokens_and_the_cookie_at_once() throws Exception {
        JdbcClient owner = JdbcClient.create(desk.database().dataSource(DatabaseRole.OWNER));
        String token = tokenOf("operations");
        assertThat(desk.send(byToken("/me", token)).status()).isEqualTo(200);
        assertThat(desk.send(byCookie("/me", token)).status()).isEqualTo(200);

        owner.sql("update identity.user_account set enabled = false where username = 'operations'")
                .update();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(desk.send(byToken("/me", token)).problem()).isEqualTo("401 TOKEN_REFUSED"));
        assertThat(desk.send(byCookie("/me", token)).problem()).isEqualTo("401 NOT_SIGNED_IN");

        owner.sql("update identity.user_account set enabled = true where username = 'operations'")
                .update();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(desk.send(byToken("/me", token)).status()).isEqualTo(200));
    }

    @Test
    void a_change_of_roles_ends_what_the_old_ones_gave() throws Exception {
        JdbcClient owner = JdbcClient.create(desk.database().dataSource(DatabaseRole.OWNER));
        owner.sql("""
            insert into identity.user_account (username, password_hash, roles, created_at)
            select 'promoted', password_hash, array['TRADER'], now() from identity.user_account where username = 'desk'
            """).update();
        var basic = desk.to("/tokens").header("Authorization", Desk.basic("promoted", desk.password("desk")));
        String token = desk.send(basic.POST(BodyPublishers.noBody()))
                .json()
                .path("accessToken")
                .asString();
        assertThat(desk.send(byToken("/me", token)).status())
                .as("a user made a moment ago is known")
                .isEqualTo(200);

        owner.sql("update identity.user_account set roles = array['COMPLIANCE'] where username = 'promoted'")
                .update();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() ->
                        assertThat(desk.send(byToken("/me", token)).problem()).isEqualTo("401 TOKEN_REFUSED"));
        owner.sql("delete from identity.user_account where username = 'promoted'")
                .update();
    }

    @Test
    void a_token_holds_while_the_database_is_away() throws Exception {
        try (Desk lost = Desk.open()) {
            String token = lost.send(lost.as("trader", "/tokens").POST(BodyPublishers.noBody()))
                    .json()
                    .path("accessToken")
                    .asString();
            LocalPostgres.shared().drop(lost.database());
            await("the next look at the users")
                    .pollDelay(Duration.ofMillis(1100))
                    .until(() -> lost.send(lost.to("/me").header("Authorization", "Bearer " + token))
                                    .status()
                            == 200);
        }
    }

    private static String tokenOf(String user) throws Exception {
        return desk.send(desk.as(user, "/tokens").POST(BodyPublishers.noBody()))
                .json()
                .path("accessToken")
                .asString();
    }

    private static HttpRequest.Builder byToken(String path, String token) {
        return desk.to(path).header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder byCookie(String path, String token) {
        return desk.to(path).header("Cookie", "tradesuite=" + token);
    }

    @Test
    void a_token_stands_for_the_password() throws Exception {
        var token = desk.send(desk.as("desk", "/tokens").POST(BodyPublishers.noBody()));
        assertThat(token.status()).isEqualTo(201);
        String bearer = "Bearer " + token.json().path("accessToken").asString();
        var answer = desk.send(desk.decision(Desk.DECISION).setHeader("Authorization", bearer));
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void a_token_does_not_give_another_token() throws Exception {
        String token = desk.send(desk.as("desk", "/tokens").POST(BodyPublishers.noBody()))
                .json()
                .path("accessToken")
                .asString();
        var again = desk.send(
                desk.to("/tokens").header("Authorization", "Bearer " + token).POST(BodyPublishers.noBody()));
        assertThat(again.problem()).isEqualTo("403 FORBIDDEN");
    }

    @Test
    void a_forged_token_is_refused() throws Exception {
        String token = desk.send(desk.as("desk", "/tokens").POST(BodyPublishers.noBody()))
                .json()
                .path("accessToken")
                .asString();
        String forged = token.substring(0, token.lastIndexOf('.')) + ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        assertThat(desk.send(desk.to("/me").header("Authorization", "Bearer " + forged))
                        .problem())
                .isEqualTo("401 TOKEN_REFUSED");
        assertThat(desk.send(desk.to("/me").header("Cookie", "tradesuite=" + forged))
                        .problem())
                .isEqualTo("401 NOT_SIGNED_IN");
    }

    @Test
    void a_token_of_another_house_is_refused() throws Exception {
        try (Desk other = Desk.open()) {
            String token = other.send(other.as("desk", "/tokens").POST(BodyPublishers.noBody()))
                    .json()
                    .path("accessToken")
                    .asString();
            assertThat(desk.send(desk.to("/me").header("Authorization", "Bearer " + token))
                            .problem())
                    .isEqualTo("401 TOKEN_REFUSED");
        }
    }

    @Test
    void a_token_expires() throws Exception {
        Tokens ofAnHourAgo = new Tokens(
                desk.database().dataSource(DatabaseRole.EXECUTION),
                Duration.ofMinutes(55),
                Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
        var trader = UsernamePasswordAuthenticationToken.authenticated("trader", "", List.of(Role.TRADER.authority()));
        String token = ofAnHourAgo.issue(trader).getTokenValue();
        assertThat(desk.send(desk.to("/me").header("Authorization", "Bearer " + token))
                        .problem())
                .isEqualTo("401 TOKEN_REFUSED");
        assertThat(desk.send(desk.to("/me").header("Cookie", "tradesuite=" + token))
                        .problem())
                .isEqualTo("401 NOT_SIGNED_IN");
    }

    @Test
    void the_console_signs_in_with_a_cookie_that_scripts_cannot_read() throws Exception {
        var answer = desk.send(signIn("trader", desk.password("trader")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie("tradesuite"))
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/;");
        assertThat(answer.cookie("XSRF-TOKEN")).doesNotContain("HttpOnly").contains("Path=/;");
        var me = desk.send(desk.to("/me").header("Cookie", "tradesuite=" + value(answer.cookie("tradesuite"))));
        assertThat(me.json().path("userName").asString()).isEqualTo("trader");
        assertThat(me.cookie("XSRF-TOKEN")).as("the proof stays as it is").isEmpty();
    }

    @Test
    void a_write_by_cookie_needs_the_second_proof() throws Exception {
        String token =
                value(desk.send(signIn("trader", desk.password("trader"))).cookie("tradesuite"));
        assertThat(desk.send(decisionByCookie(token)).problem()).isEqualTo("403 CSRF_REFUSED");
        assertThat(desk.send(decisionByCookie(token).header("X-XSRF-TOKEN", "guess"))
                        .problem())
                .isEqualTo("403 CSRF_REFUSED");
        assertThat(desk.send(decisionByCookie(token).header("X-XSRF-TOKEN", "proof"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void signing_out_clears_the_cookies() throws Exception {
        var signedIn = desk.send(signIn("trader", desk.password("trader")));
        String proof = value(signedIn.cookie("XSRF-TOKEN"));
        var answer = desk.send(desk.to("/sign-out")
                .header("Cookie", "tradesuite=" + value(signedIn.cookie("tradesuite")) + "; XSRF-TOKEN=" + proof)
                .header("X-XSRF-TOKEN", proof)
                .POST(BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.cookie("tradesuite")).contains("Max-Age=0");
    }

    @Test
    void an_old_cookie_does_not_stand_in_the_way_of_signing_in() throws Exception {
        var answer = desk.send(signIn("trader", desk.password("trader")).header("Cookie", "tradesuite=old"));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_role_that_does_not_allow_it_is_refused_by_name() throws Exception {
        var answer = desk.send(desk.decision(Desk.DECISION)
                .setHeader("Authorization", Desk.basic("compliance", desk.password("compliance"))));
        assertThat(answer.problem()).isEqualTo("403 FORBIDDEN");
        assertThat(answer.detail()).contains("compliance has the roles COMPLIANCE");
    }

    @Test
    void only_an_administrator_sees_the_users() throws Exception {
        assertThat(desk.send(desk.as("trader", "/users")).problem()).isEqualTo("403 FORBIDDEN");
        var users = desk.send(desk.as("administrator", "/users"));
        assertThat(users.status()).isEqualTo(200);
        assertThat(users.json().path("items").size()).isEqualTo(6);
        assertThat(users.response().body()).doesNotContain("$2a$");
    }

    @Test
    void the_contract_can_be_read_and_tried_out() throws Exception {
        var yaml = desk.send(desk.as("trader", "/contract/execution.yaml"));
        assertThat(yaml.response().body()).startsWith("openapi: 3").contains("- url: /execution");
        assertThat(desk.send(desk.as("trader", "/contract/passwd.yaml")).problem())
                .isEqualTo("404 NOT_FOUND");
        assertThat(desk.send(desk.as("trader", "/swagger-ui/index.html"))
                        .response()
                        .body())
                .contains("swagger-ui-bundle.js");
        assertThat(desk.send(desk.as("trader", "/swagger-ui/start.js"))
                        .response()
                        .body())
                .contains("'execution'")
                .doesNotContain("'settlement'");
        assertThat(desk.send(desk.as("trader", "/swagger-ui/assets/swagger-ui-bundle.js"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_open_path_needs_no_sign_in_and_its_neighbour_does() throws Exception {
        try (Desk open = Desk.open(Map.of("tradesuite.web.open-paths", "/swagger-ui/start.js"))) {
            assertThat(open.send(open.to("/swagger-ui/start.js")).status()).isEqualTo(200);
            assertThat(open.send(open.to("/swagger-ui/index.html")).status()).isEqualTo(401);
        }
    }

    @Test
    void with_an_issuer_the_passwords_of_the_database_open_nothing() throws Exception {
        try (Desk production = Desk.open(
                Map.of("spring.security.oauth2.resourceserver.jwt.issuer-uri", "http://127.0.0.1:1/issuer"))) {
            assertThat(production.send(production.as("trader", "/me")).problem())
                    .isEqualTo("401 WRONG_CREDENTIALS");
        }
    }

    @Test
    void without_the_database_nobody_is_told_that_the_password_is_wrong() throws Exception {
        try (Desk lost = Desk.open()) {
            LocalPostgres.shared().drop(lost.database());
            assertThat(lost.send(lost.as("trader", "/me")).problem()).isEqualTo("503 DATABASE_UNAVAILABLE");
        }
    }
}
