package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.engine.DeskFact.HoldEnd;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What only soft rules block waits for a person, moves nothing meanwhile, and passes once, for that order, by somebody else. */
class HoldTest {

    private DeskStory desk = new DeskStory();

    /** Twenty percent above the market, where ten are allowed. */
    private DeskStory tooDear(String id) {
        return desk.buys(id, "1000", "120.00");
    }

    @Test
    void only_soft_blocks_hold_it() {
        tooDear("D1");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.DecisionHeld(
                        "D1", List.of(RefusalCode.PRICE_OUTSIDE_COLLAR), desk.now.plus(Duration.ofHours(1)), false));
        desk.sendsNothing();
        assertThat(desk.desk.state().order("OD1")).isNull();
        assertThat(desk.last(DeskFact.DecisionHeld.class).checks().all())
                .anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
    }

    @Test
    void a_hard_block_beside_a_soft_one_refuses_it() {
        desk.decides("D1", Side.BUY, "1.5", "120.00", Algo.IMMEDIATE, null);
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionRefused.class);
        assertThat(desk.desk.state().held()).isEmpty();
    }

    @Test
    void the_check_says_that_it_would_be_held() {
        desk.gets(new Input.DecisionCheckAsked(
                desk.decision("D1", "k", "h", Side.BUY, "1000", "120.00", Algo.IMMEDIATE, null)));
        assertThat(((Outcome.Checked) desk.answer()).verdict()).isEqualTo(Outcome.Checked.Verdict.HELD);
    }

    @Test
    void it_counts_nothing_until_somebody_lets_it_pass() {
        tooDear("D1");
        var book = desk.desk.state().book();
        assertThat(book.workingBuys(House.ACCOUNT, House.VOD)).isEqualTo(Quantity.ZERO);
        desk.overrides("riley", "D1", 1);
        assertThat(book.workingBuys(House.ACCOUNT, House.VOD)).isEqualTo(Quantity.of("1000"));
    }

    @Test
    void somebody_else_lets_it_pass_and_the_evidence_names_who_and_why() {
        tooDear("D1");
        var handedIn = desk.now;
        desk.later(Duration.ofMinutes(5)).quotes("99.99", "100.01").overrides("riley", "D1", 1);
        assertThat(desk.answer()).isEqualTo(new Outcome.DecisionAccepted("D1", "OD1", false));
        assertThat(desk.effects).anyMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.last(DeskFact.DecisionAccepted.class).override())
                .isEqualTo(new DeskFact.Overridden(
                        "riley", "seen and agreed", 1, List.of(RefusalCode.PRICE_OUTSIDE_COLLAR)));
        assertThat(desk.last(DeskFact.DecisionAccepted.class).checks().all())
                .anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
        var terms = desk.order("OD1").body().terms();
        // The wait is part of what the decision cost.
        assertThat(terms.decisionTime()).isEqualTo(handedIn);
        assertThat(terms.arrivalTime()).isEqualTo(desk.now);
    }

    @Test
    void what_was_let_pass_for_the_order_passes_for_each_part_of_it() {
        desk.decides("D1", Side.BUY, "1000", "120.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(30)));
        desk.overrides("riley", "D1", 1);
        assertThat(desk.effects).anyMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.last(DeskFact.ChildChecked.class).checks().all())
                .anyMatch(check -> check.code() == RefusalCode.PRICE_OUTSIDE_COLLAR);
        // Another block than the one that was let pass holds the next part.
        desk.gets(new Input.ReferenceChanged(desk.now, "ops", "halt", House.reference(TradingStatus.HALTED, Map.of())));
        desk.later(Duration.ofMinutes(10));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
    }

    @Test
    void whoever_handed_it_in_does_not_let_it_pass() {
        tooDear("D1");
        var before = desk.digest();
        desk.overrides("apatel", "D1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.MAKER_IS_CHECKER);
        assertThat(desk.digest()).isEqualTo(before);
    }

    @Test
    void it_passes_once_and_for_that_order_alone() {
        tooDear("D1");
        desk.overrides("riley", "D1", 1);
        desk.overrides("riley", "D1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
        desk.later(Duration.ofMinutes(1)).quotes("99.99", "100.01");
        desk.buys("D2", "1000", "120.00");
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionHeld.class);
    }

    @Test
    void what_nobody_handed_in_is_not_let_pass() {
        desk.overrides("riley", "D7", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
        desk.buys("D1", "1000");
        desk.overrides("riley", "D1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
    }

    @Test
    void a_rule_that_blocks_no_longer_needs_nobody() {
        tooDear("D1");
        desk.quotes("114.99", "115.01").overrides("riley", "D1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionAccepted.class);
        assertThat(desk.last(DeskFact.DecisionAccepted.class).override())
                .isEqualTo(new DeskFact.Overridden("riley", "seen and agreed", 1, List.of()));
    }

    @Test
    void further_beyond_the_limit_than_was_seen_it_is_held_again() {
        tooDear("D1");
        desk.quotes("95.99", "96.01").overrides("riley", "D1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionHeld.class);
        desk.sendsNothing();
        assertThat(Objects.requireNonNull(desk.desk.state().held("D1")).version())
                .isEqualTo(2);
        // What was seen is seen no more.
        desk.overrides("riley", "D1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_AS_SEEN);
        desk.overrides("riley", "D1", 2);
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionAccepted.class);
    }

    @Test
    void a_soft_block_that_was_not_seen_holds_it_again() {
        tooDear("D1");
        var smaller = House.reference(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_ORDER_QUANTITY, "999"));
        desk.gets(new Input.ReferenceChanged(desk.now, "risk", "smaller", smaller));
        desk.overrides("riley", "D1", 1);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.DecisionHeld.class,
                        held -> assertThat(held.codes())
                                .containsExactlyInAnyOrder(
                                        RefusalCode.PRICE_OUTSIDE_COLLAR, RefusalCode.ORDER_QUANTITY_EXCEEDED));
        desk.sendsNothing();
    }

    @Test
    void a_hard_block_at_the_last_moment_refuses_it() {
        tooDear("D1");
        desk.gets(new Input.ReferenceChanged(desk.now, "ops", "halt", House.reference(TradingStatus.HALTED, Map.of())));
        desk.overrides("riley", "D1", 1);
        assertThat(desk.answer())
                .isInstanceOfSatisfying(
                        Outcome.DecisionRefused.class,
                        refused -> assertThat(refused.codes()).contains(RefusalCode.INSTRUMENT_HALTED));
        assertThat(desk.last(DeskFact.DecisionRefused.class).holdEnd()).isEqualTo(HoldEnd.BLOCKED);
        assertThat(desk.desk.state().held()).isEmpty();
    }

    @Test
    void risk_refuses_it() {
        tooDear("D1");
        desk.refuses("riley", "D1");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.DecisionRefused("D1", List.of(RefusalCode.PRICE_OUTSIDE_COLLAR), false));
        assertThat(desk.last(DeskFact.DecisionRefused.class).holdEnd()).isEqualTo(HoldEnd.REFUSED);
        desk.overrides("riley", "D1", 1);
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_HELD);
    }

    @Test
    void whoever_handed_it_in_withdraws_it() {
        tooDear("D1");
        desk.refuses("apatel", "D1");
        assertThat(desk.last(DeskFact.DecisionRefused.class).holdEnd()).isEqualTo(HoldEnd.WITHDRAWN);
    }

    @ParameterizedTest
    @CsvSource({"3599, true", "3600, false"})
    void it_waits_an_hour_and_no_longer(long seconds, boolean waits) {
        tooDear("D1");
        desk.later(Duration.ofSeconds(seconds));
        assertThat(desk.desk.state().held("D1") != null).isEqualTo(waits);
        if (!waits) {
            assertThat(desk.last(DeskFact.DecisionRefused.class).holdEnd()).isEqualTo(HoldEnd.EXPIRED);
        }
    }

    @Test
    void the_close_of_the_day_refuses_it() {
        tooDear("D1");
        desk.closes();
        assertThat(desk.last(DeskFact.DecisionRefused.class).holdEnd()).isEqualTo(HoldEnd.DAY_CLOSED);
        assertThat(desk.desk.state().held()).isEmpty();
    }

    @Test
    void the_same_key_and_body_get_the_answer_as_it_is_by_then() {
        tooDear("D1");
        var until = desk.now.plus(Duration.ofHours(1));
        tooDear("D1");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.DecisionHeld("D1", List.of(RefusalCode.PRICE_OUTSIDE_COLLAR), until, true));
        desk.gets(desk.decision("D2", "key-D1", "other", Side.BUY, "1000", "120.00", Algo.IMMEDIATE, null));
        assertThat(desk.answer()).isEqualTo(new Outcome.KeyUsedForAnotherBody("D1"));
        desk.overrides("riley", "D1", 1);
        tooDear("D1");
        assertThat(desk.answer()).isEqualTo(new Outcome.DecisionAccepted("D1", "OD1", true));
        assertThat(desk.facts().stream().filter(DeskFact.DecisionHeld.class::isInstance))
                .hasSize(1);
    }

    @Test
    void a_restart_finds_it_waiting() {
        tooDear("D1");
        var before = desk.desk.state().held("D1");
        desk = desk.restarted();
        assertThat(desk.desk.state().held("D1")).isEqualTo(before);
        desk.connects(House.ALFA).quotes("99.99", "100.01").overrides("riley", "D1", 1);
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionAccepted.class);
    }

    @Test
    void what_could_not_be_worked_anyway_is_not_held() {
        desk.decides("D1", Side.BUY, "1000", "120.00", Algo.TWAP, desk.now.minusSeconds(1));
        assertThat(desk.refusal()).isEqualTo(Refusal.NOT_VALID);
        assertThat(desk.desk.state().held()).isEmpty();
    }

    private static Held.Block block(RefusalCode code, @Nullable String measured, @Nullable String limit) {
        return new Held.Block(
                "A_RULE",
                code,
                measured == null ? null : new BigDecimal(measured),
                limit == null ? null : new BigDecimal(limit));
    }

    @ParameterizedTest(name = "seen {0} of {1}, now {2} of {3}: {4}")
    @CsvSource({
        "20, 10, 20, 10, true",
        "20, 10, 19.99, 10, true",
        "20, 10, 20.01, 10, false",
        "20, 10, 20, 9, false",
        "20, 10, 20, 11, true",
        // A window: three seconds after the last one, where ten must pass.
        "3, 10, 3, 10, true",
        "3, 10, 4, 10, true",
        "3, 10, 2.9, 10, false",
        "3, 10, 3, 11, false",
        ", , , , true",
        ", , 20, 10, false",
        "20, 10, , , false"
    })
    void a_block_covers_what_is_no_worse(
            @Nullable String seen,
            @Nullable String seenLimit,
            @Nullable String now,
            @Nullable String nowLimit,
            boolean covers) {
        assertThat(block(RefusalCode.DUPLICATE_ORDER, seen, seenLimit)
                        .covers(block(RefusalCode.DUPLICATE_ORDER, now, nowLimit)))
                .isEqualTo(covers);
    }

    @Test
    void a_block_covers_no_other_reason() {
        assertThat(block(RefusalCode.DUPLICATE_ORDER, "1", "2")
                        .covers(block(RefusalCode.PRICE_OUTSIDE_COLLAR, "1", "2")))
                .isFalse();
    }
}
