package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;

/** FIX Appendix D from the receiver's side: what a client is told of the order it gave us. */
class ClientDeskTest {
    private final ClientStory client = new ClientStory();
    private final DeskStory desk = client.desk;

    // A: the order

    @Test
    void an_order_is_new_then_partly_filled_then_filled() {
        client.sends("C1", "1000", null);
        assertThat(client.hears()).containsExactly("NEW/NEW C1 38=1000 14=0 151=1000");
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "400", "100");
        assertThat(client.hears())
                .containsExactly("TRADE/PARTIALLY_FILLED C1 38=1000 14=400 151=600 6=100 32=400 31=100");
        desk.fills("ODC1-1-1", "600", "101");
        assertThat(client.hears()).containsExactly("TRADE/FILLED C1 38=1000 14=1000 151=0 6=100.6 32=600 31=101");
    }

    @Test
    void an_order_the_rules_refuse_is_rejected_by_reason() {
        client.sends("C1", "1.5", null);
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C1 38=1.5 14=0 151=0 103=13");
    }

    @Test
    void an_order_that_cannot_be_read_is_rejected_and_kept() {
        client.gets(client.wrong("C1", 15, "no such account"));
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C1 38=10 14=0 151=0 103=15");
        assertThat(desk.facts()).noneMatch(DeskFact.DecisionAccepted.class::isInstance);
    }

    @Test
    void more_open_orders_than_allowed_are_rejected() {
        client.sends("C1", "10", null);
        client.hears();
        client.gets(client.order("C2", "10", null, false, 1));
        assertThat(client.hears()).containsExactly("REJECTED/REJECTED C2 38=10 14=0 151=0 103=3");
        desk.fills("ODC1-1-1", "10", "100");
        client.hears();
        client.gets(client.order("C3", "10", null, false, 1));
        assertThat(client.hears()).containsExactly("NEW/NEW C3 38=10 14=0 151=10");
    }

    // F: possible resends and duplicates

    @Test
    void a_duplicate_is_rejected_and_shows_and_leaves_the_first() {
        client.sends("C1", "1000", null);
        desk.fills("ODC1-1-1", "400", "100");
        client.hears();
        client.sends("C1", "1000", null);
        assertThat(client.hears()).containsExactly("REJECTED/PARTIALLY_FILLED C1 38=1000 14=400 151=600 6=100 103=6");
        assertThat(desk.order("ODC1").status()).isEqualTo(ParentOrder.Status.PARTFILLED);
    }

    @Test
    void a_possible_resend_of_a_known_order_is_answered_by_status() {
        client.sends("C1", "1000", null);
        client.hears();
        client.gets(client.order("C1", "1000", null, true, 10));
        assertThat(client.hears()).isEmpty();
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/NEW C1 38=1000 14=0 151=1000");
        assertThat(desk.facts().stream().filter(DeskFact.DecisionAccepted.class::isInstance))
                .hasSize(1);
    }

    @Test
    void a_possible_resend_of_an_unknown_order_is_an_order() {
        client.gets(client.order("C1", "1000", null, true, 10));
        assertThat(client.hears()).containsExactly("NEW/NEW C1 38=1000 14=0 151=1000");
    }

    // B: cancels

    @Test
    void a_cancel_is_pending_until_the_broker_cancels() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "400", "100");
        client.hears();
        client.cancels("C2", "C1");
        assertThat(client.hears()).containsExactly("PENDING_CANCEL/PENDING_CANCEL C2,C1 38=1000 14=400 151=600 6=100");
        desk.confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C2,C1 38=1000 14=400 151=0 6=100");
    }

    @Test
    void a_fill_that_crosses_the_cancel_fills_it_and_refuses_the_cancel() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1");
        client.hears();
        client.cancels("C2", "C1");
        client.hears();
        desk.fills("ODC1-1-1", "1000", "100");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE/PENDING_CANCEL C1 38=1000 14=1000 151=0 6=100 32=1000 31=100",
                        "REFUSED/FILLED C2,C1 434=1 102=0");
    }

    @Test
    void a_cancel_of_an_unknown_order_is_refused() {
        client.cancels("C2", "C1");
        assertThat(client.hears()).containsExactly("REFUSED/REJECTED C2,C1 434=1 102=1");
    }

    @Test
    void a_cancel_of_an_order_that_ended_is_too_late() {
        client.sends("C1", "1000", null);
        desk.fills("ODC1-1-1", "1000", "100");
        client.hears();
        client.cancels("C2", "C1");
        assertThat(client.hears()).containsExactly("REFUSED/FILLED C2,C1 434=1 102=0");
    }

    @Test
    void a_second_cancel_is_refused_while_the_first_is_pending() {
        client.sends("C1", "1000", null).cancels("C2", "C1");
        client.hears();
        client.cancels("C3", "C1");
        assertThat(client.hears()).containsExactly("REFUSED/PENDING_CANCEL C3,C1 434=1 102=3");
    }

    @Test
    void a_cancel_under_an_id_that_was_used_is_a_duplicate() {
        client.sends("C1", "1000", null);
        client.hears();
        client.cancels("C1", "C1");
        assertThat(client.hears()).containsExactly("REFUSED/NEW C1,C1 434=1 102=6");
        assertThat(desk.order("ODC1").ended()).isFalse();
    }

    @Test
    void a_cancel_by_the_desk_is_unsolicited() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1");
        client.hears();
        desk.cancels("ODC1").confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C1 38=1000 14=0 151=0");
    }

    @Test
    void a_cut_line_cancels_the_orders_of_a_client_that_wants_it_so() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1");
        client.hears();
        client.gets(new ClientMessage.Gone(ClientStory.CLIENT));
        desk.confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("CANCELED/CANCELED C1 38=1000 14=0 151=0");
    }

    @Test
    void the_end_of_the_day_expires_the_order() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1");
        client.hears();
        desk.closes().confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("EXPIRED/EXPIRED C1 38=1000 14=0 151=0");
    }

    // C and D: replaces

    @Test
    void a_larger_order_is_replaced_when_the_broker_holds_it() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "400", "100");
        client.hears();
        client.replaces("C2", "C1", "1500", null);
        assertThat(client.hears())
                .containsExactly("PENDING_REPLACE/PENDING_REPLACE C2,C1 38=1000 14=400 151=600 6=100");
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/PARTIALLY_FILLED C2,C1 38=1500 14=400 151=1100 6=100");
    }

    @Test
    void a_smaller_order_is_pending_until_the_broker_holds_no_more_and_fills_count_meanwhile() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1");
        client.hears();
        client.replaces("C2", "C1", "8000", null);
        assertThat(client.hears()).containsExactly("PENDING_REPLACE/PENDING_REPLACE C2,C1 38=10000 14=0 151=10000");
        // D.1.a: the fill is of the order as it still is.
        desk.fills("ODC1-1-1", "1500", "100");
        assertThat(client.hears())
                .containsExactly("TRADE/PENDING_REPLACE C1 38=10000 14=1500 151=8500 6=100 32=1500 31=100");
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/PARTIALLY_FILLED C2,C1 38=8000 14=1500 151=6500 6=100");
    }

    @Test
    void a_fill_that_crosses_the_replace_amends_it_up_to_what_is_executed() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1");
        client.replaces("C2", "C1", "7000", null);
        client.hears();
        desk.fills("ODC1-1-1", "10000", "100");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE/PENDING_REPLACE C1 38=10000 14=10000 151=0 6=100 32=10000 31=100",
                        "REPLACED/FILLED C2,C1 38=10000 14=10000 151=0 6=100");
    }

    @Test
    void a_replace_below_what_is_executed_ends_the_order_with_it() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "7000", "100");
        client.hears();
        client.replaces("C2", "C1", "5000", null);
        assertThat(client.hears())
                .containsExactly("PENDING_REPLACE/PENDING_REPLACE C2,C1 38=10000 14=7000 151=3000 6=100");
        desk.confirmsCancel("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/FILLED C2,C1 38=7000 14=7000 151=0 6=100");
    }

    @Test
    void a_replace_while_one_is_pending_is_refused_and_the_first_lives_on() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1");
        client.replaces("C2", "C1", "8000", null);
        client.hears();
        client.replaces("C3", "C1", "6000", null);
        assertThat(client.hears()).containsExactly("REFUSED/PENDING_REPLACE C3,C1 434=2 102=3");
        client.replaced("ODC1-1-2", "ODC1-1-1");
        assertThat(client.hears()).containsExactly("REPLACED/NEW C2,C1 38=8000 14=0 151=8000");
    }

    @Test
    void a_chain_of_replaces_goes_on_from_the_last_accepted_id() {
        client.sends("C1", "1000", null);
        desk.acknowledges("ODC1-1-1");
        client.replaces("C2", "C1", "1200", null).replaced("ODC1-1-2", "ODC1-1-1");
        client.hears();
        client.replaces("C3", "C1", "1300", null);
        assertThat(client.hears()).containsExactly("REFUSED/NEW C3,C2 434=2 102=2");
        client.replaces("C4", "C2", "1300", null).replaced("ODC1-1-3", "ODC1-1-2");
        assertThat(client.hears())
                .containsExactly(
                        "PENDING_REPLACE/PENDING_REPLACE C4,C2 38=1200 14=0 151=1200",
                        "REPLACED/NEW C4,C2 38=1300 14=0 151=1300");
    }

    @Test
    void a_cancel_overtakes_a_pending_replace() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1");
        client.replaces("C2", "C1", "8000", null);
        client.hears();
        client.cancels("C3", "C1");
        assertThat(client.hears()).containsExactly("PENDING_CANCEL/PENDING_CANCEL C3,C1 38=10000 14=0 151=10000");
        desk.confirmsCancel("ODC1-1-3", "ODC1-1-1");
        assertThat(client.hears())
                .containsExactly("REFUSED/CANCELED C2,C1 434=2 102=0", "CANCELED/CANCELED C3,C1 38=10000 14=0 151=0");
    }

    @Test
    void a_replace_of_an_order_that_ended_is_too_late() {
        client.sends("C1", "1000", null);
        desk.fills("ODC1-1-1", "1000", "100");
        client.hears();
        client.replaces("C2", "C1", "2000", null);
        assertThat(client.hears()).containsExactly("REFUSED/FILLED C2,C1 434=2 102=0");
    }

    @Test
    void an_amendment_by_the_desk_restates_the_order() {
        client.sends("C1", "1000", null);
        client.hears();
        desk.amends("ODC1", "1200", null);
        assertThat(client.hears()).containsExactly("RESTATED/NEW C1 38=1200 14=0 151=1200");
    }

    // J: busts and corrections

    @Test
    void a_bust_opens_a_filled_order_again() {
        client.sends("C1", "1000", null);
        desk.fills("ODC1-1-1", "400", "100", "X1").fills("ODC1-1-1", "600", "110", "X2");
        client.hears();
        desk.busts("ODC1-1-1", "X2");
        assertThat(client.hears())
                .containsExactly(
                        "TRADE_CANCEL/PARTIALLY_FILLED C1 38=1000 14=400 151=600 6=100 32=600 31=110 19=ODC1-1-F2");
    }

    // I: status requests

    @Test
    void a_status_request_is_answered_and_changes_nothing() {
        client.sends("C1", "1000", null);
        client.hears();
        client.gets(new ClientMessage.StatusQuestion(ClientStory.CLIENT, "C1", "Q1", ClientStory.terms("0", null)));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/NEW C1 38=1000 14=0 151=1000 Q1 1 last");
        assertThat(client.hears()).isEmpty();
    }

    @Test
    void a_status_request_for_an_unknown_order_says_so() {
        client.gets(new ClientMessage.StatusQuestion(ClientStory.CLIENT, "C9", null, ClientStory.terms("0", null)));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/REJECTED C9 38=0 14=0 151=0 103=5");
    }

    @Test
    void a_mass_status_request_gets_a_report_for_each_open_order() {
        client.sends("C1", "1000", null).sends("C2", "20", null).sends("C3", "30", null);
        desk.fills("ODC2-1-1", "20", "100");
        client.gets(new ClientMessage.MassQuestion(ClientStory.CLIENT, "M1", null));
        assertThat(client.isAnswered())
                .containsExactly(
                        "ORDER_STATUS/NEW C1 38=1000 14=0 151=1000 M1 2",
                        "ORDER_STATUS/NEW C3 38=30 14=0 151=30 M1 2 last");
        client.gets(new ClientMessage.MassQuestion("SOMEBODY", "M2", null));
        assertThat(client.isAnswered()).containsExactly("ORDER_STATUS/REJECTED NONE 38=0 14=0 151=0 M2 0 last");
    }

    // Drop copies

    @Test
    void orders_that_did_not_come_by_fix_are_reported_only_if_somebody_takes_copies() {
        desk.buys("D1", "100");
        assertThat(client.hears()).isEmpty();
        client.gets(new ClientMessage.CopiesWanted("COPY1"));
        desk.buys("D2", "200").fills("OD2-1-1", "200", "100");
        assertThat(client.hears())
                .containsExactly(
                        "NEW/NEW OD2 38=200 14=0 151=200", "TRADE/FILLED OD2 38=200 14=200 151=0 6=100 32=200 31=100");
    }

    // Replay

    @Test
    void a_replay_knows_the_same_ids_requests_and_sequences() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1");
        client.replaces("C2", "C1", "8000", null).cancels("C3", "C1").sends("C4", "5", null);
        var replayed = new Desk(House.settings(), House.reference());
        desk.journal.forEach(replayed::replay);
        assertThat(replayed.state().clients().content())
                .isEqualTo(desk.desk.state().clients().content());
        assertThat(replayed.state().clients().inbound()).containsEntry(ClientStory.CLIENT, 4L);
    }

    @Test
    void a_client_that_counts_from_1_again_is_expected_at_1() {
        client.sends("C1", "10", null);
        client.gets(new ClientMessage.CounterReset(ClientStory.CLIENT));
        assertThat(desk.desk.state().clients().inbound()).containsEntry(ClientStory.CLIENT, 0L);
    }

    @Test
    void no_two_reports_have_one_exec_id_and_leaves_always_add_up() {
        client.sends("C1", "10000", null);
        desk.acknowledges("ODC1-1-1").fills("ODC1-1-1", "1000", "100", "X1");
        client.replaces("C2", "C1", "8000", null);
        client.replaced("ODC1-1-2", "ODC1-1-1").sends("C3", "10", null).sends("C3", "10", null);
        desk.busts("ODC1-1-1", "X1").later(Duration.ofSeconds(1));
        client.cancels("C5", "C2");
        Set<String> ids = new HashSet<>();
        for (var fact : desk.facts()) {
            if (fact instanceof ClientFact.Told told) {
                var report = told.report();
                assertThat(ids.add(report.execId())).as(report.execId()).isTrue();
                if (report.status() != OrdStatus.CANCELED && report.status() != OrdStatus.REJECTED) {
                    assertThat(report.leaves().plus(report.cumulative()))
                            .isEqualTo(report.terms().quantity());
                }
            }
        }
        assertThat(ids).hasSizeGreaterThan(6);
    }
}
