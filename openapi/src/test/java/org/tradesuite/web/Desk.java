package org.tradesuite.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.RestController;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.openapi.execution.api.DecisionsApi;
import org.tradesuite.openapi.execution.model.Decision;
import org.tradesuite.openapi.execution.model.DecisionBatch;
import org.tradesuite.openapi.execution.model.DecisionBatchResult;
import org.tradesuite.openapi.execution.model.DecisionPage;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.NewDecision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small application that keeps the contract, on a database of its own, and somebody who talks to it over HTTP. */
final class Desk implements AutoCloseable {

    static final String DECISION = """
        {"accountId":"ACC-UKEQ","strategyId":"CORE","traderId":"T-ANNA","instrumentId":"VOD.XLON","side":"BUY",
         "quantity":"1000","orderType":"MARKET","algo":"IMMEDIATE"}\
        """;

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({WebContract.class, Decisions.class})
    static class Application {}

    @RestController
    static class Decisions implements DecisionsApi {

        @Override
        @PreAuthorize("hasRole('TRADER')")
        public ResponseEntity<Decision> submitDecision(String idempotencyKey, NewDecision decision) {
            if (decision.getAccountId().equals("BUG")) {
                throw new IllegalStateException("a secret of the house");
            }
            return ResponseEntity.status(201)
                    .body(new Decision()
                            .decisionId("D-1")
                            .idempotencyKey(idempotencyKey)
                            .quantity(decision.getQuantity())
                            .status(DecisionStatus.ACCEPTED));
        }

        @Override
        public ResponseEntity<DecisionBatchResult> submitDecisionBatch(DecisionBatch decisionBatch) {
            return ResponseEntity.ok(new DecisionBatchResult(List.of()));
        }

        @Override
        public ResponseEntity<Decision> getDecision(String decisionId) {
            throw ProblemException.notFound("There is no decision " + decisionId + ".");
        }

        @Override
        public ResponseEntity<DecisionPage> listDecisions(
                @Nullable LocalDate businessDate,
                @Nullable String accountId,
                @Nullable String strategyId,
                @Nullable DecisionStatus status,
                @Nullable String cursor,
                Integer limit) {
            Cursor.parse(cursor, 2);
            return ResponseEntity.ok(new DecisionPage(List.of()));
        }
    }

    private final LocalDatabase database;
    private final ConfigurableApplicationContext application;
    private final Map<String, String> passwords;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final String base;

    private Desk(Map<String, Object> settings) throws SQLException {
        database = LocalPostgres.shared().newDatabase();
        passwords = FirstUsers.create(database.dataSource(DatabaseRole.EXECUTION)).stream()
                .collect(Collectors.toMap(FirstUsers.FirstUser::userName, FirstUsers.FirstUser::password));
        SpringApplication start = new SpringApplicationBuilder(Application.class)
                .properties(Map.of(
                        "spring.config.name", "desk",
                        "server.port", "0",
                        "server.servlet.context-path", "/execution",
                        "spring.main.banner-mode", "off",
                        "spring.autoconfigure.exclude",
                                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
                        "spring.datasource.url", database.url(),
                        "spring.datasource.username", database.username(DatabaseRole.EXECUTION),
                        "spring.datasource.password", database.password(DatabaseRole.EXECUTION),
                        "spring.datasource.hikari.connection-timeout", "1000"))
                .properties(settings)
                .build();
        application = start.run();
        int port = Objects.requireNonNull(((ServletWebServerApplicationContext) application).getWebServer())
                .getPort();
        base = "http://localhost:" + port + "/execution";
    }

    static Desk open() throws SQLException {
        return new Desk(Map.of());
    }

    static Desk open(Map<String, Object> settings) throws SQLException {
        return new Desk(settings);
    }

    LocalDatabase database() {
        return database;
    }

    String password(String user) {
        return String.valueOf(passwords.get(user));
    }

    /** A request to a path, to be completed. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    HttpRequest.Builder as(String user, String path) {
        return to(path).header("Authorization", basic(user, password(user)));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder decision(String body) {
        return as("trader", "/decisions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "desk-0001")
                .POST(BodyPublishers.ofString(body));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Answer(http.send(request.build(), BodyHandlers.ofString()), json);
    }

    record Answer(HttpResponse<String> response, JsonMapper mapper) {

        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return mapper.readTree(response.body());
        }

        String contentType() {
            return response.headers().firstValue("Content-Type").orElse("");
        }

        /** "400 UNKNOWN_FIELD" for a problem as the contract has it. */
        String problem() {
            JsonNode problem = json();
            if (!contentType().startsWith("application/problem+json")
                    || problem.path("status").asInt() != status()
                    || problem.path("detail").asString().isBlank()
                    || problem.path("instance").asString().isBlank()) {
                return "not a problem: " + status() + " " + contentType() + " " + response.body();
            }
            return status() + " " + problem.path("code").asString();
        }

        String detail() {
            return json().path("detail").asString();
        }

        String cookie(String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public void close() {
        application.close();
        LocalPostgres.shared().drop(database);
    }
}
