package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.market.Side;

/** The engine with its journal in a real database, which goes away and comes back. */
class EngineTest {

    private final RunningHouse house = new RunningHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Engine open(EngineSettings settings) {
        var started = house.start(settings, House.reference());
        house.open(started);
        started.submit(new Input.BrokerSessionUp(House.MORNING, House.BRAVO));
        return started;
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

    @Test
    void what_is_answered_and_sent_is_in_the_journal_and_in_the_read_models() throws SQLException {
        var running = open(House.settings());
        running.submit(house.decision("D1"));
        await().until(() -> house.effects(Effect.SendNewOrder.class).size() == 1);
        assertThat(house.one("select status || ' ' || broker_id from execution_api.parent_order"))
                .isEqualTo("SENT ALFA");
        assertThat(house.one("select count(*) from execution_api.risk_check where decision_id = 'D1'"))
                .isEqualTo(String.valueOf(PreTrade.rules().size()));
        assertThat(house.one("select cl_ord_id || ' ' || status from execution_api.route"))
                .isEqualTo("OD1-1-1 SENT");
        running.submit(fill("OD1-1-1", "X", 7, "400"));
        await().untilAsserted(() -> assertThat(house.one("select count(*) from execution_api.fill where live"))
                .isEqualTo("1"));
        assertThat(house.one("select status || ' ' || executed_quantity from execution_api.parent_order"))
                .isEqualTo("PARTFILLED 400");
        assertThat(house.one("select quantity || ' ' || isin from execution_api.position"))
                .isEqualTo("1000000400 GB00BH4HKS39");
        assertThat(house.one("select quantity from execution_api.opening_position"))
                .isEqualTo("1000000000");
        assertThat(house.one("select balance from execution_api.cash")).isEqualTo("899999959988.00");
        assertThat(house.one("select inbound from execution.fix_session_sequence where broker_id = 'ALFA'"))
                .isEqualTo("7");
        assertThat(house.one("select status from execution_api.business_day")).isEqualTo("OPEN");
        await().untilAsserted(() -> assertThat(house.one("select count(*) from execution_api.market_quote"))
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
        await().untilAsserted(() -> assertThat(house.one("select status from execution_api.external_order"))
                .isEqualTo("IN_SUSPENSE"));
        var tuesday = House.MORNING.plus(Duration.ofDays(1));
        running.submit(
                new Input.TradingDayCloseRequested(House.MORNING, house.request(), "ops", "end of day", House.MONDAY));
        running.submit(new Input.TradingDayOpenRequested(tuesday, house.request(), "ops", House.MONDAY.plusDays(1)));
        for (var who : List.of("olga", "otto")) {
            running.submit(new Input.ExternalOrderClaimRequested(
                    tuesday, house.request(), who, "called back", "X-ALFA-1", House.INCOME));
        }
        running.submit(new Input.TradingDayCloseRequested(
                tuesday, house.request(), "ops", "end of day", House.MONDAY.plusDays(1)));
        await().untilAsserted(() -> assertThat(house.one(
                        "select string_agg(business_date || ' ' || trade_date || ' ' || settlement_date || ' '"
                                + " || account_id || ' ' || quantity, ';') from execution_api.confirmed_trade"))
                .isEqualTo("2026-03-03 2026-03-02 2026-03-04 GEQ2 50"));
        assertThat(house.one("select business_date || ' ' || trade_date from execution_api.external_order"))
                .isEqualTo("2026-03-03 2026-03-02");
    }

    @Test
    void a_brokers_words_are_kept_to_the_letter() throws SQLException {
        var words = "no, \"not\\today\" ({why}?) 'x' größer\n€";
        var running = open(House.settings());
        running.submit(house.decision("D1"));
        await().until(() -> house.effects(Effect.SendNewOrder.class).size() == 1);
        running.submit(rejected("OD1-1-1", words));
        await().untilAsserted(() -> assertThat(
                        house.one("select reject_reason from execution.route where route_id = 'OD1-1'"))
                .isEqualTo(words));
        assertThat(house.one("select limit_price is null and average_price is null from execution.parent_order"))
                .isEqualTo("t");
    }

    @Test
    void a_restarted_engine_knows_what_the_last_one_knew() {
        var first = open(House.settings());
        first.submit(house.decision("D1"));
        first.submit(fill("OD1-1-1", "X", 7, "400"));
        first.submit(house.decision("D2"));
        await().until(() -> house.effects(Effect.SendNewOrder.class).size() == 2);
        house.stop();

        var second = house.start(House.reference());
        assertThat(second.inboundSequences()).containsEntry(House.ALFA, 7L);
        await().until(() -> house.effects(Effect.Resume.class).size() == 1);
        assertThat(house.effects(Effect.Resume.class).getFirst().message().messageId())
                .isEqualTo("OD2-1-1");
        second.submit(house.decision("D1"));
        house.awaitAnswers(4);
        assertThat(house.effects(Effect.Answer.class).getLast().outcome())
                .isEqualTo(new Effect.Outcome.DecisionAccepted("D1", "OD1", true));
        // Told again after the crash: counted once.
        second.submit(fill("OD1-1-1", "X", 7, "400"));
        second.submit(fill("OD1-1-1", "Y", 8, "600"));
        await().untilAsserted(() -> assertThat(
                        house.one("select status from execution_api.parent_order where order_id = 'OD1'"))
                .isEqualTo("FILLED"));
    }

    @Test
    void while_the_database_is_away_nothing_leaves_and_afterwards_nothing_is_lost() throws SQLException {
        var running = open(House.settings());
        running.submit(house.decision("D1"));
        await().until(() -> house.effects(Effect.SendNewOrder.class).size() == 1);
        house.line.cut();
        assertThat(running.submit(house.decision("D2"))).isEqualTo(Intake.TAKEN);
        assertThat(running.submit(fill("OD1-1-1", "X", 7, "400"))).isEqualTo(Intake.TAKEN);
        await().until(() -> running.submit(house.decision("D3")) == Intake.UNAVAILABLE);
        assertThat(running.health().condition()).isEqualTo(EngineHealth.Condition.JOURNAL_UNAVAILABLE);
        assertThat(running.submit(fill("OD1-1-1", "Y", 8, "100"))).isEqualTo(Intake.TAKEN);
        assertThat(house.effects(Effect.SendNewOrder.class)).hasSize(1);
        house.line.mend();
        await().until(() -> house.effects(Effect.SendNewOrder.class).stream()
                .anyMatch(sent -> sent.clOrdId().equals("OD2-1-1")));
        await().untilAsserted(() -> assertThat(
                        house.one("select executed_quantity from execution_api.parent_order where order_id = 'OD1'"))
                .isEqualTo("500"));
        assertThat(house.one("select count(*) from execution_api.decision where decision_id = 'D2'"))
                .isEqualTo("1");
        assertThat(running.health().condition()).isEqualTo(EngineHealth.Condition.RUNNING);
    }

    @Test
    void a_commit_of_unknown_outcome_is_not_made_twice() throws SQLException {
        var running = open(House.settings());
        await().until(() -> !house.effects(Effect.Answer.class).isEmpty());
        house.line.loseTheNextAnswerToCommit();
        running.submit(house.decision("D1"));
        await().until(() -> house.effects(Effect.SendNewOrder.class).size() == 1);
        assertThat(house.line.lostAnswers()).isEqualTo(1);
        assertThat(house.one("select count(*) from journal.event where stream = 'order/OD1'"))
                .isEqualTo("1");
        running.submit(fill("OD1-1-1", "X", 7, "1000"));
        await().untilAsserted(() -> assertThat(house.one("select status from execution_api.parent_order"))
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
        await().until(() -> !house.effects(Effect.Answer.class).isEmpty());
        house.line.cut();
        var busy = false;
        for (var sequence = 1; sequence <= 1_000 && !busy; sequence++) {
            busy = running.submit(fill("nobody-1-1", "X" + sequence, sequence, "1")) == Intake.BUSY;
        }
        assertThat(busy).isTrue();
        house.line.mend();
        await().until(() -> running.submit(fill("nobody-1-1", "Z", 1_001, "1")) == Intake.TAKEN);
        running.close();
        assertThat(running.submit(house.decision("D9"))).isEqualTo(Intake.STOPPED);
    }

    @Test
    void a_second_engine_on_the_same_journal_is_refused() {
        house.start(House.reference());
        assertThatThrownBy(() -> house.start(House.reference()))
                .hasMessageContaining("Another engine writes to execution-0");
    }
}
