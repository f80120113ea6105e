package org.tradesuite.execution;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.fix.BrokerAcceptor;
import org.tradesuite.execution.fix.entry.RawClient;
import org.tradesuite.execution.fix.entry.RawClient.Heard;
import quickfix.Message;

/** A client and a drop copy at our FIX door, a broker behind us, and the whole application between them. */
class OrderEntryTest {
    private static final String ORDER = "35=D|1=CORE|21=1|55=HSBA|207=XLON|54=1|60=<TIME>|38=1000|40=2|44=9.21|59=0";
    private static final String LOGON = "35=A|98=0|108=30|553=trader|554=correct horse";

    @TempDir
    private Path folder;

    private BrokerAcceptor broker;
    private House house;
    private int port;

    @BeforeEach
    void open() throws Exception {
        broker = BrokerAcceptor.start("FIX.4.4", "BRAVO", folder.resolve("bravo"));
        port = BrokerAcceptor.freePort();
        house = new House(
                        folder,
                        List.of(
                                "--execution.fix.sessions=BRAVO",
                                "--execution.fix.session.BRAVO.port=" + broker.port,
                                "--execution.order-entry.port=" + port,
                                "--execution.order-entry.clients=ALGO1,COPY1"))
                .morning();
    }

    @AfterEach
    void close() throws IOException {
        house.close();
        broker.close();
    }

    private RawClient client(int next) throws IOException {
        var client = new RawClient(port, "FIX.4.4", "ALGO1", "TRADESUITE", next);
        client.say(LOGON);
        return client;
    }

    private RawClient copies(int next) throws IOException {
        var client = new RawClient(port, "FIX.4.4", "COPY1", "TRADESUITE", next);
        client.say("35=A|98=0|108=30|553=compliance|554=correct horse");
        return client;
    }

    private String fill(Message order, String execId, String quantity, String status) throws Exception {
        String report = "35=8|37=B1|11=" + order.getString(11) + "|17=" + execId + "|150=F|39=" + status
                + "|55=HSBA|54=1|38=1000|32=" + quantity + "|31=9.20|151=0|14=" + quantity
                + "|6=9.20|60=20260302-10:00:01";
        broker.say(report);
        return report;
    }

    @Test
    void an_order_by_fix_is_worked_at_a_broker_and_its_fills_come_back_to_the_client_and_the_copy() throws Exception {
        try (var copy = copies(1);
                var client = client(1)) {
            copy.next("A").says("34=1");
            client.next("A").says("34=1");
            client.say(ORDER + "|11=C1");
            Heard accepted = client.next("8");
            accepted.says("150=0", "39=0", "11=C1", "1=CORE", "38=1000", "14=0", "151=1000", "6=0", "55=HSBA");
            Message sent = broker.message("D", 1);
            assertThat(sent.getString(1)).isEqualTo("GEQ1");
            fill(sent, "E1", "400", "1");
            Heard part = client.next("8");
            part.says("150=F", "39=1", "32=400", "31=9.2", "14=400", "151=600", "6=9.2", "11=C1");
            copy.next("8").says("797=Y", "150=0", "448=ALGO1", "17=" + accepted.get(17));
            copy.next("8").says("797=Y", "150=F", "32=400", "17=" + part.get(17));
            // An order that did not come by FIX is copied too, and the client hears nothing of it.
            House.Reply reply =
                    house.decide("copied-order-1", House.decision("instrumentId", "VOD.XLON", "limitPrice", "0.7212"));
            assertThat(reply.status()).as(reply.raw().body()).isEqualTo(201);
            copy.next("8")
                    .says(
                            "797=Y",
                            "150=0",
                            "55=VOD",
                            "37=" + reply.body().path("orderId").asString());
            // A drop copy may not trade.
            copy.say(ORDER + "|11=X1");
            Heard refused = copy.next("j");
            refused.says("380=3", "372=D");
            // What happens while it is away it gets under the number after the last one it heard.
            copy.say("35=5");
            copy.next("5");
            fill(sent, "E2", "600", "2");
            Heard filled = client.next("8");
            filled.says("150=F", "39=2", "14=1000", "151=0", "6=9.2");
            try (var again = backAgain(() -> copies(copy.next))) {
                int missed = Integer.parseInt(Objects.requireNonNull(refused.get(34))) + 2;
                again.say("35=2|7=" + missed + "|16=0");
                again.next("8").says("34=" + missed, "43=Y", "797=Y", "150=F", "17=" + filled.get(17));
            }
        }
    }

    /** A line that comes before the house has noticed the end of the last one is cut, and tried again. */
    private static RawClient backAgain(Callable<RawClient> logon) {
        return Awaitility.await("logon")
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            RawClient client = logon.call();
                            if (client.hear() != null) {
                                return Optional.of(client);
                            }
                            client.close();
                            return Optional.<RawClient>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void after_a_restart_the_client_has_every_report_once_and_its_messages_count_from_where_the_journal_has_them()
            throws Exception {
        Heard first;
        Message sent;
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER + "|11=C1");
            first = client.next("8");
            sent = broker.message("D", 1);
        }
        // Nobody is logged on when the fill comes, and then everything is stopped.
        fill(sent, "E1", "400", "1");
        house.orderWhen(Objects.requireNonNull(first.get(37)), "PARTIALLY_FILLED");
        house.restart();
        try (var client = client(3)) {
            Heard logon = client.next("A");
            client.say("35=2|7=2|16=0");
            Heard again = client.next("8");
            again.says("34=2", "43=Y", "17=" + first.get(17), "150=0");
            Heard part = client.next("8");
            part.says("34=3", "43=Y", "150=F", "32=400", "14=400");
            assertThat(Integer.parseInt(Objects.requireNonNull(logon.get(34)))).isGreaterThan(3);
            // The first order is known: a possible resend is answered by status, a duplicate rejected.
            client.say(ORDER + "|11=C1|97=Y");
            client.next("8").says("150=I", "39=1", "14=400", "11=C1");
            client.say(ORDER + "|11=C1");
            client.next("8").says("150=8", "39=1", "103=6", "14=400");
            assertThat(broker.heardOf("D")).hasSize(1);
            // The store is what says it was told: nothing comes twice under a new number.
            client.say("35=1|112=END");
            Heard end = Objects.requireNonNull(client.hear());
            end.says("35=0", "112=END");
        }
    }

    @Test
    void a_cancel_and_a_replace_go_to_the_broker_and_are_answered_under_the_clients_ids() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER + "|11=C1");
            client.next("8").says("150=0");
            Message sent = broker.message("D", 1);
            broker.say("35=8|37=B1|11=" + sent.getString(11)
                    + "|17=A1|150=0|39=0|55=HSBA|54=1|38=1000|151=1000|14=0|6=0|60=20260302-10:00:01");
            house.orderWhen(orderId(), "WORKING");
            client.say("35=G|11=C2|41=C1|21=1|55=HSBA|54=1|60=<TIME>|38=600|40=2|44=9.21");
            client.next("8").says("150=E", "39=E", "11=C2", "41=C1", "38=1000");
            Message replace = broker.message("G", 1);
            broker.say("35=8|37=B1|11=" + replace.getString(11) + "|41=" + replace.getString(41)
                    + "|17=A2|150=5|39=0|55=HSBA|54=1|38=600|44=9.21|151=600|14=0|6=0|60=20260302-10:00:01");
            client.next("8").says("150=5", "39=0", "11=C2", "41=C1", "38=600", "151=600");
            client.say("35=F|11=C3|41=C2|55=HSBA|54=1|60=<TIME>|38=600");
            client.next("8").says("150=6", "39=6", "11=C3", "41=C2");
            Message cancel = broker.message("F", 1);
            broker.say("35=8|37=B1|11=" + cancel.getString(11) + "|41=" + cancel.getString(41)
                    + "|17=A3|150=4|39=4|55=HSBA|54=1|38=600|151=0|14=0|6=0|60=20260302-10:00:01");
            client.next("8").says("150=4", "39=4", "11=C3", "41=C2", "151=0");
            client.say("35=F|11=C4|41=C9|55=HSBA|54=1|60=<TIME>|38=600");
            client.next("9").says("102=1", "39=8", "37=NONE", "434=1");
            client.say("35=AF|584=M1|585=7");
            client.next("8").says("150=I", "584=M1", "911=0", "912=Y");
        }
    }

    @Test
    void a_request_that_is_refused_is_copied_too_at_once_and_when_it_comes_too_late() throws Exception {
        try (var copy = copies(1);
                var client = client(1)) {
            copy.next("A");
            client.next("A");
            client.say(ORDER + "|11=C1");
            client.next("8");
            copy.next("8");
            Message sent = broker.message("D", 1);
            client.say("35=F|11=C2|41=C9|55=HSBA|54=1|60=<TIME>|38=1000");
            client.next("9").says("102=1", "37=NONE", "11=C2");
            Heard unknown = copy.next("9");
            unknown.says("102=1", "37=NONE", "11=C2", "39=8");
            assertThat(unknown.get(1)).isNull();
            client.say("35=F|11=C3|41=C1|55=HSBA|54=1|60=<TIME>|38=1000");
            client.next("8").says("150=6");
            copy.next("8").says("150=6", "797=Y");
            broker.message("F", 1);
            fill(sent, "E1", "1000", "2");
            client.next("8").says("150=F", "39=6");
            copy.next("8").says("150=F", "39=6");
            client.next("9").says("102=0", "11=C3", "41=C1", "39=2", "434=1");
            Heard late = copy.next("9");
            late.says("102=0", "11=C3", "41=C1", "39=2", "434=1");
            assertThat(late.get(1)).isNotNull();
            // A copy that was away has it from the store like every other.
            copy.say("35=2|7=" + late.get(34) + "|16=" + late.get(34));
            copy.next("9").says("43=Y", "34=" + late.get(34), "11=C3");
        }
    }

    @Test
    void what_a_broker_takes_back_and_corrects_the_client_and_the_copy_are_told_with_the_execution_that_is_meant()
            throws Exception {
        try (var copy = copies(1);
                var client = client(1)) {
            copy.next("A");
            client.next("A");
            client.say(ORDER + "|11=C1");
            client.next("8").says("150=0");
            copy.next("8");
            Message sent = broker.message("D", 1);
            fill(sent, "E1", "400", "1");
            Heard first = client.next("8");
            first.says("150=F", "14=400");
            copy.next("8");
            broker.say(
                    "35=8|37=B1|11=" + sent.getString(11)
                            + "|17=E2|19=E1|150=H|39=0|55=HSBA|54=1|38=1000|32=400|31=9.20|151=1000|14=0|6=0|60=20260302-10:00:02");
            Heard bust = client.next("8");
            bust.says("150=H", "39=0", "19=" + first.get(17), "14=0", "151=1000", "6=0", "11=C1");
            copy.next("8").says("797=Y", "150=H", "17=" + bust.get(17), "19=" + first.get(17));
            fill(sent, "E3", "300", "1");
            Heard second = client.next("8");
            second.says("150=F", "32=300", "14=300");
            copy.next("8");
            broker.say(
                    "35=8|37=B1|11=" + sent.getString(11)
                            + "|17=E4|19=E3|150=G|39=1|55=HSBA|54=1|38=1000|32=250|31=9.10|151=750|14=250|6=9.10|60=20260302-10:00:03");
            Heard correction = client.next("8");
            correction.says("150=G", "39=1", "19=" + second.get(17), "32=250", "31=9.1", "14=250", "151=750", "6=9.1");
            copy.next("8").says("797=Y", "150=G", "17=" + correction.get(17), "19=" + second.get(17));
        }
    }

    @Test
    void a_stranger_is_turned_away_and_alerted_and_no_log_has_the_password() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try (var stranger = new RawClient(port, "FIX.4.4", "NOBODY", "TRADESUITE", 1)) {
            stranger.say(LOGON);
            assertThat(stranger.hear()).isNull();
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("NOBODY: a logon to FIX.4.4:TRADESUITE->NOBODY was refused"))
                .noneMatch(line -> line.contains("correct horse"));
    }

    private String orderId() throws Exception {
        return house.get("trader", "/orders")
                .body()
                .path("items")
                .path(0)
                .path("orderId")
                .asString();
    }

    @Test
    void a_refused_order_says_why_and_leaves_no_order() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER.replace("44=9.21", "44=9.2055") + "|11=C1");
            Heard refused = client.next("8");
            refused.says("150=8", "39=8", "11=C1");
            assertThat(refused.get(58)).contains("PRICE_OFF_TICK");
            client.say(ORDER.replace("1=CORE", "1=PEN1") + "|11=C2");
            client.next("8").says("150=8", "103=15", "11=C2");
            assertThat(broker.heardOf("D")).isEmpty();
        }
    }

    @Test
    void an_order_that_somebody_may_let_pass_is_pending_new_until_somebody_does() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER.replace("44=9.21", "44=20.00") + "|11=C1");
            Heard held = client.next("8");
            held.says("150=A", "39=A", "11=C1");
            assertThat(held.get(58)).contains("PRICE_OUTSIDE_COLLAR");
            assertThat(broker.heardOf("D")).isEmpty();
            String id = Objects.requireNonNull(held.get(37)).substring(1);
            assertThat(judge(id, "override", "{\"version\":1,\"reason\":\"The client confirmed it.\"}")
                            .body()
                            .path("status")
                            .asString(""))
                    .isEqualTo("ACCEPTED");
            client.next("8").says("150=0", "39=0", "11=C1", "37=O" + id);
            Awaitility.await().until(() -> !broker.heardOf("D").isEmpty());
            client.say(ORDER.replace("44=9.21", "44=21.00") + "|11=C2");
            held = client.next("8");
            judge(Objects.requireNonNull(held.get(37)).substring(1), "refuse", "{\"reason\":\"Not twice.\"}");
            client.next("8").says("150=8", "39=8", "11=C2");
        }
    }

    private House.Reply judge(String decisionId, String how, String body) throws Exception {
        return house.post("risk", "/decisions/" + decisionId + "/" + how, "application/json", body, Map.of());
    }

    @Test
    void what_an_IOC_order_leaves_and_a_FOK_order_is_cancelled_and_not_sent_again() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER.replace("59=0", "59=3") + "|11=C1");
            client.next("8").says("150=0", "39=0", "59=3", "11=C1", "151=1000");
            Message sent = broker.message("D", 1);
            assertThat(sent.getString(59)).isEqualTo("3");
            fill(sent, "E1", "400", "1");
            client.next("8").says("150=F", "39=1", "59=3", "14=400", "151=600");
            canceled(sent, "A1", "400");
            Heard ended = client.next("8");
            ended.says("150=4", "39=4", "59=3", "11=C1", "14=400", "151=0");
            assertThat(ended.get(41)).isNull();
            assertThat(ended.get(58)).contains("at once");

            client.say(ORDER.replace("59=0", "59=4").replace("38=1000", "38=900") + "|11=C2");
            client.next("8").says("150=0", "39=0", "59=4", "11=C2");
            Message whole = broker.message("D", 2);
            assertThat(whole.getString(59)).isEqualTo("4");
            canceled(whole, "A2", "0");
            client.next("8").says("150=4", "39=4", "59=4", "11=C2", "14=0", "151=0");
            // Neither is asked of anybody again.
            client.say("35=AF|584=M1|585=7");
            client.next("8").says("150=I", "584=M1", "911=0", "912=Y");
            assertThat(broker.heardOf("D")).hasSize(2);
        }
    }

    private void canceled(Message order, String execId, String cumulative) throws Exception {
        broker.say("35=8|37=B1|11=" + order.getString(11) + "|17=" + execId + "|150=4|39=4|55=HSBA|54=1|151=0|14="
                + cumulative + "|6=0|60=20260302-10:00:02");
    }

    @Test
    void what_cannot_be_in_force_is_rejected_and_no_order() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            client.say(ORDER.replace("59=0", "59=3") + "|848=TWAP|126=20260302-16:00:00|11=C1");
            Heard slow = client.next("8");
            slow.says("150=8", "39=8", "103=11", "11=C1");
            assertThat(slow.get(58)).contains("TWAP").contains("IOC");
            client.say(ORDER.replace("59=0", "59=4") + "|126=20260302-16:00:00|11=C2");
            client.next("8").says("150=8", "39=8", "103=11", "11=C2");
            client.say(ORDER.replace("59=0", "59=1") + "|11=C3");
            Heard forever = client.next("8");
            forever.says("150=8", "39=8", "103=11", "11=C3");
            assertThat(forever.get(58)).contains("59");
            assertThat(broker.heardOf("D")).isEmpty();
        }
    }

    @Test
    void while_the_database_is_away_an_order_is_not_counted_and_comes_again() throws Exception {
        try (var client = client(1)) {
            client.next("A");
            house.databaseLine.cut();
            client.say(ORDER + "|11=C1");
            house.databaseLine.mend();
            client.say("35=1|112=A");
            Awaitility.await("the order is there")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> {
                        Heard heard = Objects.requireNonNull(client.hear());
                        if ("2".equals(heard.get(35))) {
                            client.say(ORDER + "|11=C1|34=2|43=Y|122=<TIME>");
                        }
                        return "8".equals(heard.get(35)) && "0".equals(heard.get(150));
                    });
            assertThat(broker.message("D", 1).getString(1)).isEqualTo("GEQ1");
            assertThat(broker.heardOf("D")).hasSize(1);
            try (var stores = Files.list(folder.resolve("store").resolve("clients"))) {
                assertThat(stores).isNotEmpty();
            }
        }
    }
}
