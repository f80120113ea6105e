package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.execution.risk.Verdict;
import org.tradesuite.market.Side;

/** Hours lie between a decision and its last slice: each child order is asked about again. */
class ChildChecksTest {

    private final DeskStory desk = new DeskStory();

    @Test
    void every_slice_after_the_first_is_checked_and_its_checks_are_kept() {
        twap();
        var first = last();

        assertThat(first.checks())
                .extracting(Check::rule)
                .contains("PRICE_COLLAR", "MAX_ORDER_NOTIONAL", "MARKET_SESSION", "BROKER_NOTIONAL");
        assertThat(first.checks()).noneMatch(check -> check.verdict() == Verdict.BLOCK);
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
        assertThat(last().checks())
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
    void what_a_broker_may_have_counts_from_when_it_is_sent_until_it_ends() {
        limits(TradingStatus.ACTIVE, Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100");
        assertThat(sent()).isOne();

        desk.buys("D2", "100", "100");
        assertThat(sent()).as("10,000 pounds work with ALFA already").isZero();
        assertThat(waits()).isEqualTo("Held by risk for ALFA: BROKER_NOTIONAL_EXCEEDED.");

        desk.acknowledges("OD1-1-1").fills("OD1-1-1", "100", "100");
        desk.later(Duration.ofMinutes(1));
        assertThat(sent()).isOne();
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
