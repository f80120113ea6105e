package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Halts and price bands as the market says them by 35=f. */
class MarketPhasesTest {

    private static final int HALT = 2;
    private static final int RESUME = 3;
    private static final int IMBALANCE = 7;

    private final DeskStory desk = new DeskStory();

    private DeskStory says(int status, @Nullable String low, @Nullable String high) {
        return desk.gets(new Input.SecurityStatus(
                desk.now, House.VOD, status, low == null ? null : Price.of(low), high == null ? null : Price.of(high)));
    }

    private DeskStory says(int status) {
        return says(status, null, null);
    }

    private void refused(RefusalCode... codes) {
        assertThat(((Effect.Outcome.DecisionRefused) desk.answer()).codes()).containsExactly(codes);
    }

    private void accepted() {
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.DecisionAccepted.class);
    }

    @Test
    void while_its_market_halts_it_an_order_is_refused_and_afterwards_it_is_not() {
        says(HALT);
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.MARKET_HALTED);
        desk.buys("D1", "100");
        refused(RefusalCode.MARKET_HALTED);
        says(RESUME);
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.MARKET_RESUMED);
        desk.buys("D2", "100");
        accepted();
    }

    @ParameterizedTest
    @CsvSource({"98.99, false", "99, true", "101, true", "101.01, false"})
    void a_limit_may_be_at_the_end_of_the_band_and_not_beyond(String limit, boolean within) {
        says(17, "99", "101");
        desk.buys("D1", "100", limit);
        if (within) {
            accepted();
        } else {
            refused(RefusalCode.PRICE_OUTSIDE_BAND);
        }
    }

    @Test
    void a_market_order_has_no_limit_to_be_beyond_a_band() {
        says(17, "99", "99.5");
        desk.buys("D1", "100");
        accepted();
    }

    @Test
    void a_band_may_have_one_end_and_the_newest_holds() {
        says(17, null, "100");
        desk.buys("D1", "100", "100.5");
        refused(RefusalCode.PRICE_OUTSIDE_BAND);
        says(17, null, "101");
        desk.buys("D2", "100", "100.5");
        accepted();
    }

    @Test
    void slices_pause_in_a_halt_and_go_on_at_the_resume() {
        desk.decides("D1", Side.BUY, "4000", null, Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        desk.acknowledges("OD1-1-1").fills("OD1-1-1", "1000", "100");
        says(HALT);
        desk.later(Duration.ofMinutes(11));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(((ParentOrder.Open) desk.order("OD1")).waits()).contains("VOD.XLON is halted by its market");
        says(RESUME);
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("1000"));
    }

    @Test
    void at_the_resume_a_slice_whose_limit_is_beyond_the_new_band_waits_on() {
        desk.decides("D1", Side.BUY, "4000", "100.5", Algo.TWAP, desk.now.plus(Duration.ofMinutes(40)));
        desk.acknowledges("OD1-1-1").fills("OD1-1-1", "1000", "100");
        says(HALT);
        desk.later(Duration.ofMinutes(11));
        says(RESUME, "95", "100");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(((ParentOrder.Open) desk.order("OD1")).waits()).contains("beyond the market's price band");
        says(RESUME, "95", "105");
        desk.only(Effect.SendNewOrder.class);
    }

    @Test
    void what_works_stays_with_the_broker_in_a_halt_and_may_be_cancelled_and_made_smaller() {
        desk.buys("D1", "100", "99").acknowledges("OD1-1-1");
        says(HALT);
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
        desk.amends("OD1", "60", null);
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        desk.amends("OD1", "101", null);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.Refused.class);
        desk.cancels("OD1");
        desk.only(Effect.SendCancel.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 18, 19, 20, 21, 24, 25, 26, 99})
    void whatever_does_not_say_that_it_trades_is_a_halt(int status) {
        says(status).buys("D1", "100");
        refused(RefusalCode.MARKET_HALTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 17, 22, 23})
    void what_says_that_it_trades_ends_a_halt(int status) {
        says(HALT);
        says(status).buys("D1", "100");
        accepted();
    }

    @Test
    void an_imbalance_changes_neither_a_halt_nor_trading() {
        says(IMBALANCE).buys("D1", "100");
        accepted();
        says(HALT);
        says(IMBALANCE).buys("D2", "200");
        refused(RefusalCode.MARKET_HALTED);
    }

    @Test
    void what_was_said_before_is_not_recorded_again() {
        says(HALT);
        var facts = desk.facts().size();
        says(HALT);
        says(18);
        assertThat(desk.facts()).hasSize(facts);
    }

    @Test
    void a_restart_knows_of_the_halt() {
        says(HALT, "99", "101");
        var again = desk.restarted();
        assertThat(Objects.requireNonNull(again.desk.state().phase(House.VOD)).trades())
                .isFalse();
        again.quotes("99.99", "100.01").buys("D1", "100");
        assertThat(((Effect.Outcome.DecisionRefused) again.answer()).codes())
                .containsExactly(RefusalCode.MARKET_HALTED);
    }
}
