package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.engine.DeskFact.HoldEnd;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What only soft rules block of an amendment waits for a person. The order goes on as it is, the room that the amendment
 * would need is kept, and it is made once, by somebody else than who asked for it.
 */
class HeldAmendmentTest {

    private DeskStory desk = new DeskStory();

    /** A thousand at 100, with ALFA. */
    private DeskStory working() {
        return desk.buys("D1", "1000", "100.00").acknowledges("OD1-1-1");
    }

    /** Twenty percent above the market, where ten are allowed. */
    private DeskStory tooDear() {
        return working().amends("OD1", null, "120.00");
    }

    private HeldAmendment held() {
        return Objects.requireNonNull(desk.desk.state().heldAmendment("OD1"));
    }

    private void withdrawn(HoldEnd how) {
        assertThat(desk.desk.state().heldAmendment("OD1")).isNull();
        assertThat(desk.last(DeskFact.AmendmentRefused.class).holdEnd()).isEqualTo(how);
        assertThat(desk.last(DeskFact.AmendmentRefused.class).hold()).isEqualTo(new DeskFact.Hold(1, "apatel"));
    }

    @Test
    void only_soft_blocks_hold_it() {
        tooDear();
        assertThat(desk.answer())
                .isEqualTo(new Outcome.AmendmentHeld(
                        "OD1", List.of(RefusalCode.PRICE_OUTSIDE_COLLAR), desk.now.plus(Duration.ofHours(1))));
        desk.sendsNothing();
        assertThat(desk.order("OD1").body().limit()).isEqualTo(Price.of("100"));
        var fact = desk.last(DeskFact.AmendmentHeld.class);
        assertThat(fact.before())
                .isEqualTo(new DeskFact.Before(
                        Quantity.of("1000"),
                        Price.of("100.00"),
                        desk.order("OD1").body().end()));
        assertThat(fact.checks().all()).anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(Effect.AlertKind.AMENDMENT_HELD);
    }

    @Test
    void a_hard_block_beside_a_soft_one_refuses_it_at_once() {
        working().amends("OD1", "1.5", "120.00");
        assertThat(desk.refusal()).isEqualTo(Refusal.RISK);
        assertThat(desk.desk.state().heldAmendments()).isEmpty();
        assertThat(desk.last(DeskFact.AmendmentRefused.class).hold()).isNull();
    }

    @Test
    void the_check_says_that_it_would_be_held_and_holds_nothing() {
        working();
        var before = desk.digest();
        desk.gets(new Input.AmendmentCheckAsked(
                new Input.OrderAmendRequested(desk.now, 77, "apatel", "what if", "OD1", null, Price.of("120"), null)));
        assertThat(((Outcome.Checked) desk.answer()).verdict()).isEqualTo(Outcome.Checked.Verdict.HELD);
        assertThat(desk.digest()).isEqualTo(before);
    }

    @Test
    void it_counts_as_the_larger_of_the_two_until_it_is_decided() {
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "1500"));
        working().amends("OD1", "2000", null);
        assertThat(desk.desk.state().book().workingBuys(House.ACCOUNT, House.VOD))
                .isEqualTo(Quantity.of("2000"));
        assertThat(desk.promised()).isEqualByComparingTo("200000");
        desk.refusesAmendment("riley", "OD1");
        assertThat(desk.desk.state().book().workingBuys(House.ACCOUNT, House.VOD))
                .isEqualTo(Quantity.of("1000"));
        assertThat(desk.promised()).isEqualByComparingTo("100000");
    }

    @Test
    void what_is_made_smaller_and_dearer_counts_in_its_old_quantity_at_the_new_price() {
        working().amends("OD1", "500", "120.00");
        assertThat(desk.promised()).isEqualByComparingTo("120000");
        desk.letsAmendmentPass("riley", "OD1", 1);
        desk.reports("OD1-1-2", "OD1-1-1", ExecType.REPLACED, OrdStatus.NEW, null, null, null);
        assertThat(desk.promised()).isEqualByComparingTo("60000");
    }

    @Test
    void what_is_executed_meanwhile_is_less_to_keep_room_for() {
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "1500"));
        working().amends("OD1", "2000", null);
        desk.fills("OD1-1-1", "400", "100");
        assertThat(desk.promised()).isEqualByComparingTo("160000");
    }

    @Test
    void nobody_else_uses_the_room_that_is_kept() {
        desk.limits(Map.of(LimitKind.MAX_WORKING_NOTIONAL, "125000"));
        tooDear();
        desk.buys("D2", "60", "100.00");
        assertThat(((Outcome.DecisionRefused) desk.answer()).codes())
                .containsExactly(RefusalCode.WORKING_NOTIONAL_EXCEEDED);
        desk.refusesAmendment("riley", "OD1");
        desk.buys("D3", "60", "100.00");
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionAccepted.class);
    }

    @Test
    void what_has_no_room_is_refused_and_not_held() {
        desk.limits(Map.of(LimitKind.MAX_WORKING_NOTIONAL, "110000"));
        tooDear();
        assertThat(desk.refusal()).isEqualTo(Refusal.RISK);
        assertThat(desk.promised()).isEqualByComparingTo("100000");
    }

    @Test
    void another_amendment_meanwhile_is_refused_and_says_what_to_do() {
        tooDear();
        var before = desk.digest();
        desk.amends("OD1", "500", null);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detail()).contains("apatel", "withdraw it first"));
        assertThat(desk.refusal()).isEqualTo(Refusal.AMENDMENT_WAITS);
        desk.gets(new Input.AmendmentCheckAsked(new Input.OrderAmendRequested(
                desk.now, 77, "apatel", "what if", "OD1", Quantity.of("500"), null, null)));
        assertThat(desk.refusal()).isEqualTo(Refusal.AMENDMENT_WAITS);
        assertThat(desk.digest()).isEqualTo(before);
    }

    @Test
    void somebody_else_lets_it_pass_and_the_evidence_names_who_and_why() {
        tooDear();
        desk.later(Duration.ofMinutes(5)).quotes("99.99", "100.01").letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
        assertThat(desk.only(Effect.SendReplace.class).terms().price()).isEqualTo(Price.of("120.00"));
        assertThat(desk.order("OD1").body().limit()).isEqualTo(Price.of("120.00"));
        var allowed = desk.last(DeskFact.AmendmentAllowed.class);
        assertThat(allowed.hold()).isEqualTo(new DeskFact.Hold(1, "apatel"));
        assertThat(allowed.override())
                .isEqualTo(new DeskFact.Overridden(
                        "riley", "seen and agreed", 1, List.of(RefusalCode.PRICE_OUTSIDE_COLLAR)));
        assertThat(allowed.checks().all()).anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
        assertThat(desk.desk.state().heldAmendments()).isEmpty();
    }

    @Test
    void it_passes_once_and_the_next_one_waits_again() {
        tooDear();
        desk.letsAmendmentPass("riley", "OD1", 1);
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
        desk.amends("OD1", null, "125.00");
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        assertThat(held().number()).isGreaterThan(1);
    }

    @Test
    void whoever_asked_for_it_does_not_let_it_pass() {
        tooDear();
        var before = desk.digest();
        desk.letsAmendmentPass("apatel", "OD1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.MAKER_IS_CHECKER);
        assertThat(desk.digest()).isEqualTo(before);
        desk.sendsNothing();
    }

    @Test
    void what_was_never_held_is_not_let_pass() {
        working().letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
        desk.letsAmendmentPass("riley", "OD7", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
        desk.refusesAmendment("riley", "OD1");
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
    }

    @Test
    void further_beyond_the_limit_than_was_seen_it_is_held_again() {
        tooDear();
        desk.quotes("95.99", "96.01").letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        desk.sendsNothing();
        assertThat(held().version()).isEqualTo(2);
        assertThat(held().number()).isEqualTo(1);
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_AS_SEEN);
        desk.letsAmendmentPass("riley", "OD1", 2);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void a_soft_block_that_was_not_seen_holds_it_again() {
        working().amends("OD1", "1200", "120.00");
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "1199"));
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.AmendmentHeld.class,
                        held -> assertThat(held.codes())
                                .containsExactlyInAnyOrder(
                                        RefusalCode.PRICE_OUTSIDE_COLLAR, RefusalCode.ORDER_QUANTITY_EXCEEDED));
        desk.sendsNothing();
    }

    @Test
    void a_hard_block_at_the_last_moment_refuses_it() {
        tooDear();
        desk.gets(new Input.ReferenceChanged(desk.now, "ops", "halt", House.reference(TradingStatus.HALTED, Map.of())));
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.AmendmentRefused.class,
                        refused -> assertThat(refused.codes()).contains(RefusalCode.INSTRUMENT_HALTED));
        withdrawn(HoldEnd.BLOCKED);
        desk.sendsNothing();
        assertThat(desk.promised()).isEqualByComparingTo("100000");
    }

    /** The room that is kept for it is no reason to let it through. */
    @Test
    void a_limit_that_was_lowered_meanwhile_refuses_it() {
        tooDear();
        desk.limits(Map.of(LimitKind.MAX_WORKING_NOTIONAL, "110000"));
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.AmendmentRefused.class,
                        refused -> assertThat(refused.codes()).contains(RefusalCode.WORKING_NOTIONAL_EXCEEDED));
        withdrawn(HoldEnd.BLOCKED);
        assertThat(desk.promised()).isEqualByComparingTo("100000");
    }

    @Test
    void risk_refuses_it() {
        tooDear();
        desk.refusesAmendment("riley", "OD1");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.AmendmentRefused("OD1", List.of(RefusalCode.PRICE_OUTSIDE_COLLAR)));
        withdrawn(HoldEnd.REFUSED);
        assertThat(desk.journal.getLast().reason()).isEqualTo("not today");
        assertThat(desk.order("OD1").status().name()).isEqualTo("WORKING");
        desk.sendsNothing();
    }

    @Test
    void whoever_asked_for_it_withdraws_it_and_may_ask_again() {
        tooDear();
        desk.refusesAmendment("apatel", "OD1");
        withdrawn(HoldEnd.WITHDRAWN);
        desk.amends("OD1", null, "101.00");
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void a_colleague_who_is_not_of_risk_does_not_refuse_it() {
        tooDear();
        var before = desk.digest();
        desk.gets(new Input.AmendmentHoldRefused(desk.now, 77, "bkim", "not today", "OD1", false));
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_ENTITLED);
        assertThat(desk.digest()).isEqualTo(before);
        desk.gets(new Input.AmendmentHoldRefused(desk.now, 78, "apatel", "not today", "OD1", false));
        withdrawn(HoldEnd.WITHDRAWN);
    }

    @ParameterizedTest
    @CsvSource({"3599, true", "3600, false"})
    void it_waits_an_hour_and_no_longer(long seconds, boolean waits) {
        tooDear();
        desk.later(Duration.ofSeconds(seconds));
        assertThat(desk.desk.state().holdsAmendments()).isEqualTo(waits);
        if (!waits) {
            withdrawn(HoldEnd.EXPIRED);
        }
    }

    @Test
    void the_close_of_the_day_withdraws_it() {
        tooDear();
        desk.closes();
        withdrawn(HoldEnd.DAY_CLOSED);
    }

    @Test
    void a_cancel_of_the_order_withdraws_it() {
        tooDear();
        desk.cancels("OD1");
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
        withdrawn(HoldEnd.ORDER_ENDED);
        assertThat(desk.last(DeskFact.AmendmentRefused.class).why()).contains("CANCELLED", "changed my mind");
        assertThat(desk.promised()).isEqualByComparingTo("100000");
    }

    @Test
    void a_stop_that_cancels_withdraws_it() {
        tooDear();
        stop(TradingState.HALTED, true);
        withdrawn(HoldEnd.ORDER_ENDED);
    }

    @Test
    void a_stop_that_does_not_leaves_it_waiting_and_nobody_lets_it_pass() {
        working().amends("OD1", "1200", "120.00");
        stop(TradingState.HALTED, false);
        assertThat(desk.desk.state().holdsAmendments()).isTrue();
        desk.letsAmendmentPass("riley", "OD1", 1);
        withdrawn(HoldEnd.BLOCKED);
        assertThat(desk.last(DeskFact.AmendmentRefused.class).codes()).contains(RefusalCode.TRADING_HALTED);
    }

    @Test
    void an_order_that_only_reduces_is_not_caught_for_what_is_asked_of_it() {
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "1999999999"));
        desk.decides("D1", Side.SELL, "900000000", "100.00", Algo.IMMEDIATE, null);
        desk.overrides("riley", "D1", 1).acknowledges("OD1-1-1");
        desk.amends("OD1", null, "80.00");
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        stop(TradingState.REDUCING, true);
        assertThat(desk.desk.state().holdsAmendments()).isTrue();
        assertThat(desk.order("OD1").status().name()).isEqualTo("WORKING");
    }

    private void stop(TradingState state, boolean cancelling) {
        desk.gets(new Input.SwitchRequested(
                desk.now, 991, "riley", "a test", SwitchScope.FIRM, state, cancelling, "stop-1", "hash"));
    }

    @Test
    void an_execution_beyond_what_was_asked_for_withdraws_it() {
        working().amends("OD1", "600", "120.00");
        desk.fills("OD1-1-1", "600", "100");
        assertThat(desk.desk.state().holdsAmendments()).isTrue();
        desk.fills("OD1-1-1", "1", "100");
        withdrawn(HoldEnd.OVERTAKEN);
        assertThat(desk.last(DeskFact.AmendmentRefused.class).why()).contains("601", "600");
    }

    @Test
    void executed_as_far_as_was_asked_for_nothing_is_left_to_ask_about() {
        working().amends("OD1", "600", "120.00");
        desk.fills("OD1-1-1", "600", "100");
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
        assertThat(desk.last(DeskFact.AmendmentAllowed.class).override())
                .isEqualTo(new DeskFact.Overridden("riley", "seen and agreed", 1, List.of()));
        assertThat(desk.order("OD1").body().quantity()).isEqualTo(Quantity.of("600"));
    }

    @Test
    void the_end_of_the_order_withdraws_it() {
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "1500"));
        working().amends("OD1", "2000", null);
        desk.fills("OD1-1-1", "1000", "100");
        assertThat(desk.order("OD1").status().name()).isEqualTo("FILLED");
        withdrawn(HoldEnd.ORDER_ENDED);
        assertThat(desk.promised()).isEqualByComparingTo("0");
    }

    @Test
    void a_filled_order_that_shall_be_larger_waits_too_and_goes_on_when_it_may() {
        desk.limits(Map.of(LimitKind.MAX_ORDER_QUANTITY, "800"));
        desk.buys("D1", "800", "100.00").acknowledges("OD1-1-1").fills("OD1-1-1", "800", "100");
        desk.amends("OD1", "2000", null);
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        assertThat(desk.promised()).isEqualByComparingTo("120000");
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.only(Effect.SendReplace.class).terms().quantity()).isEqualTo(Quantity.of("2000"));
        assertThat(desk.promised()).isEqualByComparingTo("120000");
    }

    @Test
    void when_the_end_that_was_asked_for_has_passed_it_is_withdrawn() {
        desk.decides("D1", Side.BUY, "1000", "100.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        var soon = desk.now.plus(Duration.ofMinutes(10));
        desk.gets(new Input.OrderAmendRequested(
                desk.now, 88, "apatel", "sooner and dearer", "OD1", null, Price.of("120.00"), soon));
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        // Between two ticks, by whoever wants to let it pass.
        desk.now = soon;
        desk.letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentRefused.class);
        withdrawn(HoldEnd.OVERTAKEN);
        assertThat(desk.last(DeskFact.AmendmentRefused.class).why()).contains("has passed");
        assertThat(desk.order("OD1").ended()).isFalse();
    }

    @Test
    void or_by_the_clock() {
        desk.decides("D1", Side.BUY, "1000", "100.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        var soon = desk.now.plus(Duration.ofMinutes(10));
        desk.gets(new Input.OrderAmendRequested(
                desk.now, 88, "apatel", "sooner and dearer", "OD1", null, Price.of("120.00"), soon));
        desk.later(Duration.ofMinutes(10));
        withdrawn(HoldEnd.OVERTAKEN);
        assertThat(desk.order("OD1").ended()).isFalse();
    }

    @Test
    void what_was_let_pass_for_the_amendment_passes_for_each_part_of_the_order() {
        desk.decides("D1", Side.BUY, "1000", "100.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(30)));
        desk.amends("OD1", null, "120.00");
        desk.letsAmendmentPass("riley", "OD1", 1);
        desk.later(Duration.ofMinutes(10)).quotes("99.99", "100.01").later(Duration.ofSeconds(1));
        assertThat(desk.last(DeskFact.ChildChecked.class).checks().all())
                .anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
        assertThat(desk.order("OD1").body().outstanding().value()).isPositive();
        assertThat(desk.desk.state().overridden("OD1")).containsExactly(RefusalCode.PRICE_OUTSIDE_COLLAR);
    }

    @Test
    void a_restart_finds_it_waiting_with_its_room() {
        tooDear();
        var before = held();
        desk = desk.restarted();
        assertThat(held()).isEqualTo(before);
        assertThat(desk.promised()).isEqualByComparingTo("120000");
        desk.connects(House.ALFA).quotes("99.99", "100.01").letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void asking_the_rules_again_leaves_no_trace_in_what_is_counted() {
        tooDear();
        desk.buys("D2", "10", "100.00");
        desk.quotes("95.99", "96.01").letsAmendmentPass("riley", "OD1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.AmendmentHeld.class);
        var replayed = new Desk(House.settings(), House.reference());
        desk.journal.forEach(replayed::replay);
        assertThat(new StateCodec().digest(replayed.state().content())).isEqualTo(desk.digest());
    }
}
