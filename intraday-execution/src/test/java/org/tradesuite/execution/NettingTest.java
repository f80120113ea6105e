package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.tradesuite.execution.House.Reply;
import org.tradesuite.execution.fix.BrokerAcceptor;
import org.tradesuite.execution.fix.entry.RawClient;
import org.tradesuite.execution.fix.entry.RawClient.Heard;
import quickfix.Message;

/**
 * Two accounts of one client, one that is traded over HTTP and one over FIX, have one limit: every door leads to the same
 * engine, so what the one buys counts when the other is asked, and what the one sells nets it again.
 */
class NettingTest {

    private static final int PORT = freePort();

    @RegisterExtension
    private static final HouseOfOneBroker DESK = new HouseOfOneBroker(
            "FIX.4.4", "BRAVO", "--execution.order-entry.port=" + PORT, "--execution.order-entry.clients=ALGO1");

    private static int freePort() {
        try {
            return BrokerAcceptor.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A thousand at 9.21 are 9,210 pounds; two thousand are beyond 15,000, wherever the second thousand comes from. */
    @Test
    void what_one_account_buys_counts_for_the_other_until_it_is_sold() throws Exception {
        limit("CLIENT", "\"ALPHA\"", "15000");
        try (var client = new RawClient(PORT, "FIX.4.4", "ALGO1", "TRADESUITE", 1)) {
            client.say("35=A|98=0|108=30|553=trader|554=correct horse");
            hears(client, "A");
            Reply bought = decide("netting-buy", "accountId", "GEQ2");
            fill(1, "E1", "1");
            DESK.house.orderWhen(bought.body().path("orderId").asString(""), "FILLED");

            isRefused(buys(client, "C1"));

            Reply sold = decide("netting-sell", "accountId", "GEQ2", "side", "SELL", "limitPrice", "9.20");
            isRefused(buys(client, "C2"));
            fill(2, "E2", "2");
            DESK.house.orderWhen(sold.body().path("orderId").asString(""), "FILLED");
            // Flat again.
            assertThat(buys(client, "C3").get(39)).isEqualTo("0");
        }

        // And the other way about, for the account of another client, at the limit of the firm.
        limit("CLIENT", "\"ALPHA\"", "1000000");
        limit("FIRM", "null", "15000");
        Reply other = decide("netting-firm", "accountId", "PEN1");
        assertThat(other.body().path("status").asString("")).isEqualTo("REFUSED");
        assertThat(other.body().path("refusals").path(0).path("code").asString(""))
                .isEqualTo("NET_EXPOSURE_EXCEEDED");
        limit("FIRM", "null", "20000");
        assertThat(decide("netting-firm-2", "accountId", "PEN1")
                        .body()
                        .path("status")
                        .asString(""))
                .isEqualTo("ACCEPTED");
    }

    private static void isRefused(Heard heard) {
        assertThat(heard.get(39)).isEqualTo("8");
        assertThat(heard.get(58)).contains("NET_EXPOSURE_EXCEEDED");
    }

    private static Reply decide(String key, String... changes) throws Exception {
        return DESK.house.decide(key, House.decision(changes));
    }

    private static Heard buys(RawClient client, String id) throws IOException {
        client.say("35=D|11=" + id + "|1=CORE|21=1|55=HSBA|207=XLON|54=1|60=<TIME>|38=1000|40=2|44=9.21|59=0");
        return hears(client, "8");
    }

    /** The next message of that type. */
    private static Heard hears(RawClient client, String type) throws IOException {
        while (true) {
            Heard heard = Objects.requireNonNull(client.hear(), "the line was cut before 35=" + type);
            if (type.equals(heard.get(35))) {
                return heard;
            }
        }
    }

    /** The broker executes all of the order that it heard so many orders ago. */
    private static void fill(int order, String execId, String side) throws Exception {
        Message sent = DESK.broker.message("D", order);
        DESK.broker.say("35=8|37=B" + order + "|11=" + sent.getString(11) + "|17=" + execId
                + "|150=F|39=2|55=HSBA|54=" + side + "|38=1000|32=1000|31=9.20|151=0|14=1000|6=9.20"
                + "|60=20260302-10:00:01");
    }

    private static void limit(String scope, String id, String value) throws Exception {
        long version = DESK.house.get("risk", "/limits").body().path("version").asLong(-1);
        Reply proposed = DESK.house.post(
                "risk",
                "/limit-changes",
                "application/json",
                "{\"version\":" + version + ",\"reason\":\"A test.\",\"items\":[{\"rule\":\"MAX_NET_EXPOSURE\","
                        + "\"scope\":\"" + scope + "\",\"scopeId\":" + id + ",\"value\":\"" + value
                        + "\",\"unit\":\"GBP\"}]}",
                Map.of());
        assertThat(proposed.status()).as(proposed.raw().body()).isEqualTo(201);
        Reply approved = DESK.house.post(
                "compliance",
                "/limit-changes/" + proposed.body().path("changeId") + "/approve",
                "application/json",
                "{\"reason\":\"Agreed.\"}",
                Map.of());
        assertThat(approved.status()).as(approved.raw().body()).isEqualTo(200);
    }
}
