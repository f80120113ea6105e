package org.tradesuite.execution.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.reference.OpenInterval;
import org.tradesuite.execution.reference.VolumeInterval;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Quantity;

class PlanTest {

    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant ELEVEN = TEN.plusSeconds(3600);
    private static final List<Window> ONE_HOUR = List.of(new Window(TEN, ELEVEN));
    private static final Quantity LOT = Quantity.of(100);

    @Test
    void immediate_sends_everything_at_once_and_what_came_back_again() {
        var plan = new Immediate(Quantity.of(1000), ONE_HOUR);

        assertThat(plan.step(TEN.minusSeconds(1), Progress.NONE)).isEqualTo(Step.waitUntil(TEN));
        assertThat(plan.step(TEN, Progress.NONE).send()).isEqualTo(Quantity.of(1000));
        assertThat(plan.step(TEN, progress(0, 1000)).send()).isEqualTo(Quantity.ZERO);
        assertThat(plan.step(TEN, progress(300, 200)).send()).isEqualTo(Quantity.of(500));
        assertThat(plan.step(TEN, progress(1000, 0))).isEqualTo(Step.DONE);
        assertThat(plan.step(ELEVEN, progress(300, 200))).isEqualTo(Step.CANCEL);
    }

    @ParameterizedTest(name = "after {0} s there should be {1}")
    @CsvSource({"-1, 0", "0, 300", "1199, 300", "1200, 600", "2399, 600", "2400, 1000", "3599, 1000"})
    void twap_rounds_the_running_sum_and_leaves_no_tail(long seconds, long target) {
        var plan = new Twap(Quantity.of(1000), LOT, 3, ONE_HOUR, EndBehaviour.CANCEL);

        assertThat(plan.target(TEN.plusSeconds(seconds))).isEqualTo(Quantity.of(target));
    }

    @ParameterizedTest(name = "{0} with no child below {1} every {2} s: {3} slices")
    @CsvSource({
        "1000, 100, 300, 10",
        "1000, 250, 300, 3",
        "1000, 1000, 300, 1",
        "100,  500, 300, 1",
        "1000, 1, 900, 4",
        "100000, 1, 7, 514",
        "1000, 1, 7200, 1"
    })
    void twap_has_fewer_slices_when_a_slice_would_be_too_small(long quantity, long child, long seconds, int slices) {
        var plan = Twap.of(
                Quantity.of(quantity),
                LOT,
                Quantity.of(child),
                Duration.ofSeconds(seconds),
                ONE_HOUR,
                EndBehaviour.CANCEL);

        assertThat(plan.slices()).isEqualTo(slices);
    }

    @Test
    void twap_spreads_its_slices_over_open_time_and_not_over_lunch() {
        var open = List.of(new Window(TEN, ELEVEN), new Window(ELEVEN.plusSeconds(3600), ELEVEN.plusSeconds(7200)));
        var plan = new Twap(Quantity.of(400), LOT, 4, open, EndBehaviour.CANCEL);

        assertThat(plan.target(TEN.plusSeconds(1800))).isEqualTo(Quantity.of(200));
        assertThat(plan.target(ELEVEN.plusSeconds(1800))).isEqualTo(Quantity.of(200));
        assertThat(plan.target(ELEVEN.plusSeconds(3600))).isEqualTo(Quantity.of(300));
        assertThat(plan.step(ELEVEN.plusSeconds(60), progress(100, 0)))
                .as("what came back at lunch waits for the afternoon")
                .isEqualTo(Step.waitUntil(ELEVEN.plusSeconds(3600)));
    }

    @Test
    void twap_sends_what_is_missing_and_says_when_to_ask_again() {
        var plan = new Twap(Quantity.of(1000), LOT, 3, ONE_HOUR, EndBehaviour.CANCEL);

        assertThat(plan.step(TEN, Progress.NONE)).isEqualTo(Step.send(Quantity.of(300), TEN.plusSeconds(1200)));
        assertThat(plan.step(TEN.plusSeconds(1), progress(0, 300))).isEqualTo(Step.waitUntil(TEN.plusSeconds(1200)));
        assertThat(plan.step(TEN.plusSeconds(1200), progress(100, 0)))
                .as("a child that came back unexecuted is sent again")
                .isEqualTo(Step.send(Quantity.of(500), TEN.plusSeconds(2400)));
        assertThat(plan.step(TEN.plusSeconds(2400), progress(600, 0)).next()).isEqualTo(ELEVEN);
    }

    @Test
    void at_its_end_a_plan_cancels_or_finishes_as_the_desk_said() {
        var cancels = new Twap(Quantity.of(1000), LOT, 3, ONE_HOUR, EndBehaviour.CANCEL);
        var finishes = new Twap(Quantity.of(1000), LOT, 3, ONE_HOUR, EndBehaviour.FINISH);

        assertThat(cancels.step(ELEVEN, progress(600, 100))).isEqualTo(Step.CANCEL);
        assertThat(finishes.step(ELEVEN, progress(600, 100)).send()).isEqualTo(Quantity.of(300));
        assertThat(finishes.step(ELEVEN, progress(600, 400)).send()).isEqualTo(Quantity.ZERO);
        assertThat(finishes.step(ELEVEN, progress(1000, 0))).isEqualTo(Step.DONE);
    }

    @Test
    void a_broker_that_executed_too_much_ends_the_plan() {
        var plan = new Twap(Quantity.of(1000), LOT, 3, ONE_HOUR, EndBehaviour.CANCEL);

        assertThat(plan.step(TEN, progress(1100, 0))).isEqualTo(Step.DONE);
        assertThat(plan.step(TEN, progress(900, 300)).send()).isEqualTo(Quantity.ZERO);
    }

    @ParameterizedTest(name = "after {0} s there should be {1}")
    @CsvSource({"0, 0", "600, 100", "1200, 200", "1800, 300", "2700, 600", "3599, 900", "3600, 1000"})
    void vwap_follows_the_usual_volume(long seconds, long target) {
        assertThat(vwap("1", EndBehaviour.CANCEL).target(TEN.plusSeconds(seconds)))
                .isEqualTo(Quantity.of(target));
    }

    /** 10 percent of 10,000 is 1,000; with 500 executed, (1,000 - 500) / 0.9 = 555, whole lots 500. */
    @ParameterizedTest(name = "market {0}, executed {1}, working {2}: {3}")
    @CsvSource({
        "0,     0,   0,   0",
        "10000, 500, 0,   500",
        "10000, 500, 100, 400",
        "10000, 500, 500, 0",
        "9000,  500, 0,   400",
        "900,   0,   0,   100",
        "899,   0,   0,   0",
        "99999, 0,   0,   9900"
    })
    void vwap_never_takes_more_than_its_share_of_the_market(long market, long executed, long working, long sent) {
        var progress = new Progress(Quantity.of(executed), Quantity.of(working), Quantity.of(market));

        assertThat(vwap(10_000, "0.1", EndBehaviour.CANCEL)
                        .step(TEN.plusSeconds(3599), progress)
                        .send())
                .isEqualTo(Quantity.of(sent));
    }

    @Test
    void vwap_waits_for_the_smallest_child_unless_it_is_the_rest() {
        var plan = Vwap.of(
                Quantity.of(1000),
                LOT,
                Quantity.of(300),
                BigDecimal.ONE,
                Duration.ofMinutes(1),
                profile(),
                ONE_HOUR,
                EndBehaviour.CANCEL);

        assertThat(plan.step(TEN.plusSeconds(1200), Progress.NONE).send()).isEqualTo(Quantity.ZERO);
        assertThat(plan.step(TEN.plusSeconds(1800), Progress.NONE).send()).isEqualTo(Quantity.of(300));
        assertThat(plan.step(TEN.plusSeconds(3599), progress(800, 0)).send())
                .as("target 900, 100 is neither a child nor the rest")
                .isEqualTo(Quantity.ZERO);
    }

    @Test
    void vwap_cut_off_by_its_window_counts_only_the_volume_inside() {
        var half = List.of(new Window(TEN.plusSeconds(1800), ELEVEN));
        var plan = Vwap.of(
                Quantity.of(700),
                LOT,
                LOT,
                BigDecimal.ONE,
                Duration.ofMinutes(1),
                profile(),
                half,
                EndBehaviour.CANCEL);

        assertThat(plan.target(TEN.plusSeconds(1800))).isEqualTo(Quantity.ZERO);
        assertThat(plan.target(TEN.plusSeconds(2700))).isEqualTo(Quantity.of(300));
        assertThat(plan.curve().getLast().expected()).isEqualByComparingTo("1");
    }

    @Test
    void vwap_that_may_finish_sends_the_rest_at_the_end_in_spite_of_the_cap() {
        assertThat(vwap("0.1", EndBehaviour.FINISH)
                        .step(ELEVEN, progress(200, 100))
                        .send())
                .isEqualTo(Quantity.of(700));
        assertThat(vwap("0.1", EndBehaviour.CANCEL).step(ELEVEN, progress(200, 100)))
                .isEqualTo(Step.CANCEL);
    }

    @Test
    void a_plan_without_open_time_or_volume_or_with_a_silly_cap_cannot_be_made() {
        var tomorrow = new OpenInterval(
                Mic.of("XLON"), LocalDate.of(2026, 11, 24), TEN.plusSeconds(86400), ELEVEN.plusSeconds(86400));
        assertThatThrownBy(() -> Plan.windows(TEN, ELEVEN, List.of(tomorrow)))
                .hasMessageContaining("not open at any time");
        assertThatThrownBy(() -> Vwap.of(
                        Quantity.of(1),
                        LOT,
                        LOT,
                        BigDecimal.ONE,
                        Duration.ofMinutes(1),
                        List.of(),
                        ONE_HOUR,
                        EndBehaviour.CANCEL))
                .hasMessageContaining("no volume");
        assertThatThrownBy(() -> vwap("0", EndBehaviour.CANCEL)).hasMessageContaining("above 0 and at most 1");
        assertThatThrownBy(() -> vwap("1.1", EndBehaviour.CANCEL)).hasMessageContaining("above 0 and at most 1");
        assertThatThrownBy(() -> new Twap(Quantity.of(1), LOT, 0, ONE_HOUR, EndBehaviour.CANCEL))
                .hasMessageContaining("at least one slice");
        assertThatThrownBy(() -> Twap.of(Quantity.of(1), LOT, LOT, Duration.ZERO, ONE_HOUR, EndBehaviour.CANCEL))
                .hasMessageContaining("longer than nothing");
    }

    @Test
    void windows_are_the_sessions_between_start_and_end() {
        var morning = new OpenInterval(Mic.of("XTKS"), LocalDate.of(2026, 11, 24), TEN, ELEVEN);
        var afternoon = new OpenInterval(
                Mic.of("XTKS"), LocalDate.of(2026, 11, 24), ELEVEN.plusSeconds(3600), ELEVEN.plusSeconds(7200));

        assertThat(Plan.windows(TEN.plusSeconds(60), null, List.of(afternoon, morning)))
                .containsExactly(
                        new Window(TEN.plusSeconds(60), ELEVEN),
                        new Window(ELEVEN.plusSeconds(3600), ELEVEN.plusSeconds(7200)));
        assertThat(Plan.windows(TEN, ELEVEN, List.of(morning, afternoon))).containsExactly(new Window(TEN, ELEVEN));
    }

    private static Vwap vwap(String participation, EndBehaviour atEnd) {
        return vwap(1000, participation, atEnd);
    }

    private static Vwap vwap(long quantity, String participation, EndBehaviour atEnd) {
        return Vwap.of(
                Quantity.of(quantity),
                LOT,
                LOT,
                new BigDecimal(participation),
                Duration.ofMinutes(1),
                profile(),
                ONE_HOUR,
                atEnd);
    }

    /** 30 percent in the first half of the hour, 70 in the second. */
    private static List<VolumeInterval> profile() {
        return List.of(
                new VolumeInterval(TEN, TEN.plusSeconds(1800), new BigDecimal("0.3")),
                new VolumeInterval(TEN.plusSeconds(1800), ELEVEN, new BigDecimal("0.7")));
    }

    private static Progress progress(long executed, long working) {
        return new Progress(Quantity.of(executed), Quantity.of(working), Quantity.ZERO);
    }
}
