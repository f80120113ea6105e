package org.tradesuite.execution.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tradesuite.execution.reference.SampleDesk.ACCOUNT;
import static org.tradesuite.execution.reference.SampleDesk.ALFA;
import static org.tradesuite.execution.reference.SampleDesk.BRAVO;
import static org.tradesuite.execution.reference.SampleDesk.MONDAY_23_NOVEMBER_2026;
import static org.tradesuite.execution.reference.SampleDesk.TEN;
import static org.tradesuite.execution.reference.SampleDesk.TOYOTA;
import static org.tradesuite.execution.reference.SampleDesk.VOD;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.execution.reference.SampleDesk;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

class AllocationTest {

    @Test
    void fills_of_one_block_become_one_trade_at_the_average_price() {
        var trade = only(
                fill("F1", "O2", ALFA, VOD, Side.BUY, "1000", "1.00", 0),
                fill("F2", "O1", ALFA, VOD, Side.BUY, "9000", "1.10", 5),
                fill("F3", "O1", ALFA, VOD, Side.BUY, "5000", "1.20", 3));

        assertThat(trade.quantity()).isEqualTo(Quantity.of(15000));
        assertThat(trade.averagePrice()).isEqualTo(Price.of("1.12666667"));
        assertThat(trade.grossAmount()).isEqualTo(Money.of("GBP 16900.00"));
        assertThat(trade.commission()).as("the minimum").isEqualTo(Money.of("GBP 5.00"));
        assertThat(trade.fees()).as("84.5 pence, half up").isEqualTo(Money.of("GBP 0.85"));
        assertThat(trade.netAmount()).isEqualTo(Money.of("GBP 16905.85"));
        assertThat(trade.settlementDate()).isEqualTo(LocalDate.of(2026, 11, 25));
        assertThat(trade.orderIds()).containsExactly("O1", "O2");
        assertThat(trade.executedAt()).isEqualTo(TEN.plusSeconds(5));
        assertThat(trade.tradeId()).hasSize(16).startsWith("T261123");
    }

    @ParameterizedTest(name = "{0} {1}: commission {2}, net {3}")
    @CsvSource({
        "BUY,  24974, GBP 5.00,  GBP 24980.25",
        "BUY,  25000, GBP 5.00,  GBP 25006.25",
        "BUY,  25025, GBP 5.01,  GBP 25031.26",
        "BUY,  50000, GBP 10.00, GBP 50012.50",
        "SELL, 50000, GBP 10.00, GBP 49987.50"
    })
    void commission_is_the_rate_or_its_minimum_and_a_sale_receives_less(
            Side side, String quantity, String commission, String net) {
        var trade = only(fill("F1", "O1", ALFA, VOD, side, quantity, "1.00", 0));

        assertThat(trade.commission()).isEqualTo(Money.of(commission));
        assertThat(trade.netAmount()).isEqualTo(Money.of(net));
    }

    @Test
    void another_account_broker_instrument_or_side_is_another_trade() {
        var fills = List.of(
                fill("F1", "O1", ALFA, VOD, Side.BUY, "100", "1", 0),
                fill("F2", "O1", BRAVO, VOD, Side.BUY, "100", "1", 0),
                fill("F3", "O1", ALFA, TOYOTA, Side.BUY, "100", "2840", 0),
                fill("F4", "O1", ALFA, VOD, Side.SELL, "100", "1", 0),
                new DayFill(
                        "F5",
                        "O1",
                        MONDAY_23_NOVEMBER_2026,
                        AccountId.of("GEQ2"),
                        ALFA,
                        VOD,
                        Side.BUY,
                        Quantity.of(100),
                        Price.of("1"),
                        TEN));

        var day = Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, SampleDesk.reference());

        assertThat(day.trades()).hasSize(5);
        assertThat(day.trades()).extracting(Trade::tradeId).doesNotHaveDuplicates();
    }

    @Test
    void what_was_traded_on_an_earlier_date_is_another_trade_and_settles_by_its_own_date() {
        var friday = MONDAY_23_NOVEMBER_2026.minusDays(3);
        var fills = List.of(
                fill("F1", "O1", ALFA, VOD, Side.BUY, "100", "1", 0),
                new DayFill("F2", "X1", friday, ACCOUNT, ALFA, VOD, Side.BUY, Quantity.of(50), Price.of("2"), TEN));

        var day = Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, SampleDesk.reference());

        assertThat(day.trades()).extracting(Trade::businessDate).containsOnly(MONDAY_23_NOVEMBER_2026);
        assertThat(day.trades()).extracting(Trade::tradeDate).containsExactly(friday, MONDAY_23_NOVEMBER_2026);
        assertThat(day.trades())
                .extracting(Trade::settlementDate)
                .containsExactly(friday.plusDays(4), MONDAY_23_NOVEMBER_2026.plusDays(2));
        assertThat(day.trades()).extracting(Trade::tradeId).doesNotHaveDuplicates();
    }

    @Test
    void a_yen_trade_has_no_decimals() {
        var trade = only(fill("F1", "O1", ALFA, TOYOTA, Side.BUY, "1700", "2841", 0));

        assertThat(trade.grossAmount()).isEqualTo(Money.of("JPY 4829700"));
        assertThat(trade.commission()).isEqualTo(Money.of("JPY 1932"));
        assertThat(trade.fees()).isEqualTo(Money.of("JPY 338"));
    }

    @Test
    void the_same_fills_in_any_order_give_the_same_trades() {
        var fills = new ArrayList<DayFill>();
        for (var number = 0; number < 20; number++) {
            fills.add(fill(
                    "F" + number,
                    "O" + number % 3,
                    number % 2 == 0 ? ALFA : BRAVO,
                    VOD,
                    Side.BUY,
                    "7",
                    "1.01",
                    number));
        }
        var first = Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, SampleDesk.reference());
        Collections.shuffle(fills, new Random(7));

        assertThat(Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, SampleDesk.reference()))
                .isEqualTo(first);
    }

    @Test
    void what_cannot_become_a_trade_is_kept_with_the_reason() {
        var fills = List.of(
                fill("F1", "O1", BRAVO, TOYOTA, Side.BUY, "100", "2840", 0),
                fill("F2", "O1", ALFA, InstrumentId.of("GONE.XLON"), Side.BUY, "100", "1", 0),
                fill("F3", "O1", ALFA, VOD, Side.BUY, "100", "1", 0));

        var day = Allocation.allocate(MONDAY_23_NOVEMBER_2026, fills, SampleDesk.reference());
        var longAgo = LocalDate.of(2010, 1, 4);
        var before = Allocation.allocate(
                longAgo,
                List.of(new DayFill(
                        "F4", "O1", longAgo, ACCOUNT, ALFA, VOD, Side.BUY, Quantity.of(100), Price.of("1"), TEN)),
                SampleDesk.reference());

        assertThat(day.trades()).hasSize(1);
        assertThat(day.unallocated())
                .extracting(AllocatedDay.Unallocated::reason)
                .containsExactly("Instrument GONE.XLON is not known.", "Broker BRAVO has no rate on XTKS.");
        assertThat(before.unallocated())
                .extracting(AllocatedDay.Unallocated::reason)
                .containsExactly("Market XLON has no settlement cycle on 2010-01-04.");
    }

    @ParameterizedTest(name = "{0} of {1},{2},{3} in lots of {4}: {5},{6},{7}")
    @CsvSource({
        "1000, 700, 700, 600, 100, 400, 300, 300",
        "2000, 700, 700, 600, 100, 700, 700, 600",
        "100,  700, 700, 600, 100, 100, 0,   0",
        "0,    700, 700, 600, 100, 0,   0,   0",
        "1050, 700, 700, 600, 100, 450, 300, 300",
        "250,  100, 100, 100, 100, 100, 100, 50",
        "3,    1,   1,   8,   1,   0,   0,   3",
        "9,    1,   1,   8,   1,   1,   1,   7"
    })
    void a_block_is_divided_in_proportion_and_the_rest_by_rule(
            long executed, long a, long b, long c, long lot, long forA, long forB, long forC) {
        var ordered = new TreeMap<AccountId, Quantity>();
        ordered.put(AccountId.of("A"), Quantity.of(a));
        ordered.put(AccountId.of("B"), Quantity.of(b));
        ordered.put(AccountId.of("C"), Quantity.of(c));

        assertThat(ProRata.divide(Quantity.of(executed), Quantity.of(lot), ordered)
                        .values())
                .containsExactly(Quantity.of(forA), Quantity.of(forB), Quantity.of(forC));
    }

    @Test
    void more_than_was_ordered_cannot_be_divided() {
        assertThatThrownBy(() ->
                        ProRata.divide(Quantity.of(11), Quantity.of(1), Map.of(AccountId.of("A"), Quantity.of(10))))
                .hasMessageContaining("error account");
        assertThatThrownBy(() -> ProRata.divide(Quantity.ZERO, Quantity.of(1), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void every_unit_finds_an_account_and_nobody_gets_more_than_ordered(
            @ForAll @Size(min = 1, max = 8) List<@LongRange(min = 1, max = 100_000) Long> orders,
            @ForAll @IntRange(min = 0, max = 1000) int permille,
            @ForAll @IntRange(min = 1, max = 100) int lot) {
        var ordered = new TreeMap<AccountId, Quantity>();
        long total = 0;
        for (var index = 0; index < orders.size(); index++) {
            ordered.put(AccountId.of("A" + index), Quantity.of(orders.get(index)));
            total += orders.get(index);
        }
        var executed = Quantity.of(total * permille / 1000);

        var divided = ProRata.divide(executed, Quantity.of(lot), ordered);

        assertThat(divided.values().stream().reduce(Quantity.ZERO, Quantity::plus))
                .isEqualTo(executed);
        divided.forEach((account, quantity) ->
                assertThat(quantity).isLessThanOrEqualTo(java.util.Objects.requireNonNull(ordered.get(account))));
        assertThat(ProRata.divide(executed, Quantity.of(lot), ordered)).isEqualTo(divided);
    }

    private static Trade only(DayFill... fills) {
        var day = Allocation.allocate(MONDAY_23_NOVEMBER_2026, List.of(fills), SampleDesk.reference());
        assertThat(day.unallocated()).isEmpty();
        assertThat(day.trades()).hasSize(1);
        return day.trades().getFirst();
    }

    private static DayFill fill(
            String id,
            String order,
            BrokerId broker,
            InstrumentId instrument,
            Side side,
            String quantity,
            String price,
            int second) {
        return new DayFill(
                id,
                order,
                MONDAY_23_NOVEMBER_2026,
                ACCOUNT,
                broker,
                instrument,
                side,
                Quantity.of(quantity),
                Price.of(price),
                TEN.plusSeconds(second));
    }
}
