package org.tradesuite.suite.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AcceleratedClockTest {

    private static final Instant MORNING = Instant.parse("2026-11-20T06:00:00Z");
    private final AtomicLong wall = new AtomicLong(42);
    private final AcceleratedClock clock = new AcceleratedClock(MORNING, 500, wall::get);

    private void wallSeconds(long seconds) {
        wall.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void a_second_on_the_wall_is_speed_seconds_of_the_day() {
        wallSeconds(2);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(1000));
    }

    @Test
    void a_change_of_pace_never_turns_time_back() {
        wallSeconds(1);
        clock.pace(1);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(500));
        wallSeconds(1);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(501));
    }

    @Test
    void a_jump_goes_forward_only() {
        clock.jumpTo(MORNING.plusSeconds(3600));
        clock.jumpTo(MORNING);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(3600));
    }

    @Test
    void it_waits_where_it_is_told_to_and_goes_on_from_there() {
        clock.waitAt(MORNING.plusSeconds(100));
        wallSeconds(10);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(100));

        clock.waitNoMore();
        wallSeconds(1);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(600));
    }

    @Test
    void to_wait_at_an_instant_that_has_passed_is_to_stop() {
        wallSeconds(1);
        clock.waitAt(MORNING);
        wallSeconds(1);
        assertThat(clock.instant()).isEqualTo(MORNING.plusSeconds(500));
    }

    @Test
    void the_wait_for_an_instant_is_in_wall_time() {
        assertThat(clock.wallTimeUntil(MORNING.plusSeconds(1000))).isEqualTo(Duration.ofSeconds(2));
        assertThat(clock.wallTimeUntil(MORNING.minusSeconds(1))).isZero();
    }

    @Test
    void a_speed_that_is_no_speed_and_another_zone_are_refused() {
        assertThatThrownBy(() -> clock.pace(0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> clock.withZone(ZoneId.of("Europe/Berlin"))).hasMessageContaining("UTC");
    }
}
