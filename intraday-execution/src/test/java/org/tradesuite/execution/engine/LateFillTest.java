package org.tradesuite.execution.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Quantity;

/** What brokers execute, take back or correct after the day's allocations went out. */
class LateFillTest {

    private static final BigDecimal OPENING = new BigDecimal("900000000000.00");

    private final DeskStory desk = new DeskStory();
    private final Strangers strangers = new Strangers(desk);
    private long sequence = 5_000;

    @AfterEach
    void replay_equals_live() {
        var codec = new FactCodec();
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(recorded -> again.replay(codec.read(codec.write(recorded))));
        var states = new StateCodec();
        assertThat(states.digest(again.state().content()))
                .isEqualTo(states.digest(desk.desk.state().content()));
    }

    /** Filled by 400 of 1000, the rest not cancelled in time, and allocated. */
    private Effect.SendAllocation allocatedWithARouteStillOpen() {
        desk.buys("D1", "1000").acknowledges("OD1-1-1").fills("OD1-1-1", "400", "100", "X1");
        desk.closes().later(Duration.ofMinutes(1));
        return desk.only(Effect.SendAllocation.class);
    }

    private void confirms(Effect.SendAllocation sent, String confirmId) {
        desk.gets(new Input.BrokerConfirmation(
                desk.now,
                sent.broker(),
                ++sequence,
                confirmId,
                sent.allocationId(),
                sent.quantity(),
                sent.averagePrice(),
                sent.grossAmount(),
                sent.commission(),
                sent.netAmount(),
                sent.settlementDate()));
    }

    private TradeState trade(Effect.SendAllocation sent) {
        return Objects.requireNonNull(desk.desk.state().trade(sent.tradeId()));
    }

    private List<AlertKind> alerts() {
        return desk.effects.stream()
                .filter(Effect.Alert.class::isInstance)
                .map(effect -> ((Effect.Alert) effect).kind())
                .toList();
    }

    private BigDecimal spent() {
        return OPENING.subtract(
                desk.desk.state().book().cash(House.ACCOUNT, Currency.GBP).amount());
    }

    private Day.Status day() {
        return Objects.requireNonNull(desk.desk.state().day(House.MONDAY)).status();
    }

    @Test
    void a_fill_before_the_broker_answers_replaces_the_allocation() {
        var first = allocatedWithARouteStillOpen();
        desk.fills("OD1-1-1", "100", "101", "X2");
        var second = desk.only(Effect.SendAllocation.class);
        assertThat(first.replaces()).isNull();
        assertThat(second.tradeId()).isEqualTo(first.tradeId());
        assertThat(second.allocationId()).isEqualTo(first.tradeId() + "-2");
        assertThat(second.replaces()).isEqualTo(first.allocationId());
        assertThat(second.quantity()).isEqualTo(Quantity.of("500"));
        assertThat(second.grossAmount()).isEqualByComparingTo("50100.00");
        assertThat(spent()).isEqualByComparingTo(second.netAmount());
        // The answer to what was replaced says nothing about what stands.
        confirms(first, "C1");
        assertThat(desk.effects).noneMatch(Effect.SendConfirmationAck.class::isInstance);
        assertThat(trade(first).status()).isEqualTo(TradeState.Status.UNCONFIRMED);
        assertThat(day()).isEqualTo(Day.Status.CLOSING);
        confirms(second, "C2");
        assertThat(desk.only(Effect.SendConfirmationAck.class).affirmed()).isTrue();
        assertThat(trade(first).status()).isEqualTo(TradeState.Status.AFFIRMED);
        assertThat(day()).isEqualTo(Day.Status.CLOSED);
    }

    @Test
    void a_bust_and_a_correction_replace_it_too_and_the_same_again_does_not() {
        allocatedWithARouteStillOpen();
        desk.fills("OD1-1-1", "100", "100", "X2").fills("OD1-1-1", "100", "100", "X2");
        assertThat(desk.effects).isEmpty();
        desk.busts("OD1-1-1", "X1");
        var third = desk.only(Effect.SendAllocation.class);
        assertThat(third.allocationId()).isEqualTo(third.tradeId() + "-3");
        assertThat(third.replaces()).isEqualTo(third.tradeId() + "-2");
        assertThat(third.quantity()).isEqualTo(Quantity.of("100"));
        // A small trade pays the minimum commission, and the cash is what the trade says after each replacement.
        assertThat(third.commission()).isEqualByComparingTo("5.00");
        assertThat(spent()).isEqualByComparingTo(third.netAmount());
        desk.gets(new Input.BrokerExecutionReport(
                desk.now, House.ALFA, ++sequence, correction("X3", "X2", "OD1-1-1", "150", "100")));
        var fourth = desk.only(Effect.SendAllocation.class);
        assertThat(fourth.quantity()).isEqualTo(Quantity.of("150"));
        assertThat(spent()).isEqualByComparingTo(fourth.netAmount());
    }

    private ExecutionReport correction(String execId, String of, String clOrdId, String quantity, String price) {
        return desk.report(
                execId, of, clOrdId, null, ExecType.TRADE_CORRECT, OrdStatus.PARTIALLY_FILLED, quantity, price);
    }

    @Test
    void after_a_restart_the_allocation_that_stands_is_offered_again() {
        allocatedWithARouteStillOpen();
        desk.fills("OD1-1-1", "100", "100", "X2");
        var second = desk.only(Effect.SendAllocation.class);
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(again::replay);
        var batch = new Batch();
        again.recover(desk.now, batch);
        assertThat(batch.effects).contains(new Effect.Resume(second));
    }

    @Test
    void when_everything_is_taken_back_a_person_is_told() {
        var first = allocatedWithARouteStillOpen();
        desk.busts("OD1-1-1", "X1");
        assertThat(alerts()).contains(AlertKind.TRADE_CHANGED);
        assertThat(desk.effects).noneMatch(Effect.SendAllocation.class::isInstance);
        assertThat(trade(first).status()).isEqualTo(TradeState.Status.MISMATCHED);
    }

    @Test
    void once_the_day_is_closed_the_trade_stays_and_does_not_match_any_more() {
        var first = allocatedWithARouteStillOpen();
        confirms(first, "C1");
        assertThat(day()).isEqualTo(Day.Status.CLOSED);
        desk.fills("OD1-1-1", "100", "100", "X2");
        assertThat(alerts()).contains(AlertKind.TRADE_CHANGED);
        assertThat(desk.effects).noneMatch(Effect.SendAllocation.class::isInstance);
        var trade = trade(first);
        assertThat(trade.status()).isEqualTo(TradeState.Status.MISMATCHED);
        assertThat(trade.text()).contains("It is 500 at 100").contains("the trade is 400 at 100");
        assertThat(trade.allocated().trade().quantity()).isEqualTo(Quantity.of("400"));
        // What is owned is booked all the same.
        assertThat(desk.desk.state().book().position(House.ACCOUNT, House.VOD).quantity())
                .isEqualByComparingTo("1000000500");
    }

    @Test
    void what_is_claimed_while_the_day_closes_becomes_one_of_its_trades() {
        strangers.execute("E1", "PHONE-1", House.MONDAY);
        var first = allocatedWithARouteStillOpen();
        strangers.areClaimed("X-ALFA-1", House.INCOME);
        var sent = desk.only(Effect.SendAllocation.class);
        assertThat(sent.account()).isEqualTo(House.INCOME);
        assertThat(sent.replaces()).isNull();
        confirms(first, "C1");
        confirms(sent, "C2");
        assertThat(day()).isEqualTo(Day.Status.CLOSED);
        assertThat(trade(sent).status()).isEqualTo(TradeState.Status.AFFIRMED);
    }

    @Test
    void what_is_claimed_after_its_day_was_closed_is_a_trade_of_the_next_with_its_own_trade_date() {
        strangers.execute("E1", "PHONE-1", House.MONDAY);
        strangers.execute("E2", "PHONE-2", House.MONDAY);
        var first = allocatedWithARouteStillOpen();
        strangers.areClaimed("X-ALFA-1", House.INCOME);
        var early = desk.only(Effect.SendAllocation.class);
        confirms(first, "C1");
        confirms(early, "C2");
        strangers.areClaimed("X-ALFA-2", House.INCOME);
        assertThat(desk.answer()).isInstanceOfSatisfying(Effect.Outcome.Refused.class, refused -> {
            assertThat(refused.refusal()).isEqualTo(Effect.Refusal.DAY_IS_NOT_OPEN);
            assertThat(refused.detail()).contains("X-ALFA-2").contains("when the next day is open");
        });
        assertThat(trade(early).status())
                .as("it is instructed as it was agreed")
                .isEqualTo(TradeState.Status.AFFIRMED);

        var tuesday = House.MONDAY.plusDays(1);
        desk.now = desk.now.plus(Duration.ofDays(1));
        desk.gets(new Input.TradingDayOpenRequested(desk.now, ++sequence, "ops", tuesday));
        strangers.areClaimed("X-ALFA-2", House.INCOME);
        desk.gets(new Input.TradingDayCloseRequested(desk.now, ++sequence, "ops", "end of day", tuesday));
        var late = desk.only(Effect.SendAllocation.class);
        assertThat(late.tradeDate()).isEqualTo(House.MONDAY);
        assertThat(late.settlementDate()).isEqualTo(early.settlementDate());
        assertThat(late.quantity()).isEqualTo(Quantity.of("50"));
        var trade = trade(late).allocated().trade();
        assertThat(trade.businessDate()).isEqualTo(tuesday);
        assertThat(trade.orderIds()).containsExactly("X-ALFA-2");
        assertThat(trade.tradeId()).isNotEqualTo(early.tradeId());
        confirms(late, "C3");
        var said = desk.only(Effect.SendConfirmationAck.class);
        assertThat(said.tradeDate()).isEqualTo(House.MONDAY);
        assertThat(Objects.requireNonNull(desk.desk.state().day(tuesday)).status())
                .isEqualTo(Day.Status.CLOSED);
        assertThat(trade(early).status()).isEqualTo(TradeState.Status.AFFIRMED);
        var again = new Desk(House.settings(), House.reference());
        desk.journal.forEach(again::replay);
        var batch = new Batch();
        again.recover(desk.now, batch);
        assertThat(batch.effects)
                .filteredOn(effect -> effect instanceof Effect.Resume resume
                        && resume.message() instanceof Effect.SendConfirmationAck ack
                        && ack.tradeDate().equals(House.MONDAY)
                        && ack.confirmId().equals(said.confirmId()))
                .as("after a restart it is offered with the same trade date")
                .hasSize(1);
    }
}
