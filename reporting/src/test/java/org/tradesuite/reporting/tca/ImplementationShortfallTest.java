package org.tradesuite.reporting.tca;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.Side;

/** Kissell (2014) chapter 3 and Johnson (2010) example 6-1, to the printed digit. */
class ImplementationShortfallTest {

    @Test
    void kissell_all_executed_paper_5000_actual_2400_shortfall_2600() {
        ImplementationShortfall is = buy("5000", "10", "10", "11", "100", Execution.of("5000", "10.50"));
        assertThat(is.paperReturn()).isEqualByComparingTo("5000");
        assertThat(is.actualReturn()).isEqualByComparingTo("2400");
        assertThat(is.total()).isEqualByComparingTo("2600");
    }

    @Test
    void kissell_perold_execution_2000_opportunity_1000_fees_80_shortfall_3080() {
        ImplementationShortfall is = buy("5000", "10", "10", "11", "80", Execution.of("4000", "10.50"));
        assertThat(is.execution()).isEqualByComparingTo("2000");
        assertThat(is.opportunityFromDecision()).isEqualByComparingTo("1000");
        assertThat(is.fees()).isEqualByComparingTo("80");
        assertThat(is.total()).isEqualByComparingTo("3080");
    }

    @Test
    void kissell_wagner_delay_1250_trading_1000_opportunity_750_fees_80_shortfall_3080() {
        ImplementationShortfall is = buy("5000", "10", "10.25", "11", "80", Execution.of("4000", "10.50"));
        assertThat(is.delay()).isEqualByComparingTo("1250");
        assertThat(is.trading()).isEqualByComparingTo("1000");
        assertThat(is.opportunity()).isEqualByComparingTo("750");
        assertThat(is.total()).isEqualByComparingTo("3080");
    }

    @Test
    void johnson_6_1_delay_32500_trading_89250_opportunity_11750_fees_4500_total_138000() {
        ImplementationShortfall is = johnson();
        assertThat(is.delay()).isEqualByComparingTo("32500");
        assertThat(is.trading()).isEqualByComparingTo("89250");
        assertThat(is.opportunity()).isEqualByComparingTo("11750");
        assertThat(is.total()).isEqualByComparingTo("138000");
        assertThat(is.total().subtract(is.fees())).isEqualByComparingTo("133500");
    }

    @Test
    void johnson_6_1_in_basis_points_of_the_paper_notional_72_26_10_and_307() {
        ImplementationShortfall is = johnson();
        assertThat(wholeBps(is, is.delay())).isEqualTo("72");
        assertThat(wholeBps(is, is.opportunity())).isEqualTo("26");
        assertThat(wholeBps(is, is.fees())).isEqualTo("10");
        assertThat(wholeBps(is, is.total())).isEqualTo("307");
        assertThat(wholeBps(is, is.total().subtract(is.fees()))).isEqualTo("297");
    }

    @Test
    void johnson_6_1_trading_is_218_8_bps_of_executed_at_arrival_and_198_3_of_the_paper_notional() {
        ImplementationShortfall is = johnson();
        assertThat(Objects.requireNonNull(is.arrivalBasisPoints()).setScale(1, RoundingMode.HALF_UP))
                .isEqualByComparingTo("218.8");
        assertThat(is.basisPoints(is.trading()).toString()).startsWith("198.3");
    }

    @Test
    void a_sale_below_the_decision_price_is_a_cost() {
        ImplementationShortfall is = new ImplementationShortfall(
                Side.SELL,
                new BigDecimal("100"),
                new BigDecimal("10"),
                new BigDecimal("9.9"),
                new BigDecimal("9.5"),
                List.of(Execution.of("60", "9.8")),
                BigDecimal.ZERO);
        assertThat(is.delay()).isEqualByComparingTo("10");
        assertThat(is.trading()).isEqualByComparingTo("6");
        assertThat(is.opportunity()).isEqualByComparingTo("16");
        assertThat(is.slippage(new BigDecimal("9.85"))).isPositive();
    }

    @Test
    void a_gain_is_a_negative_cost_and_is_not_clamped() {
        ImplementationShortfall is = buy("100", "10", "10", "10", "0", Execution.of("100", "9.99"));
        assertThat(is.total()).isEqualByComparingTo("-1");
        assertThat(is.arrivalBasisPoints()).isEqualByComparingTo("-10");
    }

    @Test
    void an_order_without_fills_has_no_average_price_and_no_slippage() {
        ImplementationShortfall is = buy("100", "10", "10", "11", "0");
        assertThat(is.averagePrice()).isNull();
        assertThat(is.arrivalBasisPoints()).isNull();
        assertThat(is.spreadCapture()).isNull();
        assertThat(is.opportunity()).isEqualByComparingTo("100");
    }

    @Test
    void spread_capture_is_one_at_the_near_side_nothing_at_mid_and_minus_one_at_the_far_side() {
        assertThat(capture("9.90")).isEqualByComparingTo("1");
        assertThat(capture("10.00")).isEqualByComparingTo("0");
        assertThat(capture("10.10")).isEqualByComparingTo("-1");
    }

    @Property
    void wagner_and_perold_and_paper_less_actual_are_the_same_total(@ForAll("orders") ImplementationShortfall is) {
        BigDecimal wagner = is.delay().add(is.trading()).add(is.opportunity()).add(is.fees());
        BigDecimal perold = is.execution().add(is.opportunityFromDecision()).add(is.fees());
        assertThat(wagner).isEqualByComparingTo(is.total());
        assertThat(perold).isEqualByComparingTo(is.total());
    }

    @Property
    void spread_impact_and_market_move_add_up_to_trading(@ForAll("orders") ImplementationShortfall is) {
        assertThat(is.spread().add(is.impact()).add(is.marketMove())).isEqualByComparingTo(is.trading());
    }

    @Property
    void the_end_price_does_not_matter_to_an_order_that_was_filled(
            @ForAll("prices") BigDecimal end, @ForAll("prices") BigDecimal otherEnd) {
        ImplementationShortfall is = buy("100", "10", "10.2", end.toString(), "5", Execution.of("100", "10.3"));
        ImplementationShortfall other = buy("100", "10", "10.2", otherEnd.toString(), "5", Execution.of("100", "10.3"));
        assertThat(is.total()).isEqualByComparingTo(other.total());
    }

    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("0.0001"), new BigDecimal("5000"))
                .ofScale(4);
    }

    @Provide
    Arbitrary<ImplementationShortfall> orders() {
        Arbitrary<Execution> fills = Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ONE, new BigDecimal("1000"))
                                .ofScale(0),
                        prices(),
                        prices(),
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.ONE)
                                .ofScale(4))
                .as((quantity, price, bid, spread) -> new Execution(quantity, price, bid, bid.add(spread)));
        return Combinators.combine(
                        Arbitraries.of(Side.class),
                        prices(),
                        prices(),
                        prices(),
                        fills.list().ofMaxSize(5))
                .as((side, decision, arrival, end, list) -> new ImplementationShortfall(
                        side, new BigDecimal("5000"), decision, arrival, end, list, new BigDecimal("12.34")));
    }

    private static BigDecimal capture(String price) {
        Execution fill = new Execution(
                new BigDecimal("100"), new BigDecimal(price), new BigDecimal("9.90"), new BigDecimal("10.10"));
        return Objects.requireNonNull(buy("100", "10", "10", "10", "0", fill).spreadCapture());
    }

    private static ImplementationShortfall johnson() {
        return buy(
                "50000",
                "90",
                "90.65",
                "93",
                "4500",
                Execution.of("10000", "91.15"),
                Execution.of("20000", "92.50"),
                Execution.of("15000", "93.80"));
    }

    private static String wholeBps(ImplementationShortfall is, BigDecimal cost) {
        return is.basisPoints(cost).setScale(0, RoundingMode.HALF_UP).toString();
    }

    private static ImplementationShortfall buy(
            String ordered, String decision, String arrival, String end, String fees, Execution... fills) {
        return new ImplementationShortfall(
                Side.BUY,
                new BigDecimal(ordered),
                new BigDecimal(decision),
                new BigDecimal(arrival),
                new BigDecimal(end),
                List.of(fills),
                new BigDecimal(fees));
    }
}
