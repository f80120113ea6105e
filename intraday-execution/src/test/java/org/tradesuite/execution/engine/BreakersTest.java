package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.Breaker.State;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.Price;
import org.tradesuite.market.Side;

/** Circuit breakers: three oddities in a minute trip one, two do not, and three in two minutes do not. */
class BreakersTest {

    private static final String ALFA = "broker=ALFA";
    private static final String VALUE = "strategy=VALUE";
    private static final Breaking THREE_A_MINUTE = new Breaking(
            Duration.ofMinutes(1),
            3,
            3,
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            2,
            3,
            new BigDecimal("100"),
            3,
            0,
            3,
            new BigDecimal("1000"));

    private DeskStory desk = new DeskStory(House.settings().with(THREE_A_MINUTE));
    private int orders;
    private long request = 900;

    private State state(String breaker) {
        var known = desk.desk.state().breaker(breaker);
        return known == null ? State.CLOSED : known.state();
    }

    private TradingState trading(SwitchScope scope) {
        var known = desk.desk.state().switches().of(scope);
        return known == null ? TradingState.ACTIVE : known.state();
    }

    private static SwitchScope scope(String breaker) {
        return SwitchScope.of(breaker);
    }

    /** Orders that ALFA gets and then rejects; BRAVO gets them then and acknowledges them. */
    private void rejected(int count) {
        var first = orders + 1;
        for (var each = 0; each < count; each++) {
            var id = "D" + ++orders;
            desk.buys(id, String.valueOf(100 + orders));
            assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        }
        for (var each = first; each <= orders; each++) {
            desk.rejects("OD" + each + "-1-1").acknowledges("OD" + each + "-2-1");
        }
    }

    private String working() {
        var id = "D" + ++orders;
        desk.buys(id, String.valueOf(100 + orders));
        var route = "O" + id + "-1";
        desk.acknowledges(route + "-1");
        return route;
    }

    private DeskStory resets(String breaker, String who) {
        return desk.gets(new Input.BreakerResetRequested(desk.now, ++request, who, "spoken to them", breaker));
    }

    // Brokers

    @Test
    void rejects_trip_a_brokers_breaker_and_take_it_out_of_routing() {
        rejected(3);
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
        var set = Objects.requireNonNull(desk.desk.state().switches().of(scope(ALFA)));
        assertThat(set.state()).isEqualTo(TradingState.HALTED);
        assertThat(set.automatic()).isTrue();
        assertThat(set.by()).isEqualTo("breaker broker=ALFA");
        desk.buys("D9", "900");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void two_rejects_trip_nothing() {
        rejected(2);
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void what_is_spread_over_more_than_the_window_trips_nothing() {
        desk.buys("D1", "100").buys("D2", "101").buys("D3", "102");
        desk.acknowledges("OD2-1-1").acknowledges("OD3-1-1");
        desk.rejects("OD1-1-1").acknowledges("OD1-2-1").later(Duration.ofSeconds(31));
        desk.rejects("OD2-1-1").acknowledges("OD2-2-1").later(Duration.ofSeconds(31));
        desk.rejects("OD3-1-1").acknowledges("OD3-2-1");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void silence_trips_a_brokers_breaker() {
        for (var each = 0; each < 3; each++) {
            desk.buys("D" + ++orders, String.valueOf(100 + orders));
        }
        desk.later(Duration.ofMillis(1_999));
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        desk.later(Duration.ofMillis(1));
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
    }

    @Test
    void an_acknowledgement_in_time_is_not_silence() {
        working();
        working();
        working();
        desk.later(Duration.ofSeconds(3));
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void broken_sessions_trip_a_brokers_breaker() {
        for (var each = 0; each < 3; each++) {
            assertThat(state(ALFA)).isEqualTo(State.CLOSED);
            desk.loses(House.ALFA).connects(House.ALFA);
        }
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
    }

    /** And BRAVO is away, or it would get everything. */
    private void trip() {
        rejected(3);
        desk.loses(House.BRAVO);
        desk.later(Duration.ofSeconds(30));
    }

    @Test
    void after_a_while_a_broker_is_tried_with_a_few_orders_and_is_back_when_it_acknowledges_them() {
        trip();
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        assertThat(trading(scope(ALFA))).isEqualTo(TradingState.ACTIVE);
        desk.buys("P1", "901");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        desk.buys("P2", "902");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        desk.buys("P3", "903");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        desk.acknowledges("OP1-1-1");
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        desk.acknowledges("OP2-1-1");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity().value())
                .isEqualByComparingTo("903");
    }

    @Test
    void the_first_reject_while_it_is_tried_shuts_it_off_again() {
        trip();
        desk.buys("P1", "901").rejects("OP1-1-1");
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
        assertThat(trading(scope(ALFA))).isEqualTo(TradingState.HALTED);
    }

    @Test
    void a_probe_that_is_not_answered_shuts_it_off_again() {
        trip();
        desk.buys("P1", "901").later(Duration.ofSeconds(2));
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
    }

    @Test
    void a_broker_that_is_tried_again_comes_before_the_cheapest_until_it_has_had_its_few_orders() {
        // BRAVO is dearer, so shut the one that would not be chosen.
        for (var each = 0; each < 3; each++) {
            desk.loses(House.BRAVO).connects(House.BRAVO);
        }
        assertThat(state("broker=BRAVO")).isEqualTo(State.OPEN);
        desk.buys("W1", "801");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        desk.acknowledges("OW1-1-1").later(Duration.ofSeconds(30));
        assertThat(state("broker=BRAVO")).isEqualTo(State.HALF_OPEN);
        for (var each = 1; each <= 2; each++) {
            desk.buys("P" + each, "90" + each);
            assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
            assertThat(desk.route("OP" + each + "-1").body().brokerReason())
                    .isEqualTo("BRAVO is tried again: order " + each + " of 2.");
        }
        desk.buys("P3", "903");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        desk.acknowledges("OP1-1-1").acknowledges("OP2-1-1");
        assertThat(state("broker=BRAVO")).isEqualTo(State.CLOSED);
        desk.buys("P4", "904");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
    }

    @Test
    void a_broker_without_an_order_stays_tried_again_and_a_named_person_may_reset_it() {
        trip();
        desk.later(Duration.ofMinutes(30));
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        assertThat(desk.desk.brake().breakers())
                .extracting(org.tradesuite.execution.risk.Breaker::state)
                .containsExactly(State.HALF_OPEN);
        resets(ALFA, "ccole");
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(ALFA)).by()).isEqualTo("ccole");
        for (var each = 1; each <= 4; each++) {
            desk.buys("P" + each, "90" + each);
            assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        }
    }

    @Test
    void an_order_that_never_left_was_no_probe() {
        trip();
        desk.buys("P1", "901").buys("P2", "902");
        desk.gets(new Input.NotSent(desk.now, House.ALFA, "OP1-1-1", Brake.NEVER_LEFT));
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        desk.acknowledges("OP2-1-1");
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        desk.acknowledges("OP1-2-1");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void silence_shuts_off_whoever_is_tried_again_also_where_silence_alone_trips_nothing() {
        desk = new DeskStory(House.settings()
                .with(new Breaking(
                        Duration.ofMinutes(1),
                        3,
                        0,
                        3,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        2,
                        0,
                        BigDecimal.ZERO,
                        0,
                        0,
                        0,
                        BigDecimal.ZERO)));
        trip();
        desk.buys("P1", "901").later(Duration.ofSeconds(2));
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
    }

    @Test
    void a_person_may_reset_it_at_once() {
        rejected(3);
        resets(ALFA, "rsmith");
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(ALFA)).by()).isEqualTo("rsmith");
        assertThat(trading(scope(ALFA))).isEqualTo(TradingState.ACTIVE);
    }

    @Test
    void a_reset_leaves_what_a_person_has_stopped() {
        rejected(3);
        desk.gets(new Input.SwitchRequested(
                desk.now, ++request, "rsmith", "me too", scope(ALFA), TradingState.HALTED, false, "key", "hash"));
        resets(ALFA, "rsmith");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        assertThat(trading(scope(ALFA))).isEqualTo(TradingState.HALTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker=BRAVO", "strategy=VALUE", "colour=RED"})
    void what_never_tripped_cannot_be_reset(String breaker) {
        resets(breaker, "rsmith");
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Refusal.UNKNOWN_BREAKER);
    }

    @Test
    void what_is_closed_cannot_be_reset() {
        trip();
        resets(ALFA, "rsmith");
        resets(ALFA, "rsmith");
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Refusal.NOTHING_TO_REOPEN);
    }

    // Strategies

    private void stopsTheStrategy() {
        assertThat(state(VALUE)).isEqualTo(State.OPEN);
        desk.buys("D9", "900");
        assertThat(((Effect.Outcome.DecisionRefused) desk.answer()).codes())
                .containsExactly(RefusalCode.TRADING_HALTED);
    }

    @Test
    void fills_far_off_the_market_stop_a_strategy() {
        // The market's middle is 100: 101 is one percent worse, which is allowed.
        for (var price : new String[] {"101", "101", "101", "101.01", "101.01"}) {
            desk.fills(working() + "-1", "1", price);
        }
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
        desk.fills(working() + "-1", "1", "101.01");
        stopsTheStrategy();
    }

    @Test
    void fills_better_than_the_market_stop_nothing() {
        for (var each = 0; each < 4; each++) {
            desk.fills(working() + "-1", "1", "95");
        }
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
    }

    @Test
    void overfills_stop_a_strategy_only_a_person_lets_it_trade_again() {
        for (var each = 0; each < 3; each++) {
            assertThat(state(VALUE)).isEqualTo(State.CLOSED);
            desk.fills(working() + "-1", "5000", "100");
        }
        stopsTheStrategy();
        desk.later(Duration.ofMinutes(10));
        assertThat(state(VALUE)).isEqualTo(State.OPEN);
        resets(VALUE, "ccole");
        desk.quotes("99.99", "100.01").buys("D99", "950");
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
    }

    @Test
    void a_loss_stops_a_strategy_when_it_is_seen_three_times_in_a_row_and_one_bad_tick_does_not() {
        var route = working();
        desk.fills(route + "-1", "101", "100");
        desk.quotes("80", "80.02").later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        desk.quotes("99.99", "100.01").later(Duration.ofSeconds(1));
        desk.quotes("80", "80.02").later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
        desk.later(Duration.ofSeconds(1));
        assertThat(state(VALUE)).isEqualTo(State.OPEN);
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).reason())
                .contains("lost 2018.99 GBP");
    }

    @Test
    void what_was_taken_back_was_not_lost() {
        var route = working();
        desk.fills(route + "-1", "101", "100", "X").busts(route + "-1", "X");
        desk.quotes("80", "80.02");
        for (var each = 0; each < 5; each++) {
            desk.later(Duration.ofSeconds(1));
        }
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
    }

    @Test
    void slices_of_a_stopped_strategy_wait_until_a_person_resets_its_breaker() {
        desk.decides("T1", Side.BUY, "4000", null, Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        desk.acknowledges("OT1-1-1").fills("OT1-1-1", "1000", "100");
        for (var each = 0; each < 3; each++) {
            desk.fills(working() + "-1", "5000", "100");
        }
        assertThat(state(VALUE)).isEqualTo(State.OPEN);
        desk.later(Duration.ofMinutes(11));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        resets(VALUE, "ccole");
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity().value())
                .isEqualByComparingTo("1000");
    }

    // How often it executes

    private void mayExecute(String times, String seconds) {
        var content = House.reference().content();
        var limits = new ArrayList<Limit>();
        for (var limit : content.limits()) {
            if (limit.kind() != LimitKind.MAX_REPEATED_EXECUTIONS
                    && limit.kind() != LimitKind.REPEATED_EXECUTION_WINDOW_SECONDS) {
                limits.add(limit);
            }
        }
        limits.add(limit(9001, LimitScope.FIRM, "*", LimitKind.MAX_REPEATED_EXECUTIONS, "1000"));
        limits.add(limit(9002, LimitScope.STRATEGY, "VALUE", LimitKind.MAX_REPEATED_EXECUTIONS, times));
        limits.add(limit(9003, LimitScope.FIRM, "*", LimitKind.REPEATED_EXECUTION_WINDOW_SECONDS, seconds));
        desk.gets(new Input.ReferenceChanged(
                desk.now,
                "rsmith",
                "RTS 6 Article 15(3)",
                ReferenceData.of(House.MONDAY, content.withLimits(limits, LimitHistory.NONE))));
    }

    private static Limit limit(long id, LimitScope scope, String scopeId, LimitKind kind, String amount) {
        return new Limit(id, scope, scopeId, kind, new BigDecimal(amount), null, null, House.MORNING, null);
    }

    @Test
    void a_strategy_that_executes_too_often_is_disabled_until_a_named_person_enables_it() {
        mayExecute("3", "10");
        var route = working();
        for (var each = 0; each < 3; each++) {
            desk.fills(route + "-1", "1", "100");
        }
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
        desk.fills(route + "-1", "1", "100");
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).reason())
                .isEqualTo("4 executions in 10 seconds, 3 are allowed");
        stopsTheStrategy();
        resets(VALUE, "ccole");
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).by())
                .isEqualTo("ccole");
    }

    @Test
    void executions_that_are_spread_over_more_than_the_window_disable_nothing() {
        mayExecute("3", "10");
        var route = working();
        for (var each = 0; each < 8; each++) {
            desk.fills(route + "-1", "1", "100").later(Duration.ofSeconds(4));
        }
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
    }

    // Restart

    private void restarts() {
        desk = desk.restarted();
        desk.gets(new Input.MarketQuote(desk.now, House.VOD, Price.of("99.99"), Price.of("100.01")));
    }

    /** ALFA and BRAVO are there again and what they are asked about is as it was. */
    private void connected() {
        for (var broker : List.of(House.ALFA, House.BRAVO)) {
            desk.connects(broker);
            for (var question : List.copyOf(desk.effects)) {
                if (question instanceof Effect.SendStatusRequest asked) {
                    var route = desk.route(
                            asked.clOrdId().substring(0, asked.clOrdId().lastIndexOf('-')));
                    desk.answers(
                            asked.clOrdId(),
                            OrdStatus.NEW,
                            route.body().cumulative().toString(),
                            null);
                }
            }
        }
    }

    /** And a third order is with ALFA. */
    private void twoRejected() {
        for (var each = 1; each <= 3; each++) {
            desk.buys("D" + each, String.valueOf(100 + each));
        }
        desk.acknowledges("OD3-1-1");
        for (var each = 1; each <= 2; each++) {
            desk.rejects("OD" + each + "-1-1").acknowledges("OD" + each + "-2-1");
        }
    }

    @Test
    void a_restart_does_not_forget_rejects() {
        twoRejected();
        restarts();
        connected();
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        desk.rejects("OD3-1-1");
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(ALFA)).reason())
                .isEqualTo("3 orders rejected in 60 seconds");
    }

    @Test
    void what_lies_outside_the_window_after_a_restart_does_not_count() {
        twoRejected();
        desk.later(Duration.ofSeconds(60));
        restarts();
        connected();
        desk.rejects("OD3-1-1");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void a_restart_does_not_forget_what_was_counted_up_to_a_snapshot() throws java.io.IOException {
        rejected(2);
        var codec = new StateCodec();
        var out = new java.io.ByteArrayOutputStream();
        codec.write(desk.desk.state().content(), out);
        var noted = new org.tradesuite.execution.engine.State(
                        codec.read(new java.io.ByteArrayInputStream(out.toByteArray())))
                .noted();
        assertThat(noted.get(ALFA))
                .extracting(BreakerBook.Noted::measure)
                .containsExactly(BreakerFact.Measure.REJECTS, BreakerFact.Measure.REJECTS);
        assertThat(noted).isEqualTo(desk.desk.state().noted());
    }

    @Test
    void a_restart_does_not_forget_broken_sessions_and_silence() {
        desk.loses(House.ALFA).connects(House.ALFA).loses(House.ALFA);
        restarts();
        connected();
        desk.loses(House.ALFA);
        assertThat(state(ALFA)).isEqualTo(State.OPEN);
    }

    @Test
    void silence_counts_once_and_begins_anew_with_a_restart() {
        desk.buys("D1", "101").buys("D2", "102").later(Duration.ofSeconds(2));
        desk.buys("D3", "103");
        restarts();
        desk.later(Duration.ofMillis(1_999));
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
        desk.later(Duration.ofMillis(1));
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(ALFA)).reason())
                .isEqualTo("3 orders not acknowledged in time in 60 seconds");
    }

    @Test
    void a_restart_does_not_forget_fills_far_off_the_market_and_odd_ones() {
        desk.fills(working() + "-1", "1", "101.01").fills(working() + "-1", "1", "101.01");
        var open = working();
        restarts();
        desk.fills(open + "-1", "1", "101.01");
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).reason())
                .isEqualTo("3 fills far off the market in 60 seconds");
    }

    @Test
    void a_restart_does_not_forget_how_often_a_strategy_executed() {
        mayExecute("3", "10");
        var route = working();
        for (var each = 0; each < 3; each++) {
            desk.fills(route + "-1", "1", "100");
        }
        restarts();
        mayExecute("3", "10");
        assertThat(state(VALUE)).isEqualTo(State.CLOSED);
        desk.fills(route + "-1", "1", "100");
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).reason())
                .isEqualTo("4 executions in 10 seconds, 3 are allowed");
    }

    @Test
    void a_restart_does_not_forget_how_much_a_strategy_sent() {
        desk = new DeskStory(House.settings()
                .with(new Breaking(
                        Duration.ofMinutes(1),
                        0,
                        0,
                        0,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        2,
                        0,
                        BigDecimal.ZERO,
                        0,
                        3,
                        0,
                        BigDecimal.ZERO)));
        working();
        working();
        restarts();
        connected();
        desk.buys("D9", "109");
        assertThat(Objects.requireNonNull(desk.desk.state().breaker(VALUE)).reason())
                .isEqualTo("3 orders sent in 60 seconds");
    }

    @Test
    void who_was_tried_again_before_a_restart_gets_no_more_than_what_is_left_of_its_orders() {
        trip();
        desk.buys("P1", "901").acknowledges("OP1-1-1");
        restarts();
        assertThat(state(ALFA)).isEqualTo(State.HALF_OPEN);
        desk.connects(House.ALFA);
        desk.answers("OP1-1-1", OrdStatus.NEW, "0", null);
        desk.buys("P2", "902");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        desk.buys("P3", "903");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        desk.acknowledges("OP2-1-1");
        assertThat(state(ALFA)).isEqualTo(State.CLOSED);
    }

    @Test
    void a_reset_is_told_with_one_full_stop() {
        rejected(3);
        desk.gets(new Input.BreakerResetRequested(desk.now, ++request, "rsmith", "Spoken to them.", ALFA));
        assertThat(desk.effects)
                .filteredOn(Effect.Alert.class::isInstance)
                .extracting(effect -> ((Effect.Alert) effect).text())
                .contains("Spoken to them. Says rsmith.")
                .noneMatch(text -> text.contains(".."));
    }

    @Test
    void a_restart_knows_what_is_open_and_what_was_lost() {
        var route = working();
        desk.fills(route + "-1", "101", "100");
        rejected(3);
        var again = desk.restarted();
        assertThat(Objects.requireNonNull(again.desk.state().breaker(ALFA)).state())
                .isEqualTo(State.OPEN);
        assertThat(again.desk.brake().breakers()).hasSize(1);
        again.gets(new Input.MarketQuote(again.now, House.VOD, Price.of("80"), Price.of("80.02")));
        for (var each = 0; each < 3; each++) {
            again.later(Duration.ofSeconds(1));
        }
        assertThat(Objects.requireNonNull(again.desk.state().breaker(VALUE)).state())
                .isEqualTo(State.OPEN);
    }
}
