package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.Outcome;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Side;

/** What an amendment is asked, and what an order counts while its brokers have not taken one. */
class AmendmentChecksTest {

    private final DeskStory desk = new DeskStory();

    @Test
    void what_becomes_cheaper_counts_at_the_dearer_price_until_its_broker_has_taken_the_cheaper_one() {
        desk.buys("D1", "100", "105.00").acknowledges("OD1-1-1");
        desk.amends("OD1", null, "95.00");
        assertThat(desk.promised()).isEqualByComparingTo("10500");
        desk.reports("OD1-1-2", "OD1-1-1", ExecType.REPLACED, OrdStatus.NEW, null, null, null);
        assertThat(desk.promised()).isEqualByComparingTo("9500");
    }

    @Test
    void what_a_broker_refuses_to_make_cheaper_counts_at_the_dearer_price() {
        desk.buys("D1", "100", "105.00").acknowledges("OD1-1-1");
        desk.amends("OD1", null, "95.00");
        desk.gets(new Input.BrokerCancelReject(
                desk.now, House.ALFA, 100, "OD1-1-2", "OD1-1-1", true, OrdStatus.NEW, "0", "no"));
        assertThat(desk.promised()).isEqualByComparingTo("10500");
    }

    @Test
    void meanwhile_nobody_else_uses_the_difference() {
        desk.limits(Map.of(LimitKind.MAX_WORKING_NOTIONAL, "11000"));
        desk.buys("D1", "100", "105.00").acknowledges("OD1-1-1");
        desk.amends("OD1", null, "95.00");
        desk.buys("D2", "10", "95.00");
        assertThat(((Outcome.DecisionRefused) desk.answer()).codes())
                .containsExactly(RefusalCode.WORKING_NOTIONAL_EXCEEDED);
        desk.reports("OD1-1-2", "OD1-1-1", ExecType.REPLACED, OrdStatus.NEW, null, null, null);
        desk.buys("D3", "10", "95.00");
        assertThat(desk.answer()).isInstanceOf(Outcome.DecisionAccepted.class);
    }

    @Test
    void a_market_order_counts_at_the_price_it_would_have_to_pay() {
        desk.quotes("99.00", "101.00").buys("D1", "100");
        assertThat(desk.promised()).isEqualByComparingTo("10100");
    }

    @Test
    void what_the_broker_holds_is_made_larger_up_to_the_brokers_limit() {
        desk.limits(Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100.00").acknowledges("OD1-1-1");
        desk.amends("OD1", "150", null);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    @Test
    void and_no_further() {
        desk.limits(Map.of(LimitKind.MAX_BROKER_NOTIONAL, "15000"));
        desk.buys("D1", "100", "100.00").acknowledges("OD1-1-1");
        desk.amends("OD1", "151", null);
        assertThat(desk.answer())
                .isEqualTo(new Outcome.Refused(Refusal.RISK, "[" + RefusalCode.BROKER_NOTIONAL_EXCEEDED + "]"));
        assertThat(desk.order("OD1").body().quantity().value()).isEqualByComparingTo("100");
    }

    @Test
    void a_filled_order_that_is_made_larger_is_one_more_that_works() {
        desk.limits(Map.of(LimitKind.MAX_OPEN_ORDERS, "1"));
        desk.buys("D1", "100", "100.00").acknowledges("OD1-1-1").fills("OD1-1-1", "100", "100");
        desk.buys("D2", "10", "100.00");
        desk.amends("OD1", "150", null);
        assertThat(desk.answer())
                .isEqualTo(new Outcome.Refused(Refusal.RISK, "[" + RefusalCode.OPEN_ORDERS_EXCEEDED + "]"));
        desk.cancels("OD2").confirmsCancel("OD2-1-2", "OD2-1-1");
        desk.amends("OD1", "150", null);
        assertThat(desk.answer()).isEqualTo(new Outcome.Done());
    }

    /** Its parts are with the broker in the old quantity, and all of them get the new price. */
    @Test
    void parts_that_are_not_taken_back_yet_count_in_full_when_they_become_dearer() {
        desk.limits(Map.of(LimitKind.MAX_WORKING_NOTIONAL, "61000"));
        desk.decides("D1", Side.BUY, "600", "100.00", Algo.TWAP, desk.now.plus(Duration.ofMinutes(20)));
        desk.later(Duration.ofMinutes(10)).later(Duration.ofMinutes(10));
        assertThat(desk.order("OD1").body().outstanding().value()).isEqualByComparingTo("600");
        desk.amends("OD1", "100", null);
        desk.amends("OD1", null, "104.00");
        assertThat(desk.answer())
                .isEqualTo(new Outcome.Refused(Refusal.RISK, "[" + RefusalCode.WORKING_NOTIONAL_EXCEEDED + "]"));
    }
}
