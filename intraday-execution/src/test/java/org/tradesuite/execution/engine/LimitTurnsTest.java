package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitHistory;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.ReferenceData;

/** A raise for a while returns by itself, and the journal says when. */
class LimitTurnsTest {

    private final DeskStory desk = new DeskStory();
    private final Instant begin = desk.now;
    private final Instant end = desk.now.plus(Duration.ofMinutes(10));

    private static Limit version(long id, String quantity, Instant from, @Nullable Instant until) {
        return new Limit(
                id,
                LimitScope.ACCOUNT,
                House.ACCOUNT.value(),
                LimitKind.MAX_ORDER_QUANTITY,
                new BigDecimal(quantity),
                null,
                null,
                from,
                until);
    }

    private void raisedForAWhile() {
        var limits = new ArrayList<>(House.reference().limits().all());
        limits.add(version(901, "2000", begin, end));
        limits.add(version(902, "1000", end, null));
        desk.gets(new Input.ReferenceChanged(
                desk.now,
                "checker",
                "for a while",
                ReferenceData.of(
                        House.MONDAY, House.reference().content().withLimits(limits, new LimitHistory(3, List.of())))));
    }

    private List<DeskFact.LimitsTurned> turned() {
        return desk.facts().stream()
                .filter(DeskFact.LimitsTurned.class::isInstance)
                .map(DeskFact.LimitsTurned.class::cast)
                .toList();
    }

    @Test
    void a_raise_that_is_over_is_told_once_and_not_before() {
        raisedForAWhile();
        desk.later(Duration.ofMinutes(10).minusNanos(1_000));
        assertThat(turned()).isEmpty();
        desk.later(Duration.ofNanos(1_000));
        assertThat(turned()).containsExactly(new DeskFact.LimitsTurned(List.of(902L), List.of(901L)));
        desk.later(Duration.ofMinutes(10));
        assertThat(turned()).hasSize(1);
    }

    @Test
    void one_that_is_over_when_other_limits_come_is_told_before_them() {
        raisedForAWhile();
        desk.now = end.plusMillis(1);
        raisedForAWhile();
        assertThat(turned()).containsExactly(new DeskFact.LimitsTurned(List.of(902L), List.of(901L)));
        desk.later(Duration.ofMinutes(1));
        assertThat(turned()).hasSize(1);
    }
}
