package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What a client hears of a replace that waits for a person of ours: it is pending until its brokers have it, or refused with
 * 35=9 and the order stays what it was.
 */
class ClientHeldAmendmentTest {
    private final ClientStory client = new ClientStory();
    private final DeskStory desk = client.desk;

    /** A thousand at 100, with ALFA; its client has heard of it. */
    private void working() {
        client.sends("C1", "1000", "100");
        desk.acknowledges("ODC1-1-1");
        client.hears();
    }

    private ClientStory tooDear() {
        working();
        return client.replaces("C2", "C1", "1000", "120");
    }

    @Test
    void it_is_pending_replace_and_nothing_goes_to_the_broker() {
        tooDear();
        assertThat(client.hears()).containsExactly("PENDING_REPLACE/PENDING_REPLACE C2,C1 38=1000 14=0 151=1000");
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
    }

    @Test
    void let_pass_it_is_replaced_when_its_broker_has_it() {
        tooDear();
        client.hears();
        desk.letsAmendmentPass("riley", "ODC1", 1);
        assertThat(client.hears()).isEmpty();
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/NEW C2,C1 38=1000 14=0 151=1000");
        desk.fills("ODC1-1-2", "1000", "119");
        assertThat(client.hears()).containsExactly("TRADE/FILLED C2 38=1000 14=1000 151=0 6=119 32=1000 31=119");
    }

    @Test
    void let_pass_while_no_broker_has_anything_it_is_replaced_at_once() {
        desk.loses(House.ALFA).loses(House.BRAVO);
        client.sends("C1", "1000", "100");
        client.hears();
        client.replaces("C2", "C1", "1000", "120");
        desk.letsAmendmentPass("riley", "ODC1", 1);
        assertThat(client.hears())
                .containsExactly(
                        "PENDING_REPLACE/PENDING_REPLACE C2,C1 38=1000 14=0 151=1000",
                        "REPLACED/NEW C2,C1 38=1000 14=0 151=1000");
    }

    @Test
    void refused_by_risk_its_replace_is_refused() {
        tooDear();
        client.hears();
        desk.refusesAmendment("riley", "ODC1");
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=2");
        assertThat(desk.facts())
                .filteredOn(ClientFact.RequestRefused.class::isInstance)
                .last()
                .extracting(fact -> ((ClientFact.RequestRefused) fact).text())
                .isEqualTo("Not let pass (REFUSED): not today");
        // Its id is used; the order is C1 as before.
        client.replaces("C2", "C1", "900", "100");
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=6");
        client.replaces("C3", "C1", "900", "100").replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears())
                .containsExactly(
                        "PENDING_REPLACE/PENDING_REPLACE C3,C1 38=1000 14=0 151=1000",
                        "REPLACED/NEW C3,C1 38=900 14=0 151=900");
    }

    @Test
    void when_nobody_decides_its_replace_is_refused() {
        tooDear();
        client.hears();
        desk.later(Duration.ofHours(1));
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=2");
    }

    @Test
    void held_again_it_is_told_nothing_new() {
        tooDear();
        client.hears();
        desk.quotes("95.99", "96.01").letsAmendmentPass("riley", "ODC1", 1);
        assertThat(client.hears()).isEmpty();
    }

    @Test
    void the_close_of_the_day_refuses_it_before_the_order_expires() {
        tooDear();
        client.hears();
        desk.closes().confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears())
                .containsExactly("REFUSED/NEW C2,C1 434=2 102=2", "EXPIRED/EXPIRED C1 38=1000 14=0 151=0");
    }

    /** Appendix D: the cancel overtakes it. */
    @Test
    void its_client_cancels_the_order_meanwhile() {
        tooDear();
        client.hears();
        client.cancels("C3", "C1");
        assertThat(client.hears())
                .containsExactly(
                        "PENDING_CANCEL/PENDING_CANCEL C3,C1 38=1000 14=0 151=1000",
                        "REFUSED/PENDING_CANCEL C2,C1 434=2 102=0");
        desk.confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C3,C1 38=1000 14=0 151=0");
        desk.letsAmendmentPass("riley", "ODC1", 1);
        assertThat(desk.answer()).isInstanceOf(Effect.Outcome.Refused.class);
    }

    @Test
    void a_cancel_that_comes_too_late_finds_it_filled() {
        tooDear();
        client.hears();
        client.cancels("C3", "C2");
        client.hears();
        desk.fills("ODC1-1-1", "1000", "100");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE/PENDING_CANCEL C1 38=1000 14=1000 151=0 6=100 32=1000 31=100",
                        "REFUSED/FILLED C3,C1 434=1 102=0");
    }

    @Test
    void another_replace_meanwhile_is_refused() {
        tooDear();
        client.hears();
        client.replaces("C3", "C1", "500", "100");
        assertThat(client.hears()).containsExactly("REFUSED/PENDING_REPLACE C3,C1 434=2 102=3");
        assertThat(desk.desk.state().heldAmendment("ODC1")).isNotNull();
    }

    @Test
    void a_replace_while_somebody_of_the_desk_has_asked_for_one_is_refused() {
        working();
        desk.amends("ODC1", null, "120");
        assertThat(client.hears()).isEmpty();
        client.replaces("C2", "C1", "900", "100");
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=3");
        desk.letsAmendmentPass("riley", "ODC1", 1);
        assertThat(client.hears()).containsExactly("RESTATED/NEW C1 38=1000 14=0 151=1000");
    }

    /** What brokers are asked already is not what waits. */
    @Test
    void a_replace_under_way_is_told_as_done_while_another_of_the_desk_waits() {
        working();
        client.replaces("C2", "C1", "900", "100");
        client.hears();
        desk.amends("ODC1", null, "120");
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/NEW C2,C1 38=900 14=0 151=900");
    }

    @Test
    void executions_meanwhile_are_of_the_order_as_it_was() {
        tooDear();
        client.hears();
        desk.fills("ODC1-1-1", "400", "100");
        assertThat(client.hears())
                .containsExactly("TRADE/PENDING_REPLACE C1 38=1000 14=400 151=600 6=100 32=400 31=100");
        desk.letsAmendmentPass("riley", "ODC1", 1);
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/PARTIALLY_FILLED C2,C1 38=1000 14=400 151=600 6=100");
    }

    @Test
    void filled_meanwhile_it_is_too_late() {
        tooDear();
        client.hears();
        desk.fills("ODC1-1-1", "1000", "100");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE/PENDING_REPLACE C1 38=1000 14=1000 151=0 6=100 32=1000 31=100",
                        "REFUSED/FILLED C2,C1 434=2 102=0");
    }

    @Test
    void executed_beyond_what_it_asks_for_it_is_too_late() {
        working();
        client.replaces("C2", "C1", "300", "120");
        client.hears();
        desk.fills("ODC1-1-1", "301", "100");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE/PENDING_REPLACE C1 38=1000 14=301 151=699 6=100 32=301 31=100",
                        "REFUSED/PARTIALLY_FILLED C2,C1 434=2 102=0");
    }

    @Test
    void a_hard_block_at_the_last_moment_refuses_it() {
        working();
        client.replaces("C2", "C1", "1200", "120");
        client.hears();
        desk.gets(new Input.SwitchRequested(
                desk.now, 991, "riley", "a test", SwitchScope.FIRM, TradingState.HALTED, false, "stop-1", "hash"));
        desk.letsAmendmentPass("riley", "ODC1", 1);
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=2");
    }

    @Test
    void asked_about_it_is_pending_replace() {
        tooDear();
        client.gets(new ClientMessage.StatusQuestion(ClientStory.CLIENT, "C2", "Q1", ClientStory.terms("1000", "100")));
        assertThat(client.isAnswered())
                .containsExactly("ORDER_STATUS/PENDING_REPLACE C1 38=1000 14=0 151=1000 Q1 1 last");
        client.gets(new ClientMessage.MassQuestion(ClientStory.CLIENT, "Q2", null));
        assertThat(client.isAnswered())
                .containsExactly("ORDER_STATUS/PENDING_REPLACE C1 38=1000 14=0 151=1000 Q2 1 last");
    }

    @Test
    void sent_again_as_a_possible_resend_it_is_pending_replace() {
        tooDear();
        client.gets(new ClientMessage.Replace(
                ClientStory.CLIENT,
                77,
                "C2",
                "C1",
                true,
                Side.BUY,
                Quantity.of("1000"),
                OrderType.LIMIT,
                Price.of("120"),
                null));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/PENDING_REPLACE C2 38=1000 14=0 151=1000");
    }

    @Test
    void a_cut_line_takes_the_order_back_and_the_replace_with_it() {
        tooDear();
        client.hears();
        client.gets(new ClientMessage.Gone(ClientStory.CLIENT));
        assertThat(client.hears()).containsExactly("REFUSED/NEW C2,C1 434=2 102=0");
        desk.confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C1 38=1000 14=0 151=0");
    }

    @Test
    void after_a_restart_it_is_still_pending_and_is_told_how_it_ends() {
        tooDear();
        client.hears();
        var again = desk.restarted();
        var order = again.desk.state().clients().order("ODC1");
        assertThat(Objects.requireNonNull(order).pending(false)).isEqualTo(new ClientBook.Request("C2", "C1", false));
        again.refusesAmendment("riley", "ODC1");
        assertThat(again.facts()).last().isInstanceOfSatisfying(ClientFact.RequestRefused.class, refused -> {
            assertThat(refused.clOrdId()).isEqualTo("C2");
            assertThat(refused.reason()).isEqualTo(2);
        });
    }
}
