package org.tradesuite.execution.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import quickfix.Message;

/** After a crash, a cut or a long silence: nothing lost, nothing sent twice, nothing guessed. */
class RecoveryTest {
    private static final String FILL = "35=8|37=B1|11=C1|39=1|55=VOD|54=1|32=100|31=71.4|14=100|151=900|6=71.4|150=F";

    @TempDir
    private Path folder;

    private BrokerAcceptor broker(int port) throws Exception {
        return BrokerAcceptor.start(Dialect.Version.FIX44, "BRAVO", port, folder.resolve("theirs"));
    }

    private Desk desk(int port, OptionalInt next, Duration staleAfter) throws Exception {
        return Desk.open("BRAVO", port, folder.resolve("ours"), Map.of(), next, staleAfter);
    }

    @Test
    void what_the_journal_does_not_have_is_asked_for_again() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port)) {
            try (var desk =
                    desk(port, OptionalInt.empty(), Duration.ofMinutes(1)).loggedOn()) {
                broker.say(FILL + "|17=E1");
                broker.say(FILL + "|17=E2");
                broker.say(FILL + "|17=E3");
                desk.hears(
                        Input.BrokerExecutionReport.class,
                        r -> r.report().execId().equals("E3"));
            }
            // Only E1, message 2, had reached the journal when the process died.
            try (var desk = desk(port, OptionalInt.of(3), Duration.ofMinutes(1)).loggedOn()) {
                desk.hears(
                        Input.BrokerExecutionReport.class,
                        r -> r.report().execId().equals("E2"));
                desk.hears(
                        Input.BrokerExecutionReport.class,
                        r -> r.report().execId().equals("E3"));
                assertThat(desk.heard)
                        .filteredOn(Input.BrokerExecutionReport.class::isInstance)
                        .hasSize(2);
            }
        }
    }

    @Test
    void a_report_the_engine_does_not_take_is_not_counted_and_comes_again() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port);
                var desk =
                        desk(port, OptionalInt.empty(), Duration.ofMinutes(1)).loggedOn()) {
            desk.takesNothing(true);
            broker.say(FILL + "|17=E1");
            desk.isTold("the engine does not take");
            desk.takesNothing(false);
            broker.say(FILL + "|17=E2");
            desk.hears(
                    Input.BrokerExecutionReport.class, r -> r.report().execId().equals("E1"));
            desk.hears(
                    Input.BrokerExecutionReport.class, r -> r.report().execId().equals("E2"));
        }
    }

    @Test
    void an_order_given_while_the_broker_is_away_arrives_when_it_is_back() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var desk = desk(port, OptionalInt.empty(), Duration.ofMinutes(1))) {
            desk.isTold("cannot connect");
            desk.say(desk.order("C1", 1000, "71.5"));
            try (var broker = broker(port)) {
                assertThat(broker.message("D", 1).getString(11)).isEqualTo("C1");
            }
        }
    }

    @Test
    void an_order_that_waited_too_long_is_not_sent_and_the_engine_is_told() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var desk = desk(port, OptionalInt.empty(), Duration.ZERO)) {
            desk.isTold("cannot connect");
            desk.say(desk.order("C1", 1000, "71.5"));
            desk.say(desk.cancel("C2", "C1"));
            try (var broker = broker(port)) {
                var notSent = desk.hears(Input.NotSent.class);
                assertThat(notSent.messageId()).isEqualTo("C1");
                // The cancel may still go: it makes nothing worse.
                assertThat(broker.message("F", 1).getString(11)).isEqualTo("C2");
                assertThat(broker.heardOf("D")).isEmpty();
            }
        }
    }

    @Test
    void a_resumed_order_that_never_left_waits_with_its_cancel_until_the_engine_sends_it() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port);
                var desk =
                        desk(port, OptionalInt.empty(), Duration.ofMinutes(1)).loggedOn()) {
            desk.say(new Effect.Resume(desk.order("C1", 1000, "71.5")));
            desk.say(new Effect.Resume(desk.cancel("C2", "C1")));
            assertThat(desk.hears(Input.HeldBack.class).clOrdId()).isEqualTo("C1");
            desk.say(desk.question("C0"));
            broker.message("H", 1);
            assertThat(broker.heardOf("D")).isEmpty();
            assertThat(broker.heardOf("F")).isEmpty();
            desk.say(desk.order("C1", 1000, "71.5"));
            desk.say(desk.cancel("C2", "C1"));
            assertThat(broker.message("D", 1).getString(11)).isEqualTo("C1");
            assertThat(broker.message("F", 1).getString(11)).isEqualTo("C2");
        }
    }

    @Test
    void a_resumed_order_that_was_handed_over_is_not_sent_again() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port)) {
            try (var desk =
                    desk(port, OptionalInt.empty(), Duration.ofMinutes(1)).loggedOn()) {
                desk.say(desk.order("C1", 1000, "71.5"));
                broker.message("D", 1);
            }
            try (var desk = desk(port, OptionalInt.of(1), Duration.ofMinutes(1)).loggedOn()) {
                desk.say(new Effect.Resume(desk.order("C1", 1000, "71.5")));
                desk.say(desk.question("C1"));
                Message question = broker.message("H", 1);
                assertThat(question.getString(11)).isEqualTo("C1");
                assertThat(broker.heardOf("D")).hasSize(1);
            }
        }
    }

    @Test
    void a_broker_that_does_not_answer_questions_is_not_asked() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port);
                var desk = Desk.open("BRAVO", port, folder.resolve("ours"), Map.of("supports", "F,G,J,AU"))
                        .loggedOn()) {
            desk.say(desk.question("C1"));
            desk.say(desk.cancel("C2", "C1"));
            broker.message("F", 1);
            assertThat(broker.heardOf("H")).isEmpty();
        }
    }

    @Test
    void a_broker_that_takes_no_replace_is_not_sent_one_and_the_engine_is_told() throws Exception {
        int port = BrokerAcceptor.freePort();
        try (var broker = broker(port);
                var desk = Desk.open("BRAVO", port, folder.resolve("ours"), Map.of("supports", "F,H"))
                        .loggedOn()) {
            desk.say(desk.replace("C2", "C1", 500));
            assertThat(desk.hears(Input.NotSent.class).messageId()).isEqualTo("C2");
            assertThat(broker.heardOf("G")).isEmpty();
        }
    }
}
