package org.tradesuite.execution.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.order.RouteStory.report;

import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Route.Refusal;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * FIX Appendix D: what a route of 10,000 makes of what its broker reports. The names before each test are those of FIX 4.4
 * and 5.0 SP2. X is the order's own ClOrdID R-1, Y and Z are those of the requests after it.
 */
class RouteTest {

    private final RouteStory route = new RouteStory("10000", "110");

    @Test // D.1, A.1.a
    void an_acknowledged_order_is_filled_in_parts_and_then_whole() {
        route.hears(report("A", ExecType.NEW, OrdStatus.NEW)).is(OrdStatus.NEW, "10000", "0", "10000");
        route.fills("B", "2000", "100").is(OrdStatus.PARTIALLY_FILLED, "10000", "2000", "8000");
        route.fills("C", "1000", "100").is(OrdStatus.PARTIALLY_FILLED, "10000", "3000", "7000");
        route.fills("D", "7000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
    }

    @Test // A.1.b
    void a_rejected_order_ends_without_a_fill() {
        route.hears(report("A", ExecType.REJECTED, OrdStatus.REJECTED)).is(OrdStatus.REJECTED, "10000", "0", "0");
    }

    @Test // A.1.c
    void a_pending_new_order_can_still_be_rejected() {
        route.hears(report("A", ExecType.PENDING_NEW, OrdStatus.PENDING_NEW))
                .is(OrdStatus.PENDING_NEW, "10000", "0", "10000");
        route.hears(report("B", ExecType.REJECTED, OrdStatus.REJECTED)).is(OrdStatus.REJECTED, "10000", "0", "0");
    }

    @Test
    void a_pending_new_overtaken_by_its_new_does_not_take_the_order_back() {
        route.hears(report("A", ExecType.NEW, OrdStatus.NEW));
        route.hears(report("B", ExecType.PENDING_NEW, OrdStatus.PENDING_NEW))
                .saysNothingNew()
                .is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test
    void a_fill_with_no_acknowledgement_before_it_is_booked() {
        route.fills("A", "10000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
    }

    @Test
    void an_acknowledgement_in_the_clothes_of_a_fill_books_nothing() {
        route.hears(report("A", ExecType.FILL, OrdStatus.NEW)).is(OrdStatus.NEW, "10000", "0", "10000");
        route.hears(report("B", ExecType.FILL, OrdStatus.NEW).last("0", "0")).is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test
    void a_fill_of_fix_4_2_is_booked_by_its_last_quantity() {
        route.hears(report("A", ExecType.PARTIAL_FILL, OrdStatus.PARTIALLY_FILLED)
                        .last("400", "99"))
                .is(OrdStatus.PARTIALLY_FILLED, "10000", "400", "9600");
    }

    @Test // B.1.a
    void a_cancel_is_pending_until_the_broker_confirms_it() {
        route.acknowledged().wants(new Route.Cancel("no longer")).is(OrdStatus.PENDING_CANCEL, "10000", "0", "10000");
        route.hears(report("B", ExecType.PENDING_CANCEL, OrdStatus.PENDING_CANCEL)
                        .id("R-2", "R-1"))
                .is(OrdStatus.PENDING_CANCEL, "10000", "0", "10000");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED).id("R-2", "R-1"))
                .is(OrdStatus.CANCELED, "10000", "0", "0");
    }

    @Test // B.1.b
    void a_fill_while_a_cancel_is_pending_counts_and_the_cancel_goes_on() {
        route.acknowledged().wants(new Route.Cancel("no longer"));
        route.fills("B", "2000", "100").is(OrdStatus.PENDING_CANCEL, "10000", "2000", "8000");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED).id("R-2", "R-1"))
                .is(OrdStatus.CANCELED, "10000", "2000", "0");
    }

    @Test // B.1.c
    void a_full_fill_crosses_a_cancel_and_its_reject_changes_nothing() {
        route.acknowledged().wants(new Route.Cancel("no longer"));
        route.fills("B", "10000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
        route.hears(new Route.RefuseRequest("R-2", false, "0", "too late")).is(OrdStatus.FILLED, "10000", "10000", "0");
        assertThat(route.state().body().pending()).isEmpty();
    }

    @Test // B.1.d
    void a_refused_cancel_restores_what_the_order_was() {
        route.acknowledged().fills("B", "100", "100").wants(new Route.Cancel("no longer"));
        route.hears(new Route.RefuseRequest("R-2", false, "2", "no"))
                .is(OrdStatus.PARTIALLY_FILLED, "10000", "100", "9900");
    }

    @Test // B.1.e
    void an_acknowledgement_crosses_a_cancel() {
        route.wants(new Route.Cancel("no longer")).is(OrdStatus.PENDING_CANCEL, "10000", "0", "10000");
        route.hears(report("A", ExecType.NEW, OrdStatus.NEW)).is(OrdStatus.PENDING_CANCEL, "10000", "0", "10000");
        route.hears(report("B", ExecType.PENDING_CANCEL, OrdStatus.PENDING_CANCEL)
                        .id("R-2", "R-1"))
                .is(OrdStatus.PENDING_CANCEL, "10000", "0", "10000");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED).id("R-2", "R-1"))
                .is(OrdStatus.CANCELED, "10000", "0", "0");
    }

    @Test
    void a_second_cancel_waits_for_the_first() {
        route.acknowledged().wants(new Route.Cancel("no longer"));
        route.isRefused(new Route.Cancel("now"), Refusal.CANCEL_IS_PENDING);
        assertThat(route.state().body().requests()).isEqualTo(2);
    }

    @Test
    void a_cancel_confirmed_under_the_original_id_and_without_41_is_a_cancel() {
        route.acknowledged().wants(new Route.Cancel("no longer"));
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED)).is(OrdStatus.CANCELED, "10000", "0", "0");
        assertThat(((Route.Finished) route.last()).unsolicited()).isFalse();
    }

    @Test
    void a_cancel_answered_by_a_business_reject_leaves_the_order_working() {
        route.acknowledged().wants(new Route.Cancel("no longer"));
        route.hears(new Route.RefuseMessage("F", "R-2", "unsupported")).is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test // C.1.a
    void a_replace_takes_effect_when_it_is_confirmed() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("11000"), Price.of("110")));
        route.is(OrdStatus.PENDING_REPLACE, "10000", "0", "10000");
        route.hears(report("B", ExecType.REPLACED, OrdStatus.NEW)
                        .id("R-2", "R-1")
                        .order("11000", "110"))
                .is(OrdStatus.NEW, "11000", "0", "11000");
        assertThat(route.state().body().clOrdId()).isEqualTo("R-2");
    }

    @Test
    void while_a_replace_is_pending_the_larger_quantity_is_with_the_broker() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("11000"), Price.of("110")));
        assertThat(route.state().outstanding()).isEqualTo(Quantity.of("11000"));
        route.hears(new Route.RefuseRequest("R-2", true, null, "no"));
        assertThat(route.state().outstanding()).isEqualTo(Quantity.of("10000"));
    }

    @Test // C.2.a, D.2.a
    void a_full_fill_crosses_a_replace_which_is_refused() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("8000"), Price.of("110")));
        route.fills("B", "10000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
        route.hears(new Route.RefuseRequest("R-2", true, "0", "too late")).is(OrdStatus.FILLED, "10000", "10000", "0");
    }

    @Test // C.1.c, D.1.a, D13 of 4.2
    void a_fill_while_a_replace_is_pending_is_of_the_old_order() {
        route.acknowledged().fills("B", "1000", "100").wants(new Route.Replace(Quantity.of("8000"), Price.of("110")));
        route.hears(report("C", ExecType.PENDING_REPLACE, OrdStatus.PENDING_REPLACE)
                        .id("R-2", "R-1"))
                .is(OrdStatus.PENDING_REPLACE, "10000", "1000", "9000");
        route.hears(report("D", ExecType.TRADE, OrdStatus.PENDING_REPLACE)
                        .id("R-2", "R-1")
                        .order("10000", "110")
                        .last("500", "100"))
                .is(OrdStatus.PENDING_REPLACE, "10000", "1500", "8500");
        route.hears(report("E", ExecType.REPLACED, OrdStatus.PARTIALLY_FILLED)
                        .id("R-2", "R-1")
                        .order("8000", "110"))
                .is(OrdStatus.PARTIALLY_FILLED, "8000", "1500", "6500");
    }

    @Test // C.3.b
    void a_replace_down_to_what_is_filled_meanwhile_fills_the_order() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("7000"), Price.of("110")));
        route.fills("B", "7000", "100").is(OrdStatus.PENDING_REPLACE, "10000", "7000", "3000");
        route.hears(report("C", ExecType.REPLACED, OrdStatus.FILLED)
                        .id("R-2", "R-1")
                        .order("7000", "110"))
                .is(OrdStatus.FILLED, "7000", "7000", "0");
    }

    @Test // C.3.c
    void a_replace_below_what_is_filled_is_amended_up_to_it() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("7000"), Price.of("110")));
        route.fills("B", "8000", "100");
        route.hears(report("C", ExecType.REPLACED, OrdStatus.FILLED)
                        .id("R-2", "R-1")
                        .order("7000", "110"))
                .is(OrdStatus.FILLED, "8000", "8000", "0");
    }

    @Test
    void we_do_not_ask_for_less_than_is_filled() {
        route.acknowledged().fills("B", "8000", "100");
        route.isRefused(new Route.Replace(Quantity.of("7000"), Price.of("110")), Refusal.BELOW_EXECUTED_QUANTITY);
    }

    @Test
    void a_fill_of_the_replacement_says_that_the_replace_was_accepted() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("12000"), Price.of("110")));
        route.hears(report("B", ExecType.TRADE, OrdStatus.PARTIALLY_FILLED)
                        .id("R-2", null)
                        .order("12000", "110")
                        .last("11000", "100"))
                .is(OrdStatus.PARTIALLY_FILLED, "12000", "11000", "1000");
        route.hears(report("C", ExecType.REPLACED, OrdStatus.PARTIALLY_FILLED)
                        .id("R-2", "R-1")
                        .order("12000", "110"))
                .saysNothingNew();
    }

    @Test // D.2.c: chained, the second is refused naming X
    void of_two_chained_replaces_the_second_is_refused_and_the_first_goes_on() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("8000"), Price.of("110")));
        route.wants(new Route.Replace(Quantity.of("6000"), Price.of("110")));
        assertThat(((Route.ReplaceRequested) route.last()).origClOrdId()).isEqualTo("R-2");
        route.hears(new Route.RefuseRequest("R-3", true, "3", "pending"))
                .is(OrdStatus.PENDING_REPLACE, "10000", "0", "10000");
        route.hears(report("C", ExecType.REPLACED, OrdStatus.NEW)
                        .id("R-2", "R-1")
                        .order("8000", "110"))
                .is(OrdStatus.NEW, "8000", "0", "8000");
    }

    @Test // D.2.a
    void of_two_chained_replaces_both_are_accepted_in_their_order() {
        route.acknowledged().wants(new Route.Replace(Quantity.of("8000"), Price.of("110")));
        route.wants(new Route.Replace(Quantity.of("6000"), Price.of("110")));
        route.hears(report("B", ExecType.REPLACED, OrdStatus.PENDING_REPLACE)
                        .id("R-2", "R-1")
                        .order("8000", "110"))
                .is(OrdStatus.PENDING_REPLACE, "8000", "0", "8000");
        route.hears(report("C", ExecType.REPLACED, OrdStatus.NEW)
                        .id("R-3", "R-2")
                        .order("6000", "110"))
                .is(OrdStatus.NEW, "6000", "0", "6000");
    }

    @Test // E.1.b
    void an_unsolicited_cancel_of_a_part_filled_order_ends_it() {
        route.acknowledged().fills("B", "1000", "100");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED)
                        .counts("1000")
                        .restated("2"))
                .is(OrdStatus.CANCELED, "10000", "1000", "0");
        assertThat(((Route.Finished) route.last()).unsolicited()).isTrue();
        assertThat(((Route.Finished) route.last()).reason()).isEqualTo("2");
    }

    @Test // E.1.c
    void a_broker_may_restate_the_quantity_by_itself() {
        route.acknowledged();
        route.hears(report("B", ExecType.RESTATED, OrdStatus.NEW)
                        .order("9000", "110")
                        .restated("5"))
                .is(OrdStatus.NEW, "9000", "0", "9000");
    }

    @Test // F.1.c
    void the_reject_of_a_duplicate_leaves_the_first_order_alive() {
        route.acknowledged();
        route.hears(report("B", ExecType.REJECTED, OrdStatus.NEW))
                .saysNothingNew()
                .is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test // F.1.b, G
    void a_status_report_books_nothing() {
        route.acknowledged();
        route.hears(report("B", ExecType.ORDER_STATUS, OrdStatus.NEW).counts("0"))
                .saysNothingNew();
        route.hears(report("C", ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED)
                        .counts("500"))
                .is(OrdStatus.NEW, "10000", "0", "10000");
        assertThat(route.last()).isInstanceOf(Route.Disagreed.class);
        route.hears(report("D", ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED)
                        .counts("500"))
                .saysNothingNew();
        route.fills("E", "500", "100").is(OrdStatus.PARTIALLY_FILLED, "10000", "500", "9500");
    }

    @Test
    void a_status_report_tells_of_a_cancel_we_missed() {
        route.acknowledged();
        route.hears(report("B", ExecType.ORDER_STATUS, OrdStatus.CANCELED).counts("0"))
                .is(OrdStatus.CANCELED, "10000", "0", "0");
    }

    @Test // I.1, I.2
    void an_immediate_order_that_cannot_trade_is_cancelled_and_not_rejected() {
        route.acknowledged();
        route.hears(report("B", ExecType.CANCELED, OrdStatus.CANCELED)).is(OrdStatus.CANCELED, "10000", "0", "0");
    }

    @Test // A.1.e
    void a_day_order_expires_with_what_it_has() {
        route.acknowledged().fills("B", "4000", "100");
        route.hears(report("C", ExecType.EXPIRED, OrdStatus.EXPIRED)).is(OrdStatus.EXPIRED, "10000", "4000", "0");
    }

    @Test // A.1.d
    void a_route_done_for_the_day_has_nothing_left() {
        route.acknowledged().fills("B", "4000", "100");
        route.hears(report("C", ExecType.DONE_FOR_DAY, OrdStatus.DONE_FOR_DAY))
                .is(OrdStatus.DONE_FOR_DAY, "10000", "4000", "0");
    }

    @Test // H
    void a_stopped_order_is_working() {
        route.acknowledged();
        route.hears(report("B", ExecType.STOPPED, OrdStatus.STOPPED)).is(OrdStatus.STOPPED, "10000", "0", "10000");
        route.fills("C", "10000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
    }

    @Test // J.1.a
    void busts_and_corrections_open_a_filled_order_again_and_its_average_follows() {
        route.acknowledged()
                .fills("B", "1000", "100")
                .is(OrdStatus.PARTIALLY_FILLED, "10000", "1000", "9000")
                .averages("100");
        route.fills("C", "9000", "110")
                .is(OrdStatus.FILLED, "10000", "10000", "0")
                .averages("109");
        route.busts("D", "B")
                .is(OrdStatus.PARTIALLY_FILLED, "10000", "9000", "1000")
                .averages("110");
        route.corrects("E", "C", "9000", "100")
                .is(OrdStatus.PARTIALLY_FILLED, "10000", "9000", "1000")
                .averages("100");
        route.fills("F", "1000", "120")
                .is(OrdStatus.FILLED, "10000", "10000", "0")
                .averages("102");
        // Correcting the correction.
        route.corrects("G", "E", "9000", "120")
                .is(OrdStatus.FILLED, "10000", "10000", "0")
                .averages("120");
        route.wants(new Route.Replace(Quantity.of("12000"), Price.of("120")));
        route.hears(report("H", ExecType.REPLACED, OrdStatus.PARTIALLY_FILLED)
                        .id("R-2", "R-1")
                        .order("12000", "120"))
                .is(OrdStatus.PARTIALLY_FILLED, "12000", "10000", "2000");
        route.corrects("I", "G", "9500", "120")
                .is(OrdStatus.PARTIALLY_FILLED, "12000", "10500", "1500")
                .averages("120");
    }

    @Test
    void a_correction_may_name_the_first_execution_of_its_chain() {
        route.acknowledged().fills("B", "1000", "100");
        route.corrects("C", "B", "1000", "101").averages("101");
        route.corrects("D", "B", "1000", "102").averages("102");
    }

    @Test // J.1.b
    void a_cancelled_order_stays_cancelled_through_a_bust_and_a_late_fill() {
        route.acknowledged().fills("B", "5000", "100");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED)).is(OrdStatus.CANCELED, "10000", "5000", "0");
        route.busts("D", "B").is(OrdStatus.CANCELED, "10000", "0", "0");
        route.fills("E", "4000", "110")
                .is(OrdStatus.CANCELED, "10000", "4000", "0")
                .averages("110");
        assertThat(((Route.Filled) route.last()).kind()).isEqualTo(Route.FillKind.AFTER_END);
    }

    @Test
    void a_bust_of_an_execution_we_never_had_is_kept_for_a_person() {
        route.acknowledged().fills("B", "1000", "100").busts("C", "nobody");
        assertThat(route.last()).isInstanceOf(Route.Quarantined.class);
        route.is(OrdStatus.PARTIALLY_FILLED, "10000", "1000", "9000");
    }

    @Test
    void an_overfill_is_booked_and_nothing_is_left() {
        route.acknowledged().fills("B", "10001", "100").is(OrdStatus.FILLED, "10000", "10001", "0");
        assertThat(((Route.Filled) route.last()).kind()).isEqualTo(Route.FillKind.OVERFILL);
    }

    @Test
    void a_fill_on_the_other_side_is_not_booked() {
        route.acknowledged();
        route.hears(report("B", ExecType.TRADE, OrdStatus.PARTIALLY_FILLED)
                .last("100", "100")
                .side(Side.SELL));
        assertThat(route.last()).isInstanceOf(Route.Quarantined.class);
        route.is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test
    void a_cancel_that_counts_more_than_we_know_keeps_the_difference_from_the_parent() {
        route.acknowledged().fills("B", "1000", "100");
        route.hears(report("C", ExecType.CANCELED, OrdStatus.CANCELED).counts("1500"));
        assertThat(route.state().outstanding()).isEqualTo(Quantity.of("500"));
        route.fills("D", "500", "100");
        assertThat(route.state().outstanding()).isEqualTo(Quantity.ZERO);
    }

    @Test
    void a_broker_that_never_answers_is_asked_and_then_unknown() {
        route.hears(new Route.Ask()).is(OrdStatus.SENT, "10000", "0", "10000");
        route.hears(new Route.GiveUp("no answer")).is(OrdStatus.UNKNOWN, "10000", "0", "10000");
        route.hears(report("A", ExecType.NEW, OrdStatus.NEW)).is(OrdStatus.NEW, "10000", "0", "10000");
    }

    @Test
    void an_unknown_route_is_resolved_by_its_fill() {
        route.hears(new Route.GiveUp("no answer"));
        route.fills("A", "10000", "100").is(OrdStatus.FILLED, "10000", "10000", "0");
    }

    @Test
    void a_broker_that_takes_no_status_request_leaves_it_unknown() {
        route.hears(new Route.Ask());
        route.hears(new Route.RefuseMessage("H", "R-1", "unsupported")).is(OrdStatus.UNKNOWN, "10000", "0", "10000");
    }

    @Test
    void an_ended_route_refuses_our_wishes() {
        route.hears(report("A", ExecType.REJECTED, OrdStatus.REJECTED));
        route.isRefused(new Route.Cancel("no longer"), Refusal.HAS_ENDED);
        route.isRefused(new Route.Replace(Quantity.of("1"), null), Refusal.HAS_ENDED);
    }

    @Test
    void an_order_the_broker_has_not_acknowledged_may_be_replaced_and_its_acknowledgement_may_come_after() {
        route.wants(new Route.Replace(Quantity.of("8000"), Price.of("110")))
                .is(OrdStatus.PENDING_REPLACE, "10000", "0", "10000");
        route.hears(report("A", ExecType.NEW, OrdStatus.NEW)).is(OrdStatus.PENDING_REPLACE, "10000", "0", "10000");
        route.hears(report("B", ExecType.REPLACED, OrdStatus.NEW)
                        .id("R-2", "R-1")
                        .order("8000", "110"))
                .is(OrdStatus.NEW, "8000", "0", "8000");
    }
}
