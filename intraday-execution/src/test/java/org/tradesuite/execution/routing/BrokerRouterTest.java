package org.tradesuite.execution.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ALFA;
import static org.tradesuite.execution.reference.SampleDesk.BRAVO;
import static org.tradesuite.execution.reference.SampleDesk.TOYOTA;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** In London ALFA takes 2 bp, at least 5 pounds; BRAVO 3 bp, at least 4; both 0.5 bp of fees. */
class BrokerRouterTest {

    private static final Mic XLON = Mic.of("XLON");
    private static final Set<BrokerId> BOTH = Set.of(ALFA, BRAVO);

    private final ReferenceData reference = SampleDesk.reference();
    private final Scorecards scorecards = new Scorecards();

    @Test
    void the_cheaper_rate_wins_a_large_order_and_the_smaller_minimum_a_small_one() {
        assertThat(choose("100000", BOTH).broker()).isEqualTo(ALFA);
        assertThat(choose("1000", BOTH).broker()).isEqualTo(BRAVO);
    }

    @Test
    void every_candidates_arithmetic_adds_up_and_is_kept() {
        var choice = choose("100000", BOTH);

        assertThat(choice.candidates()).extracting(Candidate::broker).containsExactly(ALFA, BRAVO);
        assertThat(choice.candidates())
                .allSatisfy(each -> assertThat(each.total().value())
                        .isEqualByComparingTo(each.commission()
                                .value()
                                .add(each.fee().value())
                                .add(each.slippage().value())
                                .add(each.rejects().value())));
        var best = choice.candidates().getFirst();
        assertThat(best.commission()).isEqualTo(BasisPoints.of("2"));
        assertThat(best.slippage())
                .as("half the spread of 4, nothing measured yet")
                .isEqualTo(BasisPoints.of("2"));
        assertThat(best.rejects()).as("2 percent of 10 bp").isEqualTo(BasisPoints.of("0.2"));
        assertThat(choice.reason()).isEqualTo("ALFA is expected to cost 4.70 bp, BRAVO 5.70 bp.");
    }

    @Test
    void bad_fills_cost_a_broker_its_orders() {
        // 20 bp worse than the mid on two million: (2 x 1m + 20 x 2m) / 3m = 14 bp expected.
        scorecards.filled(ALFA, XLON, Side.BUY, Quantity.of(2_000_000), Price.of("1.002"), Price.of("1.00"));

        var choice = choose("100000", BOTH);

        assertThat(choice.broker()).isEqualTo(BRAVO);
        assertThat(choice.candidates().getLast().slippage().value().doubleValue())
                .isBetween(13.9, 14.1);
    }

    @Test
    void a_sale_below_the_mid_is_as_bad_as_a_buy_above_it() {
        scorecards.filled(ALFA, XLON, Side.BUY, Quantity.of(1000), Price.of("1.01"), Price.of("1.00"));
        scorecards.filled(BRAVO, XLON, Side.SELL, Quantity.of(1000), Price.of("0.99"), Price.of("1.00"));

        assertThat(scorecards.of(ALFA, XLON).slippageCost())
                .isEqualByComparingTo(scorecards.of(BRAVO, XLON).slippageCost())
                .isEqualByComparingTo("10");
    }

    @Test
    void rejects_cost_a_broker_its_orders() {
        for (var order = 0; order < 50; order++) {
            scorecards.sent(ALFA, XLON);
            scorecards.rejected(ALFA, XLON);
        }

        var choice = choose("100000", BOTH);

        assertThat(choice.broker()).isEqualTo(BRAVO);
        assertThat(choice.candidates().getLast().rejects())
                .as("half of it measured: 51 percent of 10 bp")
                .isEqualTo(BasisPoints.of("5.1"));
    }

    @Test
    void what_happened_on_one_market_says_nothing_about_another() {
        scorecards.filled(ALFA, Mic.of("XTKS"), Side.BUY, Quantity.of(1000), Price.of("9"), Price.of("1"));

        assertThat(choose("100000", BOTH).broker()).isEqualTo(ALFA);
    }

    @Test
    void a_broker_that_is_not_connected_is_not_chosen_and_the_reason_is_kept() {
        var choice = choose("100000", Set.of(BRAVO));

        assertThat(choice.broker()).isEqualTo(BRAVO);
        assertThat(choice.candidates().getLast().excluded()).isEqualTo("is not connected");
        assertThat(choice.reason()).contains("the only one able");
    }

    @Test
    void with_nobody_able_nobody_is_chosen() {
        assertThat(choose("100000", Set.of()).broker()).isNull();

        var toyota = choose(TOYOTA, "100", "2840", Set.of(BRAVO));

        assertThat(toyota.broker()).isNull();
        assertThat(toyota.reason()).contains("BRAVO has no rate on XTKS").contains("ALFA is not connected");
    }

    @Test
    void equal_costs_are_decided_by_name() {
        assertThat(choose("0", BOTH).candidates()).extracting(Candidate::broker).containsExactly(ALFA, BRAVO);
    }

    private BrokerChoice choose(String quantity, Set<BrokerId> reachable) {
        return choose(VOD, quantity, "1.00", reachable);
    }

    private BrokerChoice choose(InstrumentId instrument, String quantity, String price, Set<BrokerId> reachable) {
        return BrokerRouter.choose(
                reference.instrument(instrument).orElseThrow(),
                Quantity.of(quantity),
                Price.of(price),
                reference,
                scorecards,
                RoutingPolicy.STARTING,
                reachable);
    }
}
