package org.tradesuite.execution.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** The book against a naive one that only adds up. */
class BookProperties {

    private static final AccountId ACCOUNT = AccountId.of("ONE");
    private static final InstrumentId VOD = InstrumentId.of("VOD.XLON");

    record Deal(Side side, BigDecimal quantity, BigDecimal price, BigDecimal charges) {}

    @Provide
    Arbitrary<List<Deal>> deals() {
        var quantities = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.0001"), new BigDecimal("5000"))
                .ofScale(4);
        var prices = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.0001"), new BigDecimal("900"))
                .ofScale(4);
        var charges = Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("20"))
                .ofScale(2);
        return Combinators.combine(Arbitraries.of(Side.class), quantities, prices, charges)
                .as(Deal::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 500)
    void quantity_and_profit_add_up(@ForAll("deals") List<Deal> deals) {
        var position = Position.FLAT;
        var quantity = BigDecimal.ZERO;
        var spent = BigDecimal.ZERO;
        for (var deal : deals) {
            position = position.after(deal.side(), Quantity.of(deal.quantity()), Price.of(deal.price()));
            var signed =
                    deal.side() == Side.BUY ? deal.quantity() : deal.quantity().negate();
            quantity = quantity.add(signed);
            spent = spent.add(signed.multiply(deal.price()));

            assertThat(position.quantity()).isEqualByComparingTo(quantity);
            assertThat(position.cost().subtract(position.realised()))
                    .as("bought less sold is cost less realised")
                    .isEqualByComparingTo(spent);
            assertThat(position.cost().signum()).isEqualTo(quantity.signum());
        }
    }

    /** First principles: a list of open units at average price, closed in proportion, in doubles. */
    @Property(tries = 300)
    void average_cost_agrees_with_the_textbook(@ForAll("deals") List<Deal> deals) {
        var position = Position.FLAT;
        double held = 0;
        double average = 0;
        double realised = 0;
        for (var deal : deals) {
            position = position.after(deal.side(), Quantity.of(deal.quantity()), Price.of(deal.price()));
            var signed = deal.quantity().doubleValue() * deal.side().sign();
            var price = deal.price().doubleValue();
            if (held * signed >= 0) {
                average = (average * held + price * signed) / (held + signed);
                held += signed;
            } else {
                var closed = Math.min(Math.abs(held), Math.abs(signed));
                realised += closed * (price - average) * Math.signum(held);
                var before = held;
                held += signed;
                average = Math.abs(held) < 1e-9 ? 0 : before * held < 0 ? price : average;
            }
            if (Math.abs(held) < 1e-9) {
                held = 0;
            }

            assertThat(position.realised().doubleValue()).isCloseTo(realised, within(1e-3));
            if (held != 0) {
                assertThat(position.averageCost().orElseThrow().value().doubleValue())
                        .isCloseTo(average, within(1e-4));
            }
        }
    }

    @Property(tries = 300)
    void cash_is_the_opening_and_the_sum_of_effects_to_the_penny(@ForAll("deals") List<Deal> deals) {
        var book = new Book();
        book.openCash(ACCOUNT, Money.of("GBP 1000.00"));
        var expected = new BigDecimal("1000.00");
        var number = 0;
        for (var deal : deals) {
            book.apply(fill("F" + ++number, deal));
            var gross = deal.quantity().multiply(deal.price()).setScale(2, java.math.RoundingMode.HALF_UP);
            expected =
                    (deal.side() == Side.BUY ? expected.subtract(gross) : expected.add(gross)).subtract(deal.charges());
        }

        assertThat(book.cash(ACCOUNT, Currency.GBP).amount()).isEqualByComparingTo(expected);
    }

    @Property(tries = 200)
    void taking_fills_back_in_any_order_gives_the_book_without_them(
            @ForAll("deals") List<Deal> deals, @ForAll @IntRange(max = 7) int remainder) {
        var book = new Book();
        var without = new Book();
        var back = new ArrayList<String>();
        for (var number = 0; number < deals.size(); number++) {
            var fill = fill("F" + number, deals.get(number));
            book.apply(fill);
            if (number % 8 == remainder) {
                back.addFirst(fill.fillId());
            } else {
                without.apply(fill);
            }
        }
        back.forEach(book::takeBack);

        assertThat(book.position(ACCOUNT, VOD)).isEqualTo(without.position(ACCOUNT, VOD));
        assertThat(book.cash(ACCOUNT, Currency.GBP)).isEqualTo(without.cash(ACCOUNT, Currency.GBP));
    }

    /** Whatever part of the working orders trades at their price, cash stays within what was promised. */
    @Property(tries = 300)
    void no_execution_of_working_orders_costs_more_than_was_promised(
            @ForAll("deals") List<Deal> orders, @ForAll @IntRange(min = 0, max = 100) int percent) {
        var book = new Book();
        book.openCash(ACCOUNT, Money.of("GBP 100000.00"));
        var number = 0;
        for (var order : orders) {
            book.pend(new PendingOrder(
                    "O" + ++number,
                    ACCOUNT,
                    VOD,
                    Currency.GBP,
                    order.side(),
                    Quantity.of(order.quantity()),
                    Price.of(order.price())));
        }
        var committed = book.committedCash(ACCOUNT, Currency.GBP);
        number = 0;
        var bought = BigDecimal.ZERO;
        for (var order : orders) {
            number++;
            var part = order.quantity()
                    .multiply(BigDecimal.valueOf((percent * number) % 101))
                    .divide(BigDecimal.valueOf(100), 4, java.math.RoundingMode.DOWN);
            if (part.signum() == 0) {
                continue;
            }
            book.apply(new BookedFill(
                    "F" + number,
                    "O" + number,
                    ACCOUNT,
                    VOD,
                    Currency.GBP,
                    order.side(),
                    Quantity.of(part),
                    Price.of(order.price()),
                    Money.zero(Currency.GBP)));
            bought = bought.add(order.side() == Side.BUY ? part.multiply(order.price()) : BigDecimal.ZERO);
        }
        assertThat(bought).isLessThanOrEqualTo(committed.amount());
    }

    private static BookedFill fill(String id, Deal deal) {
        return new BookedFill(
                id,
                "O",
                ACCOUNT,
                VOD,
                Currency.GBP,
                deal.side(),
                Quantity.of(deal.quantity()),
                Price.of(deal.price()),
                Money.of(deal.charges(), Currency.GBP));
    }
}
