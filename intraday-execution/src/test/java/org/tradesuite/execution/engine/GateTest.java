package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** After every logon a broker is asked about what is in doubt, and gets no new order before it has answered. */
class GateTest {

    private DeskStory desk = new DeskStory();

    @AfterEach
    void replay_equals_live() {
        var codec = new FactCodec();
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(recorded -> again.replay(codec.read(codec.write(recorded))));
        assertThat(new StateCodec().digest(again.state().content()))
                .isEqualTo(new StateCodec().digest(desk.desk.state().content()));
    }

    /** ALFA works 1000 of D1, has executed 300 of it at 100, and is lost. */
    private DeskStory aWorkingOrder() {
        return desk.buys("D1", "1000")
                .acknowledges("OD1-1-1")
                .fillsTo("OD1-1-1", "300", "100", "300", "X1")
                .loses(House.ALFA);
    }

    private Gate alfa() {
        return desk.desk.state().gate(House.ALFA);
    }

    private List<Effect> alerts(AlertKind kind) {
        return desk.effects.stream()
                .filter(effect -> effect instanceof Effect.Alert alert && alert.kind() == kind)
                .toList();
    }

    // The gate

    @Test
    void a_broker_without_orders_of_ours_is_open_at_once() {
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        assertThat(alfa().words()).isEqualTo("nothing was in doubt");
    }

    @Test
    void a_broker_that_is_back_is_asked_and_gets_no_new_order_before_it_has_answered() {
        aWorkingOrder().connects(House.ALFA);
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD1-1-1");
        assertThat(alfa()).isInstanceOf(Gate.Reconciling.class);
        desk.buys("D2", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100");
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        desk.buys("D3", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
    }

    @Test
    void with_every_gate_shut_an_order_waits_and_says_why() {
        aWorkingOrder().loses(House.BRAVO).connects(House.ALFA).buys("D2", "100");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.order("OD2"))
                .isInstanceOfSatisfying(
                        ParentOrder.Open.class,
                        open -> assertThat(open.waits())
                                .isEqualTo("No broker can take it: ALFA is being reconciled, BRAVO is not connected."));
        desk.later(Duration.ofSeconds(1)).later(Duration.ofSeconds(1));
        assertThat(desk.facts().stream().filter(ParentOrder.Waits.class::isInstance))
                .hasSize(1);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100").later(Duration.ofSeconds(1));
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        assertThat(desk.order("OD2"))
                .isInstanceOfSatisfying(
                        ParentOrder.Open.class, open -> assertThat(open.waits()).isNull());
    }

    @Test
    void a_cancel_goes_through_a_shut_gate() {
        aWorkingOrder().connects(House.ALFA).cancels("OD1");
        assertThat(desk.only(Effect.SendCancel.class).origClOrdId()).isEqualTo("OD1-1-1");
        assertThat(alfa()).isInstanceOf(Gate.Reconciling.class);
    }

    @Test
    void questions_go_out_no_faster_than_so_many_in_a_cycle() {
        desk = new DeskStory();
        for (var number = 1; number <= 150; number++) {
            desk.buys("D" + number, "10");
        }
        desk.loses(House.ALFA).connects(House.ALFA);
        assertThat(desk.effects)
                .filteredOn(Effect.SendStatusRequest.class::isInstance)
                .hasSize(100);
        desk.later(Duration.ofMillis(50));
        assertThat(desk.effects).isEmpty();
        desk.later(Duration.ofMillis(50));
        assertThat(desk.effects)
                .filteredOn(Effect.SendStatusRequest.class::isInstance)
                .hasSize(50);
    }

    @Test
    void a_session_that_is_lost_again_begins_again() {
        aWorkingOrder().connects(House.ALFA).loses(House.ALFA);
        assertThat(alfa()).isEqualTo(new Gate.Down("lost", desk.now));
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100");
        assertThat(alfa()).isInstanceOf(Gate.Down.class);
        desk.connects(House.ALFA);
        desk.only(Effect.SendStatusRequest.class);
    }

    @Test
    void an_engine_killed_between_question_and_answer_asks_again_and_the_first_answer_does_not_open_the_gate() {
        aWorkingOrder().connects(House.ALFA);
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(again::replay);
        var batch = new Batch();
        again.recover(desk.now, batch);
        assertThat(batch.facts).isEmpty();
        assertThat(again.gates().open(House.ALFA)).isFalse();
        again.handle(
                new Input.BrokerExecutionReport(
                        desk.now,
                        House.ALFA,
                        90,
                        desk.counting("OD1-1-1", ExecType.ORDER_STATUS, OrdStatus.PARTIALLY_FILLED, "300", "100")),
                batch);
        assertThat(again.gates().open(House.ALFA)).isFalse();
        again.handle(new Input.BrokerSessionUp(desk.now, House.ALFA), batch);
        assertThat(batch.effects).anyMatch(Effect.SendStatusRequest.class::isInstance);
        assertThat(again.state().gate(House.ALFA)).isInstanceOf(Gate.Reconciling.class);
    }

    // After a restart

    /** ALFA was sent 1000 of D1 as we were killed; the line finds that it never left. */
    private void restartsBeforeItLeft() {
        desk = desk.restarted();
        assertThat(desk.effects)
                .filteredOn(effect ->
                        effect instanceof Effect.Resume resume && resume.message() instanceof Effect.SendNewOrder)
                .hasSize(1);
        desk.gets(new Input.HeldBack(desk.now, House.ALFA, "OD1-1-1"));
        assertThat(desk.effects).isEmpty();
    }

    @Test
    void an_order_that_never_left_goes_when_the_broker_has_said_that_it_does_not_know_it_and_the_gate_opens() {
        desk.buys("D1", "1000").buys("D2", "500").acknowledges("OD2-1-1");
        restartsBeforeItLeft();
        desk.connects(House.ALFA);
        assertThat(desk.effects)
                .filteredOn(Effect.SendStatusRequest.class::isInstance)
                .hasSize(2);
        desk.doesNotKnow("OD1-1-1");
        assertThat(desk.effects).isEmpty();
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.SENT);
        desk.answers("OD2-1-1", OrdStatus.NEW, "0", null);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        assertThat(desk.only(Effect.SendNewOrder.class).clOrdId()).isEqualTo("OD1-1-1");
        desk.acknowledges("OD1-1-1");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.NEW);
    }

    @Test
    void an_order_the_line_does_not_remember_and_the_broker_knows_is_not_sent_again() {
        desk.buys("D1", "1000");
        restartsBeforeItLeft();
        desk.connects(House.ALFA).answers("OD1-1-1", OrdStatus.NEW, "0", null);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.NEW);
    }

    @Test
    void an_order_that_never_left_goes_only_once_a_broker_that_was_silent_answers() {
        desk.buys("D1", "1000");
        restartsBeforeItLeft();
        desk.connects(House.ALFA).later(Duration.ofSeconds(30));
        assertThat(alfa()).isInstanceOf(Gate.Blocked.class);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        desk.later(Duration.ofMinutes(1)).doesNotKnow("OD1-1-1");
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        assertThat(desk.only(Effect.SendNewOrder.class).clOrdId()).isEqualTo("OD1-1-1");
    }

    @Test
    void an_order_that_never_left_and_was_cancelled_meanwhile_is_never_sent() {
        desk.buys("D1", "1000");
        restartsBeforeItLeft();
        desk.cancels("OD1").connects(House.ALFA).doesNotKnow("OD1-1-1");
        assertThat(desk.effects).noneMatch(Effect.SendNewOrder.class::isInstance);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.REJECTED);
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCELLED);
    }

    // A mass status request

    private Input.BrokerExecutionReport part(
            @Nullable String clOrdId, OrdStatus status, String executed, @Nullable Integer total, boolean last) {
        return new Input.BrokerExecutionReport(
                desk.now,
                House.ALFA,
                80,
                desk.counting(clOrdId == null ? "none" : clOrdId, ExecType.ORDER_STATUS, status, executed, "100"),
                new ExternalOrder.Named(null, null, null, null),
                new Input.PartOfMass("ALFA-M3", total, last));
    }

    @Test
    void a_broker_that_takes_a_mass_status_request_is_asked_once_for_all_and_singly_for_what_it_left_out() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").buys("D2", "500").acknowledges("OD2-1-1");
        desk.loses(House.ALFA).connects(House.ALFA, true, true);
        assertThat(desk.only(Effect.SendMassStatusRequest.class).requestId()).isEqualTo("ALFA-M3");
        assertThat(desk.effects).noneMatch(Effect.SendStatusRequest.class::isInstance);
        desk.gets(part("OD1-1-1", OrdStatus.NEW, "0", 1, true));
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD2-1-1");
        assertThat(alfa()).isInstanceOf(Gate.Reconciling.class);
        desk.answers("OD2-1-1", OrdStatus.NEW, "0", null);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    @Test
    void what_a_mass_status_leaves_out_and_nobody_can_ask_for_is_unknown() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.loses(House.ALFA).connects(House.ALFA, false, true);
        desk.gets(part(null, OrdStatus.REJECTED, "0", 0, true));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(alerts(AlertKind.UNKNOWN_AT_BROKER)).hasSize(1);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    /** The first of two reports of a mass status; the second is of OD1-1-1. */
    private void namesFirst(String clOrdId, OrdStatus status, String executed) {
        desk.loses(House.ALFA).connects(House.ALFA, true, true);
        var asked = desk.only(Effect.SendMassStatusRequest.class).requestId();
        desk.gets(new Input.BrokerExecutionReport(
                desk.now,
                House.ALFA,
                80,
                stranger(clOrdId, status, executed),
                new ExternalOrder.Named("VOD", null, "XLON", null),
                new Input.PartOfMass(asked, 2, false)));
        assertThat(alfa()).isInstanceOf(Gate.Reconciling.class);
        desk.gets(new Input.BrokerExecutionReport(
                desk.now,
                House.ALFA,
                81,
                desk.counting("OD1-1-1", ExecType.ORDER_STATUS, OrdStatus.NEW, "0", null),
                new ExternalOrder.Named("VOD", null, "XLON", null),
                new Input.PartOfMass(asked, 2, false)));
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    private ExecutionReport stranger(String clOrdId, OrdStatus status, String executed) {
        return Saying.of("0", ExecType.ORDER_STATUS, status)
                .at(desk.now)
                .id(clOrdId)
                .knownAs("B-9")
                .side(Side.BUY)
                .order(Quantity.of("500"), null)
                .counts(Quantity.of(executed))
                .report();
    }

    private List<ExternalOrder> externals() {
        var all = new ArrayList<ExternalOrder>();
        desk.desk.state().externals().orders().forEach(all::add);
        return all;
    }

    @Test
    void an_order_the_broker_holds_and_we_never_sent_is_listed_once_as_an_external_order() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        namesFirst("SOMEBODY-1", OrdStatus.NEW, "0");
        namesFirst("SOMEBODY-1", OrdStatus.NEW, "0");
        assertThat(externals())
                .singleElement()
                .satisfies(order -> assertThat(order.body().origin()).isEqualTo(ExternalOrder.Origin.RECONCILIATION));
        desk.later(Duration.ofSeconds(5));
        assertThat(alerts(AlertKind.ORPHAN_FILL))
                .singleElement()
                .asString()
                .contains("ALFA has order SOMEBODY-1, which is not ours: BUY 500 VOD");
    }

    @Test
    void an_order_nobody_gave_that_ended_without_an_execution_is_nobodys_concern() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        namesFirst("SOMEBODY-1", OrdStatus.CANCELED, "0");
        assertThat(externals()).isEmpty();
        namesFirst("SOMEBODY-2", OrdStatus.CANCELED, "100");
        assertThat(externals()).hasSize(1);
    }

    @Test
    void a_mass_status_request_that_is_refused_or_never_ends_is_asked_singly() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1");
        desk.loses(House.ALFA).connects(House.ALFA, true, true);
        desk.gets(new Input.BrokerMessageReject(desk.now, House.ALFA, 70, "AF", "ALFA-M3", "3", "what?"));
        desk.only(Effect.SendStatusRequest.class);
        desk.loses(House.ALFA).connects(House.ALFA, true, true).later(Duration.ofSeconds(5));
        desk.only(Effect.SendStatusRequest.class);
    }

    // Answers that say more than we know

    private BigDecimal position() {
        return desk.desk
                .state()
                .book()
                .position(House.ACCOUNT, House.VOD)
                .quantity()
                .subtract(new BigDecimal("1000000000"));
    }

    @Test
    void an_execution_the_broker_counts_is_waited_for_and_then_inferred_at_the_price_its_average_needs() {
        aWorkingOrder().connects(House.ALFA);
        // 300 at 100 and 500 at 101.6 are 800 at 101
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101");
        assertThat(position()).isEqualByComparingTo("300");
        assertThat(alfa()).isInstanceOf(Gate.Reconciling.class);
        assertThat(desk.route("OD1-1").outstanding()).isEqualTo(Quantity.of("700"));
        desk.later(Duration.ofSeconds(5));
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").body().average()).isEqualTo(Price.of("101"));
        assertThat(alerts(AlertKind.FILL_INFERRED)).hasSize(1);
        var filled = inferred();
        assertThat(filled.price()).isEqualTo(Price.of("101.6"));
        assertThat(filled.execId()).isEqualTo("INFERRED/ALFA/OD1-1-1/300-800/500");
        assertThat(filled.gap()).isEqualTo(new Route.Gap(Quantity.of("300"), Quantity.of("800")));
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    private Route.Filled inferred() {
        return desk.facts().stream()
                .filter(fact -> fact instanceof Route.Filled filled && filled.gap() != null)
                .map(Route.Filled.class::cast)
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    private DeskStory anInferredFill() {
        aWorkingOrder().connects(House.ALFA);
        return desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101").later(Duration.ofSeconds(5));
    }

    @Test
    void an_answer_that_agrees_with_us_takes_an_earlier_one_back() {
        aWorkingOrder().connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101");
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100").later(Duration.ofSeconds(10));
        assertThat(position()).isEqualByComparingTo("300");
        assertThat(desk.route("OD1-1").outstanding()).isEqualTo(Quantity.of("700"));
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    /** 14 of an answer is all that the broker has executed by then: an earlier answer that counted more holds no longer. */
    private void isTakenBack() {
        desk.later(Duration.ofSeconds(10));
        assertThat(position()).isEqualByComparingTo("300");
        assertThat(alerts(AlertKind.FILL_INFERRED)).isEmpty();
    }

    @Test
    void an_answer_that_counts_less_than_we_have_takes_an_earlier_one_back() {
        aWorkingOrder().connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101");
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "200", "100");
        isTakenBack();
    }

    @Test
    void an_answer_that_counts_less_about_an_order_nobody_was_sure_of_takes_an_earlier_one_back() {
        aWorkingOrder().connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101").doesNotKnow("OD1-1-1");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        desk.answers("OD1-1-1", OrdStatus.CANCELED, "200", "100");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.CANCELED);
        isTakenBack();
    }

    @Test
    void an_answer_that_repeats_a_lower_count_about_an_ended_order_takes_an_earlier_one_back() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fillsTo("OD1-1-1", "300", "100", "300", "X1");
        desk.counts("OD1-1-1", ExecType.CANCELED, OrdStatus.CANCELED, "300", null)
                .acknowledges("OD1-2-1");
        desk.answers("OD1-1-1", OrdStatus.CANCELED, "800", "101");
        desk.counts("OD1-1-1", ExecType.RESTATED, OrdStatus.CANCELED, "200", null);
        desk.answers("OD1-1-1", OrdStatus.CANCELED, "200", "100");
        isTakenBack();
    }

    @Test
    void an_execution_that_comes_while_it_is_waited_for_is_booked_and_nothing_is_inferred() {
        aWorkingOrder().connects(House.ALFA);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "101");
        desk.fillsTo("OD1-1-1", "500", "101.6", "800", "X2").later(Duration.ofSeconds(10));
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.facts()).noneMatch(fact -> fact instanceof Route.Filled filled && filled.gap() != null);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    @Test
    void the_report_of_an_inferred_execution_takes_its_place_and_is_not_booked_beside_it() {
        anInferredFill().fillsTo("OD1-1-1", "500", "101.61", "800", "X2");
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("800"));
        assertThat(desk.facts().getLast()).isInstanceOf(Route.Corrected.class);
        desk.fillsTo("OD1-1-1", "500", "101.61", "800", "X2");
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.effects).isEmpty();
        // It can be taken back like any other.
        desk.busts("OD1-1-1", "X2");
        assertThat(position()).isEqualByComparingTo("300");
    }

    @Test
    void reports_that_come_in_parts_and_in_any_order_take_its_place_one_by_one() {
        anInferredFill().fillsTo("OD1-1-1", "300", "101", "800", "X3");
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").body().average()).isEqualTo(Price.of("101"));
        assertThat(inferred().quantity()).isEqualTo(Quantity.of("200"));
        assertThat(inferred().execId()).isEqualTo("INFERRED/ALFA/OD1-1-1/300-800/200");
        desk.fillsTo("OD1-1-1", "200", "102.5", "500", "X2");
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").body().average()).isEqualTo(Price.of("101"));
        desk.fillsTo("OD1-1-1", "200", "103", "1000", "X4");
        assertThat(position()).isEqualByComparingTo("1000");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
    }

    @Test
    void a_new_execution_after_the_answer_is_booked_beside_the_inferred_one() {
        anInferredFill().fillsTo("OD1-1-1", "100", "102", "900", "X9");
        assertThat(position()).isEqualByComparingTo("900");
    }

    @Test
    void the_end_an_answer_tells_of_waits_for_the_executions_it_counts() {
        aWorkingOrder().connects(House.ALFA).answers("OD1-1-1", OrdStatus.CANCELED, "800", "101");
        assertThat(desk.route("OD1-1").live()).isTrue();
        desk.later(Duration.ofSeconds(5));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.CANCELED);
        assertThat(desk.route("OD1-1").body().cumulative()).isEqualTo(Quantity.of("800"));
        // The rest goes to whoever may have it.
        assertThat(desk.order("OD1").body().outstanding()).isEqualTo(Quantity.of("200"));
    }

    @Test
    void a_count_without_a_believable_price_is_a_persons() {
        aWorkingOrder().connects(House.ALFA).answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", null);
        assertThat(alerts(AlertKind.BROKER_DISAGREES)).hasSize(1);
        desk.later(Duration.ofSeconds(5));
        assertThat(position()).isEqualByComparingTo("300");
        assertThat(desk.route("OD1-1").outstanding()).isEqualTo(Quantity.of("700"));
        // 800 at 64 would be 500 at 42.4
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "800", "64").later(Duration.ofSeconds(5));
        assertThat(position()).isEqualByComparingTo("300");
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    @Test
    void what_an_end_counts_beyond_our_books_is_asked_for_and_inferred() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fillsTo("OD1-1-1", "300", "100", "300", "X1");
        desk.counts("OD1-1-1", ExecType.CANCELED, OrdStatus.CANCELED, "800", null)
                .acknowledges("OD1-2-1");
        desk.later(Duration.ofSeconds(5));
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD1-1-1");
        desk.answers("OD1-1-1", OrdStatus.CANCELED, "800", "101").later(Duration.ofSeconds(5));
        assertThat(position()).isEqualByComparingTo("800");
    }

    // Answers that say nothing

    @Test
    void an_order_the_broker_does_not_know_is_unknown_and_neither_rejected_nor_sent_again() {
        aWorkingOrder().connects(House.ALFA).doesNotKnow("OD1-1-1");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(alerts(AlertKind.UNKNOWN_AT_BROKER)).hasSize(1);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        desk.later(Duration.ofMinutes(1));
        assertThat(desk.effects).isEmpty();
        // Whatever it says later counts.
        desk.fillsTo("OD1-1-1", "700", "100", "1000", "X2");
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.FILLED);
    }

    @Test
    void a_broker_that_says_so_by_a_reject_is_understood_too() {
        aWorkingOrder().connects(House.ALFA);
        desk.gets(new Input.BrokerCancelReject(
                desk.now, House.ALFA, 60, "OD1-1-1", null, false, OrdStatus.REJECTED, "1", "no such order"));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        desk.loses(House.ALFA).connects(House.ALFA);
        desk.gets(new Input.BrokerMessageReject(desk.now, House.ALFA, 61, "H", "OD1-1-1", "1", "no such order"));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
    }

    @Test
    void a_broker_that_takes_no_questions_gets_no_orders_and_it_is_said_why() {
        aWorkingOrder().connects(House.ALFA);
        desk.gets(new Input.BrokerMessageReject(desk.now, House.ALFA, 60, "H", "OD1-1-1", "3", "unsupported"));
        assertThat(alfa().words()).isEqualTo("ALFA does not take status requests (35=H): unsupported");
        desk.loses(House.ALFA).connects(House.ALFA, false, false);
        assertThat(alfa().words()).isEqualTo("ALFA takes no status requests (35=H, 35=AF), and it may hold 1 order");
        desk.buys("D2", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
    }

    @Test
    void a_broker_that_does_not_answer_is_blocked_says_why_once_and_is_asked_again() {
        aWorkingOrder().connects(House.ALFA).later(Duration.ofSeconds(5));
        desk.only(Effect.SendStatusRequest.class);
        desk.later(Duration.ofSeconds(5));
        assertThat(desk.effects).as("asked twice, as set").isEmpty();
        desk.later(Duration.ofSeconds(20));
        assertThat(alfa().words()).isEqualTo("ALFA did not answer about 1 of 1 order: OD1-1");
        assertThat(alerts(AlertKind.BROKER_BLOCKED)).hasSize(1);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        desk.buys("D2", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.BRAVO);
        desk.acknowledges("OD2-1-1");

        desk.later(Duration.ofMinutes(1));
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD1-1-1");
        desk.later(Duration.ofSeconds(5)).later(Duration.ofSeconds(25));
        assertThat(alfa()).isInstanceOf(Gate.Blocked.class);
        assertThat(alerts(AlertKind.BROKER_BLOCKED)).as("said before").isEmpty();

        desk.later(Duration.ofMinutes(1)).answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100");
        assertThat(alfa()).isInstanceOf(Gate.Open.class);
        assertThat(desk.route("OD1-1")).isInstanceOf(Route.Live.class);
    }

    // People

    private Effect.Outcome asks(boolean open) {
        desk.gets(new Input.BrokerGateRequested(desk.now, 77, "rsmith", "spoke to them", House.ALFA, open));
        return desk.answer();
    }

    @Test
    void a_person_has_a_blocked_broker_asked_at_once() {
        aWorkingOrder().connects(House.ALFA).later(Duration.ofSeconds(5)).later(Duration.ofSeconds(25));
        assertThat(asks(false)).isEqualTo(new Effect.Outcome.Done());
        desk.only(Effect.SendStatusRequest.class);
        assertThat(desk.journal.getLast())
                .satisfies(recorded -> assertThat(recorded.actor()).isEqualTo("rsmith"))
                .satisfies(recorded -> assertThat(recorded.reason()).isEqualTo("spoke to them"));
    }

    @Test
    void a_person_opens_the_gate_and_what_is_unknown_stays_unknown() {
        aWorkingOrder().connects(House.ALFA);
        assertThat(asks(true)).isEqualTo(new Effect.Outcome.Done());
        assertThat(alfa().words()).isEqualTo("opened by rsmith");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        desk.buys("D2", "100");
        assertThat(desk.only(Effect.SendNewOrder.class).broker()).isEqualTo(House.ALFA);
        assertThat(((Effect.Outcome.Refused) asks(true)).refusal()).isEqualTo(Effect.Refusal.NOTHING_TO_CHANGE);
    }

    @Test
    void a_broker_that_is_not_there_cannot_be_asked() {
        aWorkingOrder();
        assertThat(((Effect.Outcome.Refused) asks(false)).refusal()).isEqualTo(Effect.Refusal.BROKER_NOT_CONNECTED);
    }

    // While the session holds

    @Test
    void a_working_order_without_news_is_asked_about_and_unknown_if_that_is_in_vain() {
        desk = new DeskStory(House.askingOpenOrders(Duration.ofSeconds(20)));
        desk.buys("D1", "1000")
                .acknowledges("OD1-1-1")
                .later(Duration.ofSeconds(5))
                .later(Duration.ofSeconds(14));
        assertThat(desk.effects).isEmpty();
        desk.later(Duration.ofSeconds(1));
        assertThat(desk.only(Effect.SendStatusRequest.class).clOrdId()).isEqualTo("OD1-1-1");
        var before = desk.journal.size();
        desk.answers("OD1-1-1", OrdStatus.NEW, "0", null);
        assertThat(desk.journal).as("no news leaves no trace").hasSize(before);
        desk.later(Duration.ofSeconds(5)).later(Duration.ofSeconds(14));
        assertThat(desk.effects).isEmpty();
        desk.later(Duration.ofSeconds(1));
        desk.only(Effect.SendStatusRequest.class);
        desk.later(Duration.ofSeconds(5));
        desk.only(Effect.SendStatusRequest.class);
        desk.later(Duration.ofSeconds(5));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(alerts(AlertKind.UNKNOWN_AT_BROKER)).hasSize(1);
    }

    @Test
    void a_cancel_that_is_never_answered_stays_unknown_and_is_not_taken_for_done() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").cancels("OD1");
        desk.later(Duration.ofSeconds(5)).later(Duration.ofSeconds(5)).later(Duration.ofSeconds(5));
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        assertThat(desk.route("OD1-1").live()).isTrue();
        assertThat(desk.order("OD1").status()).isEqualTo(ParentOrder.Status.CANCEL_REQUESTED);
    }

    // What persons find out

    private void says(String who, OrdStatus as, String executed, @Nullable String average) {
        desk.gets(new Input.RouteEndStated(
                desk.now,
                90,
                who,
                "spoke to them",
                "OD1-1",
                as,
                Quantity.of(executed),
                average == null ? null : Price.of(average)));
    }

    private void isUnknown() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fillsTo("OD1-1-1", "300", "100", "300", "X1");
        desk.loses(House.ALFA).connects(House.ALFA).doesNotKnow("OD1-1-1");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
    }

    private Refusal refusedAs() {
        return ((Effect.Outcome.Refused) desk.answer()).refusal();
    }

    @Test
    void two_persons_say_how_an_unknown_order_ended_and_its_rest_returns_to_the_parent() {
        isUnknown();
        says("olga", OrdStatus.CANCELED, "300", null);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        says("olga", OrdStatus.CANCELED, "300", null);
        assertThat(refusedAs()).isEqualTo(Refusal.MAKER_IS_CHECKER);
        // Another word takes the place of the first.
        says("rsmith", OrdStatus.EXPIRED, "300", null);
        says("olga", OrdStatus.CANCELED, "300", null);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.UNKNOWN);
        says("rsmith", OrdStatus.CANCELED, "300", null);
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.CANCELED);
        assertThat(desk.only(Effect.SendNewOrder.class).terms().quantity()).isEqualTo(Quantity.of("700"));
        says("olga", OrdStatus.CANCELED, "300", null);
        assertThat(refusedAs()).isEqualTo(Refusal.ROUTE_IS_KNOWN);
    }

    @Test
    void what_persons_say_was_executed_is_booked_and_gives_way_to_its_report() {
        isUnknown();
        says("olga", OrdStatus.FILLED, "1000", null);
        assertThat(refusedAs()).isEqualTo(Refusal.NOT_VALID);
        says("olga", OrdStatus.CANCELED, "200", null);
        assertThat(refusedAs()).isEqualTo(Refusal.NOT_VALID);
        says("olga", OrdStatus.CANCELED, "800", "101");
        says("rsmith", OrdStatus.CANCELED, "800", "101");
        assertThat(position()).isEqualByComparingTo("800");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.CANCELED);
        desk.fillsTo("OD1-1-1", "500", "101.7", "800", "X2");
        assertThat(position()).isEqualByComparingTo("800");
        desk.fillsTo("OD1-1-1", "50", "101.7", "850", "X3");
        assertThat(position()).isEqualByComparingTo("850");
        assertThat(desk.route("OD1-1").status()).isEqualTo(OrdStatus.CANCELED);
    }

    @Test
    void an_order_that_lives_although_persons_said_it_ended_is_taken_back_where_it_is_not_wanted_any_more() {
        isUnknown();
        says("olga", OrdStatus.CANCELED, "300", null);
        says("rsmith", OrdStatus.CANCELED, "300", null);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100");
        assertThat(desk.route("OD1-1").live()).isTrue();
        assertThat(alerts(AlertKind.BROKER_DISAGREES))
                .singleElement()
                .asString()
                .contains("although it was CANCELED by the word of olga and rsmith");
        // 700 works there and 700 elsewhere: one of them is asked back.
        assertThat(desk.effects).hasAtLeastOneElementOfType(Effect.SendCancel.class);
        desk.cancels("OD1").busts("OD1-1-1", "X1");
        assertThat(position()).isEqualByComparingTo("0");
    }

    @Test
    void a_word_is_forgotten_when_the_broker_speaks_before_the_second_person() {
        isUnknown();
        says("olga", OrdStatus.CANCELED, "300", null);
        desk.answers("OD1-1-1", OrdStatus.PARTIALLY_FILLED, "300", "100");
        says("rsmith", OrdStatus.CANCELED, "300", null);
        assertThat(refusedAs()).isEqualTo(Refusal.ROUTE_IS_KNOWN);
        assertThat(desk.route("OD1-1").live()).isTrue();
    }
}
