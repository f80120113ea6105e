package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** The stop button: who may press it, what it stops, what it leaves alone, and how it is opened again. */
class SwitchboardTest {

    private static final SwitchScope FIRM = SwitchScope.FIRM;
    private static final SwitchScope ALFA = SwitchScope.ofBroker(House.ALFA);
    private static final SwitchScope BRAVO = SwitchScope.ofBroker(House.BRAVO);

    /** What DeskStory's orders have in common. */
    private static final String ORDER =
            "trader=apatel,account=GEQ1,strategy=VALUE,algorithm=IMMEDIATE,instrument=VOD.XLON,venue=XLON";

    private final DeskStory desk = new DeskStory();
    private long request = 500;

    private DeskStory stops(SwitchScope scope, TradingState state, boolean cancelling) {
        request++;
        return desk.gets(new Input.SwitchRequested(
                desk.now, request, "rsmith", "prices look wrong", scope, state, cancelling, "key-" + request, "hash"));
    }

    private DeskStory halts(SwitchScope scope) {
        return stops(scope, TradingState.HALTED, false);
    }

    private DeskStory asks(String who, SwitchScope scope, TradingState to) {
        return desk.gets(new Input.ReopeningRequested(desk.now, ++request, who, "checked, all is well", scope, to));
    }

    private DeskStory approves(String who, SwitchScope scope) {
        return desk.gets(new Input.ReopeningApproved(desk.now, ++request, who, "I agree", scope));
    }

    private DeskStory opens(SwitchScope scope) {
        asks("rsmith", scope, TradingState.ACTIVE);
        return approves("ccole", scope);
    }

    private void refusedWith(Refusal refusal) {
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Effect.Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private void decisionRefusedWith(RefusalCode code) {
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Effect.Outcome.DecisionRefused.class,
                        refused -> assertThat(refused.codes()).containsExactly(code));
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
    }

    private Check check() {
        var refused = (DeskFact.DecisionRefused) desk.facts().getLast();
        return refused.checks().all().stream()
                .filter(each -> each.rule().equals("TRADING_STATE"))
                .findFirst()
                .orElseThrow();
    }

    private TradingState state(SwitchScope scope) {
        return Objects.requireNonNull(desk.desk.state().switches().of(scope)).state();
    }

    private BigDecimal held() {
        return desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity();
    }

    // What is stopped

    @Test
    void under_a_halt_a_new_order_is_refused_and_the_check_says_by_whom_and_why() {
        halts(FIRM);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.TRADING_STOPPED);
        desk.buys("D1", "100");
        decisionRefusedWith(RefusalCode.TRADING_HALTED);
        assertThat(check().detail()).contains("switch=FIRM", "state=HALTED", "by=rsmith", "reason=prices look wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FIRM",
                "trader=apatel",
                "account=GEQ1",
                "strategy=VALUE",
                "algorithm=IMMEDIATE",
                "instrument=VOD.XLON",
                "venue=XLON",
                "account=GEQ1,instrument=VOD.XLON",
                ORDER
            })
    void an_order_falls_under_a_switch_when_every_part_it_names_matches(String scope) {
        halts(SwitchScope.of(scope)).buys("D1", "100");
        decisionRefusedWith(RefusalCode.TRADING_HALTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account=GEQ2",
                "algorithm=TWAP",
                "account=GEQ2,instrument=VOD.XLON",
                "account=GEQ1,algorithm=VWAP"
            })
    void an_order_does_not_fall_under_a_switch_of_which_one_part_does_not_match(String scope) {
        halts(SwitchScope.of(scope)).buys("D1", "100");
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
        desk.only(Effect.SendNewOrder.class);
    }

    @Test
    void the_strictest_of_all_switches_that_an_order_falls_under_holds() {
        stops(FIRM, TradingState.REDUCING, false);
        stops(SwitchScope.of("account=GEQ1"), TradingState.HALTED, false);
        desk.decides("D1", Side.SELL, "100", null, Algo.IMMEDIATE, null);
        decisionRefusedWith(RefusalCode.TRADING_HALTED);
        opens(SwitchScope.of("account=GEQ1"));
        desk.decides("D2", Side.SELL, "100", null, Algo.IMMEDIATE, null);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
        desk.buys("D3", "100");
        decisionRefusedWith(RefusalCode.TRADING_REDUCING_ONLY);
    }

    @Test
    void while_positions_are_only_reduced_an_order_goes_to_flat_and_not_through_it() {
        stops(FIRM, TradingState.REDUCING, false);
        // 1,000,000,000 are held.
        desk.decides("D1", Side.SELL, "400", null, Algo.IMMEDIATE, null);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
        var left = held().subtract(new BigDecimal("400"));
        assertThat(desk.desk.state().book().workingSells(House.ACCOUNT, House.VOD))
                .isEqualTo(Quantity.of("400"));
        // One share more than is left once what works is done; other rules refuse its size too.
        desk.decides("D2", Side.SELL, left.add(BigDecimal.ONE).toPlainString(), null, Algo.IMMEDIATE, null);
        assertThat(((Effect.Outcome.DecisionRefused) desk.answer()).codes())
                .contains(RefusalCode.TRADING_REDUCING_ONLY);
        assertThat(check().limit()).isEqualByComparingTo(left);
        desk.decides("D3", Side.SELL, left.toPlainString(), null, Algo.IMMEDIATE, null);
        assertThat(((Effect.Outcome.DecisionHeld) desk.answer()).codes())
                .doesNotContain(RefusalCode.TRADING_REDUCING_ONLY);
    }

    @Test
    void under_a_halt_an_amendment_may_make_an_order_smaller_and_not_larger() {
        desk.buys("D1", "100", "99").acknowledges("OD1-1-1");
        halts(FIRM);
        desk.amends("OD1", "101", null);
        refusedWith(Refusal.RISK);
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
        desk.amends("OD1", "60", null);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.only(Effect.SendReplace.class).terms().quantity()).isEqualTo(Quantity.of("60"));
    }

    @Test
    void slices_wait_under_a_halt_and_go_on_when_it_is_opened() {
        desk.decides("D1", Side.BUY, "4000", null, Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        desk.acknowledges("OD1-1-1").fills("OD1-1-1", "1000", "100");
        halts(SwitchScope.of("algorithm=TWAP"));
        desk.later(Duration.ofMinutes(11));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.order("OD1"))
                .isInstanceOfSatisfying(
                        ParentOrder.Open.class,
                        open -> assertThat(open.waits()).contains("algorithm=TWAP", "HALTED", "rsmith"));
        opens(SwitchScope.of("algorithm=TWAP"));
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("1000"));
    }

    @Test
    void an_order_that_a_broker_gave_back_is_not_sent_to_another_under_a_halt() {
        desk.buys("D1", "100");
        halts(FIRM);
        desk.rejects("OD1-1-1");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        opens(FIRM);
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void without_cancelling_what_works_goes_on_working() {
        desk.buys("D1", "100").acknowledges("OD1-1-1");
        halts(FIRM);
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
        desk.fills("OD1-1-1", "100", "100");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
    }

    // Cancelling

    @Test
    void with_cancelling_every_working_route_is_cancelled_at_once_and_its_order_ends() {
        desk.buys("D1", "100").acknowledges("OD1-1-1").fills("OD1-1-1", "30", "100");
        desk.buys("D2", "200").acknowledges("OD2-1-1");
        stops(FIRM, TradingState.HALTED, true);
        assertThat(desk.effects.stream()
                        .filter(Effect.SendCancel.class::isInstance)
                        .map(each -> ((Effect.SendCancel) each).origClOrdId()))
                .containsExactly("OD1-1-1", "OD2-1-1");
        var set = desk.facts().stream()
                .filter(SwitchFact.SwitchSet.class::isInstance)
                .map(SwitchFact.SwitchSet.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(set.caught())
                .containsExactly(
                        new SwitchFact.Caught("OD1-1", House.ALFA, Quantity.of("30"), false),
                        new SwitchFact.Caught("OD2-1", House.ALFA, Quantity.ZERO, false));
        desk.confirmsCancel("OD1-1-2", "OD1-1-1");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCELLED);
        assertThat(desk.order("OD2").status()).isEqualTo(ParentOrder.Status.CANCEL_REQUESTED);
        opens(FIRM);
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
    }

    @Test
    void what_is_filled_while_its_cancel_is_under_way_is_booked() {
        desk.buys("D1", "100").acknowledges("OD1-1-1");
        stops(FIRM, TradingState.HALTED, true);
        desk.fills("OD1-1-1", "100", "100");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
        assertThat(held()).isEqualByComparingTo("1000000100");
    }

    @Test
    void a_broker_that_was_asked_to_cancel_is_not_asked_twice() {
        desk.buys("D1", "100").acknowledges("OD1-1-1").cancels("OD1");
        stops(FIRM, TradingState.HALTED, true);
        assertThat(desk.effects).noneMatch(Effect.SendCancel.class::isInstance);
        assertThat(((SwitchFact.SwitchSet) desk.facts().getLast()).caught())
                .containsExactly(new SwitchFact.Caught("OD1-1", House.ALFA, Quantity.ZERO, true));
    }

    @Test
    void the_cancels_of_a_broker_that_is_away_are_given_to_its_line_all_the_same() {
        desk.buys("D1", "100").acknowledges("OD1-1-1").loses(House.ALFA);
        stops(FIRM, TradingState.HALTED, true);
        assertThat(desk.only(Effect.SendCancel.class).broker()).isEqualTo(House.ALFA);
    }

    @Test
    void orders_of_others_are_not_cancelled() {
        desk.buys("D1", "100").acknowledges("OD1-1-1");
        stops(SwitchScope.of("account=GEQ2"), TradingState.HALTED, true);
        assertThat(desk.effects).noneMatch(Effect.SendCancel.class::isInstance);
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.WORKING);
    }

    @Test
    void a_reducing_stop_that_cancels_leaves_what_only_reduces() {
        desk.buys("D1", "100").acknowledges("OD1-1-1");
        desk.decides("D2", Side.SELL, "100", "110", Algo.IMMEDIATE, null).acknowledges("OD2-1-1");
        stops(FIRM, TradingState.REDUCING, true);
        assertThat(desk.only(Effect.SendCancel.class).origClOrdId()).isEqualTo("OD1-1-1");
    }

    // One broker

    @Test
    void a_stopped_broker_gets_nothing_and_another_does() {
        halts(ALFA).buys("D1", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void what_a_stopped_broker_had_goes_to_another_once_it_is_cancelled() {
        desk.buys("D1", "100").acknowledges("OD1-1-1");
        stops(ALFA, TradingState.HALTED, true);
        assertThat(desk.only(Effect.SendCancel.class).broker()).isEqualTo(House.ALFA);
        desk.confirmsCancel("OD1-1-2", "OD1-1-1");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void with_every_broker_stopped_an_order_waits_and_leaves_when_one_is_opened() {
        halts(ALFA);
        halts(BRAVO).buys("D1", "100");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(((ParentOrder.Open) desk.order("OD1")).waits())
                .contains("every broker that could take it is stopped");
        opens(BRAVO);
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    // Not on the wire yet

    @Test
    void an_order_that_no_broker_has_acknowledged_must_not_leave_any_more() {
        desk.buys("D1", "100");
        desk.buys("D2", "200").acknowledges("OD2-1-1");
        halts(FIRM);
        assertThat(desk.desk.brake().holds("OD1-1")).isTrue();
        assertThat(desk.desk.brake().holds("OD2-1")).isFalse();
        // It had left before after all
        desk.acknowledges("OD1-1-1");
        assertThat(desk.desk.brake().holds("OD1-1")).isFalse();
    }

    @Test
    void an_order_that_was_held_on_its_way_out_goes_to_the_same_broker_when_it_is_opened() {
        desk.buys("D1", "100");
        halts(FIRM);
        desk.gets(new Input.NotSent(desk.now, House.ALFA, "OD1-1-1", Brake.NEVER_LEFT));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.REJECTED);
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        opens(FIRM);
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        assertThat(desk.desk.state().scorecards().of(House.ALFA, House.LONDON).rejected())
                .isZero();
    }

    @Test
    void an_order_that_was_held_on_its_way_out_ends_with_a_stop_that_cancels() {
        desk.buys("D1", "100");
        stops(FIRM, TradingState.HALTED, true);
        desk.gets(new Input.NotSent(desk.now, House.ALFA, "OD1-1-1", Brake.NEVER_LEFT));
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCELLED);
        opens(FIRM);
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
    }

    @Test
    void after_a_restart_an_order_that_never_left_does_not_leave_under_a_stop() {
        desk.buys("D1", "100");
        halts(FIRM);
        var again = desk.restarted();
        again.gets(new Input.HeldBack(again.now, House.ALFA, "OD1-1-1"));
        again.connects(House.ALFA).doesNotKnow("OD1-1-1");
        assertThat(again.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(again.route("OD1-1").status()).isEqualTo(OrdStatus.REJECTED);
        assertThat(again.desk.brake().switches()).hasSize(1);
    }

    // Opening again

    @Test
    void opening_again_takes_a_second_person() {
        halts(FIRM);
        asks("rsmith", FIRM, TradingState.ACTIVE);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(state(FIRM)).isEqualTo(TradingState.HALTED);
        approves("rsmith", FIRM);
        refusedWith(Refusal.MAKER_IS_CHECKER);
        assertThat(state(FIRM)).isEqualTo(TradingState.HALTED);
        approves("ccole", FIRM);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(state(FIRM)).isEqualTo(TradingState.ACTIVE);
        assertThat(desk.facts().getLast())
                .isEqualTo(
                        new SwitchFact.Reopened(FIRM, TradingState.ACTIVE, "checked, all is well", "rsmith", "ccole"));
        desk.buys("D1", "100");
        desk.only(Effect.SendNewOrder.class);
    }

    @Test
    void nobody_approves_what_nobody_asked_for() {
        halts(FIRM);
        approves("ccole", FIRM);
        refusedWith(Refusal.NOTHING_TO_REOPEN);
        approves("ccole", ALFA);
        refusedWith(Refusal.UNKNOWN_SWITCH);
        asks("rsmith", ALFA, TradingState.ACTIVE);
        refusedWith(Refusal.UNKNOWN_SWITCH);
    }

    @Test
    void whoever_stops_again_takes_back_what_was_asked_for() {
        halts(FIRM);
        asks("rsmith", FIRM, TradingState.ACTIVE);
        halts(FIRM);
        approves("ccole", FIRM);
        refusedWith(Refusal.NOTHING_TO_REOPEN);
        assertThat(state(FIRM)).isEqualTo(TradingState.HALTED);
    }

    @ParameterizedTest
    @CsvSource({
        "HALTED, REDUCING, true",
        "HALTED, ACTIVE, true",
        "REDUCING, ACTIVE, true",
        "HALTED, HALTED, false",
        "REDUCING, REDUCING, false",
        "REDUCING, HALTED, false"
    })
    void only_what_is_less_strict_is_opening(TradingState from, TradingState to, boolean opening) {
        stops(FIRM, from, false);
        asks("rsmith", FIRM, to);
        if (opening) {
            assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
            approves("ccole", FIRM);
            assertThat(state(FIRM)).isEqualTo(to);
        } else {
            refusedWith(Refusal.NOTHING_TO_REOPEN);
            assertThat(state(FIRM)).isEqualTo(from);
        }
    }

    @Test
    void one_person_stops_more_and_cannot_stop_less() {
        stops(FIRM, TradingState.REDUCING, false);
        halts(FIRM);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        stops(FIRM, TradingState.REDUCING, false);
        refusedWith(Refusal.NEEDS_TWO_PERSONS);
        assertThat(state(FIRM)).isEqualTo(TradingState.HALTED);
    }

    // Asked twice, or for nothing

    @Test
    void the_same_key_stops_once_and_with_another_body_is_a_conflict() {
        var stop =
                new Input.SwitchRequested(desk.now, 1, "rsmith", "why", FIRM, TradingState.HALTED, true, "key", "hash");
        desk.gets(stop);
        var facts = desk.facts().size();
        desk.gets(stop);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.facts()).hasSize(facts);
        desk.gets(new Input.SwitchRequested(
                desk.now, 2, "rsmith", "why", FIRM, TradingState.HALTED, false, "key", "other"));
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.KeyUsedForAnotherBody("FIRM"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trader=nobody",
                "account=NONE",
                "strategy=NONE",
                "algorithm=MAGIC",
                "instrument=XYZ.XLON",
                "broker=ZULU",
                "venue=XPAR"
            })
    void a_stop_of_what_does_not_exist_is_refused_and_stops_nothing(String scope) {
        var facts = desk.facts().size();
        halts(SwitchScope.of(scope));
        refusedWith(Refusal.UNKNOWN_SCOPE);
        assertThat(desk.facts()).hasSize(facts);
    }

    @Test
    void it_works_without_an_open_day() {
        desk.closes();
        halts(FIRM);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
    }

    // Many switches

    @Test
    void a_thousand_switches_of_one_kind_cost_one_look() {
        var switches = new org.tradesuite.execution.risk.Switches();
        for (int account = 0; account < 1_000; account++) {
            switches.put(new org.tradesuite.execution.risk.Switch(
                    SwitchScope.of("account=A" + account),
                    TradingState.HALTED,
                    "why",
                    "rsmith",
                    desk.now,
                    false,
                    false,
                    1,
                    null));
        }
        var order = SwitchScope.of(ORDER.replace("GEQ1", "A77"));
        assertThat(Objects.requireNonNull(switches.strictest(order)).scope().account())
                .isEqualTo(AccountId.of("A77"));
        assertThat(switches.strictest(SwitchScope.of(ORDER))).isNull();
        assertThat(switches.looks()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRM", ORDER, "desk=EQ,client=ALPHA,broker=ALFA", "instrument=BTC~USD.XBTS"})
    void a_scope_is_read_back_from_its_name(String name) {
        assertThat(SwitchScope.of(name).id()).isEqualTo(name);
        assertThat(SwitchScope.of(name))
                .isEqualTo(SwitchScope.of(SwitchScope.of(name).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "firm", "account", "account=", "colour=red", "account=A1,account=A2", "account=A1,"})
    void what_names_no_scope_is_refused(String name) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException().isThrownBy(() -> SwitchScope.of(name));
    }

    @Test
    void a_restart_knows_every_switch_and_every_question_that_is_open() {
        stops(BRAVO, TradingState.REDUCING, false);
        halts(FIRM);
        asks("rsmith", FIRM, TradingState.REDUCING);
        var again = desk.restarted();
        assertThat(again.desk.state().switches().all())
                .isEqualTo(desk.desk.state().switches().all());
        again.gets(new Input.ReopeningApproved(again.now, 1, "ccole", "yes", FIRM));
        assertThat(again.answer()).isEqualTo(new Effect.Outcome.Done());
        again.quotes("99.99", "100.01").buys("D1", "100");
        assertThat(((Effect.Outcome.DecisionRefused) again.answer()).codes())
                .containsExactly(RefusalCode.TRADING_REDUCING_ONLY);
    }
}
