package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What ended two business days ago leaves the engine's memory, and nothing that is counted changes by it. */
class ForgettingTest {

    private final DeskStory desk = new DeskStory();
    private final Strangers strangers = new Strangers(desk);
    private LocalDate today = House.MONDAY;
    private long request = 1_000_000;

    private void tomorrow() {
        desk.gets(new Input.TradingDayCloseRequested(desk.now, ++request, "ops", "end of day", today));
        desk.later(Duration.ofMinutes(2)).later(Duration.ofMinutes(2));
        // London is closed at the weekend.
        today = today.plusDays(today.getDayOfWeek() == DayOfWeek.FRIDAY ? 3 : 1);
        desk.now = today.atTime(9, 0).toInstant(ZoneOffset.UTC);
        desk.gets(new Input.TradingDayOpenRequested(desk.now, ++request, "ops", today));
        desk.quotes("99.99", "100.01");
        assertThat(Objects.requireNonNull(desk.desk.state().day()).status()).isEqualTo(Day.Status.OPEN);
    }

    private void filledOnMonday() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "1000", "100.01", "X1");
    }

    private ExecutionReport canceledAfter(String clOrdId, String cumulative) {
        return Saying.of("C1", ExecType.CANCELED, OrdStatus.CANCELED)
                .on(today)
                .at(desk.now)
                .id(clOrdId)
                .knownAs("B-" + clOrdId)
                .counts(cumulative)
                .leaves(Quantity.ZERO)
                .report();
    }

    private BigDecimal position() {
        return desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity();
    }

    private BigDecimal working() {
        return desk.desk.state().book().workingBuys(House.ACCOUNT, House.VOD).value();
    }

    private BigDecimal cash() {
        return desk.desk.state().book().cash(House.ACCOUNT, Currency.GBP).amount();
    }

    @Test
    void an_order_is_known_for_two_more_business_days_and_then_no_more() {
        filledOnMonday();
        tomorrow();
        tomorrow();
        assertThat(desk.desk.state().order("OD1")).isNotNull();
        tomorrow();
        assertThat(desk.desk.state().order("OD1")).isNull();
        assertThat(desk.desk.state().findRoute("OD1-1")).isNull();
        assertThat(desk.journal.getLast().fact()).isEqualTo(new DeskFact.DayForgotten(House.MONDAY));
    }

    @Test
    void what_is_held_and_its_cost_stay_as_they_were() {
        filledOnMonday();
        tomorrow();
        desk.decides("D2", Side.SELL, "400", null, Algo.IMMEDIATE, null).fills("OD2-1-1", "400", "101", "X2");
        tomorrow();
        var held = desk.desk.state().book().position(House.ACCOUNT, House.VOD);
        var cash = cash();
        tomorrow();
        assertThat(desk.desk.state().book().position(House.ACCOUNT, House.VOD)).isEqualTo(held);
        assertThat(cash()).isEqualTo(cash);
        // Tuesday's fill can still be taken back, and leaves Monday's.
        desk.busts("OD2-1-1", "X2");
        assertThat(position()).isEqualByComparingTo("1000001000");
    }

    @Test
    void a_late_fill_or_bust_within_that_time_finds_its_order() {
        filledOnMonday();
        tomorrow();
        tomorrow();
        desk.busts("OD1-1-1", "X1");
        assertThat(position()).isEqualByComparingTo("1000000000");
    }

    @Test
    void a_report_that_comes_later_is_kept_for_a_person_and_not_booked() {
        filledOnMonday();
        tomorrow();
        tomorrow();
        tomorrow();
        var position = position();
        desk.reports("OD1-1-1", null, ExecType.TRADE, OrdStatus.FILLED, "10", "100", "X9");
        assertThat(desk.facts().getLast()).isInstanceOf(DeskFact.OrphanReported.class);
        assertThat(desk.only(Effect.Alert.class).kind()).isEqualTo(Effect.AlertKind.ORPHAN_FILL);
        // Monday's own fill, told again: nobody remembers that it was booked.
        desk.reports("OD1-1-1", null, ExecType.TRADE, OrdStatus.FILLED, "1000", "100.01", "X1");
        desk.later(Duration.ofMinutes(30));
        assertThat(position()).isEqualByComparingTo(position);
    }

    @Test
    void an_order_nobody_knows_the_end_of_stays() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "300", "100.01", "X1");
        tomorrow();
        tomorrow();
        tomorrow();
        assertThat(desk.order("OD1").ended()).isFalse();
        desk.fills("OD1-1-1", "300", "100.01", "X1");
        assertThat(position()).isEqualByComparingTo("1000000300");
        desk.confirmsCancel("OD1-1-1", "OD1-1-1");
        assertThat(desk.order("OD1").ended()).isTrue();
        tomorrow();
        assertThat(desk.desk.state().order("OD1")).isNull();
    }

    @Test
    void what_a_broker_counted_and_never_reported_is_not_waited_for_any_longer() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").cancels("OD1");
        desk.gets(new Input.BrokerExecutionReport(desk.now, House.ALFA, 9, canceledAfter("OD1-1-2", "300")));
        assertThat(desk.order("OD1").ended()).isTrue();
        assertThat(working()).isEqualByComparingTo("300");
        tomorrow();
        tomorrow();
        assertThat(working()).isEqualByComparingTo("300");
        tomorrow();
        assertThat(working()).isEqualByComparingTo("0");
    }

    @Test
    void a_key_is_answered_again_as_long_as_its_order_is_known() {
        filledOnMonday();
        tomorrow();
        tomorrow();
        desk.buys("D1", "1000");
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.DecisionAccepted("D1", "OD1", true));
        tomorrow();
        desk.gets(desk.decision("D7", "key-D1", "hash-D1", Side.BUY, "1000", null, Algo.IMMEDIATE, null));
        assertThat(desk.answer()).isEqualTo(new Effect.Outcome.DecisionAccepted("D7", "OD7", false));
    }

    private void strays(String execId, String clOrdId) {
        strangers.execute(execId, clOrdId, today);
        desk.later(Duration.ofSeconds(5));
    }

    @Test
    void what_was_claimed_is_forgotten_and_what_nobody_claimed_is_not() {
        strays("S1", "PHONE-1");
        strays("S2", "PHONE-2");
        strangers.areClaimed("X-ALFA-1", House.ACCOUNT);
        filledOnMonday();
        tomorrow();
        tomorrow();
        assertThat(desk.desk.state().externals().order("X-ALFA-1")).isNotNull();
        tomorrow();
        assertThat(desk.desk.state().externals().order("X-ALFA-1")).isNull();
        assertThat(desk.desk.state().externals().order("X-ALFA-2")).isNotNull();
        assertThat(position()).isEqualByComparingTo("1000001050");
        // Nothing of the line can be taken back any more, the claimed execution least of all: nobody keeps its fills.
        assertThat(desk.desk.state().content().book().lines())
                .filteredOn(line -> line.account().equals(House.ACCOUNT))
                .allSatisfy(line -> assertThat(line.newest()).isNull());
        // No number is given twice.
        strays("S3", "PHONE-3");
        assertThat(desk.desk.state().externals().order("X-ALFA-3")).isNotNull();
    }

    @Test
    void memory_does_not_grow_with_the_days() {
        for (var day = 1; day <= 8; day++) {
            desk.buys("D" + day, "1000").fills("OD" + day + "-1-1", "1000", "100.01", "X" + day);
            tomorrow();
        }
        assertThat(desk.desk.state().orders()).hasSize(2);
        assertThat(desk.desk.state().content().routes()).hasSize(2);
        assertThat(desk.desk.state().content().keys()).hasSize(2);
        // The broker has given all of them Monday's trade date.
        assertThat(desk.desk.state().content().executions()).isEmpty();
        assertThat(position()).isEqualByComparingTo("1000008000");
    }
}
