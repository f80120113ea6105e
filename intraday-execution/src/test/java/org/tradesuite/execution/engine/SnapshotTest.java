package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** A restart from a snapshot ends where the last engine ended, and a snapshot nobody can trust changes nothing but time. */
class SnapshotTest {

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final Clock clock = Clock.fixed(House.MORNING, ZoneOffset.UTC);
    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private final Snapshots snapshots =
            new Snapshots(House.settings().chain(), database.dataSource(DatabaseRole.EXECUTION), clock);
    private @Nullable Engine engine;
    private long request;
    private long sequence;

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    private Engine start(int snapshotEvery) {
        commits.clear();
        engine = Engine.start(
                House.snapshotEvery(snapshotEvery),
                database.dataSource(DatabaseRole.EXECUTION),
                House.reference(),
                clock,
                commits::add);
        engine.submit(new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
        return engine;
    }

    private static void open(Engine engine) {
        engine.submit(new Input.TradingDayOpenRequested(House.MORNING, 1, "ops", House.MONDAY));
    }

    private void trades(Engine engine, int from, int to) {
        engine.submit(new Input.BrokerSessionUp(House.MORNING, House.ALFA));
        // Nobody answers here for the orders that are open.
        engine.submit(
                new Input.BrokerGateRequested(House.MORNING, ++request, "rsmith", "spoke to them", House.ALFA, true));
        for (var order = from; order <= to; order++) {
            engine.submit(new Input.DecisionSubmitted(
                    House.MORNING,
                    ++request,
                    "apatel",
                    "D" + order,
                    "key-" + order,
                    "hash",
                    House.ACCOUNT,
                    "VALUE",
                    "apatel",
                    House.VOD,
                    order % 2 == 0 ? Side.BUY : Side.SELL,
                    Quantity.of(1_000 + order),
                    OrderType.MARKET,
                    null,
                    Algo.IMMEDIATE,
                    null,
                    null));
            engine.submit(fill("OD" + order + "-1-1", "X" + order, "400"));
        }
        var last = "OD" + to;
        await().until(() -> commits.stream()
                .flatMap(commit -> commit.facts().stream())
                .anyMatch(fact -> fact.stream().equals("route/" + last + "-1") && fact.version() == 2));
    }

    private Input fill(String clOrdId, String execId, String quantity) {
        return new Input.BrokerExecutionReport(
                House.MORNING,
                House.ALFA,
                ++sequence,
                Saying.of(execId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED)
                        .at(House.MORNING)
                        .id(clOrdId)
                        .knownAs("B1")
                        .last(quantity, "100")
                        .market("XLON", "A", "1")
                        .report());
    }

    private long newest() throws SQLException {
        var snapshot = snapshots.newest();
        return snapshot == null ? 0 : snapshot.at().seq();
    }

    private void change(String statement) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).isPositive();
        }
    }

    private long count(String query) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var select = connection.createStatement();
                var row = select.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    /** Starts again, stops again, and gives what the engine knew in between. */
    private byte[] restarted() {
        var again = start(1_000_000);
        again.close();
        return again.stateDigest();
    }

    /** Two runs, so that there are two snapshots, and what the second knew in the end. */
    private byte[] twoRuns() {
        var first = start(1_000_000);
        open(first);
        trades(first, 1, 5);
        first.close();
        var second = start(1_000_000);
        trades(second, 6, 10);
        second.close();
        return second.stateDigest();
    }

    @Test
    void an_engine_that_stops_in_order_leaves_a_snapshot_of_everything() throws SQLException {
        var live = twoRuns();
        assertThat(newest()).isEqualTo(count("select max(seq) from journal.event where chain = 'execution-0'"));
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void while_it_runs_a_snapshot_comes_every_so_many_events_and_the_rest_is_read_from_the_journal()
            throws SQLException {
        var first = start(10);
        open(first);
        trades(first, 1, 20);
        await().until(() -> newest() > 0);
        trades(first, 21, 23);
        first.close();
        var live = first.stateDigest();
        // As if it had been killed: the last one was never written.
        change("delete from execution.snapshot where seq = (select max(seq) from execution.snapshot)");
        var at = newest();
        assertThat(at).isBetween(1L, count("select max(seq) from journal.event") - 1);
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void without_a_snapshot_the_whole_journal_gives_the_same() throws SQLException {
        var live = twoRuns();
        change("delete from execution.snapshot");
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void two_are_kept() throws SQLException {
        var first = start(10);
        open(first);
        for (var round = 0; round < 5; round++) {
            trades(first, round * 10 + 1, round * 10 + 10);
        }
        first.close();
        assertThat(count("select count(*) from execution.snapshot")).isEqualTo(2);
        assertThat(count("select count(distinct seq) from execution.snapshot_part"))
                .isEqualTo(2);
    }

    @Test
    void a_snapshot_is_written_when_a_day_has_closed() throws SQLException {
        var running = start(1_000_000);
        open(running);
        trades(running, 1, 1);
        running.submit(new Input.TradingDayCloseRequested(House.MORNING, ++request, "ops", "end of day", House.MONDAY));
        running.submit(new Input.Tick(House.MORNING.plusSeconds(90)));
        running.submit(new Input.Tick(House.MORNING.plusSeconds(180)));
        await().until(() -> commits.stream()
                .flatMap(commit -> commit.facts().stream())
                .anyMatch(fact -> fact.fact() instanceof DeskFact.DayClosed));
        await().until(() -> newest() > 0);
    }

    @Test
    void a_damaged_snapshot_is_passed_over_for_the_one_before_it() throws SQLException {
        var live = twoRuns();
        var newest = newest();
        change("update execution.snapshot_part set content = set_byte(content, length(content) / 2,"
                + " get_byte(content, length(content) / 2) # 255) where seq = " + newest);
        assertThat(newest()).isBetween(1L, newest - 1);
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void a_snapshot_with_another_digest_is_passed_over() throws SQLException {
        var live = twoRuns();
        var newest = newest();
        change("update execution.snapshot set state_digest = sha256('another') where seq = " + newest);
        assertThat(newest()).isBetween(1L, newest - 1);
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void a_snapshot_of_another_journal_is_passed_over() throws SQLException {
        var live = twoRuns();
        change("update execution.snapshot set event_hash = sha256('another')");
        assertThat(newest()).isZero();
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void a_snapshot_beyond_the_end_of_the_journal_is_passed_over() throws SQLException {
        var live = twoRuns();
        var newest = newest();
        change("delete from execution.snapshot where seq < " + newest);
        change("insert into execution.snapshot select chain, seq + 1, event_hash, form, state_digest, octets, taken_at"
                + " from execution.snapshot");
        change("update execution.snapshot_part set seq = seq + 1");
        change("delete from execution.snapshot where seq = " + newest);
        assertThat(newest()).isZero();
        assertThat(restarted()).isEqualTo(live);
    }

    @Test
    void a_snapshot_in_another_form_is_passed_over() throws SQLException {
        var live = twoRuns();
        change("update execution.snapshot set form = 'another'");
        assertThat(newest()).isZero();
        assertThat(restarted()).isEqualTo(live);
    }
}
