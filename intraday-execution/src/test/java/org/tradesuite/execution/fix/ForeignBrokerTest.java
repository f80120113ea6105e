package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.Quantity;

/** A broker that nobody here wrote, in a process of its own, with habits of its own. */
class ForeignBrokerTest {
    private static final Map<String, String> ITS_HABITS = Map.of("exec-ids", "PER_ORDER");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ALFA,FIX42", "BRAVO,FIX44"})
    void its_fill_is_booked_once_and_its_acknowledgement_never(String name, Dialect.Version version) throws Exception {
        try (var broker = ForeignBroker.start(version, name, folder);
                var desk = Desk.open(name, broker.port, folder.resolve("ours"), ITS_HABITS)
                        .loggedOn()) {
            desk.say(desk.order("C1", 1000, "13"));
            ExecutionReport fill = desk.hears(
                            Input.BrokerExecutionReport.class, r -> r.report().isExecution())
                    .report();
            assertThat(fill.ordStatus()).isEqualTo(OrdStatus.FILLED);
            assertThat(fill.lastQuantity()).isEqualTo(Quantity.of(1000));
            ExecutionReport ack = desk.hears(
                            Input.BrokerExecutionReport.class, r -> r.report().ordStatus() == OrdStatus.NEW)
                    .report();
            assertThat(ack.isExecution()).isFalse();
            assertThat(ack.clOrdId()).isEqualTo("C1");
            // The acknowledgement and the fill are of one order and name two: OrderID is no key here.
            assertThat(ack.brokerOrderId()).isNotEqualTo(fill.brokerOrderId());
        }
    }

    @ParameterizedTest
    @CsvSource({"ALFA,FIX42", "BRAVO,FIX44"})
    void its_exec_ids_begin_again_with_each_process_and_stay_apart(String name, Dialect.Version version)
            throws Exception {
        String first;
        try (var broker = ForeignBroker.start(version, name, folder);
                var desk = Desk.open(name, broker.port, folder.resolve("ours"), ITS_HABITS)
                        .loggedOn()) {
            desk.say(desk.order("C1", 1000, "13"));
            first = desk.hears(
                            Input.BrokerExecutionReport.class, r -> r.report().isExecution())
                    .report()
                    .execId();
        }
        try (var broker = ForeignBroker.start(version, name, java.nio.file.Files.createDirectory(folder.resolve("b")));
                var desk = Desk.open(name, broker.port, folder.resolve("ours again"), ITS_HABITS)
                        .loggedOn()) {
            desk.say(desk.order("C2", 1000, "13"));
            String second = desk.hears(
                            Input.BrokerExecutionReport.class, r -> r.report().isExecution())
                    .report()
                    .execId();
            assertThat(first).startsWith("C1/");
            assertThat(second).startsWith("C2/");
            assertThat(second.substring(3)).isEqualTo(first.substring(3));
        }
    }

    @ParameterizedTest
    @CsvSource({"ALFA,FIX42", "BRAVO,FIX44"})
    void a_cancel_it_does_not_understand_comes_back_to_its_order(String name, Dialect.Version version)
            throws Exception {
        try (var broker = ForeignBroker.start(version, name, folder);
                var desk = Desk.open(name, broker.port, folder.resolve("ours"), ITS_HABITS)
                        .loggedOn()) {
            // Far from its market price of 12.30 it does not fill.
            desk.say(desk.order("C1", 1000, "1"));
            desk.hears(Input.BrokerExecutionReport.class, r -> r.report().ordStatus() == OrdStatus.NEW);
            desk.say(desk.cancel("C2", "C1"));
            var reject = desk.hears(Input.BrokerMessageReject.class);
            assertThat(reject.refMessageType()).isEqualTo("F");
            assertThat(reject.refId()).isEqualTo("C2");
            assertThat(reject.reason()).isEqualTo("3");
        }
    }
}
