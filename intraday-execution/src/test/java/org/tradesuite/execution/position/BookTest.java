package org.tradesuite.execution.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class BookTest {

    private static final AccountId ONE = AccountId.of("ONE");
    private static final InstrumentId VOD = InstrumentId.of("VOD.XLON");

    private final Book book = new Book();

    @Test
    void a_buy_adds_units_and_takes_gross_and_charges_from_the_cash() {
        book.openCash(ONE, Money.of("GBP 1000.00"));

        var booking = book.apply(fill("F1", "O1", Side.BUY, "100", "1.005", "GBP 0.50"));

        assertThat(booking.after().quantity()).isEqualByComparingTo("100");
        assertThat(booking.cashEffect()).isEqualTo(Money.of("GBP -101.00"));
        assertThat(book.cash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 899.00"));
    }

    @Test
    void a_sale_brings_gross_less_charges() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("0.80"));

        var booking = book.apply(fill("F1", "O1", Side.SELL, "40", "1.00", "GBP 0.50"));

        assertThat(booking.cashEffect()).isEqualTo(Money.of("GBP 39.50"));
        assertThat(booking.after().realised()).isEqualByComparingTo("8");
    }

    @Test
    void the_same_fill_is_never_booked_twice() {
        book.apply(fill("F1", "O1", Side.BUY, "100", "1", "GBP 0.00"));

        assertThatThrownBy(() -> book.apply(fill("F1", "O1", Side.BUY, "100", "1", "GBP 0.00")))
                .hasMessageContaining("booked already");
        assertThat(book.position(ONE, VOD).quantity()).isEqualByComparingTo("100");
    }

    @Test
    void a_fill_taken_back_is_as_if_it_had_never_been() {
        book.openCash(ONE, Money.of("GBP 1000.00"));
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("2"));
        book.apply(fill("F1", "O1", Side.BUY, "100", "4", "GBP 1.00"));
        book.apply(fill("F2", "O2", Side.SELL, "50", "5", "GBP 1.00"));

        book.takeBack("F1");

        assertThat(book.position(ONE, VOD).quantity()).isEqualByComparingTo("50");
        assertThat(book.position(ONE, VOD).averageCost()).contains(Price.of("2"));
        assertThat(book.position(ONE, VOD).realised()).isEqualByComparingTo("150");
        assertThat(book.cash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 1249.00"));
        assertThatThrownBy(() -> book.takeBack("F1")).hasMessageContaining("not booked");
    }

    @Test
    void a_fill_is_taken_off_what_its_order_may_still_trade() {
        pend("O1", Side.BUY, "100", "2");

        book.apply(fill("F1", "O1", Side.BUY, "30", "1", "GBP 0.00"));

        assertThat(book.workingBuys(ONE, VOD)).isEqualTo(Quantity.of(70));
        assertThat(book.committedCash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 140.00"));
        book.apply(fill("F2", "O1", Side.BUY, "80", "1", "GBP 0.00"));
        assertThat(book.workingBuys(ONE, VOD)).as("executed beyond the order").isEqualTo(Quantity.ZERO);
        assertThat(book.committedCash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 0.00"));
        assertThat(book.pending("O1")).isNull();
    }

    @Test
    void an_order_set_anew_replaces_what_it_was_and_a_released_one_leaves_nothing() {
        pend("O1", Side.BUY, "100", "2");
        pend("O1", Side.BUY, "60", "3");
        pend("O1", Side.BUY, "60.0", "3.00");
        pend("O2", Side.SELL, "10", "3");

        assertThat(book.workingBuys(ONE, VOD)).isEqualTo(Quantity.of(60));
        assertThat(book.workingSells(ONE, VOD)).isEqualTo(Quantity.of(10));
        assertThat(book.committedCash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 180.00"));
        book.release("O1");
        book.release("O1");
        assertThat(book.workingBuys(ONE, VOD)).isEqualTo(Quantity.ZERO);
        assertThat(book.committedCash(ONE, Currency.GBP)).isEqualTo(Money.of("GBP 0.00"));
    }

    @Test
    void cash_that_was_never_given_is_not_known() {
        assertThat(book.knowsCash(ONE, Currency.GBP)).isFalse();
        book.openCash(ONE, Money.of("GBP 0.00"));
        assertThat(book.knowsCash(ONE, Currency.GBP)).isTrue();
        assertThat(book.addCash(ONE, Money.of("GBP -3.00"))).isEqualTo(Money.of("GBP -3.00"));
    }

    @Test
    void settled_fills_stay_in_the_position_and_can_no_more_be_taken_back() {
        book.apply(fill("F1", "O1", Side.BUY, "100", "4", "GBP 1.00"));
        book.apply(fill("F2", "O1", Side.SELL, "30", "5", "GBP 1.00"));
        book.apply(fill("F3", "O2", Side.BUY, "10", "6", "GBP 1.00"));
        var held = book.position(ONE, VOD);
        var cash = book.cash(ONE, Currency.GBP);

        book.settle("O1"::equals);

        assertThat(book.position(ONE, VOD)).isEqualTo(held);
        assertThat(book.cash(ONE, Currency.GBP)).isEqualTo(cash);
        assertThatThrownBy(() -> book.takeBack("F1")).hasMessageContaining("not booked");
        book.takeBack("F3");
        assertThat(book.position(ONE, VOD).quantity()).isEqualByComparingTo("70");
        assertThat(book.position(ONE, VOD).averageCost()).contains(Price.of("4"));
    }

    @Test
    void a_settled_fill_behind_one_that_may_be_taken_back_waits_for_it() {
        book.apply(fill("F1", "O1", Side.BUY, "100", "4", "GBP 0.00"));
        book.apply(fill("F2", "O2", Side.BUY, "100", "6", "GBP 0.00"));

        book.settle("O2"::equals);
        book.takeBack("F1");

        assertThat(book.position(ONE, VOD).averageCost()).contains(Price.of("6"));
    }

    @Test
    void a_book_written_down_and_read_back_goes_on_alike() {
        book.openCash(ONE, Money.of("GBP 1000.00"));
        book.apply(fill("F1", "O1", Side.BUY, "100", "4", "GBP 1.00"));
        pend("O2", Side.SELL, "50", "2");
        var again = Book.of(book.content());

        for (var each : List.of(book, again)) {
            each.apply(fill("F2", "O2", Side.SELL, "20", "5", "GBP 1.00"));
            each.takeBack("F1");
        }

        assertThat(again.content()).isEqualTo(book.content());
        assertThatThrownBy(() -> again.apply(fill("F2", "O2", Side.SELL, "20", "5", "GBP 1.00")))
                .hasMessageContaining("booked already");
    }

    private void pend(String order, Side side, String quantity, String price) {
        book.pend(new PendingOrder(order, ONE, VOD, Currency.GBP, side, Quantity.of(quantity), Price.of(price)));
    }

    private static BookedFill fill(String id, String order, Side side, String quantity, String price, String charges) {
        return new BookedFill(
                id, order, ONE, VOD, Currency.GBP, side, Quantity.of(quantity), Price.of(price), Money.of(charges));
    }
}
