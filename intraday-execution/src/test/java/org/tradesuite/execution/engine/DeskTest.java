package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class DeskTest {

    private final DeskStory desk = new DeskStory();

    // From decision to fill

    @Test
    void an_accepted_decision_leaves_as_an_order_to_the_cheapest_broker() {
        desk.buys("D1", "1000");
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.DecisionAccepted("D1", "OD1", false));
        var sent = desk.only(Effect.SendNewOrder.class);
        assertThat(sent.broker()).isEqualTo(House.ALFA);
        assertThat(sent.clOrdId()).isEqualTo("OD1-1-1");
        assertThat(sent.terms().quantity()).isEqualTo(Quantity.of("1000"));
        var accepted = (DeskFact.DecisionAccepted) desk.facts().stream()
                .filter(DeskFact.DecisionAccepted.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(accepted.checks().all()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(desk.order("OD1").body().terms().brokerReason()).contains("ALFA is expected to cost");
    }

    @Test
    void an_order_is_filled_in_parts_and_moves_position_and_cash() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "400", "100");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.PARTFILLED);
        desk.fills("OD1-1-1", "600", "101");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
        assertThat(desk.order("OD1").body().average()).isEqualTo(Price.of("100.6"));
        var book = desk.desk.state().book();
        assertThat(book.position(House.ACCOUNT, House.VOD).quantity()).isEqualByComparingTo("1000001000");
        // 40,000 + 60,600 paid, 3 bp of each charged, rounded each: 12.00 and 18.18.
        assertThat(book.cash(House.ACCOUNT, Currency.GBP).amount())
                .isEqualByComparingTo(new BigDecimal("900000000000.00")
                        .subtract(new BigDecimal("100600.00"))
                        .subtract(new BigDecimal("30.18")));
    }

    @Test
    void a_refused_decision_says_every_reason_and_sends_nothing() {
        desk.decides("D1", Side.BUY, "1.5", "250.001", Algo.IMMEDIATE, null);
        var refused = (Effect.Outcome.DecisionRefused) desk.answer();
        assertThat(refused.codes())
                .contains(
                        RefusalCode.QUANTITY_TOO_PRECISE, RefusalCode.PRICE_OFF_TICK, RefusalCode.PRICE_OUTSIDE_COLLAR);
        assertThat(desk.effects).noneMatch(Effect.Outbound.class::isInstance);
    }

    @Test
    void without_an_open_day_nothing_is_decided() {
        var closed = new Desk(House.settings(), House.reference());
        var batch = new Batch();
        closed.handle(desk.decision("D1", "k", "h", Side.BUY, "1", null, Algo.IMMEDIATE, null), batch);
        assertThat(((Effect.Answer) batch.effects.getFirst()).outcome())
                .isInstanceOfSatisfying(
                        Effect.Outcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Effect.Refusal.DAY_IS_NOT_OPEN));
        assertThat(batch.facts).isEmpty();
    }

    // Idempotency

    @Test
    void the_same_key_with_the_same_body_gets_the_same_answer() {
        desk.gets(desk.decision("D1", "k", "h", Side.BUY, "1000", null, Algo.IMMEDIATE, null));
        desk.gets(desk.decision("D2", "k", "h", Side.BUY, "1000", null, Algo.IMMEDIATE, null));
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.DecisionAccepted("D1", "OD1", true));
        assertThat(desk.effects).hasSize(1);
    }

    @Test
    void the_same_key_with_another_body_is_a_conflict() {
        desk.gets(desk.decision("D1", "k", "h", Side.BUY, "1000", null, Algo.IMMEDIATE, null));
        desk.gets(desk.decision("D2", "k", "other", Side.BUY, "2000", null, Algo.IMMEDIATE, null));
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.KeyUsedForAnotherBody("D1"));
    }

    // Executions that are not what they seem

    @Test
    void a_fill_told_twice_is_booked_once() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.fills("OD1-1-1", "400", "100", "X").fills("OD1-1-1", "400", "100", "X");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("400"));
        assertThat(desk.effects).isEmpty();
    }

    @Test
    void the_same_execution_id_with_other_content_is_quarantined() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.fills("OD1-1-1", "400", "100", "X").fills("OD1-1-1", "500", "100", "X");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("400"));
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.CONFLICTING_FILL);
        assertThat(desk.facts().getLast()).isInstanceOf(Route.Quarantined.class);
    }

    @Test
    void a_fill_for_an_order_that_is_not_ours_is_kept_and_alerted_once() {
        desk.fills("UNKNOWN-1-1", "100", "100", "X");
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.ORPHAN_FILL);
        assertThat(desk.facts().getLast()).isInstanceOf(DeskFact.OrphanReported.class);
        desk.fills("UNKNOWN-1-1", "100", "100", "X");
        assertThat(desk.effects).isEmpty();
    }

    @Test
    void a_broker_cannot_fill_the_order_of_another() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.gets(new Input.BrokerExecutionReport(
                desk.now,
                House.BRAVO,
                1,
                desk.report("X", null, "OD1-1-1", null, ExecType.TRADE, OrdStatus.FILLED, "1000", "100")));
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.ZERO);
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.ORPHAN_FILL);
    }

    @Test
    void an_overfill_is_booked_and_alerted() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "1100", "100");
        assertThat(desk.effects).anyMatch(e -> e instanceof Effect.Alert alert && alert.kind() == AlertKind.OVERFILL);
        assertThat(desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity())
                .isEqualByComparingTo("1000001100");
    }

    @Test
    void a_bust_opens_the_order_again_and_its_quantity_is_sent_again() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.fills("OD1-1-1", "1000", "100", "X").busts("OD1-1-1", "X");
        assertThat(desk.order("OD1")).isInstanceOf(ParentOrder.Open.class);
        assertThat(desk.route("OD1-1").leaves()).isEqualTo(Quantity.of("1000"));
        assertThat(desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity())
                .isEqualByComparingTo("1000000000");
    }

    // Brokers that refuse, vanish or keep silent

    @Test
    void a_rejected_route_goes_to_another_broker_once_and_then_the_order_is_parked() {
        desk.buys("D1", "1000").rejects("OD1-1-1");
        var second = desk.only(Effect.SendNewOrder.class);
        assertThat(second.broker()).isEqualTo(House.BRAVO);
        assertThat(desk.route("OD1-2").body().brokerReason()).contains("Instead of ALFA, which declined it");
        desk.rejects("OD1-2-1");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.order("OD1")).isInstanceOf(ParentOrder.Parked.class);
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.ASSIGN);
        assertThat(desk.only(Effect.Alert.class).text()).contains("not today");
    }

    @Test
    void a_broker_that_cancels_untouched_whatever_it_gets_does_not_get_it_again_and_again() {
        desk.buys("D1", "1000");
        desk.reports("OD1-1-1", null, ExecType.CANCELED, OrdStatus.CANCELED, null, null, null);
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
        desk.reports("OD1-2-1", null, ExecType.CANCELED, OrdStatus.CANCELED, null, null, null);
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.order("OD1")).isInstanceOf(ParentOrder.Parked.class);
    }

    @Test
    void a_larger_quantity_is_asked_of_the_broker_that_has_the_order() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").amends("OD1", "1500", "101");
        var sent = desk.only(Effect.SendReplace.class);
        assertThat(sent.terms().quantity()).isEqualTo(Quantity.of("1500"));
        assertThat(sent.terms().price()).isEqualTo(Price.of("101"));
    }

    @Test
    void a_second_amendment_before_the_first_is_answered_keeps_what_the_first_one_said() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").amends("OD1", "600", null);
        desk.amends("OD1", null, "101");
        var sent = desk.only(Effect.SendReplace.class);
        assertThat(sent.origClOrdId()).isEqualTo("OD1-1-2");
        assertThat(sent.terms().quantity()).isEqualTo(Quantity.of("600"));
        assertThat(sent.terms().price()).isEqualTo(Price.of("101"));
    }

    @Test
    void what_a_dead_route_leaves_returns_to_the_parent_and_is_sent_again() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "300", "100");
        desk.reports("OD1-1-1", null, ExecType.CANCELED, OrdStatus.CANCELED, null, null, null);
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("700"));
    }

    @Test
    void a_late_fill_of_a_dead_route_is_netted_against_what_was_sent_again() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.reports("OD1-1-1", null, ExecType.CANCELED, OrdStatus.CANCELED, null, null, null);
        desk.acknowledges("OD1-2-1").fills("OD1-1-1", "400", "100");
        assertThat(desk.only(Effect.SendReplace.class).terms().quantity()).isEqualTo(Quantity.of("600"));
        assertThat(desk.effects)
                .anyMatch(e -> e instanceof Effect.Alert alert && alert.kind() == AlertKind.FILL_AFTER_END);
    }

    @Test
    void a_silent_broker_is_asked_twice_and_then_the_route_is_unknown() {
        desk.buys("D1", "1000").later(Duration.ofSeconds(5));
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD1-1-1");
        desk.later(Duration.ofSeconds(5));
        desk.only(Effect.SendStatusRequest.class);
        desk.later(Duration.ofSeconds(5));
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(AlertKind.UNKNOWN_AT_BROKER);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        desk.later(Duration.ofHours(1));
        assertThat(desk.effects).isEmpty();
    }

    @Test
    void a_broker_that_is_not_connected_is_not_asked_and_gets_no_order() {
        desk.gets(new Input.BrokerSessionDown(desk.now, House.ALFA, "lost"));
        desk.buys("D1", "1000");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
        desk.gets(new Input.BrokerSessionDown(desk.now, House.BRAVO, "lost"));
        desk.later(Duration.ofSeconds(10));
        assertThat(desk.effects).isEmpty();
    }

    @Test
    void with_nobody_connected_the_order_waits_and_leaves_when_somebody_is() {
        desk.gets(new Input.BrokerSessionDown(desk.now, House.ALFA, "lost"));
        desk.gets(new Input.BrokerSessionDown(desk.now, House.BRAVO, "lost"));
        desk.buys("D1", "1000");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.NEW);
        desk.gets(new Input.BrokerSessionUp(desk.now, House.ALFA)).later(Duration.ofSeconds(1));
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
    }

    // Cancel and amend

    @Test
    void a_cancelled_order_cancels_its_routes_and_ends_when_they_do() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").cancels("OD1");
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        var sent = desk.only(Effect.SendCancel.class);
        assertThat(sent.clOrdId()).isEqualTo("OD1-1-2");
        assertThat(sent.origClOrdId()).isEqualTo("OD1-1-1");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCEL_REQUESTED);
        desk.fills("OD1-1-1", "100", "100").confirmsCancel("OD1-1-2", "OD1-1-1");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCELLED);
        assertThat(desk.order("OD1").body().executed()).isEqualTo(Quantity.of("100"));
    }

    @Test
    void an_order_that_is_not_there_cannot_be_cancelled() {
        desk.cancels("nobody");
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Effect.Refusal.UNKNOWN_ORDER);
    }

    @Test
    void a_new_limit_replaces_what_works() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").amends("OD1", null, "101");
        var sent = desk.only(Effect.SendReplace.class);
        assertThat(sent.terms().price()).isEqualTo(Price.of("101"));
        assertThat(sent.terms().quantity()).isEqualTo(Quantity.of("1000"));
        assertThat(sent.origClOrdId()).isEqualTo("OD1-1-1");
    }

    @Test
    void a_smaller_quantity_takes_back_what_is_too_much() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").amends("OD1", "600", null);
        assertThat(desk.only(Effect.SendReplace.class).terms().quantity()).isEqualTo(Quantity.of("600"));
    }

    @Test
    void an_amendment_is_checked_like_a_new_order() {
        desk.buys("D1", "1000", "100").acknowledges("OD1-1-1").amends("OD1", "1000.5", null);
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Effect.Refusal.RISK);
        assertThat(desk.facts().getLast()).isInstanceOf(DeskFact.AmendmentRefused.class);
    }

    @Test
    void an_amendment_below_what_is_executed_is_refused() {
        desk.buys("D1", "1000", "100")
                .acknowledges("OD1-1-1")
                .fills("OD1-1-1", "500", "100")
                .amends("OD1", "400", null);
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal())
                .isEqualTo(Effect.Refusal.BELOW_EXECUTED_QUANTITY);
    }

    // Schedules

    @Test
    void a_twap_sends_its_slices_as_time_passes() {
        desk.decides("D1", Side.BUY, "600", null, Algo.TWAP, desk.now.plus(Duration.ofHours(1)));
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("100"));
        desk.fills("OD1-1-1", "100", "100").later(Duration.ofMinutes(9));
        assertThat(desk.effects).isEmpty();
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.only(Effect.SendNewOrder.class).clOrdId()).isEqualTo("OD1-2-1");
    }

    @Test
    void a_vwap_does_not_ask_a_broker_to_work_crumbs() {
        desk.decides("D1", Side.BUY, "100000", null, Algo.VWAP, desk.now.plus(Duration.ofMinutes(10)));
        desk.gets(new Input.MarketTrade(desk.now, House.VOD, Price.of("100"), Quantity.of("3000")));
        // The cap lets out 1,000, a fiftieth of the order is 2,000.
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        desk.gets(new Input.MarketTrade(desk.now, House.VOD, Price.of("100"), Quantity.of("3000")));
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("2000"));
    }

    @Test
    void a_vwap_sends_no_more_than_its_share_of_the_volume_and_ends_with_its_time() {
        desk.decides("D1", Side.BUY, "40000", null, Algo.VWAP, desk.now.plus(Duration.ofMinutes(10)));
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        desk.gets(new Input.MarketTrade(desk.now, House.VOD, Price.of("100"), Quantity.of("3000")));
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("1000"));
        desk.fills("OD1-1-1", "1000", "100").later(Duration.ofMinutes(9));
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.EXPIRED);
    }

    @Test
    void a_twap_sends_what_is_left_when_its_time_ends_before_the_market_closes() {
        desk.gets(new Input.BrokerSessionDown(desk.now, House.ALFA, "lost"));
        desk.gets(new Input.BrokerSessionDown(desk.now, House.BRAVO, "lost"));
        desk.decides("D1", Side.BUY, "600", null, Algo.TWAP, desk.now.plus(Duration.ofMinutes(20)));
        desk.later(Duration.ofMinutes(20)).gets(new Input.BrokerSessionUp(desk.now, House.ALFA));
        desk.later(Duration.ofSeconds(1));
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("600"));
    }

    // The end of the day

    @Test
    void the_close_cancels_what_works_allocates_what_traded_and_waits_for_the_brokers() {
        desk.buys("D1", "1000")
                .acknowledges("OD1-1-1")
                .fills("OD1-1-1", "400", "100")
                .closes();
        desk.only(Effect.SendCancel.class);
        desk.confirmsCancel("OD1-1-2", "OD1-1-1").later(Duration.ofSeconds(1));
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.EXPIRED);
        var sent = desk.only(Effect.SendAllocation.class);
        assertThat(sent.quantity()).isEqualTo(Quantity.of("400"));
        assertThat(sent.grossAmount()).isEqualByComparingTo("40000.00");
        assertThat(sent.commission()).isEqualByComparingTo("8.00");
        assertThat(sent.fees()).isEqualByComparingTo("4.00");
        assertThat(sent.netAmount()).isEqualByComparingTo("40012.00");
        assertThat(sent.settlementDate()).isEqualTo(LocalDate.of(2026, 3, 4));
        confirm(sent, sent.quantity(), "C1");
        assertThat(desk.only(Effect.SendConfirmationAck.class).affirmed()).isTrue();
        assertThat(desk.desk.state().day(House.MONDAY)).extracting(Day::status).isEqualTo(Day.Status.CLOSED);
    }

    @Test
    void a_confirmation_of_another_quantity_is_a_mismatch() {
        desk.buys("D1", "1000").fills("OD1-1-1", "1000", "100").closes();
        var sent = desk.only(Effect.SendAllocation.class);
        confirm(sent, Quantity.of("999"), "C1");
        assertThat(desk.only(Effect.SendConfirmationAck.class).affirmed()).isFalse();
        assertThat(desk.effects)
                .anyMatch(e -> e instanceof Effect.Alert alert && alert.kind() == AlertKind.CONFIRMATION_MISMATCH);
    }

    @Test
    void under_fix_4_2_the_accepted_allocation_is_the_confirmation_and_completes_the_order() {
        desk.buys("D1", "1000").fills("OD1-1-1", "1000", "100").closes();
        var sent = desk.only(Effect.SendAllocation.class);
        acknowledge(sent, Input.AllocationStatus.RECEIVED);
        acknowledge(sent, Input.AllocationStatus.ACCEPTED);
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.COMPLETED);
        assertThat(desk.desk.state().day(House.MONDAY)).extracting(Day::status).isEqualTo(Day.Status.CLOSED);
    }

    @Test
    void a_broker_that_never_confirms_does_not_keep_the_day_open_for_ever() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").closes();
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.route("OD1-1").live()).isTrue();
        assertThat(desk.facts().getLast())
                .isInstanceOfSatisfying(
                        DeskFact.DayClosed.class,
                        closed -> assertThat(closed.unresolved()).containsExactly("OD1-1"));
    }

    private void confirm(Effect.SendAllocation sent, Quantity quantity, String confirmId) {
        desk.gets(new Input.BrokerConfirmation(
                desk.now,
                sent.broker(),
                100,
                confirmId,
                sent.allocationId(),
                quantity,
                sent.averagePrice(),
                sent.grossAmount(),
                sent.commission(),
                sent.netAmount(),
                sent.settlementDate()));
    }

    private void acknowledge(Effect.SendAllocation sent, Input.AllocationStatus status) {
        desk.gets(new Input.BrokerAllocationAck(
                desk.now, sent.broker(), 100, sent.allocationId(), status, true, null, null));
    }

    @Test
    void the_next_day_begins_with_what_the_last_one_left() {
        desk.buys("D1", "1000").fills("OD1-1-1", "1000", "100").closes();
        acknowledge(desk.only(Effect.SendAllocation.class), Input.AllocationStatus.ACCEPTED);
        desk.gets(new Input.TradingDayOpenRequested(desk.now, 99, "ops", House.MONDAY.plusDays(1)));
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.Done());
        assertThat(desk.facts().getLast())
                .isInstanceOfSatisfying(
                        DeskFact.DayOpened.class,
                        opened -> assertThat(opened.positions()).isEmpty());
        assertThat(desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity())
                .isEqualByComparingTo("1000001000");
    }

    @Test
    void a_closed_day_is_not_opened_again_and_two_are_not_open_at_once() {
        desk.gets(new Input.TradingDayOpenRequested(desk.now, 99, "ops", House.MONDAY.plusDays(1)));
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Effect.Refusal.ANOTHER_DAY_IS_OPEN);
        desk.closes().gets(new Input.TradingDayOpenRequested(desk.now, 99, "ops", House.MONDAY));
        assertThat(((Effect.Outcome.Refused) desk.answer()).refusal()).isEqualTo(Effect.Refusal.DAY_IS_CLOSED);
    }

    // Restart

    @Test
    void a_desk_that_reads_the_journal_offers_again_what_may_not_have_left() {
        desk.buys("D1", "1000", "100")
                .buys("D2", "500", "100")
                .acknowledges("OD2-1-1")
                .cancels("OD2");
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(again::replay);
        var batch = new Batch();
        again.recover(desk.now, batch);
        assertThat(batch.effects)
                .extracting(effect -> ((Effect.Resume) effect).message().messageId())
                .containsExactly("OD1-1-1", "OD2-1-2");
        assertThat(batch.facts).isEmpty();
    }
}
