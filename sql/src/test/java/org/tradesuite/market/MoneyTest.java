package org.tradesuite.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({"USD, 2", "JPY, 0", "KWD, 3", "CLF, 4", "BTC, 8", "ETH, 18"})
    void a_currency_has_its_number_of_decimals(String code, int scale) {
        assertThat(Currency.of(code).scale()).isEqualTo(scale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usd", "US", "ZZZ", "XAU", "XXX", "XTS", ""})
    void what_is_no_money_is_refused(String code) {
        assertThatThrownBy(() -> Currency.of(code)).hasMessageContaining("Currency '" + code + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 1234.5, USD 1234.50",
        "USD, -0.01, USD -0.01",
        "JPY, 1000, JPY 1000",
        "JPY, 1000.00, JPY 1000",
        "USD, 1E+3, USD 1000.00",
        "BTC, 0.00000001, BTC 0.00000001",
    })
    void money_has_the_scale_of_its_currency_and_reads_back(String currency, BigDecimal amount, String text) {
        var money = Money.of(amount, Currency.of(currency));
        assertThat(money).hasToString(text);
        assertThat(Money.of(text)).isEqualTo(money);
    }

    @ParameterizedTest
    @CsvSource({"USD, 0.005", "JPY, 0.5", "BTC, 0.000000001"})
    void an_amount_finer_than_its_currency_is_refused_and_never_rounded(String currency, BigDecimal amount) {
        assertThatThrownBy(() -> Money.of(amount, Currency.of(currency)))
                .hasMessageContaining(amount.toPlainString())
                .hasMessageContaining("round it with a stated rule");
    }

    @ParameterizedTest
    @CsvSource({"HALF_UP, 0.13", "HALF_EVEN, 0.12", "DOWN, 0.12", "UP, 0.13"})
    void rounding_is_what_the_caller_says(RoundingMode rounding, BigDecimal expected) {
        assertThat(Money.round(new BigDecimal("0.125"), Currency.USD, rounding).amount())
                .isEqualTo(expected);
    }

    @Test
    void two_currencies_do_not_mix() {
        var dollars = Money.of("USD 1.00");
        var yen = Money.of("JPY 1");
        assertThatThrownBy(() -> dollars.plus(yen)).hasMessageContaining("convert it to USD first");
        assertThatThrownBy(() -> dollars.minus(yen)).hasMessageContaining("convert it to USD first");
        assertThat(dollars.plus(Money.of("USD 2.50"))
                        .minus(Money.of("USD 0.50"))
                        .negated())
                .hasToString("USD -3.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.00", "USD1.00", "USD 1,00", "USD 1e3", "USD ", "USD +1", "USD 1.", "USD .5"})
    void text_that_is_no_money_is_refused(String text) {
        assertThatThrownBy(() -> Money.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_quantity_is_never_below_zero_and_ten_is_ten_however_it_is_written() {
        assertThat(Quantity.of("10.00")).isEqualTo(Quantity.of(10)).hasToString("10");
        assertThatThrownBy(() -> Quantity.of("-1")).hasMessageContaining("below zero");
        assertThatThrownBy(() -> Quantity.of(1).minus(Quantity.of(2))).hasMessageContaining("below zero");
        assertThatThrownBy(() -> Quantity.of("1e3")).hasMessageContaining("not a decimal number");
        assertThat(Quantity.of("0.0005").isMultipleOf(Quantity.of("0.0001"))).isTrue();
        assertThat(Quantity.of(150).isMultipleOf(Quantity.of(100))).isFalse();
    }

    @Test
    void a_buy_adds_and_a_sell_takes_away() {
        assertThat(Side.BUY.signed(Quantity.of(5))).isEqualByComparingTo("5");
        assertThat(Side.SELL.signed(Quantity.of(5))).isEqualByComparingTo("-5");
        assertThat(Side.of("SELL").opposite()).isEqualTo(Side.BUY);
    }

    @Test
    void a_price_stands_on_its_ticks() {
        assertThat(Price.of("72.34").isOnTick(new BigDecimal("0.02"))).isTrue();
        assertThat(Price.of("72.35").isOnTick(new BigDecimal("0.02"))).isFalse();
        assertThat(Price.of("3.333").gross(Quantity.of(100), Currency.JPY, RoundingMode.HALF_UP))
                .hasToString("JPY 333");
    }

    @Test
    void a_hundred_basis_points_are_one_percent() {
        assertThat(BasisPoints.of("25").of(Money.of("USD 10000.00"), RoundingMode.HALF_UP))
                .hasToString("USD 25.00");
        assertThat(BasisPoints.ofFraction(new BigDecimal("0.01"))).isEqualTo(BasisPoints.of("100"));
    }
}
