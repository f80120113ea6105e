package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Two clerks and a trader work on the breaks of a day: a large one and a small one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BreakDeskHttpTest {

    private static final String STATEMENT = """
        trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency
        A2,C2,AE3,GEQ1,AZN,XLON,GB0009895292,SELL,150,118.40,17760.00,5.00,0.53,17754.47,2026-11-20,2026-11-24,GBP
        A1,C1,AE1,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7230,723.00,5.00,0.03,738.03,2026-11-20,2026-11-24,GBP
        TOTAL,2
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private Desk desk;

    @BeforeAll
    void reconcile(@TempDir Path folder) throws IOException, InterruptedException {
        desk = new Desk(folder);
        desk.trade("T1", "ALFA", "GEQ1", "VOD.XLON", "BUY", "723.00 5.00 0.03 728.03", "2026-11-24", new Object[][] {
            {"AE1", 1000, "0.7230"}
        });
        desk.trade(
                "T2", "ALFA", "GEQ1", "AZN.XLON", "SELL", "11840.00 5.00 0.53 11834.47", "2026-11-24", new Object[][] {
                    {"AE3", 100, "118.40"}
                });
        var hash = new BCryptPasswordEncoder(4).encode("secret");
        desk.sql("insert into identity.user_account values ('anna', '" + hash + "', array['OPERATIONS'], true, now()),"
                + " ('bert', '" + hash + "', array['OPERATIONS'], true, now()), ('tina', '" + hash
                + "', array['TRADER'], true, now())");
        desk.open();
        assertThat(upload("anna").statusCode()).isEqualTo(202);
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, 1);
    }

    @AfterAll
    void close() {
        desk.close();
        http.close();
    }

    @Test
    @Order(1)
    void breaks_are_listed_by_money_at_risk_a_page_at_a_time() throws IOException, InterruptedException {
        var first = call("tina", "GET", "/breaks?limit=1&status=OPEN&feed=BROKER_TRADE&businessDate=2026-11-20", null);
        assertThat(first.body())
                .contains("\"asOf\":\"2026-11-20\"", "\"firmMoney\":\"7400.00\"", "\"ageBucket\":\"0-1\"")
                .contains("\"dueOn\":\"2026-11-23\"", "\"material\":true")
                .contains("\"breakClass\":\"QUANTITY\"", "\"moneyAtRisk\":\"5920.00\"", "AZN.XLON", "nextCursor");
        var cursor = first.body().replaceAll(".*\"nextCursor\":\"([^\"]+)\".*", "$1");
        var second = call("tina", "GET", "/breaks?limit=1&status=OPEN&cursor=" + cursor, null);
        assertThat(second.body()).contains("\"breakClass\":\"AMOUNT\"").doesNotContain("nextCursor");
    }

    @Test
    @Order(2)
    void only_operations_work_on_breaks() throws IOException, InterruptedException {
        assertThat(call("tina", "POST", "/breaks/" + id("QUANTITY") + "/comments", "{\"text\":\"mine\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(null, "GET", "/breaks", null).statusCode()).isEqualTo(401);
        assertThat(upload("tina").statusCode()).isEqualTo(403);
    }

    @Test
    @Order(3)
    void comments_and_owner_stay_with_the_break() throws IOException, InterruptedException {
        var id = id("QUANTITY");
        assertThat(call("anna", "POST", "/breaks/" + id + "/comments", "{\"text\":\"Asked ALFA.\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(call("anna", "POST", "/breaks/" + id + "/owner", "{\"owner\":\"bert\"}")
                        .body())
                .contains("\"owner\":\"bert\"");
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, 2);
        assertThat(call("tina", "GET", "/breaks/" + id, null).body())
                .contains("Asked ALFA.", "\"author\":\"anna\"", "\"owner\":\"bert\"", "\"status\":\"OPEN\"");
    }

    @Test
    @Order(4)
    void a_large_break_is_closed_by_a_second_person_and_never_by_the_first_alone()
            throws IOException, InterruptedException {
        var close = "/breaks/" + id("QUANTITY") + "/close";
        var noCause = call("anna", "POST", close, "{\"resolution\":\"ACCEPTED\",\"reason\":\"So be it.\"}");
        assertThat(noCause.statusCode()).isEqualTo(400);
        assertThat(noCause.body()).contains("MISSING_FIELD").contains("$.causeCode");
        assertThat(call("anna", "POST", "/breaks/" + id("QUANTITY") + "/cause", "{\"causeCode\":\"MOON\"}")
                        .statusCode())
                .isEqualTo(400);
        var body =
                "{\"resolution\":\"CORRECTED_BY_THEM\",\"causeCode\":\"INPUT_ERROR_THEIRS\",\"reason\":\"ALFA sends a"
                        + " corrected statement.\"}";
        assertThat(call("anna", "POST", close, body).body()).contains("\"status\":\"CLOSING\"");
        var again = call("anna", "POST", close, body);
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("MAKER_IS_CHECKER").contains("Somebody else");
        assertThat(call("bert", "POST", close, body).body()).contains("\"status\":\"CLOSED\"");
        var late = call("bert", "POST", close, body);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("BREAK_CLOSED");
    }

    @Test
    @Order(5)
    void a_small_break_is_closed_at_once_and_stays_closed_while_both_say_the_same()
            throws IOException, InterruptedException {
        var closed = call(
                "anna",
                "POST",
                "/breaks/" + id("AMOUNT") + "/close",
                "{\"resolution\":\"ACCEPTED\",\"causeCode\":\"FX_ROUNDING\",\"reason\":\"Rounding.\"}");
        assertThat(closed.body()).contains("\"status\":\"CLOSED\"", "\"resolution\":\"ACCEPTED\"");
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, 3);
        assertThat(desk.openBreaks()).noneMatch(found -> found.startsWith("AMOUNT") || found.startsWith("QUANTITY"));
    }

    @Test
    @Order(6)
    void what_people_did_is_in_the_journal_in_their_name() {
        assertThat(desk.rows("select actor, type from journal.event where actor in ('anna', 'bert') and stream like"
                        + " 'break/%' order by seq"))
                .containsExactly(
                        "anna BreakCommented",
                        "anna BreakGiven",
                        "anna BreakClosingAsked",
                        "bert BreakClosed",
                        "anna BreakClosed");
    }

    @Test
    @Order(7)
    void a_feed_is_signed_off_once_and_only_after_it_was_reconciled() throws IOException, InterruptedException {
        var early = call("anna", "POST", "/sign-offs", "{\"businessDate\":\"2026-11-20\",\"feed\":\"CUSTODIAN_CASH\"}");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("SIGN_OFF_REFUSED").contains("reconcile-custodian");
        var brokers = "{\"businessDate\":\"2026-11-20\",\"feed\":\"BROKER_TRADE\",\"reason\":\"Explained.\"}";
        assertThat(call("anna", "POST", "/sign-offs", brokers).statusCode()).isEqualTo(201);
        assertThat(call("bert", "POST", "/sign-offs", brokers).statusCode()).isEqualTo(409);
        assertThat(call("tina", "GET", "/sign-offs?businessDate=2026-11-20", null)
                        .body())
                .contains("\"signedBy\":\"anna\"", "\"openBreaks\":0", "\"status\":\"SIGNED\"");
    }

    @Test
    @Order(8)
    void statements_are_listed_and_the_same_file_is_not_taken_by_hand_again() throws IOException, InterruptedException {
        assertThat(call("tina", "GET", "/statements?feed=BROKER_TRADE", null).body())
                .contains("\"sender\":\"ALFA\"", "\"status\":\"LOADED\"", "\"rows\":2");
        var again = upload("anna");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("FILE_DUPLICATE");
        assertThat(call("anna", "GET", "/breaks/999999", null).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(9)
    void a_drop_copy_handed_in_is_compared_and_a_break_of_it_shows_the_message() throws Exception {
        var log = message("35=8|49=ALFA|56=DESK|150=F|17=AE9|1=GEQ1|55=AAPL|207=XNYS|54=1|32=7|31=200|75=20261120");
        assertThat(upload("anna", "BROKER_DROP_COPY", "trades-20261120.log", log)
                        .body())
                .contains("fileName", "dropcopy-20261120.log");
        assertThat(upload("anna", "BROKER_TRADE", "dropcopy-20261120.log", log).statusCode())
                .isEqualTo(400);
        assertThat(upload("anna", "BROKER_DROP_COPY", "dropcopy-20261120.log", log)
                        .statusCode())
                .isEqualTo(202);
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, 4);
        assertThat(call("tina", "GET", "/statements?feed=BROKER_DROP_COPY", null)
                        .body())
                .contains("\"fileName\":\"dropcopy-20261120.log\"", "\"status\":\"LOADED\"");
        var listed = call("tina", "GET", "/breaks?feed=BROKER_DROP_COPY&breakClass=MISSING_OURS", null)
                .body();
        assertThat(listed).contains("\"reference\":\"AE9\"");
        assertThat(call("tina", "GET", "/breaks/" + id("MISSING_OURS") + "/sides", null)
                        .body())
                .contains("8=FIX.4.4|", "|17=AE9|", "\"shown\":\"AS_IT_CAME\"");
    }

    @Test
    @Order(10)
    void both_sides_of_a_break_are_shown_as_they_are_and_a_file_that_changed_is_not()
            throws IOException, InterruptedException {
        var id = id("QUANTITY");
        var sides = call("tina", "GET", "/breaks/" + id + "/sides", null).body();
        assertThat(sides)
                .contains("\"kind\":\"TRADE\"", "\"kind\":\"FILL\"", "\"name\":\"quantity\",\"value\":\"100\"")
                .contains("\"name\":\"executed_at\",\"value\":\"2026-11-20T10:00:00Z\"")
                .contains("\"name\":\"order_ids\",\"value\":\"O-T2\"")
                .contains("\"shown\":\"AS_IT_CAME\"", "A2,C2,AE3,GEQ1,AZN,XLON,GB0009895292,SELL,150")
                .contains("\"proposed\":false", "\"ourItem\":\"T2\"");
        var archived = Path.of(
                desk.rows("select archived from reconciliation.statement_file").getFirst());
        Files.writeString(archived, STATEMENT.replace("150", "100"));
        assertThat(call("tina", "GET", "/breaks/" + id + "/sides", null).body())
                .contains("\"shown\":\"CHANGED\"")
                .doesNotContain("A2,C2,AE3");
        assertThat(call("tina", "GET", "/breaks/999999/sides", null).statusCode())
                .isEqualTo(404);
    }

    private String id(String breakClass) {
        return desk.rows("select break_id from reconciliation.break where break_class = '" + breakClass + "'")
                .getFirst();
    }

    private HttpResponse<String> upload(String user) throws IOException, InterruptedException {
        return upload(user, "BROKER_TRADE", "trades-20261120.csv", STATEMENT);
    }

    private HttpResponse<String> upload(String user, String feed, String name, String text)
            throws IOException, InterruptedException {
        var request = request(user, "/statements?feed=" + feed + "&fileName=" + name + "&brokerId=ALFA")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(text));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> call(@Nullable String user, String method, String path, @Nullable String body)
            throws IOException, InterruptedException {
        var request = request(user, path)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(@Nullable String user, String path) {
        var request = HttpRequest.newBuilder(URI.create(desk.url() + path));
        if (user != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }
}
