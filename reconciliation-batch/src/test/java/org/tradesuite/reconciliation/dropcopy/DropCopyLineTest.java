package org.tradesuite.reconciliation.dropcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.reconciliation.statement.DropFolders;

/** A live drop copy over real sockets: what is said is in the file, whatever happens on the way. */
class DropCopyLineTest {

    private static final LocalDate FRI_20_NOV_2026 = LocalDate.of(2026, 11, 20);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Moving clock = new Moving(Instant.parse("2026-11-20T10:00:00Z"));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    /** A clock that a test sets. */
    private static final class Moving extends Clock {
        private volatile Instant now;

        private Moving(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private <T extends AutoCloseable> T opened(T it) {
        open.add(it);
        return it;
    }

    private static Map<String, String> terms(int port, String... more) {
        var terms = new HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(port),
                "sender",
                "DESK",
                "target",
                "ALFA",
                "reconnect-seconds",
                "1"));
        for (var at = 0; at < more.length; at += 2) {
            terms.put(more[at], more[at + 1]);
        }
        return terms;
    }

    private DropCopyLines lines(Map<String, Map<String, String>> terms) {
        var lines = opened(new DropCopyLines(terms, new DropFolders(folder), folder.resolve("store"), false, clock));
        lines.start();
        return lines;
    }

    private BrokerEnd broker(String begin, String name) throws IOException {
        return opened(BrokerEnd.waiting(begin, name, "DESK"));
    }

    private Path file(String broker, String name) {
        return folder.resolve("brokers").resolve(broker).resolve(name);
    }

    /** MsgSeqNum and ExecID or type of each message, in the order in which it was written down. */
    private static List<String> told(Path file) {
        var told = new ArrayList<String>();
        try (var in = Files.newInputStream(file)) {
            var log = new FixLog(in);
            while (log.next()) {
                var message = log.message();
                told.add(
                        message == null
                                ? "? " + log.wrong()
                                : message.text(34) + " "
                                        + (message.text(17) == null ? message.text(35) : message.text(17)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return told;
    }

    private List<String> part() {
        var file = file("ALFA", "dropcopy-20261120.fix.part");
        return Files.exists(file) ? told(file) : List.of();
    }

    private static DropCopyLineState state(DropCopyLines lines) {
        return lines.states().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"FIX.4.2, FIX.4.2", "FIX.4.4, FIX.4.4", "FIX.5.0SP2, FIXT.1.1"})
    void a_broker_is_called_and_all_it_says_is_in_the_file_of_its_day(String version, String begin) throws IOException {
        var broker = broker(begin, "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port(), "version", version)));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        broker.fill("E2", 200);
        await().atMost(LONG).until(() -> part().size() == 3);
        assertThat(part()).containsExactly("1 A", "2 E1", "3 E2");

        var state = state(lines);
        assertThat(state.says()).isEqualTo("logged on");
        assertThat(state.nextExpected()).isEqualTo(4);
        assertThat(state.date()).isEqualTo(FRI_20_NOV_2026);
        assertThat(state.messages()).isEqualTo(3);
    }

    @Test
    void a_broker_that_calls_us_is_let_in_with_its_password_and_the_password_is_not_kept() throws IOException {
        var port = freePort();
        var lines = lines(Map.of("ALFA", terms(port, "role", "acceptor", "username", "alfa", "password", "pearl")));
        var stranger = opened(BrokerEnd.calling("FIX.4.4", "ALFA", "DESK", port, "|553=alfa|554=wrong"));
        stranger.fill("E9", 100);
        await().during(Duration.ofSeconds(1))
                .atMost(LONG)
                .until(() -> !state(lines).loggedOn());
        stranger.close();

        var broker = opened(BrokerEnd.calling("FIX.4.4", "ALFA", "DESK", port, "|553=alfa|554=pearl"));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        await().atMost(LONG).until(() -> part().size() == 2);
        assertThat(part()).containsExactly("1 A", "2 E1");
        assertThat(file("ALFA", "dropcopy-20261120.fix.part"))
                .content()
                .doesNotContain("pearl")
                .contains("553=alfa");
    }

    @Test
    void a_gap_is_asked_for_and_what_comes_again_is_in_the_file() throws IOException {
        var broker = broker("FIX.4.4", "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.lose("35=8|", BrokerEnd.execution("E1", 100));
        broker.lose("35=0|", "");
        broker.fill("E2", 200);
        await().atMost(LONG).until(() -> part().stream().anyMatch(each -> each.endsWith("E2")));
        assertThat(part()).containsSubsequence("1 A", "2 E1", "3 4", "4 E2");
        assertThat(broker.askedAgain()).isPositive();
        await().atMost(LONG).until(() -> state(lines).nextExpected() == 5);
        assertThat(state(lines).early()).isZero();
    }

    @Test
    void what_was_said_while_we_were_away_is_asked_for_at_the_next_start() throws Exception {
        var broker = broker("FIX.4.4", "ALFA");
        var first = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(first).loggedOn());
        broker.fill("E1", 100);
        await().atMost(LONG).until(() -> part().size() == 2);
        first.close();
        broker.hangUp();
        broker.fill("E2", 200);

        var second = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> part().stream().anyMatch(each -> each.endsWith("E2")));
        assertThat(part().stream().filter(each -> each.endsWith("E1"))).hasSize(1);
        await().atMost(LONG).until(() -> state(second).loggedOn());
    }

    @Test
    void a_gap_that_stays_is_in_the_file_and_the_session_goes_on_behind_it() throws IOException {
        var broker = broker("FIX.4.4", "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        broker.deaf(true);
        broker.lose("35=8|", BrokerEnd.execution("E2", 200));
        broker.fill("E3", 300);
        await().atMost(LONG).until(() -> broker.askedAgain() > 0 && state(lines).early() == 1);
        assertThat(state(lines).says()).contains("missing and were asked for");
        assertThat(part()).containsExactly("1 A", "2 E1");

        broker.at("2026-11-21T06:00:00Z");
        clock.now = Instant.parse("2026-11-21T06:00:00Z");
        await().atMost(LONG).until(() -> part().size() == 3);
        clock.now = Instant.parse("2026-11-21T06:00:30Z");
        var handedIn = file("ALFA", "dropcopy-20261120-001.fix");
        await().atMost(LONG).until(() -> Files.exists(handedIn));
        assertThat(told(handedIn)).containsExactly("1 A", "2 E1", "4 E3");
        await().atMost(LONG).until(() -> state(lines).loggedOn() && state(lines).nextExpected() > 4);
        broker.fill("E4", 400);
        var monday = file("ALFA", "dropcopy-20261123.fix.part");
        await().atMost(LONG)
                .until(() -> Files.exists(monday) && told(monday).stream().anyMatch(each -> each.endsWith("E4")));
    }

    @Test
    void two_brokers_at_once_have_a_file_each() throws IOException {
        var alfa = broker("FIX.4.2", "ALFA");
        var bravo = broker("FIX.4.4", "BRAVO");
        lines(Map.of(
                "ALFA", terms(alfa.port(), "version", "FIX.4.2"), "BRAVO", terms(bravo.port(), "target", "BRAVO")));
        for (var number = 1; number <= 50; number++) {
            alfa.fill("A" + number, number);
            bravo.fill("B" + number, number);
        }
        for (var broker : List.of("ALFA", "BRAVO")) {
            var file = file(broker, "dropcopy-20261120.fix.part");
            var prefix = broker.substring(0, 1);
            await().atMost(LONG)
                    .until(() -> Files.exists(file)
                            && told(file).stream().anyMatch(each -> each.endsWith(" " + prefix + "50")));
            assertThat(told(file).stream()
                            .map(each -> each.substring(each.indexOf(' ') + 1))
                            .filter(each -> each.length() > 1)
                            .distinct())
                    .hasSize(50)
                    .allMatch(each -> each.startsWith(prefix));
        }
    }

    @Test
    void the_day_ends_by_the_brokers_clock_and_its_file_is_handed_in_once() throws IOException {
        var broker = broker("FIX.4.4", "ALFA");
        clock.now = Instant.parse("2026-11-20T21:59:00Z");
        broker.at("2026-11-20T21:59:00Z");
        var lines = lines(Map.of("ALFA", terms(broker.port(), "zone", "America/New_York", "day-ends", "17:00")));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        broker.at("2026-11-20T22:00:00Z");
        broker.fill("E2", 200);
        var monday = file("ALFA", "dropcopy-20261123.fix.part");
        await().atMost(LONG).until(() -> Files.exists(monday) && told(monday).size() == 1);
        clock.now = Instant.parse("2026-11-20T22:00:30Z");
        await().atMost(LONG).until(() -> Files.exists(file("ALFA", "dropcopy-20261120-001.fix")));
        assertThat(told(file("ALFA", "dropcopy-20261120-001.fix"))).containsExactly("1 A", "2 E1");
        assertThat(told(monday)).containsExactly("3 E2");

        // What was lost of Friday comes on Monday morning, by its first sending time, and is handed in with the rest.
        Files.delete(file("ALFA", "dropcopy-20261120-001.fix"));
        broker.at("2026-11-20T21:59:30Z");
        broker.lose("35=8|", BrokerEnd.execution("E0", 50));
        broker.at("2026-11-23T12:00:00Z");
        clock.now = Instant.parse("2026-11-23T12:00:00Z");
        broker.fill("E3", 300);
        await().atMost(LONG).until(() -> told(monday).stream().anyMatch(each -> each.endsWith("E3")));
        clock.now = Instant.parse("2026-11-23T12:00:30Z");
        await().atMost(LONG).until(() -> Files.exists(file("ALFA", "dropcopy-20261120-002.fix")));
        assertThat(told(file("ALFA", "dropcopy-20261120-002.fix"))).containsExactly("1 A", "2 E1", "4 E0");
        assertThat(file("ALFA", "dropcopy-20261120-001.fix")).doesNotExist();
    }

    @Test
    void a_run_within_the_day_gets_what_came_so_far_and_only_if_it_is_news() throws IOException {
        var broker = broker("FIX.4.4", "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        await().atMost(LONG).until(() -> part().size() == 2);
        assertThat(lines.handIn(FRI_20_NOV_2026.minusDays(1))).isEmpty();
        assertThat(lines.handIn(FRI_20_NOV_2026)).containsExactly(file("ALFA", "dropcopy-20261120-001.fix"));
        broker.say("35=0|", "");
        await().atMost(LONG).until(() -> part().size() == 3);
        assertThat(lines.handIn(FRI_20_NOV_2026)).isEmpty();
        broker.fill("E2", 200);
        await().atMost(LONG).until(() -> part().size() == 4);
        assertThat(lines.handIn(FRI_20_NOV_2026)).containsExactly(file("ALFA", "dropcopy-20261120-002.fix"));
        assertThat(told(file("ALFA", "dropcopy-20261120-002.fix"))).containsExactly("1 A", "2 E1", "3 0", "4 E2");
    }

    @Test
    void on_a_full_disk_nothing_is_counted_and_all_of_it_comes_when_there_is_room_again() throws Exception {
        Files.createDirectories(file("ALFA", ""));
        Assumptions.assumeTrue(
                run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=64k",
                        "tmpfs",
                        file("ALFA", "").toString()),
                "needs the right to mount a small disk");
        opened(() ->
                assertThat(run("umount", "-l", file("ALFA", "").toString())).isTrue());
        var broker = broker("FIX.4.4", "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.fill("E1", 100);
        await().atMost(LONG).until(() -> part().size() == 2);
        var filler = file("ALFA", "filler");
        try (var fill = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var some = 1 << 14; some > 0; some /= 2) {
                fillWith(fill, some);
            }
        }
        for (var number = 2; number <= 40; number++) {
            broker.fill("E" + number, number);
        }
        await().atMost(LONG).until(() -> !state(lines).recording());
        assertThat(state(lines).says()).contains("free room in the drop folder of ALFA");
        var expected = state(lines).nextExpected();
        assertThat(part()).hasSize(expected - 1).noneMatch(each -> each.startsWith("?"));

        Files.delete(filler);
        await().atMost(LONG).until(() -> part().stream().anyMatch(each -> each.endsWith("E40")));
        await().atMost(LONG)
                .until(() -> state(lines).recording() && state(lines).loggedOn());
        assertThat(part().stream()
                        .map(each -> each.substring(each.indexOf(' ') + 1))
                        .filter(each -> each.startsWith("E"))
                        .distinct())
                .hasSize(40);
        assertThat(part()).noneMatch(each -> each.startsWith("?"));
    }

    private static void fillWith(FileChannel file, int octets) throws IOException {
        while (true) {
            try {
                if (file.write(java.nio.ByteBuffer.allocate(octets)) < octets) {
                    return;
                }
            } catch (IOException full) {
                return;
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_key_that_changes_it() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> lines(Map.of("ALFA", terms(taken.getLocalPort(), "role", "acceptor"))))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("tradesuite.reconciliation.drop-copy.session.ALFA.port");
        }
    }

    @Test
    void a_broker_that_does_not_know_our_names_is_told_of() throws IOException {
        try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> hangUpOnAll(deaf));
            var lines = lines(Map.of("ALFA", terms(deaf.getLocalPort())));
            await().atMost(LONG).until(() -> state(lines).says().contains("SenderCompID DESK and TargetCompID ALFA"));
            assertThat(state(lines).loggedOn()).isFalse();
        }
    }

    private static void hangUpOnAll(ServerSocket door) {
        while (!door.isClosed()) {
            try {
                var socket = door.accept();
                assertThat(socket.getInputStream().read()).isPositive();
                socket.close();
            } catch (IOException ended) {
                return;
            }
        }
    }

    @Test
    void a_message_of_somebody_else_is_not_in_the_file() throws IOException {
        var broker = broker("FIX.4.4", "ALFA");
        var lines = lines(Map.of("ALFA", terms(broker.port())));
        await().atMost(LONG).until(() -> state(lines).loggedOn());
        broker.raw(org.tradesuite.reconciliation.fix.FixText.message(
                "35=8|34=2|49=MALLORY|56=DESK|52=20261120-10:00:00|" + BrokerEnd.execution("E666", 100)));
        await().atMost(LONG).until(() -> broker.logons() > 1);
        assertThat(part()).noneMatch(each -> each.endsWith("E666"));
    }
}
