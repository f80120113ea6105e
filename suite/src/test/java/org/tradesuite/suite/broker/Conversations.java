package org.tradesuite.suite.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.suite.market.FixClient;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.ReferenceFiles;
import org.tradesuite.suite.market.SettableClock;
import quickfix.DefaultMessageFactory;
import quickfix.Group;
import quickfix.Message;
import quickfix.field.ApplVerID;

/** The chapter of Appendix D that every version shares; each broker runs it in its own FIX. */
abstract class Conversations {

    static final Instant MORNING = Instant.parse("2026-01-05T10:00:00Z");
    static final LocalDate DAY = LocalDate.of(2026, 1, 5);
    private static final ReferenceFiles FILES = ReferenceFiles.onClassPath();

    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock(MORNING);
    final int port = FixClient.freePort();
    final BrokerProfile profile;
    FixClient client;
    SimulatedBroker broker;

    Conversations(BrokerProfile profile) {
        this.profile = profile.obliging().onPort(port);
        this.client = new FixClient(profile.version(), "TRADESUITE", profile.brokerId(), port);
    }

    @BeforeEach
    void start() {
        broker = newBroker();
        broker.start();
        client.start();
    }

    @AfterEach
    void stop() {
        client.stop();
        broker.stop();
    }

    SimulatedBroker newBroker() {
        return new SimulatedBroker(
                profile, Market.of(FILES, 7, DAY), FILES, 7, clock, "TRADESUITE", folder.resolve("brokers"));
    }

    boolean fix42() {
        return profile.version().equals("FIX.4.2");
    }

    Message message(String type) {
        DefaultMessageFactory factory = new DefaultMessageFactory();
        return profile.version().equals("FIXT.1.1")
                ? factory.create(profile.version(), new ApplVerID("9"), type)
                : factory.create(profile.version(), type);
    }

    Message with(String type, Map<Integer, String> fields) {
        Message message = message(type);
        message.setString(54, "1");
        message.setString(55, "VOD");
        if (!type.equals("H")) {
            message.setString(60, OrderDesk.timestamp(clock.instant()));
        }
        if (!type.equals("H") && !type.equals("J")) {
            message.setString(1, "GEQ1");
            message.setString(207, "XLON");
            message.setString(38, "10000");
        }
        if (type.equals("D") || type.equals("G")) {
            message.setString(15, "GBP");
            message.setString(21, "1");
            message.setString(40, "1");
            message.setString(59, "0");
        }
        fields.forEach(message::setString);
        return message;
    }

    Message order(String clOrdId) {
        return with("D", Map.of(11, clOrdId));
    }

    /** A buy far below the market: it rests. */
    Message resting(String clOrdId) {
        return with("D", Map.of(11, clOrdId, 40, "2", 44, "0.5000"));
    }

    void accepted(String clOrdId) throws Exception {
        clock.advanceSeconds(1);
        if (profile.pendingNew()) {
            expect(clOrdId, "A", "A");
        }
        expect(clOrdId, "0", "0");
    }

    Message expect(String clOrdId, String execType, String ordStatus) throws Exception {
        Message report = client.next("8");
        assertThat(report.getString(11) + " " + report.getString(150) + " " + report.getString(39))
                .as("%s", report)
                .isEqualTo(clOrdId + " " + execType + " " + ordStatus);
        return report;
    }

    List<Message> fillsOf(String clOrdId, String quantity) throws Exception {
        List<Message> fills = new ArrayList<>();
        BigDecimal left = new BigDecimal(quantity);
        while (left.signum() > 0) {
            clock.advanceSeconds(60);
            Message fill = client.next("8");
            assertThat(fill.getString(11)).isEqualTo(clOrdId);
            left = left.subtract(fill.getDecimal(32));
            assertThat(fill.getDecimal(151)).isEqualByComparingTo(left);
            boolean last = left.signum() == 0;
            assertThat(fill.getString(39)).isEqualTo(last ? "2" : "1");
            assertThat(fill.getString(150)).isEqualTo(fix42() ? (last ? "2" : "1") : "F");
            fills.add(fill);
        }
        return fills;
    }

    @Test
    void a_market_order_is_acknowledged_and_filled_in_parts_at_the_market() throws Exception {
        say(order("M1"));
        accepted("M1");
        List<Message> fills = fillsOf("M1", "10000");

        BigDecimal notional = BigDecimal.ZERO;
        for (Message fill : fills) {
            notional = notional.add(fill.getDecimal(31).multiply(fill.getDecimal(32)));
            assertThat(fill.getDecimal(31)).isBetween(new BigDecimal("0.68"), new BigDecimal("0.76"));
            assertThat(fill.isSetField(20)).isEqualTo(fix42());
        }
        assertThat(fills.getLast().getDecimal(6).multiply(new BigDecimal("10000")))
                .isCloseTo(notional, org.assertj.core.data.Offset.offset(new BigDecimal("0.0001")));
    }

    @Test
    void a_resting_order_is_cancelled_when_asked() throws Exception {
        say(resting("C1"));
        accepted("C1");
        say(with("F", Map.of(11, "C2", 41, "C1")));
        clock.advanceSeconds(1);

        if (profile.acknowledgesPending()) {
            assertThat(expect("C2", "6", "6").getString(41)).isEqualTo("C1");
        }
        Message cancelled = expect("C2", "4", "4");
        assertThat(cancelled.getString(41)).isEqualTo("C1");
        assertThat(cancelled.getDecimal(151)).isZero();
    }

    @Test
    void a_replace_changes_quantity_and_price_and_the_new_order_trades() throws Exception {
        say(resting("R1"));
        accepted("R1");
        say(with("G", Map.of(11, "R2", 41, "R1", 38, "8000", 40, "2", 44, "0.9000")));
        clock.advanceSeconds(1);

        if (profile.acknowledgesPending()) {
            assertThat(expect("R2", "E", "E").getDecimal(38)).isEqualByComparingTo("10000");
        }
        Message replaced = expect("R2", "5", "0");
        assertThat(replaced.getString(41)).isEqualTo("R1");
        assertThat(replaced.getDecimal(38)).isEqualByComparingTo("8000");
        assertThat(fillsOf("R2", "8000")).isNotEmpty();
    }

    @Test
    void a_cancel_that_comes_after_the_fill_is_too_late() throws Exception {
        say(order("L1"));
        accepted("L1");
        fillsOf("L1", "10000");
        say(with("F", Map.of(11, "L2", 41, "L1")));
        clock.advanceSeconds(1);

        Message refused = client.next("9");
        assertThat(refused.getString(102)).isEqualTo("0");
        assertThat(refused.getString(39)).isEqualTo("2");
        assertThat(refused.getString(434)).isEqualTo("1");
    }

    @Test
    void a_cancel_that_crosses_the_acknowledgement_is_answered_after_it() throws Exception {
        say(resting("X1"));
        say(with("F", Map.of(11, "X2", 41, "X1")));
        accepted("X1");
        if (profile.acknowledgesPending()) {
            expect("X2", "6", "6");
        }
        expect("X2", "4", "4");
    }

    @Test
    void a_second_request_while_one_is_pending_is_refused_and_the_first_goes_on() throws Exception {
        say(resting("P1"));
        accepted("P1");
        say(with("G", Map.of(11, "P2", 41, "P1", 38, "9000", 40, "2", 44, "0.5000")));
        say(with("F", Map.of(11, "P3", 41, "P1")));
        clock.advanceSeconds(1);

        Message refused = client.next("9");
        assertThat(refused.getString(11)).isEqualTo("P3");
        assertThat(refused.getString(102)).isEqualTo("3");
        assertThat(refused.getString(41)).isEqualTo("P1");
        if (profile.acknowledgesPending()) {
            expect("P2", "E", "E");
        }
        expect("P2", "5", "0");
    }

    @Test
    void a_cancel_of_an_unknown_order_names_none() throws Exception {
        say(with("F", Map.of(11, "U2", 41, "U1")));
        clock.advanceSeconds(1);

        Message refused = client.next("9");
        assertThat(refused.getString(37)).isEqualTo("NONE");
        assertThat(refused.getString(102)).isEqualTo("1");
        assertThat(refused.getString(39)).isEqualTo("8");
    }

    @Test
    void a_used_clordid_is_rejected_and_its_first_order_lives_on() throws Exception {
        say(resting("D1"));
        accepted("D1");
        say(resting("D1"));
        clock.advanceSeconds(1);
        assertThat(expect("D1", "8", "0").getString(103)).isEqualTo("6");

        say(with("F", Map.of(11, "D2", 41, "D1")));
        clock.advanceSeconds(1);
        if (profile.acknowledgesPending()) {
            expect("D2", "6", "6");
        }
        expect("D2", "4", "4");
    }

    @Test
    void a_possible_resend_of_a_known_order_is_answered_by_its_status() throws Exception {
        say(resting("S1"));
        accepted("S1");
        Message again = resting("S1");
        again.getHeader().setString(97, "Y");
        say(again);
        clock.advanceSeconds(1);

        Message status = expect("S1", fix42() ? "0" : "I", "0");
        assertThat(!fix42() || status.getString(20).equals("3")).isTrue();
    }

    @Test
    void a_status_request_tells_and_an_unknown_order_has_status_rejected() throws Exception {
        say(resting("H1"));
        accepted("H1");
        say(with("H", Map.of(11, "H1")));
        clock.advanceSeconds(1);
        expect("H1", fix42() ? "0" : "I", "0");

        say(with("H", Map.of(11, "H0")));
        clock.advanceSeconds(1);
        Message unknown = expect("H0", fix42() ? "8" : "I", "8");
        assertThat(unknown.getString(37)).isEqualTo("NONE");
        assertThat(unknown.getString(103)).isEqualTo("5");
    }

    @Test
    void a_day_order_expires_at_the_close() throws Exception {
        say(resting("E1"));
        accepted("E1");
        clock.set(Instant.parse("2026-01-05T16:30:01Z"));

        assertThat(expect("E1", "C", "C").getDecimal(151)).isZero();
    }

    @Test
    void an_order_for_a_symbol_or_an_hour_without_a_market_is_rejected() throws Exception {
        say(with("D", Map.of(11, "N1", 55, "NOSUCH")));
        clock.advanceSeconds(1);
        if (profile.pendingNew()) {
            expect("N1", "A", "A");
        }
        assertThat(expect("N1", "8", "8").getString(103)).isEqualTo("1");

        clock.set(Instant.parse("2026-01-05T20:00:00Z"));
        say(order("N2"));
        clock.advanceSeconds(1);
        if (profile.pendingNew()) {
            expect("N2", "A", "A");
        }
        assertThat(expect("N2", "8", "8").getString(103)).isEqualTo("2");
    }

    @Test
    void an_order_that_must_fill_at_once_and_cannot_is_cancelled_not_rejected() throws Exception {
        say(with("D", Map.of(11, "I1", 40, "2", 44, "0.5000", 59, "3")));
        accepted("I1");

        Message cancelled = expect("I1", "4", "4");
        assertThat(cancelled.isSetField(41)).isFalse();
    }

    @Test
    void a_broker_killed_and_started_again_knows_its_orders_and_goes_on() throws Exception {
        say(order("K1"));
        accepted("K1");
        say(resting("K2"));
        accepted("K2");
        broker.stop();
        client.stop();

        broker = newBroker();
        broker.start();
        client.start();
        say(order("K1"));
        clock.advanceSeconds(1);

        assertThat(expect("K1", "8", "0").getString(103)).isEqualTo("6");
        fillsOf("K1", "10000");
        say(with("F", Map.of(11, "K3", 41, "K2")));
        clock.advanceSeconds(1);
        if (profile.acknowledgesPending()) {
            expect("K3", "6", "6");
        }
        expect("K3", "4", "4");
        assertThat(BrokerLog.read(broker.logFile()).stream()
                        .filter(e -> !e.in())
                        .map(e -> e.fields().get(17))
                        .collect(Collectors.toList()))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_report_in_the_log_that_the_session_never_got_is_sent_at_the_next_start() throws Exception {
        say(resting("Q1"));
        accepted("Q1");
        String orderId = broker.outcomes().getFirst().orderId();
        broker.stop();
        client.stop();
        try (BrokerLog log = BrokerLog.open(broker.logFile())) {
            log.append(
                    clock.instant(),
                    false,
                    0,
                    new Fields("8")
                            .copy(Wire.read(resting("Q1")), 11, 38, 54, 55)
                            .put(37, orderId)
                            .put(17, "LOST")
                            .put(150, "I")
                            .put(39, "0")
                            .put(14, "0")
                            .put(151, "10000")
                            .put(6, "0")
                            .put(60, OrderDesk.timestamp(clock.instant())));
        }

        broker = newBroker();
        broker.start();
        client.start();

        Message late = expect("Q1", fix42() ? "0" : "I", "0");
        assertThat(late.getString(17)).isEqualTo("LOST");
        assertThat(late.getHeader().getString(97)).isEqualTo("Y");
    }

    @Test
    void a_block_is_received_then_accepted_and_confirmed_with_its_money() throws Exception {
        say(order("A1"));
        accepted("A1");
        BigDecimal average = fillsOf("A1", "10000").getLast().getDecimal(6);
        say(block("B1", "A1", "10000", average));
        clock.advanceSeconds(5);

        Message received = client.next("P");
        assertThat(received.getString(70) + received.getString(87)).isEqualTo("B13");
        assertThat(client.next("P").getString(87)).isEqualTo("0");
        if (!fix42()) {
            Message confirmation = client.next("AK");
            BigDecimal gross = confirmation.getDecimal(381);
            assertThat(confirmation.getString(79)).isEqualTo("GEQ1");
            assertThat(confirmation.getDecimal(12)).isPositive();
            assertThat(confirmation.getDecimal(118))
                    .isEqualByComparingTo(gross.add(confirmation.getDecimal(12))
                            .add(confirmation.getGroups(136).getFirst().getDecimal(137)));
            assertThat(confirmation.getString(64)).isEqualTo("20260107");
            Message affirmation = message("AU");
            affirmation.setString(664, confirmation.getString(664));
            affirmation.setString(75, "20260105");
            affirmation.setString(60, OrderDesk.timestamp(clock.instant()));
            affirmation.setString(940, "3");
            say(affirmation);
            assertThat(BrokerLog.read(broker.logFile()).getLast().fields()).containsEntry(35, "AU");
        }
    }

    @Test
    void a_block_of_the_wrong_quantity_is_refused_with_the_reason() throws Exception {
        say(order("W1"));
        accepted("W1");
        BigDecimal average = fillsOf("W1", "10000").getLast().getDecimal(6);
        say(block("B2", "W1", "9000", average));
        clock.advanceSeconds(5);

        assertThat(client.next("P").getString(87)).isEqualTo("3");
        Message refused = client.next("P");
        assertThat(refused.getString(87)).isEqualTo("1");
        assertThat(refused.getString(88)).isEqualTo("1");
    }

    private Message block(String allocId, String clOrdId, String quantity, BigDecimal average) {
        Message block =
                with("J", Map.of(70, allocId, 71, "0", 53, quantity, 6, average.toPlainString(), 75, "20260105"));
        if (!fix42()) {
            block.setString(626, "5");
            block.setString(857, "1");
        }
        Group order = new Group(73, 11);
        order.setString(11, clOrdId);
        block.addGroup(order);
        Group share = new Group(78, 79);
        share.setString(79, "GEQ1");
        share.setString(80, quantity);
        block.addGroup(share);
        return block;
    }

    /** Sends, and waits until it is in the broker's log: only then may the clock move. */
    void say(Message message) throws Exception {
        long before = received();
        client.send(message);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> received() > before);
    }

    private long received() {
        return BrokerLog.read(broker.logFile()).stream()
                .filter(BrokerLog.Entry::in)
                .count();
    }
}
