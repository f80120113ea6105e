package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.Side;

/** Hours lie between a decision and its last slice: each child order is asked about again. */
class ChildChecksTest {

    private final DeskStory desk = new DeskStory();

    @Test
    void every_slice_after_the_first_is_checked_and_its_checks_are_kept() {
        twap();
        var first = last();

        assertThat(first.checks().all())
                .extracting(Check::rule)
                .contains("PRICE_COLLAR", "MAX_ORDER_NOTIONAL", "MARKET_SESSION", "BROKER_NOTIONAL");
        assertThat(first.checks().all()).noneMatch(check -> check.verdict() == Verdict.BLOCK);
    }

    @Test
    void what_goes_at_once_as_a_whole_is_not_asked_twice() {
        desk.buys("D1", "100");

        desk.only(Effect.SendNewOrder.class);
        assertThat(desk.facts()).noneMatch(DeskFact.ChildChecked.class::isInstance);
    }

    @Test
    void a_slice_into_a_halt_waits_is_told_once_and_goes_when_it_may() {
        twap();
        limits(TradingStatus.HALTED, Map.of());
        desk.later(Duration.ofMinutes(30));

        assertThat(sent()).isZero();
        assertThat(waits()).isEqualTo("Held by risk for ALFA: INSTRUMENT_HALTED.");
        assertThat(last().checks().all())
                .filteredOn(check -> check.verdict() == Verdict.BLOCK)
                .extracting(Check::code)
                .containsExactly(RefusalCode.INSTRUMENT_HALTED);

        var told = told();
        desk.later(Duration.ofMinutes(1));
        assertThat(told()).as("asked again, and nothing new to tell").isEqualTo(told);

        limits(TradingStatus.ACTIVE, Map.of());
        desk.later(Duration.ofMinutes(1));
        assertThat(sent()).isOne();
        assertThat(waits()).isNull();
    }

    @Test
    void a_slice_above_a_limit_that_was_lowered_meanwhile_waits() {
        twap();
        limits(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_ORDER_QUANTITY, "10"));
        desk.later(Duration.ofMinutes(30));

        assertThat(sent()).isZero();
        assertThat(waits()).contains("ORDER_QUANTITY_EXCEEDED");
    }

    @Test
    void a_full_broker_is_passed_over_for_the_next_and_the_journal_says_why() {
        limits(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);

        desk.buys("D2", "100", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker())
                .as("10,000 pounds work with ALFA already")
                .isEqualTo(House.BRAVO);
        assertThat(desk.route("OD2-1").body().brokerReason())
                .startsWith("Instead of ALFA, which is full: BRAVO is expected to cost");
        assertThat(desk.facts())
                .filteredOn(DeskFact.ChildChecked.class::isInstance)
                .extracting(fact -> ((DeskFact.ChildChecked) fact).broker())
                .containsExactly(House.ALFA, House.BRAVO);
        assertThat(last().checks().all()).noneMatch(check -> check.verdict() == Verdict.BLOCK);
    }

    @Test
    void when_all_are_full_it_waits_until_one_has_room() {
        limits(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100").buys("D2", "100", "100").buys("D3", "100", "100");
        assertThat(sent()).isZero();
        assertThat(waits()).isEqualTo("Held by risk for ALFA, BRAVO: BROKER_NOTIONAL_EXCEEDED.");
        var told = told();
        desk.later(Duration.ofMinutes(1));
        assertThat(told()).as("asked again, and nothing new to tell").isEqualTo(told);

        desk.acknowledges("OD2-1-1").fills("OD2-1-1", "100", "100");
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void a_broker_that_is_not_connected_is_no_way_out() {
        desk.loses(House.BRAVO);
        limits(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100").buys("D2", "100", "100");
        assertThat(sent()).isZero();
        assertThat(waits()).isEqualTo("Held by risk for ALFA: BROKER_NOTIONAL_EXCEEDED.");
    }

    /** Another broker would not help. */
    @Test
    void what_no_broker_may_have_is_not_offered_around() {
        twap();
        limits(TradingStatus.HALTED, Map.of(LimitKind.MAX_BROKER_NOTIONAL, "1"));
        desk.later(Duration.ofMinutes(30));
        assertThat(waits()).isEqualTo("Held by risk for ALFA: INSTRUMENT_HALTED, BROKER_NOTIONAL_EXCEEDED.");
    }

    @Test
    void a_slice_that_meets_a_stop_keeps_what_the_rules_said_of_it() {
        twap();
        desk.gets(new Input.SwitchRequested(
                desk.now, 900, "rsmith", "looks odd", SwitchScope.FIRM, TradingState.HALTED, false, "stop-1", "hash"));
        desk.later(Duration.ofMinutes(30));

        assertThat(sent()).isZero();
        assertThat(blocks()).containsExactly(RefusalCode.TRADING_HALTED);
        assertThat(last().checks().all())
                .filteredOn(check -> check.rule().equals("TRADING_STATE"))
                .singleElement()
                .satisfies(check -> assertThat(check.seen().toString()).contains("by=rsmith", "reason=looks odd"));
        var told = told();
        desk.later(Duration.ofMinutes(1));
        assertThat(told()).as("kept once").isEqualTo(told);
    }

    @Test
    void a_slice_that_does_not_reduce_says_how_much_would() {
        twap();
        desk.gets(new Input.SwitchRequested(
                desk.now,
                900,
                "rsmith",
                "wind down",
                SwitchScope.FIRM,
                TradingState.REDUCING,
                false,
                "stop-1",
                "hash"));
        desk.later(Duration.ofMinutes(30));

        assertThat(blocks()).containsExactly(RefusalCode.TRADING_REDUCING_ONLY);
    }

    @Test
    void a_slice_that_meets_a_halt_of_the_market_keeps_what_the_rules_said_of_it() {
        twap();
        desk.gets(new Input.SecurityStatus(desk.now, House.VOD, 2, null, null));
        desk.later(Duration.ofMinutes(30));
        assertThat(sent()).isZero();
        assertThat(blocks()).containsExactly(RefusalCode.MARKET_HALTED);

        desk.gets(new Input.SecurityStatus(desk.now, House.VOD, 17, null, null));
        assertThat(sent()).isOne();
        assertThat(last().checks().all()).noneMatch(check -> check.verdict() == Verdict.BLOCK);
    }

    private List<RefusalCode> blocks() {
        return last().checks().all().stream()
                .filter(check -> check.verdict() == Verdict.BLOCK)
                .map(check -> Objects.requireNonNull(check.code()))
                .toList();
    }

    private void twap() {
        desk.decides("D1", Side.BUY, "600", null, Algo.TWAP, desk.now.plus(Duration.ofHours(2)));
    }

    private void limits(TradingStatus status, Map<LimitKind, String> limits) {
        desk.gets(new Input.ReferenceChanged(desk.now, "risk", "a test", House.reference(status, limits)));
    }

    private long sent() {
        return desk.effects.stream()
                .filter(Effect.SendNewOrder.class::isInstance)
                .count();
    }

    private long told() {
        return desk.facts().stream()
                .filter(fact -> fact instanceof DeskFact.ChildChecked || fact instanceof ParentOrder.Waits)
                .count();
    }

    private DeskFact.ChildChecked last() {
        return (DeskFact.ChildChecked) desk.facts().stream()
                .filter(DeskFact.ChildChecked.class::isInstance)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private @Nullable String waits() {
        ParentOrder newest = null;
        for (var work : desk.desk.state().orders()) {
            newest = work.order;
        }
        return newest instanceof ParentOrder.Open open ? open.waits() : null;
    }
}
