package org.tradesuite.runsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.runsheet.SampleApplication.Trouble;
import org.tradesuite.runsheet.intake.Quarantine;
import org.tradesuite.runsheet.intake.RefusedRow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobBoardOverHttpTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LocalDatabase database;
    private ConfigurableApplicationContext application;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void a_running_application() {
        database = LocalPostgres.shared().newDatabase();
        JdbcClient owner = JdbcClient.create(database.dataSource(DatabaseRole.OWNER));
        owner.sql("create table settlement.sample_row (n integer primary key)").update();
        owner.sql("create table settlement.sample_total (business_date date primary key, rows bigint, total bigint)")
                .update();
        application = SampleApplication.start(
                WebApplicationType.SERVLET,
                database,
                new Trouble(),
                "server.port=0",
                "tradesuite.web.first-users=false");
        user(owner, "operations", "OPERATIONS");
        user(owner, "trader", "TRADER");
    }

    @AfterEach
    void stop_and_forget() {
        application.close();
        LocalPostgres.shared().drop(database);
    }

    @Test
    void a_job_is_started_watched_and_not_started_twice() throws Exception {
        HttpResponse<String> started = post("operations", "/jobs/gather/runs", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(started.statusCode()).isEqualTo(202);
        String run = JSON.readTree(started.body()).path("runId").asString();

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        get("trader", "/runs/" + run).path("status").asString().equals("COMPLETED"));
        JsonNode ended = get("trader", "/runs/" + run);
        assertThat(ended.path("itemsDone").asLong()).isEqualTo(101);
        assertThat(ended.path("itemsTotal").asLong()).isEqualTo(101);
        assertThat(ended.path("progress").asDouble()).isEqualTo(1);
        assertThat(Instant.parse(ended.path("endedAt").asString())).isEqualTo(SampleApplication.NOON);
        assertThat(ended.path("steps").valueStream()).hasSize(2).allSatisfy(step -> {
            assertThat(Instant.parse(step.path("startedAt").asString())).isEqualTo(SampleApplication.NOON);
            assertThat(Instant.parse(step.path("endedAt").asString())).isEqualTo(SampleApplication.NOON);
            assertThat(step.path("total").asLong())
                    .isEqualTo(step.path("written").asLong());
        });
        assertThat(ended.path("startedBy").asString()).isEqualTo("operations");
        assertThat(get("trader", "/jobs")
                        .path("items")
                        .get(0)
                        .path("lastRun")
                        .path("runId")
                        .asString())
                .isEqualTo(run);
        assertThat(get("trader", "/jobs/gather/runs?businessDate=2026-11-20")
                        .path("items")
                        .size())
                .isEqualTo(1);

        HttpResponse<String> again = post("operations", "/jobs/gather/runs", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(again.body()).path("code").asString()).isEqualTo("JOB_ALREADY_COMPLETED");
        assertThat(post("operations", "/runs/" + run + "/restart", "").statusCode())
                .isEqualTo(409);
        assertThat(post("operations", "/runs/" + run + "/stop", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void only_operations_and_administrators_start_jobs() throws Exception {
        HttpResponse<String> answer = post("trader", "/jobs/gather/runs", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(get("trader", "/jobs/gather/runs").path("items").size()).isZero();
    }

    @Test
    void what_is_not_there_and_what_comes_too_early_is_said_so() throws Exception {
        assertThat(post("operations", "/jobs/gatther/runs", "{\"businessDate\":\"2026-11-20\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("operations", "/runs/4711/stop", "").statusCode()).isEqualTo(404);
        HttpResponse<String> early = post("operations", "/jobs/settle-up/runs", "{\"businessDate\":\"2026-11-20\"}");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(early.body()).path("detail").asString())
                .contains("waits for job gather of settlement to finish");
    }

    @Test
    void a_refused_row_is_released_once_and_the_journal_knows_why() throws Exception {
        application
                .getBean(Quarantine.class)
                .keep(List.of(new RefusedRow(
                        "trades",
                        "0".repeat(64),
                        "t.csv",
                        14,
                        "x12",
                        "NOT_A_NUMBER",
                        "'x12' is not a number.",
                        "gather",
                        LocalDate.of(2026, 11, 20))));
        JsonNode held = get("trader", "/quarantine?status=HELD").path("items").get(0);
        String release = "/quarantine/" + held.path("rowId").asString() + "/release";
        String body = "{\"reason\":\"Typing error.\",\"correctedText\":\"12\"}";

        assertThat(post("trader", release, body).statusCode()).isEqualTo(403);
        HttpResponse<String> released = post("operations", release, body);
        assertThat(released.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(released.body()).path("status").asString()).isEqualTo("RELEASED");
        assertThat(post("operations", release, body).statusCode()).isEqualTo(409);
        assertThat(JdbcClient.create(database.dataSource(DatabaseRole.OWNER))
                        .sql("select type || ' ' || reason from journal.event where actor = 'operations'")
                        .query(String.class)
                        .list())
                .containsExactly("RowReleased Typing error.");
    }

    private JsonNode get(String user, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(user, path).GET().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String user, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(user, path);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String user, String path) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Basic " + credentials);
    }

    private static void user(JdbcClient owner, String name, String role) {
        String hash = new BCryptPasswordEncoder(4).encode("secret");
        owner.sql("""
            insert into identity.user_account (username, password_hash, roles, created_at)
                values (?, ?, array[?], now())
            """).param(name).param(hash).param(role).update();
    }
}
