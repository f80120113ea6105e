package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.execution.fix.BrokerAcceptor;
import org.tradesuite.execution.fix.entry.RawClient;
import org.tradesuite.execution.fix.entry.RawClient.Heard;
import quickfix.Message;

/** A client's 35=G waits for a person of ours: over a real session, in each version of FIX, and after a restart. */
@SuppressWarnings("NullAway.Init") // each test opens its own house first
class HeldReplaceTest {
    private static final String FIELDS = "1=CORE|21=1|55=HSBA|207=XLON|54=1|60=<TIME>|40=2|59=0";

    @TempDir
    private Path folder;

    private BrokerAcceptor broker;
    private House house;
    private int port;
    private String version = "";

    private void open(String of) throws Exception {
        version = of;
        broker = BrokerAcceptor.start("FIX.4.4", "BRAVO", folder.resolve("bravo"));
        port = BrokerAcceptor.freePort();
        house = new House(
                        folder,
                        List.of(
                                "--execution.fix.sessions=BRAVO",
                                "--execution.fix.session.BRAVO.port=" + broker.port,
                                "--execution.order-entry.port=" + port,
                                "--execution.order-entry.clients=ALGO1",
                                "--execution.order-entry.client.ALGO1.version=" + of))
                .morning();
    }

    @AfterEach
    void close() throws IOException {
        house.close();
        broker.close();
    }

    private RawClient client(int next) throws IOException {
        var client =
                new RawClient(port, version.equals("FIX.5.0SP2") ? "FIXT.1.1" : version, "ALGO1", "TRADESUITE", next);
        client.say("35=A|98=0|108=30"
                + (version.equals("FIX.4.2") ? "|95=13|96=correct horse" : "|553=trader|554=correct horse")
                + (version.equals("FIX.5.0SP2") ? "|1137=9" : ""));
        client.next("A").says("98=0");
        return client;
    }

    /** C1 works at the broker, and C2 would make it far dearer than the market. */
    private Heard held(RawClient client) throws Exception {
        client.say("35=D|11=C1|38=1000|44=9.21|" + FIELDS);
        client.next("8").says("150=0", "39=0", "11=C1");
        Message sent = broker.message("D", 1);
        broker.say("35=8|37=B1|11=" + sent.getString(11) + "|17=E1|150=0|39=0|55=HSBA|54=1|38=1000|151=1000|14=0|6=0"
                + "|60=20260302-10:00:01");
        client.say("35=G|11=C2|41=C1|38=900|44=20.00|" + FIELDS);
        Heard pending = client.next("8");
        pending.says("150=E", "39=E", "11=C2", "41=C1", "38=1000", "44=9.21", "14=0", "151=1000");
        assertThat(pending.get(58)).contains("waits to be let pass", "PRICE_OUTSIDE_COLLAR");
        assertThat(pending.get(20)).isEqualTo(version.equals("FIX.4.2") ? "0" : null);
        assertThat(broker.heardOf("G")).isEmpty();
        return pending;
    }

    private House.Reply judge(Heard pending, String how, String body) throws Exception {
        return house.post("risk", "/orders/" + pending.get(37) + "/amend/" + how, "application/json", body, Map.of());
    }

    private void passes(RawClient client, Heard pending) throws Exception {
        assertThat(judge(pending, "override", "{\"version\":1,\"reason\":\"The client confirmed it.\"}")
                        .status())
                .isEqualTo(200);
        Message replace = broker.message("G", 1);
        assertThat(replace.getString(44)).isEqualTo("20");
        assertThat(replace.getString(38)).isEqualTo("900");
        broker.say("35=8|37=B1|11=" + replace.getString(11) + "|41=" + replace.getString(41)
                + "|17=E2|150=5|39=0|55=HSBA|54=1|38=900|44=20|151=900|14=0|6=0|60=20260302-10:00:02");
        client.next("8").says("150=5", "39=0", "11=C2", "41=C1", "38=900", "44=20", "151=900");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIX.4.2", "FIX.4.4", "FIX.5.0SP2"})
    void it_is_pending_until_a_person_lets_it_pass_and_its_broker_has_it(String of) throws Exception {
        open(of);
        try (var client = client(1)) {
            Heard pending = held(client);
            // Asked about, by either id, it is pending.
            client.say("35=H|11=C2|55=HSBA|54=1" + (of.equals("FIX.4.2") ? "" : "|790=Q1"));
            Heard status = client.next("8");
            status.says("39=E", "38=1000", "151=1000", of.equals("FIX.4.2") ? "20=3" : "150=I");
            passes(client, pending);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIX.4.2", "FIX.4.4", "FIX.5.0SP2"})
    void refused_by_a_person_it_is_refused_with_35_9_and_the_order_is_what_it_was(String of) throws Exception {
        open(of);
        try (var client = client(1)) {
            Heard pending = held(client);
            assertThat(judge(pending, "refuse", "{\"reason\":\"Not at that price.\"}")
                            .status())
                    .isEqualTo(200);
            Heard refused = client.next("9");
            refused.says("434=2", "102=2", "39=0", "11=C2", "41=C1", "37=" + pending.get(37));
            assertThat(refused.get(58)).contains("Not at that price.");
            client.say("35=H|11=C1|55=HSBA|54=1" + (of.equals("FIX.4.2") ? "" : "|790=Q1"));
            client.next("8").says("39=0", "11=C1", "38=1000", "44=9.21");
            assertThat(broker.heardOf("G")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIX.4.2", "FIX.4.4", "FIX.5.0SP2"})
    void a_cancel_overtakes_it(String of) throws Exception {
        open(of);
        try (var client = client(1)) {
            held(client);
            client.say("35=F|11=C3|41=C2|38=1000|1=CORE|55=HSBA|207=XLON|54=1|60=<TIME>");
            client.next("8").says("150=6", "39=6", "11=C3");
            client.next("9").says("434=2", "102=0", "39=6", "11=C2");
            Message cancel = broker.message("F", 1);
            broker.say("35=8|37=B1|11=" + cancel.getString(11) + "|41=" + cancel.getString(41)
                    + "|17=E2|150=4|39=4|55=HSBA|54=1|38=1000|151=0|14=0|6=0|60=20260302-10:00:02");
            client.next("8").says("150=4", "39=4", "11=C3", "38=1000", "151=0");
            // Another one finds nothing that works.
            client.say("35=G|11=C4|41=C1|38=900|44=9.21|" + FIELDS);
            client.next("9").says("434=2", "102=0", "39=4", "11=C4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIX.4.2", "FIX.4.4", "FIX.5.0SP2"})
    void another_one_meanwhile_is_refused_as_pending(String of) throws Exception {
        open(of);
        try (var client = client(1)) {
            held(client);
            client.say("35=G|11=C3|41=C1|38=800|44=9.21|" + FIELDS);
            client.next("9").says("434=2", "102=3", "39=E", "11=C3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIX.4.2", "FIX.4.4", "FIX.5.0SP2"})
    void after_a_restart_it_is_still_pending(String of) throws Exception {
        open(of);
        Heard pending;
        // As far as the journal has heard it: the logout is not there.
        int next;
        try (var client = client(1)) {
            pending = held(client);
            next = client.next;
            client.say("35=5");
            client.next("5");
        }
        house.restart();
        house.quote("HSBA", "XLON", "9.205", "9.207");
        Awaitility.await("the broker's session is back")
                .until(() -> house.get("risk", "/brokers").body().toString().contains("\"BRAVO\""));
        try (var client = client(next)) {
            client.say("35=H|11=C2|55=HSBA|54=1" + (of.equals("FIX.4.2") ? "" : "|790=Q1"));
            client.next("8").says("39=E", "38=1000", "151=1000");
            judge(pending, "refuse", "{\"reason\":\"Not at that price.\"}");
            client.next("9").says("434=2", "102=2", "39=0", "11=C2", "41=C1");
        }
    }
}
