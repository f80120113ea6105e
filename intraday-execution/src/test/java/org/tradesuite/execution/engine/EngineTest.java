package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** The engine with its journal in a real database, which goes away and comes back. */
class EngineTest {

    private final LocalDatabase database = LocalPostgres.shared().newDatabase();
    private final BreakableDataSource line = new BreakableDataSource(database.dataSource(DatabaseRole.EXECUTION));
    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private long request;
    private @Nullable Engine engine;

    @AfterEach
    void stop() {
        line.mend();
        if (engine != null) {
            engine.close();
        }
    }

    private Engine start(EngineSettings settings) {
        engine = Engine.start(
                settings, line, House.reference(), Clock.fixed(House.MORNING, ZoneOffset.UTC), commits::add);
        return engine;
    }

    private Engine open(EngineSettings settings) {
        var started = start(settings);
        started.submit(new Input.TradingDayOpenRequested(House.MORNING, ++request, "ops", House.MONDAY));
        started.submit(new Input.BrokerSessionUp(House.MORNING, House.ALFA));
        started.submit(new Input.BrokerSessionUp(House.MORNING, House.BRAVO));
        started.submit(new Input.MarketQuote(House.MORNING, House.VOD, Price.of("99.99"), Price.of("100.01")));
        return started;
    }

    private Input.DecisionSubmitted decision(String id) {
        return new Input.DecisionSubmitted(
                House.MORNING,
                ++request,
                "apatel",
                id,
                "key-" + id,
                "hash",
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                Side.BUY,
                Quantity.of("1000"),
                OrderType.MARKET,
                null,
                Algo.IMMEDIATE,
                null,
                null);
    }

    private static Input.BrokerExecutionReport fill(String clOrdId, String execId, long sequence, String quantity) {
        return new Input.BrokerExecutionReport(
                House.MORNING,
                House.ALFA,
                sequence,
                Saying.of(execId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED)
                        .at(House.MORNING)
                        .id(clOrdId)
                        .knownAs("B1")
                        .side(Side.BUY)
                        .last(quantity, "100")
                        .market("XLON", "A", "1")
                        .report());
    }

    private static Input.BrokerExecutionReport rejected(String clOrdId, String text) {
        return new Input.BrokerExecutionReport(
                House.MORNING,
                House.ALFA,
                7,
                Saying.of("R", ExecType.REJECTED, OrdStatus.REJECTED)
                        .at(House.MORNING)
                        .id(clOrdId)
                        .knownAs("B1")
                        .side(Side.BUY)
                        .why(null, text)
                        .report());
    }

    private <T extends Effect> List<T> effects(Class<T> type) {
        return commits.stream()
                .flatMap(commit -> commit.effects().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private String read(String query) throws SQLException {
        try (var connection = database.dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return String.valueOf(row.getString(1));
        }
    }

    @Test
    void what_is_answered_and_sent_is_in_the_journal_and_in_the_read_models() throws SQLException {
        var running = open(House.settings());
        running.submit(decision("D1"));
        await().until(() -> effects(Effect.SendNewOrder.class).size() == 1);
        assertThat(read("select status || ' ' || broker_id from execution_api.parent_order"))
                .isEqualTo("SENT ALFA");
        assertThat(read("select count(*) from execution_api.risk_check where decision_id = 'D1'"))
                .isEqualTo(String.valueOf(PreTrade.rules().size()));
        assertThat(read("select cl_ord_id || ' ' || status from execution_api.route"))
                .isEqualTo("OD1-1-1 SENT");
        running.submit(fill("OD1-1-1", "X", 7, "400"));
        await().untilAsserted(() -> assertThat(read("select count(*) from execution_api.fill where live"))
                .isEqualTo("1"));
        assertThat(read("select status || ' ' || executed_quantity from execution_api.parent_order"))
                .isEqualTo("PARTFILLED 400");
        assertThat(read("select quantity || ' ' || isin from execution_api.position"))
                .isEqualTo("1000000400 GB00BH4HKS39");
        assertThat(read("select quantity from execution_api.opening_position")).isEqualTo("1000000000");
        assertThat(read("select balance from execution_api.cash")).isEqualTo("899999959988.00");
        assertThat(read("select inbound from execution.fix_session_sequence where broker_id = 'ALFA'"))
                .isEqualTo("7");
        assertThat(read("select status from execution_api.business_day")).isEqualTo("OPEN");
        await().untilAsserted(() -> assertThat(read("select count(*) from execution_api.market_quote"))
                .isEqualTo("1"));
    }

    @Test
    void what_is_claimed_after_its_day_was_closed_is_published_as_a_trade_of_the_next() throws SQLException {
        var running = open(House.settings());
        var report = fill("PHONE-1", "E1", 7, "50");
        running.submit(new Input.BrokerExecutionReport(
                report.at(),
                report.broker(),
                report.sequence(),
                report.report(),
                new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", null)));
        running.submit(new Input.Tick(House.MORNING.plusSeconds(10)));
        await().untilAsserted(() -> assertThat(read("select status from execution_api.external_order"))
                .isEqualTo("IN_SUSPENSE"));
        var tuesday = House.MORNING.plus(Duration.ofDays(1));
        running.submit(new Input.TradingDayCloseRequested(House.MORNING, ++request, "ops", "end of day", House.MONDAY));
        running.submit(new Input.TradingDayOpenRequested(tuesday, ++request, "ops", House.MONDAY.plusDays(1)));
        for (var who : List.of("olga", "otto")) {
            running.submit(new Input.ExternalOrderClaimRequested(
                    tuesday, ++request, who, "called back", "X-ALFA-1", House.INCOME));
        }
        running.submit(
                new Input.TradingDayCloseRequested(tuesday, ++request, "ops", "end of day", House.MONDAY.plusDays(1)));
        await().untilAsserted(() -> assertThat(
                        read("select string_agg(business_date || ' ' || trade_date || ' ' || settlement_date || ' '"
                                + " || account_id || ' ' || quantity, ';') from execution_api.confirmed_trade"))
                .isEqualTo("2026-03-03 2026-03-02 2026-03-04 GEQ2 50"));
        assertThat(read("select business_date || ' ' || trade_date from execution_api.external_order"))
                .isEqualTo("2026-03-03 2026-03-02");
    }

    @Test
    void a_brokers_words_are_kept_to_the_letter() throws SQLException {
        var words = "no, \"not\\today\" ({why}?) 'x' größer\n€";
        var running = open(House.settings());
        running.submit(decision("D1"));
        await().until(() -> effects(Effect.SendNewOrder.class).size() == 1);
        running.submit(rejected("OD1-1-1", words));
        await().untilAsserted(
                        () -> assertThat(read("select reject_reason from execution.route where route_id = 'OD1-1'"))
                                .isEqualTo(words));
        assertThat(read("select limit_price is null and average_price is null from execution.parent_order"))
                .isEqualTo("t");
    }

    @Test
    void a_restarted_engine_knows_what_the_last_one_knew() {
        var first = open(House.settings());
        first.submit(decision("D1"));
        first.submit(fill("OD1-1-1", "X", 7, "400"));
        first.submit(decision("D2"));
        await().until(() -> effects(Effect.SendNewOrder.class).size() == 2);
        first.close();
        commits.clear();

        var second = start(House.settings());
        assertThat(second.inboundSequences()).containsEntry(House.ALFA, 7L);
        await().until(() -> effects(Effect.Resume.class).size() == 1);
        assertThat(effects(Effect.Resume.class).getFirst().message().messageId())
                .isEqualTo("OD2-1-1");
        second.submit(decision("D1"));
        await().until(() -> effects(Effect.Answer.class).size() == 1);
        assertThat(effects(Effect.Answer.class).getFirst().outcome())
                .isEqualTo(new Effect.Outcome.DecisionAccepted("D1", "OD1", true));
        // Told again after the crash: counted once.
        second.submit(fill("OD1-1-1", "X", 7, "400"));
        second.submit(fill("OD1-1-1", "Y", 8, "600"));
        await().untilAsserted(
                        () -> assertThat(read("select status from execution_api.parent_order where order_id = 'OD1'"))
                                .isEqualTo("FILLED"));
    }

    @Test
    void while_the_database_is_away_nothing_leaves_and_afterwards_nothing_is_lost() throws SQLException {
        var running = open(House.settings());
        running.submit(decision("D1"));
        await().until(() -> effects(Effect.SendNewOrder.class).size() == 1);
        line.cut();
        assertThat(running.submit(decision("D2"))).isEqualTo(Intake.TAKEN);
        assertThat(running.submit(fill("OD1-1-1", "X", 7, "400"))).isEqualTo(Intake.TAKEN);
        await().until(() -> running.submit(decision("D3")) == Intake.UNAVAILABLE);
        assertThat(running.health().condition()).isEqualTo(EngineHealth.Condition.JOURNAL_UNAVAILABLE);
        assertThat(running.submit(fill("OD1-1-1", "Y", 8, "100"))).isEqualTo(Intake.TAKEN);
        assertThat(effects(Effect.SendNewOrder.class)).hasSize(1);
        line.mend();
        await().until(() -> effects(Effect.SendNewOrder.class).stream()
                .anyMatch(sent -> sent.clOrdId().equals("OD2-1-1")));
        await().untilAsserted(() -> assertThat(
                        read("select executed_quantity from execution_api.parent_order where order_id = 'OD1'"))
                .isEqualTo("500"));
        assertThat(read("select count(*) from execution_api.decision where decision_id = 'D2'"))
                .isEqualTo("1");
        assertThat(running.health().condition()).isEqualTo(EngineHealth.Condition.RUNNING);
    }

    @Test
    void a_commit_of_unknown_outcome_is_not_made_twice() throws SQLException {
        var running = open(House.settings());
        await().until(() -> !effects(Effect.Answer.class).isEmpty());
        line.loseTheNextAnswerToCommit();
        running.submit(decision("D1"));
        await().until(() -> effects(Effect.SendNewOrder.class).size() == 1);
        assertThat(line.lostAnswers()).isEqualTo(1);
        assertThat(read("select count(*) from journal.event where stream = 'order/OD1'"))
                .isEqualTo("1");
        running.submit(fill("OD1-1-1", "X", 7, "1000"));
        await().untilAsserted(() -> assertThat(read("select status from execution_api.parent_order"))
                .isEqualTo("FILLED"));
    }

    @Test
    void a_full_inbox_says_busy_and_a_stopped_engine_says_so() {
        var standard = House.settings();
        var small = new EngineSettings(
                standard.chain(),
                64,
                16,
                standard.askAfter(),
                standard.asks(),
                standard.asking(),
                standard.rejections(),
                standard.cancelTries(),
                standard.twapInterval(),
                standard.vwapInterval(),
                standard.participation(),
                standard.closeWithin(),
                standard.confirmWithin(),
                standard.retryAfter(),
                standard.confirmationTolerance(),
                standard.unavailableAfterWall(),
                standard.snapshotEvery(),
                standard.keepDays(),
                standard.orphansWait(),
                standard.holdFor(),
                null);
        var running = open(small);
        await().until(() -> !effects(Effect.Answer.class).isEmpty());
        line.cut();
        var busy = false;
        for (var sequence = 1; sequence <= 1_000 && !busy; sequence++) {
            busy = running.submit(fill("nobody-1-1", "X" + sequence, sequence, "1")) == Intake.BUSY;
        }
        assertThat(busy).isTrue();
        line.mend();
        await().until(() -> running.submit(fill("nobody-1-1", "Z", 1_001, "1")) == Intake.TAKEN);
        running.close();
        assertThat(running.submit(decision("D9"))).isEqualTo(Intake.STOPPED);
    }

    @Test
    void a_second_engine_on_the_same_journal_is_refused() {
        start(House.settings());
        assertThatThrownBy(() -> Engine.start(
                        House.settings(),
                        database.dataSource(DatabaseRole.EXECUTION),
                        House.reference(),
                        Clock.systemUTC(),
                        commits::add))
                .hasMessageContaining("Another engine writes to execution-0");
    }
}
