package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Side;

/**
 * A limit is raised until half past nine and returns by itself while an order works that needed the raise. What was let
 * through stays let through and works on; nothing is added to it, all of it may be taken back, and what it has not sent
 * yet is asked again.
 */
class RaiseTest {

    private static final Instant OVER = Instant.parse("2026-03-02T09:30:00Z");

    private final DeskStory desk = new DeskStory();

    @BeforeEach
    void raise() {
        var account = House.ACCOUNT.value();
        var limits = new ArrayList<>(House.reference().limits().all());
        raised(limits, LimitScope.ACCOUNT, account, LimitKind.MAX_WORKING_NOTIONAL, "10000", "20000");
        raised(limits, LimitScope.ACCOUNT, account, LimitKind.MAX_POSITION_QUANTITY, "1000000100", "1000002000");
        raised(limits, LimitScope.ACCOUNT, account, LimitKind.MAX_ORDER_QUANTITY, "40", "1000");
        desk.gets(new Input.ReferenceChanged(
                desk.now,
                "risk",
                "for the morning",
                ReferenceData.of(
                        House.MONDAY, House.reference().content().withLimits(limits, new LimitHistory(1, List.of())))));
    }

    private static void raised(
            List<Limit> limits, LimitScope scope, String id, LimitKind kind, String usual, String raised) {
        limits.add(limit(1_001, scope, id, kind, usual, Instant.parse("2024-01-01T00:00:00Z"), House.MORNING));
        limits.add(limit(1_002, scope, id, kind, raised, House.MORNING, OVER));
        limits.add(limit(1_003, scope, id, kind, usual, OVER, null));
    }

    private static Limit limit(
            long number,
            LimitScope scope,
            String id,
            LimitKind kind,
            String amount,
            Instant from,
            @Nullable Instant until) {
        return new Limit(
                number,
                scope,
                id,
                kind,
                new BigDecimal(amount),
                null,
                kind.isMoney() ? Currency.GBP : null,
                from,
                until);
    }

    private void works(String quantity) {
        desk.buys("D1", quantity, "100.00").acknowledges("OD1-1-1");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.WORKING);
    }

    @ParameterizedTest
    @CsvSource({"1799, true", "1800, false"})
    void the_raise_holds_until_its_last_moment_and_no_longer(long seconds, boolean holds) {
        desk.later(Duration.ofSeconds(seconds)).buys("D1", "101", "100.00");
        assertThat(desk.answer() instanceof Outcome.DecisionAccepted).isEqualTo(holds);
    }

    @Test
    void an_order_that_works_keeps_working_and_its_fills_are_booked() {
        works("150");
        desk.later(Duration.ofHours(1));
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.WORKING);
        desk.fills("OD1-1-1", "150", "100.00");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
    }

    @Test
    void nothing_is_added_to_it() {
        works("150");
        desk.later(Duration.ofHours(1)).amends("OD1", "151", null);
        assertThat(desk.answer()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(Refusal.RISK);
            assertThat(refused.detail())
                    .contains("WORKING_NOTIONAL_EXCEEDED")
                    .contains("POSITION_QUANTITY_EXCEEDED")
                    .contains("ORDER_QUANTITY_EXCEEDED");
        });
        desk.amends("OD1", null, "100.01");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.Refused(Refusal.RISK, "[" + RefusalCode.WORKING_NOTIONAL_EXCEEDED + "]"));
        assertThat(desk.order("OD1").body().quantity().value()).isEqualByComparingTo("150");
    }

    /** Although 140 is more than any of the limits allows by now. */
    @Test
    void it_may_be_made_smaller_and_cheaper_and_taken_back() {
        works("150");
        desk.later(Duration.ofHours(1)).amends("OD1", "140", null);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
        desk.amends("OD1", null, "99.00");
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
        desk.cancels("OD1");
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void before_the_raise_is_over_it_may_be_made_larger() {
        works("150");
        desk.later(Duration.ofMinutes(29)).amends("OD1", "160", null);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void nobody_else_gets_anything_until_it_is_done() {
        works("150");
        desk.later(Duration.ofHours(1)).buys("D2", "1", "100.00");
        assertThat(((Outcome.DecisionRefused) desk.answer()).codes())
                .containsExactlyInAnyOrder(
                        RefusalCode.WORKING_NOTIONAL_EXCEEDED, RefusalCode.POSITION_QUANTITY_EXCEEDED);
    }

    /** A quarter every ten minutes: the last one leaves when 40 are the most that an order may have. */
    @ParameterizedTest
    @CsvSource({"190, false", "160, true"})
    void a_part_that_leaves_after_it_is_asked_again(String quantity, boolean goes) {
        desk.decides("D1", Side.BUY, quantity, "100.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        desk.later(Duration.ofMinutes(10)).later(Duration.ofMinutes(10));
        assertThat(desk.effects).anyMatch(Effect.SendNewOrder.class::isInstance);
        desk.later(Duration.ofMinutes(10));
        assertThat(desk.effects.stream().anyMatch(Effect.SendNewOrder.class::isInstance))
                .isEqualTo(goes);
        assertThat(((ParentOrder.Open) desk.order("OD1")).waits())
                .isEqualTo(goes ? null : "Held by risk for ALFA: ORDER_QUANTITY_EXCEEDED.");
    }
}
