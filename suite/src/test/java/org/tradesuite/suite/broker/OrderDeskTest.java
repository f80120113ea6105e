package org.tradesuite.suite.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderDeskTest {

    private static final Instant NIGHT = Instant.parse("2026-01-06T00:00:01Z");

    static List<BrokerProfile> brokers() {
        return List.of(BrokerProfile.alfa(), BrokerProfile.bravo(), BrokerProfile.charlie());
    }

    private static DeskDay unbroken(BrokerProfile profile) {
        DeskDay day = new DeskDay(profile);
        for (Fields order : DeskDay.flow()) {
            day.receive(order, DeskDay.sentAt(order));
        }
        day.run(NIGHT);
        return day;
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void an_orders_fate_depends_on_what_it_asks_and_not_on_when_it_was_looked_at(BrokerProfile profile) {
        List<Fields> shuffled = new ArrayList<>(DeskDay.flow());
        Collections.shuffle(shuffled, new Random(3));
        DeskDay late = new DeskDay(profile);
        for (Fields order : shuffled) {
            // Held up for two seconds between the client and the broker, and decided in steps of a minute.
            late.receive(order, DeskDay.sentAt(order).plusSeconds(2));
        }
        for (Instant now = Instant.parse("2026-01-05T00:00:00Z"); now.isBefore(NIGHT); now = now.plusSeconds(60)) {
            late.run(now);
        }
        late.run(NIGHT);

        assertThat(late.fates()).isEqualTo(unbroken(profile).fates());
    }

    @Test
    void what_one_broker_declines_no_other_does() {
        Set<String> declined = new HashSet<>();
        for (BrokerProfile profile : brokers()) {
            unbroken(profile).orders.orders().stream()
                    .filter(order -> order.state == SimulatedOrder.State.REJECTED)
                    .forEach(order -> assertThat(declined.add(order.likeness)).isTrue());
        }
        assertThat(declined).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void a_desk_that_reads_its_log_again_goes_on_as_if_it_had_never_stopped(BrokerProfile profile) {
        DeskDay first = new DeskDay(profile);
        for (Fields order : DeskDay.flow()) {
            first.receive(order, DeskDay.sentAt(order));
        }
        first.run(Instant.parse("2026-01-05T10:03:10Z"));

        DeskDay again = new DeskDay(profile);
        first.log.forEach(again::take);
        again.run(NIGHT);

        assertThat(again.fates()).isEqualTo(unbroken(profile).fates());
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void over_a_day_some_orders_are_refused_most_fill_in_parts_and_none_overfills(BrokerProfile profile) {
        DeskDay day = unbroken(profile);

        assertThat(day.orders.orders())
                .hasSize(200)
                .allSatisfy(order -> assertThat(order.executed()).isLessThanOrEqualTo(order.quantity));
        assertThat(day.orders.orders()).noneMatch(SimulatedOrder::isLive);
        assertThat(day.orders.orders().stream().filter(o -> o.state == SimulatedOrder.State.REJECTED))
                .hasSizeBetween(1, 15);
        assertThat(day.orders.orders().stream().filter(o -> o.executions.size() > 1))
                .hasSizeGreaterThan(80);
    }
}
