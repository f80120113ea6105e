package org.tradesuite.execution.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.BITCOIN;
import static org.tradesuite.execution.reference.SampleDesk.IBM;
import static org.tradesuite.execution.reference.SampleDesk.MONDAY_23_NOVEMBER_2026;
import static org.tradesuite.execution.reference.SampleDesk.TEN;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** Cash by currency and value date: New York pays a day after the trade, Bitcoin is paid at once, both in dollars. */
class ValueDatesTest {

    private ReferenceData reference = SampleDesk.reference();
    private final Book book = new Book();
    private final ValueDates valueDates = new ValueDates();

    @BeforeEach
    void cash() {
        book.openCash(ACCOUNT, Money.of("USD 1000.00"));
    }

    /** Of the thousand on the books nine hundred come tomorrow. */
    private void soldInNewYork(String amount) {
        order("S1", IBM, amount, "0");
    }

    private void order(String id, InstrumentId instrument, String dealt, String promised) {
        valueDates.order(
                id,
                ACCOUNT,
                reference.instrument(instrument).orElseThrow(),
                MONDAY_23_NOVEMBER_2026,
                reference,
                new BigDecimal(dealt),
                new BigDecimal(promised));
    }

    private Check check(InstrumentId instrument, Side side, String quantity, String price, @Nullable String replaces) {
        var proposal = new Proposal(
                ACCOUNT,
                "VALUE",
                "apatel",
                instrument,
                side,
                Quantity.of(quantity),
                Price.of(price),
                TEN,
                null,
                replaces);
        var exposures = new Exposures(reference, new MarketData(), Currency.USD, order -> null);
        book.watch(exposures);
        var situation = new Situation(
                reference,
                book,
                new Activity(),
                exposures,
                new MessageRates(),
                new Switches(),
                any -> null,
                valueDates);
        return PreTrade.assess(proposal, situation).checks().stream()
                .filter(each -> each.rule().equals("CASH_BY_VALUE_DATE"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"0.125,", "0.12500001, CASH_NOT_SETTLED"})
    void what_is_paid_today_is_paid_from_what_is_there_today(String quantity, @Nullable RefusalCode code) {
        soldInNewYork("900");
        assertThat(check(BITCOIN, Side.BUY, quantity, "800.00", null).code()).isEqualTo(code);
    }

    @Test
    void the_evidence_names_the_date_the_currency_and_what_would_be_left() {
        soldInNewYork("900");
        var check = check(BITCOIN, Side.BUY, "0.25", "800.00", null);
        assertThat(check.seen().toString()).isEqualTo("valueDate=2026-11-23 projected=-100.00");
        assertThat(check.unit()).isEqualTo("USD");
        assertThat(check.measured()).isEqualByComparingTo("200");
        assertThat(check.limit()).isEqualByComparingTo("100");
    }

    @ParameterizedTest
    @CsvSource({"10, 100.00,", "10, 100.01, CASH_NOT_SETTLED"})
    void what_is_paid_tomorrow_is_paid_from_what_comes_tomorrow(
            String quantity, String price, @Nullable RefusalCode code) {
        soldInNewYork("900");
        assertThat(check(IBM, Side.BUY, quantity, price, null).code()).isEqualTo(code);
    }

    @Test
    void what_was_bought_and_is_paid_tomorrow_is_there_today_and_spent_tomorrow() {
        // The books have paid 400 already, which leave tomorrow: today there are 1,400.
        order("B1", IBM, "-400", "0");
        assertThat(check(BITCOIN, Side.BUY, "1.25", "800.00", null).code()).isNull();
        var tomorrow = check(BITCOIN, Side.BUY, "1.2500125", "800.00", null);
        assertThat(tomorrow.code()).isEqualTo(RefusalCode.CASH_NOT_SETTLED);
        assertThat(tomorrow.seen().toString()).contains("valueDate=2026-11-24");
    }

    @Test
    void what_works_is_promised_for_the_date_on_which_it_is_paid() {
        book.pend(new PendingOrder("W1", ACCOUNT, IBM, Currency.USD, Side.BUY, Quantity.of("5"), Price.of("100")));
        order("W1", IBM, "0", "500");
        soldInNewYork("400");
        // Today 600 are there; tomorrow 1,000, less 500 that are promised.
        assertThat(check(BITCOIN, Side.BUY, "0.625", "800.00", null).code()).isNull();
        var check = check(BITCOIN, Side.BUY, "0.65", "800.00", null);
        assertThat(check.code()).isEqualTo(RefusalCode.CASH_NOT_SETTLED);
        assertThat(check.seen().toString()).contains("valueDate=2026-11-24", "projected=-20");
    }

    @Test
    void an_order_that_ended_is_promised_nothing_and_one_that_changed_only_what_it_is_now() {
        order("W1", IBM, "900", "0");
        order("W1", IBM, "300", "0");
        assertThat(check(BITCOIN, Side.BUY, "0.875", "800.00", null).code()).isNull();
        order("W1", IBM, "0", "0");
        assertThat(check(BITCOIN, Side.BUY, "1.25", "800.00", null).code()).isNull();
    }

    @Test
    void an_amendment_that_asks_for_less_passes_whatever_is_there() {
        book.pend(new PendingOrder("W1", ACCOUNT, BITCOIN, Currency.USD, Side.BUY, Quantity.of("1"), Price.of("800")));
        order("W1", BITCOIN, "0", "800");
        soldInNewYork("900");
        assertThat(check(BITCOIN, Side.BUY, "0.5", "800.00", "W1").code()).isNull();
        assertThat(check(BITCOIN, Side.BUY, "1.1", "800.00", "W1").code()).isEqualTo(RefusalCode.CASH_NOT_SETTLED);
    }

    @Test
    void a_sale_needs_no_cash_and_a_margin_account_may_borrow() {
        soldInNewYork("900");
        assertThat(check(BITCOIN, Side.SELL, "5", "800.00", null).code()).isNull();
        reference = SampleDesk.withRulebook(Rulebook.empty(), SampleDesk::onMargin);
        assertThat(check(BITCOIN, Side.BUY, "5", "800.00", null).code()).isNull();
    }

    @Test
    void without_a_settlement_cycle_nobody_can_say_and_it_is_refused() {
        reference = withoutCycles();
        assertThat(check(BITCOIN, Side.BUY, "0.1", "800.00", null).code())
                .isEqualTo(RefusalCode.SETTLEMENT_DATE_MISSING);
    }

    private static ReferenceData withoutCycles() {
        var content = SampleDesk.content();
        return ReferenceData.of(
                MONDAY_23_NOVEMBER_2026,
                new ReferenceContent(
                        content.instruments(),
                        content.accounts(),
                        content.cashAccounts(),
                        content.brokers(),
                        content.brokerRates(),
                        content.tradingSessions(),
                        List.of(),
                        content.calendarOverrides(),
                        content.fxRates(),
                        content.strategies(),
                        content.traders(),
                        content.firm(),
                        content.limits(),
                        content.openingPositions(),
                        content.openingCash(),
                        content.volumeProfiles(),
                        content.rulebook()));
    }
}
