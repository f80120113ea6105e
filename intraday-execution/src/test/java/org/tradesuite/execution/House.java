package org.tradesuite.execution;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.fix.BrokerAcceptor;
import quickfix.Group;
import quickfix.Message;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Intraday execution as a whole, on a database of its own, met only at its front doors. */
final class House implements AutoCloseable {
    /** A Monday, eleven in Berlin: London and Frankfurt are open, Tokyo is closed. */
    static final Instant MONDAY_MORNING = Instant.parse("2026-03-02T10:00:00Z");

    static final String DAY = "2026-03-02";
    private static final String PASSWORD = "correct horse";
    private static final List<String> FILES = List.of(
            "firm",
            "trading_sessions",
            "settlement_cycles",
            "instruments",
            "volume_profiles",
            "fx_rates",
            "accounts",
            "cash_accounts",
            "brokers",
            "broker_rates",
            "strategies",
            "traders",
            "limits",
            "permissions",
            "margin_rates",
            "opening_cash");

    /** The day's clock: it runs, and can be put forward. */
    static final class DayClock extends Clock {
        private final Instant began = Clock.systemUTC().instant();
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.between(began, MONDAY_MORNING));

        void forward(Duration by) {
            ahead.updateAndGet(by::plus);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    record Reply(int status, JsonNode body, HttpResponse<String> raw) {
        String code() {
            return body.path("code").asString("");
        }
    }

    final DayClock clock = new DayClock();
    final CuttableLine databaseLine;
    final BrokerAcceptor market;
    private final LocalDatabase database;
    private final Path folder;
    private final List<String> arguments;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonMapper json = JsonMapper.builder().build();
    private GenericApplicationContext application;

    /** @param settings as on the command line */
    House(Path folder, List<String> settings) throws Exception {
        this.folder = folder;
        this.database = LocalPostgres.shared().newDatabase();
        users();
        this.databaseLine = new CuttableLine(
                URI.create(database.url().substring("jdbc:".length())).getPort());
        this.market = BrokerAcceptor.start("FIX.4.4", "MARKET", folder.resolve("market"));
        this.arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + database.url().replaceFirst(":\\d+/", ":" + databaseLine.port() + "/"),
                "--spring.datasource.username=" + database.username(DatabaseRole.EXECUTION),
                "--spring.datasource.password=" + database.password(DatabaseRole.EXECUTION),
                "--spring.datasource.hikari.connection-timeout=1000",
                "--execution.fix.session.MARKET.port=" + market.port,
                "--execution.fix.store=" + folder.resolve("store"),
                "--execution.http.answer-within-seconds=3",
                "--execution.warm-up=0s",
                "--tradesuite.web.first-users=false",
                "--spring.main.banner-mode=off"));
        arguments.addAll(settings);
        this.application = open();
    }

    private GenericApplicationContext open() {
        return (GenericApplicationContext) new SpringApplicationBuilder(ExecutionApplication.class)
                .properties("spring.config.name=execution")
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean("dayClock", Clock.class, () -> clock))
                .run(arguments.toArray(String[]::new));
    }

    void stop() {
        application.close();
    }

    void restart() {
        application.close();
        application = open();
    }

    private void users() throws SQLException {
        String hash = new BCryptPasswordEncoder(4).encode(PASSWORD);
        try (Connection connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var insert = connection.prepareStatement(
                        "insert into identity.user_account (username, password_hash, roles, created_at)"
                                + " values (?, ?, ?, now())")) {
            for (String role : List.of("TRADER", "OPERATIONS", "COMPLIANCE", "RISK")) {
                insert.setString(1, role.toLowerCase(java.util.Locale.ROOT));
                insert.setString(2, hash);
                insert.setArray(3, connection.createArrayOf("text", new String[] {role}));
                insert.addBatch();
            }
            // Who is known by the name of a trader of the reference data.
            insert.setString(1, "apatel");
            insert.setString(2, hash);
            insert.setArray(3, connection.createArrayOf("text", new String[] {"TRADER"}));
            insert.addBatch();
            // And who is not.
            insert.setString(1, "markus");
            insert.addBatch();
            insert.executeBatch();
        }
        try (Connection connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var insert = connection.createStatement()) {
            insert.executeUpdate("insert into identity.user_trader values ('markus', 'mweber')");
        }
    }

    /** The one value of a question to the database, for what no front door tells. */
    String one(String sql) throws SQLException {
        try (Connection connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /** Reference data, prices, and the day open. */
    House morning() throws Exception {
        for (String file : FILES) {
            String kind = file.equals("limits")
                    ? "risk_limit"
                    : file.equals("opening_cash")
                            ? file
                            : file.replaceFirst("ies$", "y").replaceFirst("s$", "");
            Reply reply = post("operations", "/reference-imports/" + kind, "text/csv", file(file), Map.of());
            if (reply.status() != 200 || !reply.body().path("failures").isEmpty()) {
                throw new IllegalStateException(file + ": " + reply.raw().body());
            }
        }
        Reply opened = post("operations", "/trading-days/" + DAY + "/open", "application/json", "", Map.of());
        if (opened.status() != 200) {
            throw new IllegalStateException(opened.raw().body());
        }
        quote("VOD", "XLON", "0.7208", "0.7212");
        quote("HSBA", "XLON", "9.205", "9.207");
        quote("SAP", "XETR", "236.35", "236.45");
        Awaitility.await("prices")
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("trader", "/instruments?mic=XLON")
                        .body()
                        .path("items")
                        .valueStream()
                        .allMatch(instrument -> instrument.has("bid")));
        return this;
    }

    private static String file(String name) throws IOException {
        try (var in = Objects.requireNonNull(House.class.getResourceAsStream("/reference/" + name + ".csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void quote(String symbol, String mic, String bid, String ask) throws Exception {
        market.message("V", 1);
        Message snapshot = BrokerAcceptor.message("35=W|262=MD1|55=" + symbol + "|207=" + mic);
        for (String[] entry : new String[][] {{"0", bid}, {"1", ask}}) {
            var group = new Group(268, 269, new int[] {269, 270, 271, 0});
            group.setString(269, entry[0]);
            group.setString(270, entry[1]);
            group.setString(271, "100000");
            snapshot.addGroup(group);
        }
        market.say(snapshot);
    }

    int port() {
        return Objects.requireNonNull(((ServletWebServerApplicationContext) application).getWebServer())
                .getPort();
    }

    Path folder() {
        return folder;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + "/execution" + path);
    }

    static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    Reply get(String user, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(user))
                .GET()
                .build());
    }

    Reply post(String user, String path, String contentType, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return write("POST", basic(user), path, contentType, body, headers);
    }

    Reply write(
            String method,
            String authorization,
            String path,
            String contentType,
            String body,
            Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", authorization)
                .header("Content-Type", contentType)
                .timeout(Duration.ofSeconds(40))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** A decision, with changes of its fields: {@code "quantity", "0"}; an empty value leaves the field out. */
    static String decision(String... changes) {
        Map<String, String> fields = new java.util.LinkedHashMap<>(Map.of(
                "accountId", "GEQ1",
                "strategyId", "VALUE",
                "traderId", "apatel",
                "instrumentId", "HSBA.XLON",
                "side", "BUY",
                "quantity", "1000",
                "orderType", "LIMIT",
                "limitPrice", "9.21",
                "algo", "IMMEDIATE"));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                fields.remove(changes[i]);
            } else {
                fields.put(changes[i], changes[i + 1]);
            }
        }
        return fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    Reply decide(String key, String body) throws IOException, InterruptedException {
        return post("trader", "/decisions", "application/json", body, Map.of("Idempotency-Key", key));
    }

    private Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Reply(
                response.statusCode(), json.readTree(response.body().isEmpty() ? "{}" : response.body()), response);
    }

    /** The answer to a listener with this Last-Event-ID that is refused. */
    HttpResponse<String> streamReply(String lastEventId) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri("/stream"))
                        .header("Authorization", basic("trader"))
                        .header("Last-Event-ID", lastEventId)
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    JsonNode orderWhen(String orderId, String status) {
        return Awaitility.await(orderId + " is " + status)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> get("trader", "/orders/" + orderId).body(),
                        detail ->
                                detail.path("order").path("status").asString("").equals(status));
    }

    @Override
    public void close() throws IOException {
        application.close();
        market.close();
        databaseLine.close();
        LocalPostgres.shared().drop(database);
    }
}
