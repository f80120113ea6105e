package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.DontKnowReason;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import quickfix.Message;

/** The same conversation in each version of FIX, over a socket. */
class EachVersionTest {
    private static final String VERSIONS = """
        ALFA,FIX42
        BRAVO,FIX44
        CHARLIE,FIX50SP2
        """;

    @TempDir
    private Path folder;

    private BrokerAcceptor broker(String name, Dialect.Version version) throws Exception {
        return BrokerAcceptor.start(version, name, folder.resolve("theirs"));
    }

    private Desk desk(String name, BrokerAcceptor broker) throws Exception {
        return Desk.open(name, broker.port, folder.resolve("ours"), Map.of()).loggedOn();
    }

    private static String trade(Dialect.Version version) {
        return version == Dialect.Version.FIX42 ? "150=1|20=0" : "150=F";
    }

    private static String transaction(Dialect.Version version) {
        return version == Dialect.Version.FIX42 ? "|20=0" : "";
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void an_order_arrives_as_it_was_meant(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.order("C1", 1000, "71.5"));
            Message d = broker.message("D", 1);
            assertThat(d.getString(11)).isEqualTo("C1");
            assertThat(d.getString(1)).isEqualTo("ACC1");
            assertThat(d.getString(55)).isEqualTo("VOD");
            assertThat(d.getString(207)).isEqualTo("XLON");
            assertThat(d.getString(48)).isEqualTo("GB00BH4HKS39");
            assertThat(d.getString(22)).isEqualTo("4");
            assertThat(d.getString(54)).isEqualTo("1");
            assertThat(d.getString(38)).isEqualTo("1000");
            assertThat(d.getString(40)).isEqualTo("2");
            assertThat(d.getString(44)).isEqualTo("71.5");
            assertThat(d.getString(59)).isEqualTo("0");
            assertThat(d.getString(15)).isEqualTo("GBP");
            assertThat(d.getString(60))
                    .isEqualTo(version == Dialect.Version.FIX42 ? "20260302-10:00:00.123" : "20260302-10:00:00.123456");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_fill_is_heard_in_the_desks_words(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|37=B1|11=C1|17=E1|39=1|55=VOD|54=1|38=1000|44=71.5|32=400|31=71.4|14=400|151=600|6=71.4"
                    + "|60=20260302-10:00:01.250|30=XLON|" + trade(version));
            var report = desk.hears(Input.BrokerExecutionReport.class);
            assertThat(report.broker().toString()).isEqualTo(name);
            assertThat(report.sequence()).isEqualTo(2);
            assertThat(report.report().isExecution()).isTrue();
            assertThat(report.report().ordStatus()).isEqualTo(OrdStatus.PARTIALLY_FILLED);
            assertThat(report.report().execId()).isEqualTo("E1");
            assertThat(report.report().lastQuantity()).isEqualTo(Quantity.of(400));
            assertThat(report.report().lastPrice()).isEqualTo(Price.of("71.4"));
            assertThat(report.report().cumQuantity()).isEqualTo(Quantity.of(400));
            assertThat(report.report().leavesQuantity()).isEqualTo(Quantity.of(600));
            assertThat(report.report().tradeDate()).isEqualTo(LocalDate.of(2026, 3, 2));
            assertThat(report.report().transactTime()).isEqualTo("2026-03-02T10:00:01.250Z");
            assertThat(report.report().lastMarket()).isEqualTo("XLON");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_fill_says_what_it_is_about_for_an_order_that_is_not_ours(String name, Dialect.Version version)
            throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|37=B1|11=PHONE-1|17=E1|39=1|1=SOMEBODY|55=VOD|48=GB00BH4HKS39|22=4|207=XLON|54=1|38=1000"
                    + "|32=400|31=71.4|14=400|151=600|6=71.4|60=20260302-10:00:01.250|30=XOFF|" + trade(version));
            assertThat(desk.hears(Input.BrokerExecutionReport.class).named())
                    .isEqualTo(new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", "SOMEBODY"));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void that_we_do_not_know_an_execution_arrives(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.dontKnow("E1", DontKnowReason.NO_MATCHING_ORDER));
            desk.say(desk.dontKnow("E2", DontKnowReason.QUANTITY_EXCEEDS_ORDER));
            Message q = broker.message("Q", 1);
            assertThat(q.getString(37)).isEqualTo("B1");
            assertThat(q.getString(17)).isEqualTo("E1");
            assertThat(q.getString(127)).isEqualTo("D");
            assertThat(q.getString(55)).isEqualTo("VOD");
            assertThat(q.getString(207)).isEqualTo("XLON");
            assertThat(q.getString(48)).isEqualTo("GB00BH4HKS39");
            assertThat(q.getString(54)).isEqualTo("1");
            assertThat(q.getString(38)).isEqualTo("1000");
            assertThat(q.getString(32)).isEqualTo("400");
            assertThat(q.getString(31)).isEqualTo("71.4");
            assertThat(q.getString(58)).isEqualTo("No order of ours is like this.");
            assertThat(broker.message("Q", 2).getString(127)).isEqualTo("C");
            assertThat(broker.heardFromSession)
                    .noneMatch(message -> BrokerAcceptor.type(message).equals("3"));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void after_a_restart_only_what_was_not_handed_over_is_said(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version)) {
            try (var desk = desk(name, broker)) {
                desk.say(desk.dontKnow("E1", DontKnowReason.NO_MATCHING_ORDER));
                broker.message("Q", 1);
            }
            try (var desk = desk(name, broker)) {
                desk.say(new Effect.Resume(desk.dontKnow("E1", DontKnowReason.NO_MATCHING_ORDER)));
                desk.say(new Effect.Resume(desk.dontKnow("E2", DontKnowReason.NO_MATCHING_ORDER)));
                assertThat(broker.message("Q", 2).getString(17)).isEqualTo("E2");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_broker_that_does_not_understand_it_is_not_told_and_the_desk_is(String name, Dialect.Version version)
            throws Exception {
        try (var broker = broker(name, version);
                var desk = Desk.open(name, broker.port, folder.resolve("ours"), Map.of("supports", "F,G,H"))
                        .loggedOn()) {
            desk.say(desk.dontKnow("E1", DontKnowReason.NO_MATCHING_ORDER));
            assertThat(desk.hears(Input.NotSent.class).messageId()).isEqualTo("dont-know/X-1-F1");
            assertThat(broker.heardOf("Q")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void busts_corrections_and_answers_are_told_apart(String name, Dialect.Version version) throws Exception {
        boolean old = version == Dialect.Version.FIX42;
        String rest = "|37=B1|11=C1|39=1|55=VOD|54=1|38=1000|32=400|31=71.4|14=0|151=1000|6=0|60=20260302-10:00:01.250";
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|17=E2|19=E1" + rest + (old ? "|20=1|150=1" : "|150=H"));
            broker.say("35=8|17=E3|19=E1" + rest + (old ? "|20=2|150=1" : "|150=G"));
            broker.say("35=8|17=0" + rest + (old ? "|20=3|150=0" : "|150=I"));
            assertThat(desk.hears(Input.BrokerExecutionReport.class, r -> r.sequence() == 2)
                            .report()
                            .execType())
                    .isEqualTo(ExecType.TRADE_CANCEL);
            assertThat(desk.hears(Input.BrokerExecutionReport.class, r -> r.sequence() == 3)
                            .report()
                            .execType())
                    .isEqualTo(ExecType.TRADE_CORRECT);
            var status = desk.hears(Input.BrokerExecutionReport.class, r -> r.sequence() == 4);
            assertThat(status.report().execType()).isEqualTo(ExecType.ORDER_STATUS);
            assertThat(status.report().isExecution()).isFalse();
        }
    }

    /** FIX 5.0SP2 knows no 150=2 any more: there the dictionary refuses it. */
    @ParameterizedTest
    @CsvSource({"ALFA,FIX42", "BRAVO,FIX44"})
    void an_acknowledgement_that_calls_itself_a_fill_is_no_execution(String name, Dialect.Version version)
            throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|37=B1|11=C1|17=1|39=0|150=2|55=VOD|54=1|151=1000|14=0|6=0" + transaction(version));
            assertThat(desk.hears(Input.BrokerExecutionReport.class).report().isExecution())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void cancels_replaces_and_questions_arrive(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.cancel("C2", "C1"));
            desk.say(desk.replace("C3", "C1", 800));
            desk.say(desk.question("C1"));
            Message f = broker.message("F", 1);
            assertThat(f.getString(41)).isEqualTo("C1");
            assertThat(f.getString(38)).isEqualTo("1000");
            Message g = broker.message("G", 1);
            assertThat(g.getString(41)).isEqualTo("C1");
            assertThat(g.getString(38)).isEqualTo("800");
            assertThat(g.isSetField(21)).isEqualTo(!name.equals("BRAVO"));
            assertThat(broker.message("H", 1).getString(11)).isEqualTo("C1");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_refused_cancel_is_heard(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=9|37=B1|11=C2|41=C1|39=2|434=1|102=0|58=too late");
            broker.say("35=9|37=B1|11=C3|41=C1|39=E|434=2|102=3");
            var cancel =
                    desk.hears(Input.BrokerCancelReject.class, r -> r.clOrdId().equals("C2"));
            assertThat(cancel.toReplace()).isFalse();
            assertThat(cancel.ordStatus()).isEqualTo(OrdStatus.FILLED);
            assertThat(cancel.reason()).isEqualTo("0");
            assertThat(cancel.text()).isEqualTo("too late");
            assertThat(desk.hears(
                                    Input.BrokerCancelReject.class,
                                    r -> r.clOrdId().equals("C3"))
                            .toReplace())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_message_the_broker_cannot_read_is_traced_to_its_order(String name, Dialect.Version version)
            throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.cancel("C2", "C1"));
            String sequence = broker.message("F", 1).getHeader().getString(34);
            broker.say("35=j|45=" + sequence + "|372=F|380=3");
            var reject = desk.hears(Input.BrokerMessageReject.class);
            assertThat(reject.refMessageType()).isEqualTo("F");
            assertThat(reject.refId()).isEqualTo("C2");
            assertThat(reject.reason()).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void an_allocation_that_replaces_another_names_it(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.allocation("A1"));
            desk.say(desk.allocation("A1-2", "A1"));
            Message first = broker.message("J", 1);
            assertThat(first.getString(71)).isEqualTo("0");
            assertThat(first.isSetField(72)).isFalse();
            Message second = broker.message("J", 2);
            assertThat(second.getString(70)).isEqualTo("A1-2");
            assertThat(second.getString(71)).isEqualTo("1");
            assertThat(second.getString(72)).isEqualTo("A1");
            assertThat(second.isSetField(796)).isEqualTo(version != Dialect.Version.FIX42);
            assertThat(broker.heardFromSession)
                    .noneMatch(message -> BrokerAcceptor.type(message).equals("3"));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_block_is_allocated_confirmed_and_affirmed(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            desk.say(desk.allocation("A1"));
            Message j = broker.message("J", 1);
            assertThat(j.getString(70)).isEqualTo("A1");
            assertThat(j.getString(53)).isEqualTo("1000");
            assertThat(j.getGroup(1, 73).getString(11)).isEqualTo("C1");
            assertThat(j.getGroup(2, 124).getString(17)).isEqualTo("E2");
            assertThat(j.getGroup(1, 78).getString(79)).isEqualTo("ACC1");
            assertThat(j.getGroup(1, 78).getString(80)).isEqualTo("1000");
            broker.say("35=P|70=A1|75=20260302|60=20260302-16:40:00|87=3");
            broker.say("35=P|70=A1|75=20260302|60=20260302-16:40:01|87=0");
            desk.hears(Input.BrokerAllocationAck.class, a -> a.status() == Input.AllocationStatus.RECEIVED);
            desk.hears(Input.BrokerAllocationAck.class, a -> a.status() == Input.AllocationStatus.ACCEPTED);
            if (version == Dialect.Version.FIX42) {
                desk.say(desk.affirmation("K1"));
                assertThat(desk.hears(Input.NotSent.class).reason()).contains("35=AU");
                return;
            }
            var confirmation = BrokerAcceptor.message("35=AK|664=K1|70=A1|666=0|773=2|665=4|60=20260302-16:41:00"
                    + "|75=20260302|64=20260304|55=VOD|80=1000|54=1|79=ACC1|6=71.46|381=71460|118=71496.73|12=35.73");
            var capacity = new quickfix.Group(862, 528, new int[] {528, 863, 0});
            capacity.setString(528, "A");
            capacity.setString(863, "1000");
            confirmation.addGroup(capacity);
            if (version == Dialect.Version.FIX44) {
                var leg = new quickfix.Group(711, 311);
                leg.setString(311, "VOD");
                confirmation.addGroup(leg);
                var other = new quickfix.Group(555, 600);
                other.setString(600, "VOD");
                confirmation.addGroup(other);
            }
            broker.say(confirmation);
            var heard = desk.hears(Input.BrokerConfirmation.class);
            assertThat(heard.allocationId()).isEqualTo("A1");
            assertThat(heard.netAmount()).isEqualByComparingTo("71496.73");
            assertThat(heard.settlementDate()).isEqualTo(LocalDate.of(2026, 3, 4));
            desk.say(desk.affirmation("K1"));
            assertThat(broker.message("AU", 1).getString(940)).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_report_without_a_required_tag_is_refused_and_the_line_goes_on(String name, Dialect.Version version)
            throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|37=B1|11=C1|39=1|55=VOD|54=1|32=400|31=71.4|14=400|151=600|6=71.4|" + trade(version));
            desk.isTold("we refused message 2");
            broker.say(
                    "35=8|17=E9|37=B1|11=C1|39=1|55=VOD|54=1|32=400|31=71.4|14=400|151=600|6=71.4|" + trade(version));
            assertThat(desk.hears(Input.BrokerExecutionReport.class).report().execId())
                    .isEqualTo("E9");
            assertThat(broker.heardFromSession).anyMatch(m -> {
                try {
                    return m.getHeader().getString(35).equals("3")
                            && m.getString(373).equals("1");
                } catch (quickfix.FieldNotFound e) {
                    return false;
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void an_exec_type_nobody_knows_is_refused_by_its_tag(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version);
                var desk = desk(name, broker)) {
            broker.say("35=8|17=E1|37=B1|11=C1|39=1|55=VOD|54=1|14=400|151=600|6=71.4|150=Z" + transaction(version));
            desk.isTold("we refused message 2");
            assertThat(desk.heard).noneMatch(Input.BrokerExecutionReport.class::isInstance);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = VERSIONS)
    void a_refused_logon_says_why(String name, Dialect.Version version) throws Exception {
        try (var broker = broker(name, version)) {
            broker.refuseLogons();
            try (var desk = Desk.open(name, broker.port, folder.resolve("ours"), Map.of())) {
                desk.isTold("not today");
                assertThat(desk.lines.states().getFirst().loggedOn()).isFalse();
                assertThat(desk.lines.states().getFirst().state()).contains("logon refused");
            }
        }
    }
}
