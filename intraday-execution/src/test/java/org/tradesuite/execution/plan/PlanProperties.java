package org.tradesuite.execution.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.tradesuite.execution.reference.VolumeInterval;
import org.tradesuite.market.Quantity;

/** What holds of every plan, whatever the market and the brokers do. */
class PlanProperties {

    private static final Instant OPEN = Instant.parse("2026-11-24T00:00:00Z");
    private static final List<Window> TOKYO = List.of(
            new Window(OPEN, OPEN.plusSeconds(9000)), new Window(OPEN.plusSeconds(12600), OPEN.plusSeconds(23400)));

    @Provide
    Arbitrary<Plan> plans() {
        var lots = Arbitraries.of("1", "100", "0.00000001").map(Quantity::of);
        var counts = Arbitraries.longs().between(1, 100_000);
        var children = Arbitraries.longs().between(1, 500);
        var intervals = Arbitraries.integers().between(30, 4000);
        var caps = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.01"), BigDecimal.ONE)
                .ofScale(2);
        var algorithms = Arbitraries.of("IMMEDIATE", "TWAP", "VWAP");
        return Combinators.combine(lots, counts, children, intervals, caps, algorithms)
                .as((lot, count, child, interval, cap, algorithm) -> {
                    var quantity = times(lot, count);
                    var smallest = times(lot, child);
                    var every = Duration.ofSeconds(interval);
                    return switch (algorithm) {
                        case "TWAP" -> Twap.of(quantity, lot, smallest, every, TOKYO, EndBehaviour.CANCEL);
                        case "VWAP" ->
                            Vwap.of(quantity, lot, smallest, cap, every, profile(), TOKYO, EndBehaviour.CANCEL);
                        default -> new Immediate(quantity, TOKYO);
                    };
                });
    }

    @Property(tries = 300)
    void the_target_begins_at_nothing_never_falls_and_ends_at_everything(@ForAll("plans") Plan plan) {
        var before = Quantity.ZERO;
        assertThat(plan.target(OPEN.minusSeconds(1))).isEqualTo(Quantity.ZERO);
        for (var second = 0; second <= 23_400; second += 97) {
            var target = plan.target(OPEN.plusSeconds(second));
            assertThat(target).isBetween(before, plan.quantity());
            before = target;
        }
        assertThat(plan.target(plan.end())).isEqualTo(plan.quantity());
    }

    /** The market trades at random, brokers execute part of what works and give back part of it. */
    @Property(tries = 300)
    void children_never_add_up_to_more_than_the_order_nor_pass_the_schedule_or_the_cap(
            @ForAll("plans") Plan plan, @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        var random = new Random(seed);
        var executed = BigDecimal.ZERO;
        var working = BigDecimal.ZERO;
        var market = BigDecimal.ZERO;
        for (var second = 0; second < 23_400; second += 1 + random.nextInt(600)) {
            var now = OPEN.plusSeconds(second);
            market = market.add(part(plan.quantity().value(), random));
            var filled = part(working, random);
            var returned = part(working.subtract(filled), random);
            executed = executed.add(filled);
            market = market.add(filled);
            working = working.subtract(filled).subtract(returned);
            var sent = plan.step(now, new Progress(Quantity.of(executed), Quantity.of(working), Quantity.of(market)))
                    .send()
                    .value();
            working = working.add(sent);
            var out = executed.add(working);

            assertThat(out).isLessThanOrEqualTo(plan.quantity().value());
            if (sent.signum() > 0) {
                assertThat(out).isLessThanOrEqualTo(plan.target(now).value());
                assertThat(Plan.isOpen(plan.open(), now)).isTrue();
                if (plan instanceof Vwap vwap && vwap.participation().compareTo(BigDecimal.ONE) < 0) {
                    assertThat(out).isLessThanOrEqualTo(vwap.participation().multiply(market.add(working)));
                }
            }
        }
    }

    @Property(tries = 200)
    void when_brokers_execute_everything_twap_and_immediate_complete_the_order_in_whole_children(
            @ForAll("plans") Plan plan) {
        if (plan instanceof Vwap) {
            return;
        }
        var sent = new ArrayList<BigDecimal>();
        var executed = BigDecimal.ZERO;
        var next = OPEN;
        while (executed.compareTo(plan.quantity().value()) < 0) {
            var step = plan.step(next, new Progress(Quantity.of(executed), Quantity.ZERO, Quantity.ZERO));
            assertThat(step.ended()).isFalse();
            if (!step.send().isZero()) {
                sent.add(step.send().value());
                executed = executed.add(step.send().value());
            }
            next = step.next() == null ? plan.end() : step.next();
        }

        assertThat(sent.stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(plan.quantity().value());
        if (plan instanceof Twap twap) {
            assertThat(sent).hasSize(twap.slices());
        }
    }

    @Property(tries = 200)
    void a_restart_between_any_two_steps_changes_nothing(
            @ForAll("plans") Plan plan, @ForAll @IntRange(max = 23_399) int second) {
        var progress = new Progress(Quantity.ZERO, Quantity.ZERO, times(Quantity.of(1), 1_000_000));
        var first = plan.step(OPEN.plusSeconds(second), progress);

        assertThat(plan.step(OPEN.plusSeconds(second), progress)).isEqualTo(first);
        var answered = new Progress(Quantity.ZERO, first.send(), progress.marketVolume());
        assertThat(plan.step(OPEN.plusSeconds(second), answered).send())
                .as("what was sent is not sent again")
                .isEqualTo(Quantity.ZERO);
    }

    @Property(tries = 100)
    void a_plan_always_says_when_to_ask_again_until_its_end(
            @ForAll("plans") Plan plan, @ForAll @IntRange(max = 23_399) int second) {
        var now = OPEN.plusSeconds(second);
        var step = plan.step(now, Progress.NONE);

        assertThat(step.next()).isNotNull().isAfter(now).isBeforeOrEqualTo(plan.end());
    }

    private static BigDecimal part(BigDecimal of, Random random) {
        return of.multiply(BigDecimal.valueOf(random.nextInt(101)))
                .divide(BigDecimal.valueOf(100), 8, java.math.RoundingMode.DOWN);
    }

    private static Quantity times(Quantity lot, long count) {
        return Quantity.of(lot.value().multiply(BigDecimal.valueOf(count)));
    }

    private static List<VolumeInterval> profile() {
        return List.of(
                new VolumeInterval(OPEN, OPEN.plusSeconds(1800), new BigDecimal("0.31")),
                new VolumeInterval(OPEN.plusSeconds(1800), OPEN.plusSeconds(9000), new BigDecimal("0.17")),
                new VolumeInterval(OPEN.plusSeconds(12600), OPEN.plusSeconds(20000), new BigDecimal("0.19")),
                new VolumeInterval(OPEN.plusSeconds(20000), OPEN.plusSeconds(23400), new BigDecimal("0.33")));
    }
}
