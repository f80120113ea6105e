package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.House.Reply;
import org.tradesuite.execution.fix.BrokerAcceptor;

/** The stop button at the front door: who may press it, what it answers, and what its report says. */
class StopHouseTest {
    private static final AtomicInteger KEYS = new AtomicInteger();

    @TempDir
    private Path folder;

    private BrokerAcceptor broker;
    private House house;

    @BeforeEach
    void open() throws Exception {
        broker = BrokerAcceptor.start("FIX.4.2", "ALFA", folder.resolve("broker"));
        house = new House(
                        folder,
                        List.of("--execution.fix.sessions=ALFA", "--execution.fix.session.ALFA.port=" + broker.port))
                .morning();
    }

    @AfterEach
    void close() throws Exception {
        house.close();
        broker.close();
    }

    private Reply stops(String user, String scope, String state, boolean cancelling) throws Exception {
        return stops(user, scope, state, cancelling, "stop-key-" + KEYS.incrementAndGet());
    }

    private Reply stops(String user, String scope, String state, boolean cancelling, String key) throws Exception {
        return house.post(
                user,
                "/switches",
                "application/json",
                "{\"scope\":{" + scope + "},\"state\":\"" + state + "\",\"cancelling\":" + cancelling
                        + ",\"reason\":\"prices look wrong\"}",
                Map.of("Idempotency-Key", key));
    }

    private Reply says(String user, String path, String body) throws Exception {
        return house.post(user, "/switches/" + path, "application/json", body, Map.of());
    }

    private void acknowledges(String clOrdId) throws Exception {
        broker.say("35=8|37=B1|11=" + clOrdId + "|17=A" + clOrdId + "|20=0|150=0|39=0|55=HSBA|54=1|38=1000|44=9.21|14=0"
                + "|151=1000|6=0|60=20260302-10:00:01.000");
    }

    @Test
    void one_call_stops_a_report_tells_what_became_of_it_and_two_persons_open_again() throws Exception {
        String order = house.decide("work-0001", House.decision())
                .body()
                .path("orderId")
                .asString("");
        String clOrdId = broker.message("D", 1).getString(11);
        acknowledges(clOrdId);
        house.orderWhen(order, "WORKING");

        Reply stopped = stops("risk", "", "HALTED", true);
        assertThat(stopped.status()).isEqualTo(200);
        assertThat(stopped.body().path("switchId").asString("")).isEqualTo("FIRM");
        assertThat(stopped.body().path("recorded").asBoolean(false)).isTrue();
        String cancel = broker.message("F", 1).getString(11);

        Reply refused = house.decide("work-0002", House.decision("quantity", "500"));
        assertThat(refused.body().path("refusals").path(0).path("code").asString(""))
                .isEqualTo("TRADING_HALTED");
        assertThat(broker.heardOf("D")).hasSize(1);

        Reply waiting = house.get("trader", "/switches/FIRM");
        assertThat(waiting.body().path("complete").asBoolean(true)).isFalse();
        assertThat(outcome(waiting)).isEqualTo("WAITING");
        house.clock.forward(Duration.ofSeconds(6));
        Awaitility.await("it is said who does not answer")
                .atMost(Duration.ofSeconds(20))
                .until(() -> outcome(house.get("trader", "/switches/FIRM")), "NOT_ANSWERED"::equals);

        broker.say("35=8|37=B1|11=" + cancel + "|41=" + clOrdId + "|17=E1|20=0|150=1|39=1|55=HSBA|54=1|38=1000|44=9.21"
                + "|32=300|31=9.20|14=300|151=700|6=9.20|60=20260302-10:00:05.000");
        broker.say("35=8|37=B1|11=" + cancel + "|41=" + clOrdId + "|17=E2|20=0|150=4|39=4|55=HSBA|54=1|38=1000|44=9.21"
                + "|14=300|151=0|6=9.20|60=20260302-10:00:06.000");
        Reply report = Awaitility.await("the report is complete")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> house.get("trader", "/switches/FIRM"),
                        reply -> reply.body().path("complete").asBoolean(false));
        var item = report.body().path("items").path(0);
        assertThat(item.path("outcome").asString("")).isEqualTo("CANCELLED");
        assertThat(item.path("filledSince").asString("")).isEqualTo("300");
        assertThat(item.path("cancelled").asString("")).isEqualTo("700");
        house.orderWhen(order, "CANCELLED");

        Reply asked = says("risk", "FIRM/reopen", "{\"to\":\"ACTIVE\",\"reason\":\"mended\"}");
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().path("reopening").path("askedBy").asString("")).isEqualTo("risk");
        Reply same = says("risk", "FIRM/reopen/approve", "{\"reason\":\"yes\"}");
        assertThat(same.status()).isEqualTo(403);
        assertThat(same.code()).isEqualTo("MAKER_IS_CHECKER");
        assertThat(same.body().path("detail").asString("")).contains("somebody else has to approve");
        assertThat(house.get("trader", "/switches")
                        .body()
                        .path("items")
                        .path(0)
                        .path("state")
                        .asString(""))
                .isEqualTo("HALTED");
        Reply open = says("compliance", "FIRM/reopen/approve", "{\"reason\":\"yes\"}");
        assertThat(open.status()).isEqualTo(200);
        assertThat(open.body().path("state").asString("")).isEqualTo("ACTIVE");
        house.decide("work-0003", House.decision("quantity", "500"));
        assertThat(broker.message("D", 2).getString(38)).isEqualTo("500");
    }

    private static String outcome(Reply report) {
        return report.body().path("items").path(0).path("outcome").asString("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "risk|\"accountId\":\"NONE\"|HALTED|422|SWITCH_SCOPE_UNKNOWN",
                "risk|\"desk\":\"NONE\"|HALTED|422|SWITCH_SCOPE_UNKNOWN",
                "risk|\"clientId\":\"NONE\"|HALTED|422|SWITCH_SCOPE_UNKNOWN",
                "risk|\"brokerId\":\"ZULU\"|REDUCING|422|SWITCH_SCOPE_UNKNOWN",
                "risk|\"colour\":\"RED\"|HALTED|400|UNKNOWN_FIELD",
                "risk|\"algo\":\"MAGIC\"|HALTED|400|INVALID_VALUE",
                "risk||ACTIVE|400|INVALID_VALUE",
                "operations||HALTED|403|FORBIDDEN",
                "trader||HALTED|403|FORBIDDEN",
                "trader|\"traderId\":\"apatel\"|HALTED|403|FORBIDDEN"
            })
    void what_cannot_be_stopped_is_said_and_nothing_is(String user, String scope, String state, int status, String code)
            throws Exception {
        Reply reply = stops(user, scope == null ? "" : scope, state, false);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.body().path("detail").asString("")).isNotBlank();
        assertThat(house.get("risk", "/switches").body().path("items")).isEmpty();
    }

    @Test
    void a_switch_is_not_opened_by_setting_it_and_a_key_is_used_once() throws Exception {
        stops("risk", "", "HALTED", false);
        Reply less = stops("risk", "", "REDUCING", false);
        assertThat(less.status()).isEqualTo(409);
        assertThat(less.code()).isEqualTo("SWITCH_NEEDS_TWO_PERSONS");
        Reply first = stops("risk", "\"brokerId\":\"ALFA\"", "HALTED", false, "the-same-key");
        Reply again = stops("risk", "\"brokerId\":\"ALFA\"", "HALTED", false, "the-same-key");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        Reply other = stops("risk", "\"brokerId\":\"ALFA\"", "REDUCING", false, "the-same-key");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        Reply nothing = says("risk", "broker=ALFA/reopen/approve", "{\"reason\":\"yes\"}");
        assertThat(nothing.code()).isEqualTo("SWITCH_NOT_TO_REOPEN");
        assertThat(says("risk", "account=GEQ1/reopen", "{\"to\":\"ACTIVE\",\"reason\":\"yes\"}")
                        .status())
                .isEqualTo(404);
        assertThat(house.get("risk", "/switches/colour=red").status()).isEqualTo(404);
    }

    @Test
    void while_the_database_is_away_the_stop_acts_and_says_that_its_record_follows() throws Exception {
        house.decide("work-0001", House.decision());
        acknowledges(broker.message("D", 1).getString(11));
        String token = signedIn("risk");

        house.databaseLine.cut();
        Reply acts = stopsInTheDark(token, "stop-in-the-dark", "");
        assertThat(acts.status()).isEqualTo(202);
        assertThat(acts.body().path("recorded").asBoolean(true)).isFalse();
        assertThat(acts.body().path("state").asString("")).isEqualTo("HALTED");
        assertThat(broker.heardOf("F")).isEmpty();
        Reply shown = house.write("GET", token, "/switches", "application/json", "", Map.of());
        assertThat(shown.body().path("items").path(0).path("recorded").asBoolean(true))
                .isFalse();

        house.databaseLine.mend();
        broker.message("F", 1);
        Awaitility.await("its record")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("risk", "/switches")
                        .body()
                        .path("items")
                        .path(0)
                        .path("recorded")
                        .asBoolean(false));
        assertThat(house.get("risk", "/switches/FIRM").body().path("items")).hasSize(1);
        assertThat(broker.heardOf("D")).hasSize(1);
    }

    private String signedIn(String user) throws Exception {
        String token = "Bearer "
                + house.post(user, "/tokens", "application/json", "", Map.of())
                        .body()
                        .path("accessToken")
                        .asString("");
        // Whoever is signed in is known without the database for a while.
        assertThat(house.write("GET", token, "/switches", "application/json", "", Map.of())
                        .status())
                .isEqualTo(200);
        return token;
    }

    private Reply stopsInTheDark(String token, String key, String scope) throws Exception {
        return house.write(
                "POST",
                token,
                "/switches",
                "application/json",
                "{\"scope\":{" + scope + "},\"state\":\"HALTED\",\"cancelling\":true,\"reason\":\"prices look wrong\"}",
                Map.of("Idempotency-Key", key));
    }

    private Path kept() {
        return house.folder().resolve("stops/not-in-the-journal");
    }

    @Test
    void a_stop_that_was_not_recorded_when_we_ended_acts_again_before_anything_leaves() throws Exception {
        String order = house.decide("work-0001", House.decision())
                .body()
                .path("orderId")
                .asString("");
        acknowledges(broker.message("D", 1).getString(11));
        house.orderWhen(order, "WORKING");
        String token = signedIn("risk");
        house.databaseLine.cut();
        assertThat(stopsInTheDark(token, "stop-in-the-dark", "\"accountId\":\"GEQ1\"")
                        .status())
                .isEqualTo(202);
        assertThat(kept()).isNotEmptyFile();
        Reply again = stopsInTheDark(token, "stop-in-the-dark", "\"accountId\":\"GEQ1\"");
        assertThat(again.status()).isEqualTo(202);
        assertThat(Files.readAllLines(kept())).hasSize(1);
        assertThat(stopsInTheDark(token, "stop-in-the-dark", "").status())
                .as("the key of another stop")
                .isEqualTo(503);

        house.stop();
        house.databaseLine.mend();
        house.restart();
        assertThat(broker.message("F", 1).isSetField(11)).isTrue();
        var shown = house.get("risk", "/switches").body().path("items");
        assertThat(shown).hasSize(1);
        assertThat(shown.path(0).path("switchId").asString("")).isEqualTo("account=GEQ1");
        assertThat(shown.path(0).path("state").asString("")).isEqualTo("HALTED");
        assertThat(shown.path(0).path("setBy").asString("")).isEqualTo("risk");
        assertThat(shown.path(0).path("reason").asString(""))
                .startsWith("prices look wrong (at 2026-03-02T10:")
                .endsWith("before we started again)");
        Awaitility.await("the journal has it")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kept()).isEmptyFile());
        assertThat(house.get("risk", "/switches/account=GEQ1").body().path("items"))
                .hasSize(1);
        assertThat(house.decide("work-0002", House.decision("quantity", "500"))
                        .body()
                        .path("status")
                        .asString(""))
                .isEqualTo("REFUSED");
        assertThat(broker.heardOf("D")).hasSize(1);
    }

    @Test
    void stops_that_cannot_be_read_back_halt_the_firm_and_say_why_until_two_persons_open_it() throws Exception {
        house.stop();
        Files.writeString(kept(), "3f00a1b2 2026-03-02T10%3A00");
        house.restart();
        var shown = house.get("risk", "/switches").body().path("items");
        assertThat(shown).hasSize(1);
        assertThat(shown.path(0).path("switchId").asString("")).isEqualTo("FIRM");
        assertThat(shown.path(0).path("automatic").asBoolean(false)).isTrue();
        assertThat(shown.path(0).path("reason").asString(""))
                .isEqualTo("Nobody knows what was stopped: " + kept().toRealPath() + ": line 1 is cut off");
        Reply refused = house.decide("work-0001", House.decision());
        assertThat(refused.body().path("refusals").path(0).path("code").asString(""))
                .isEqualTo("TRADING_HALTED");
        assertThat(says("risk", "FIRM/reopen", "{\"to\":\"ACTIVE\",\"reason\":\"asked around\"}")
                        .status())
                .isEqualTo(202);
        assertThat(says("compliance", "FIRM/reopen/approve", "{\"reason\":\"yes\"}")
                        .status())
                .isEqualTo(200);
        house.restart();
        assertThat(house.get("risk", "/switches")
                        .body()
                        .path("items")
                        .path(0)
                        .path("state")
                        .asString(""))
                .isEqualTo("ACTIVE");
        assertThat(kept()).isEmptyFile();
        try (var left = Files.list(kept().getParent())) {
            assertThat(left.filter(each -> each.getFileName().toString().startsWith("broken-")))
                    .hasSize(1);
        }
    }

    @Test
    void a_broker_whose_session_is_down_is_shown_and_gets_its_cancels_when_it_is_back() throws Exception {
        house.decide("work-0001", House.decision());
        acknowledges(broker.message("D", 1).getString(11));
        Awaitility.await("it works")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("risk", "/routes")
                        .body()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asString("")
                        .equals("NEW"));
        int port = broker.port;
        broker.close();
        Awaitility.await("the line is down")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.get("risk", "/brokers")
                        .body()
                        .path("items")
                        .valueStream()
                        .anyMatch(each -> each.path("brokerId").asString("").equals("ALFA")
                                && each.path("state").asString("").equals("DOWN")));
        stops("risk", "", "HALTED", true);
        assertThat(outcome(house.get("risk", "/switches/FIRM"))).isEqualTo("BROKER_DOWN");
        broker = BrokerAcceptor.start("FIX.4.2", "ALFA", port, folder.resolve("broker"));
        broker.message("F", 1);
        assertThat(broker.heardOf("D")).isEmpty();
    }

    @Test
    void a_trader_stops_the_own_orders_and_somebody_of_risk_approves_that_they_go_on() throws Exception {
        Reply stopped = stops("apatel", "\"traderId\":\"apatel\",\"instrumentId\":\"HSBA.XLON\"", "HALTED", true);
        assertThat(stopped.status()).isEqualTo(200);
        String name = "trader=apatel,instrument=HSBA.XLON";
        assertThat(stopped.body().path("switchId").asString("")).isEqualTo(name);
        assertThat(house.decide("own-00001", House.decision())
                        .body()
                        .path("status")
                        .asString(""))
                .isEqualTo("REFUSED");
        assertThat(stops("apatel", "\"traderId\":\"mweber\"", "HALTED", true).status())
                .isEqualTo(403);
        assertThat(stops("apatel", "\"desk\":\"EUROPE\"", "HALTED", true).status())
                .isEqualTo(403);
        assertThat(says("apatel", name + "/reopen", "{\"to\":\"ACTIVE\",\"reason\":\"found it\"}")
                        .status())
                .isEqualTo(202);
        assertThat(says("trader", name + "/reopen/approve", "{\"reason\":\"yes\"}")
                        .status())
                .isEqualTo(403);
        assertThat(says("risk", name + "/reopen/approve", "{\"reason\":\"yes\"}")
                        .body()
                        .path("state")
                        .asString(""))
                .isEqualTo("ACTIVE");
    }

    @Test
    void a_user_who_trades_under_another_name_stops_that_traders_orders_and_nobody_elses() throws Exception {
        assertThat(house.get("markus", "/me").body().path("traderIds").path(0).asString(""))
                .isEqualTo("mweber");
        assertThat(house.get("risk", "/me").body().path("traderIds")).isEmpty();
        Reply other = stops("markus", "\"traderId\":\"apatel\"", "HALTED", true);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.body().path("detail").asString("")).contains("name mweber as the trader");
        assertThat(stops("markus", "\"traderId\":\"markus\"", "HALTED", true).status())
                .isEqualTo(403);
        assertThat(stops("markus", "", "HALTED", true).status()).isEqualTo(403);
        assertThat(house.get("risk", "/switches").body().path("items")).isEmpty();
        assertThat(stops("markus", "\"traderId\":\"mweber\"", "HALTED", true).status())
                .isEqualTo(200);
        assertThat(house.decide("other-0001", House.decision())
                        .body()
                        .path("status")
                        .asString(""))
                .isEqualTo("ACCEPTED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"desk\":\"EUROPE\"", "\"clientId\":\"ALPHA\"", "\"algo\":\"IMMEDIATE\"", "\"mic\":\"XLON\""})
    void a_desk_a_client_an_algorithm_and_a_venue_are_stopped_as_well(String scope) throws Exception {
        assertThat(stops("compliance", scope, "HALTED", false).status()).isEqualTo(200);
        assertThat(house.decide("scope-0001", House.decision())
                        .body()
                        .path("refusals")
                        .path(0)
                        .path("code")
                        .asString(""))
                .isEqualTo("TRADING_HALTED");
    }

    private Reply resets(String user) throws Exception {
        return house.post(
                user,
                "/breakers/broker=ALFA/reset",
                "application/json",
                "{\"reason\":\"spoken to their desk\"}",
                Map.of());
    }

    @Test
    void a_broker_that_rejects_again_and_again_is_shut_off_until_a_named_person_resets_its_breaker() throws Exception {
        assertThat(resets("risk").status()).isEqualTo(404);
        for (int each = 1; each <= 10; each++) {
            house.decide("reject-" + (1000 + each), House.decision("quantity", String.valueOf(100 + each)));
            String clOrdId = broker.message("D", each).getString(11);
            assertThat(house.get("risk", "/breakers").body().path("items")).isEmpty();
            broker.say("35=8|37=NONE|11=" + clOrdId + "|17=R" + each + "|20=0|150=8|39=8|103=0|55=HSBA|54=1|38="
                    + (100 + each) + "|14=0|151=0|6=0|60=20260302-10:00:01.000");
        }
        Reply open = Awaitility.await("its breaker is open")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> house.get("risk", "/breakers"),
                        reply -> !reply.body().path("items").isEmpty());
        var breaker = open.body().path("items").path(0);
        assertThat(breaker.path("breakerId").asString("")).isEqualTo("broker=ALFA");
        assertThat(breaker.path("state").asString("")).isEqualTo("OPEN");
        assertThat(breaker.path("reason").asString("")).isEqualTo("10 orders rejected in 60 seconds");
        var stopped = house.get("risk", "/switches").body().path("items").path(0);
        assertThat(stopped.path("switchId").asString("")).isEqualTo("broker=ALFA");
        assertThat(stopped.path("automatic").asBoolean(false)).isTrue();

        house.decide("waits-0001", House.decision("quantity", "777"));
        assertThat(resets("operations").status()).isEqualTo(403);
        assertThat(broker.heardOf("D")).hasSize(10);
        Reply reset = resets("risk");
        assertThat(reset.status()).isEqualTo(200);
        assertThat(reset.body().path("state").asString("")).isEqualTo("CLOSED");
        assertThat(reset.body().path("by").asString("")).isEqualTo("risk");
        assertThat(broker.message("D", 11).getString(38)).isEqualTo("777");
        assertThat(resets("risk").status()).isEqualTo(409);
    }

    @Test
    void a_halt_that_the_market_tells_refuses_orders_until_it_trades_again() throws Exception {
        house.market.say("35=f|324=S1|55=HSBA|207=XLON|326=2");
        Awaitility.await("it is halted")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.decide("halt-" + KEYS.incrementAndGet() + "-key", House.decision())
                        .body()
                        .path("refusals")
                        .valueStream()
                        .anyMatch(refusal -> refusal.path("code").asString("").equals("MARKET_HALTED")));
        int before = broker.heardOf("D").size();
        house.market.say("35=f|324=S1|55=HSBA|207=XLON|326=3|333=9.00|332=9.30");
        Awaitility.await("it trades")
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.decide(
                                "halt-" + KEYS.incrementAndGet() + "-key",
                                House.decision("quantity", String.valueOf(900 + KEYS.get())))
                        .body()
                        .path("status")
                        .asString("")
                        .equals("ACCEPTED"));
        broker.message("D", before + 1);
        Reply beyond = house.decide(
                "halt-" + KEYS.incrementAndGet() + "-key", House.decision("quantity", "5", "limitPrice", "9.31"));
        assertThat(beyond.body().path("refusals").path(0).path("code").asString(""))
                .isEqualTo("PRICE_OUTSIDE_BAND");
    }
}
