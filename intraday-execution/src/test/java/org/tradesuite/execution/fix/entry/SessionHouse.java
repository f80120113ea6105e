package org.tradesuite.execution.fix.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.execution.engine.ClientFact;
import org.tradesuite.execution.engine.ClientMessage;
import org.tradesuite.execution.engine.ClientReport;
import org.tradesuite.execution.engine.ClientReports;
import org.tradesuite.execution.engine.Commit;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.engine.Intake;
import org.tradesuite.execution.engine.Recorded;
import org.tradesuite.execution.fix.BrokerAcceptor;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** The real door for clients, with a list where the engine would be. */
final class SessionHouse implements AutoCloseable {
    private static final String HASH = Objects.requireNonNull(new BCryptPasswordEncoder(4).encode("secret"));

    final int port;
    private final List<ClientMessage> heard = new CopyOnWriteArrayList<>();
    private final OrderEntry entry;
    private volatile boolean takes = true;
    private volatile boolean refused;
    private long place;

    SessionHouse(Client.Version version, Path store, Map<String, String> changes) throws Exception {
        port = BrokerAcceptor.freePort();
        Map<String, String> keys = new LinkedHashMap<>(Map.of(
                "version", version.application,
                "password-hash", HASH,
                "account.CORE", "GEQ1",
                "strategy", "VALUE",
                "trader", "apatel",
                "order-types", "LIMIT"));
        keys.putAll(changes);
        entry = new OrderEntry(
                new OrderEntry.Settings("127.0.0.1", port, Map.of("CLIENT", keys), store, true, Duration.ofSeconds(60)),
                client -> OptionalLong.empty(),
                new OrderEntry.Past() {
                    @Override
                    public void since(long from, Consumer<ClientReports.Entry> reader) {}

                    @Override
                    public long beginning() {
                        return 0;
                    }
                },
                new OrderEntry.SignIn((user, password) -> false, new BCryptPasswordEncoder()::matches),
                SampleDesk::reference,
                () -> "D1",
                this::take,
                Clock.fixed(SampleDesk.TEN, ZoneOffset.UTC),
                Clock.systemUTC(),
                trouble -> {},
                () -> {});
        entry.start();
    }

    private Intake take(Input input) {
        if (!takes) {
            refused = true;
            return Intake.STOPPED;
        }
        if (input instanceof Input.FromClient from) {
            heard.add(from.message());
        }
        return Intake.TAKEN;
    }

    void takes(boolean anything) {
        takes = anything;
    }

    void hasRefused() {
        Awaitility.await("the desk refused").atMost(Duration.ofSeconds(20)).until(() -> refused);
    }

    void isThere() {
        Awaitility.await("the client is there")
                .atMost(Duration.ofSeconds(20))
                .until(() -> entry.states().getFirst().loggedOn());
    }

    void isGone() {
        Awaitility.await("the client is gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !entry.states().getFirst().loggedOn());
    }

    /** The journal has a report for the client. */
    void reports(String execId) {
        var report = new ClientReport(
                "CLIENT",
                "O1",
                "C1",
                null,
                execId,
                null,
                ExecType.NEW,
                OrdStatus.NEW,
                SampleDesk.ACCOUNT,
                new ClientReport.Terms(
                        "CORE",
                        "VOD",
                        "XLON",
                        null,
                        "GBP",
                        Side.BUY,
                        Quantity.of(1000),
                        OrderType.MARKET,
                        null,
                        TimeInForce.DAY),
                Quantity.of(1000),
                Quantity.ZERO,
                null,
                null,
                null,
                null,
                null,
                null,
                SampleDesk.TEN,
                LocalDate.of(2026, 11, 23));
        place++;
        entry.committed(new Commit(
                place,
                List.of(new Recorded(
                        "client/CLIENT",
                        (int) place,
                        new ClientFact.Told(report, null),
                        SampleDesk.TEN,
                        "engine",
                        null,
                        null,
                        null)),
                List.of()));
    }

    /** Waits until the last thing the desk heard is this; {@code nothing} is checked after what was answered. */
    void heard(String wanted) {
        if (wanted.equals("nothing")) {
            assertThat(heard).isEmpty();
            return;
        }
        Awaitility.await(wanted)
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(heard.stream().map(SessionHouse::line)).contains(wanted));
    }

    private static String line(ClientMessage message) {
        return switch (message) {
            case ClientMessage.NewOrder order -> {
                var decision = order.decision();
                var wrong = order.wrong();
                yield decision == null
                        ? "wrong " + order.clOrdId() + " " + (wrong == null ? "" : wrong.reason())
                        : "NewOrder " + order.clOrdId() + " " + decision.account() + " " + decision.instrument() + " "
                                + decision.quantity() + " " + decision.limit();
            }
            default -> message.toString();
        };
    }

    @Override
    public void close() {
        entry.close();
    }
}
