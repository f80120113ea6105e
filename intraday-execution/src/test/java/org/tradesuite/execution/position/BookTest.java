package org.tradesuite.execution.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private static final AccountId TWO = AccountId.of("TWO");
    private static final InstrumentId VOD = InstrumentId.of("VOD.XLON");
    private static final InstrumentId BP = InstrumentId.of("BP.XLON");
    private static final InstrumentId SAP = InstrumentId.of("SAP.XETR");

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
    void exposure_counts_the_side_that_reaches_further() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("1"));
        book.openPosition(ONE, BP, Currency.GBP, new BigDecimal("-50"), Price.of("1"));
        pend("O1", Side.BUY, "20", "1");
        pend("O2", Side.SELL, "300", "1");

        var exposure = book.exposure(List.of(ONE), Currency.USD, AtOnePrice.of("1", Currency.GBP, "2"));

        assertThat(exposure.net()).isEqualTo(Money.of("USD 100.00"));
        assertThat(exposure.gross()).isEqualTo(Money.of("USD 300.00"));
        assertThat(exposure.grossWithWorking())
                .as("100 held less 300 working is 200 short")
                .isEqualTo(Money.of("USD 500.00"));
        assertThat(exposure.isComplete()).isTrue();
    }

    @Test
    void the_firms_exposure_is_the_sum_of_its_accounts_after_every_kind_of_change() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("1"));
        book.openPosition(TWO, VOD, Currency.GBP, new BigDecimal("-30"), Price.of("1"));
        book.openPosition(TWO, BP, Currency.GBP, new BigDecimal("7"), Price.of("1"));
        pend("O1", Side.SELL, "400", "1");
        book.apply(fill("F1", "O1", Side.SELL, "250", "1", "GBP 0.00"));
        book.apply(fill("F2", "O1", Side.SELL, "10", "1", "GBP 0.00"));
        book.takeBack("F1");
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("60"), Price.of("1"));
        theFirmIsTheSumOfItsAccounts(book);
        theFirmIsTheSumOfItsAccounts(Book.of(book.content()));
        book.settle(order -> true);
        book.release("O1");
        theFirmIsTheSumOfItsAccounts(book);
    }

    private static void theFirmIsTheSumOfItsAccounts(Book book) {
        var two = AtOnePrice.of("2", Currency.GBP, "1");
        var one = book.exposure(List.of(ONE), Currency.GBP, two);
        var other = book.exposure(List.of(TWO), Currency.GBP, two);
        var both = book.exposure(List.of(ONE, TWO), Currency.GBP, two);
        var firm = book.exposure(Currency.GBP, two);
        assertThat(both).isEqualTo(firm);
        assertThat(firm.net()).isEqualTo(one.net().plus(other.net()));
        assertThat(firm.gross()).isEqualTo(one.gross().plus(other.gross()));
        assertThat(firm.grossWithWorking()).isEqualTo(one.grossWithWorking().plus(other.grossWithWorking()));
    }

    @Test
    void accounts_do_not_net_in_the_firms_exposure() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("1"));
        book.openPosition(TWO, VOD, Currency.GBP, new BigDecimal("-100"), Price.of("1"));

        var exposure = book.exposure(Currency.GBP, AtOnePrice.of("1", Currency.GBP, "1"));

        assertThat(exposure.gross()).isEqualTo(Money.of("GBP 200.00"));
        assertThat(exposure.net()).isEqualTo(Money.of("GBP 0.00"));
    }

    @Test
    void a_line_without_a_value_is_named_and_a_flat_one_needs_none() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("100"), Price.of("1"));
        book.openPosition(ONE, BP, Currency.GBP, BigDecimal.ZERO, Price.of("1"));

        var exposure = book.exposure(List.of(ONE), Currency.GBP, new Quoted(Map.of(), Map.of()));

        assertThat(exposure.unpriced()).containsExactly(VOD);
        assertThat(exposure.gross()).isEqualTo(Money.of("GBP 0.00"));
    }

    @Test
    void each_currency_is_added_up_before_it_is_exchanged() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("1"), Price.of("1"));
        book.openPosition(ONE, BP, Currency.GBP, new BigDecimal("-3"), Price.of("1"));
        book.openPosition(ONE, SAP, Currency.EUR, new BigDecimal("2"), Price.of("1"));
        var valuation = new Quoted(
                Map.of(VOD, Price.of("0.005"), BP, Price.of("0.005"), SAP, Price.of("10")),
                Map.of(Currency.GBP, new BigDecimal("1.25"), Currency.EUR, new BigDecimal("1.1")));

        var exposure = book.exposure(List.of(ONE), Currency.USD, valuation);

        assertThat(exposure.net()).as("-0.01 pounds and 20 euros").isEqualTo(Money.of("USD 21.99"));
        assertThat(exposure.gross())
                .as("0.02 pounds are 0.025 dollars: rounded once, and away from zero")
                .isEqualTo(Money.of("USD 22.03"));
        assertThat(exposure.grossWithWorking()).isEqualTo(exposure.gross());
    }

    @Test
    void a_line_in_a_currency_without_a_rate_is_named() {
        book.openPosition(ONE, VOD, Currency.GBP, new BigDecimal("1"), Price.of("1"));
        book.openPosition(ONE, SAP, Currency.EUR, new BigDecimal("2"), Price.of("1"));

        var exposure = book.exposure(
                Currency.GBP,
                new Quoted(Map.of(VOD, Price.of("3"), SAP, Price.of("10")), Map.of(Currency.GBP, BigDecimal.ONE)));

        assertThat(exposure.unpriced()).containsExactly(SAP);
        assertThat(exposure.gross()).isEqualTo(Money.of("GBP 3.00"));
    }

    /** SAP is quoted in euros, everything else in pounds. */
    private record Quoted(Map<InstrumentId, Price> prices, Map<Currency, BigDecimal> rates) implements Valuation {

        @Override
        public @Nullable Price price(InstrumentId instrument) {
            return prices.get(instrument);
        }

        @Override
        public Currency currency(InstrumentId instrument) {
            return instrument.equals(SAP) ? Currency.EUR : Currency.GBP;
        }

        @Override
        public @Nullable BigDecimal rate(Currency from, Currency to) {
            return rates.get(from);
        }
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
