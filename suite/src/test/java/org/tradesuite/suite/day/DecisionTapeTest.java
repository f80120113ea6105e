package org.tradesuite.suite.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DecisionTapeTest {

    private static final LocalDate WED_18_NOV_2026 = LocalDate.of(2026, 11, 18);

    @Test
    void the_same_seed_date_and_holdings_give_the_same_tape_and_another_seed_another() {
        assertThat(DecisionTape.of(7, WED_18_NOV_2026, 300, Holding.atTheBeginning()))
                .isEqualTo(DecisionTape.of(7, WED_18_NOV_2026, 300, Holding.atTheBeginning()))
                .isNotEqualTo(DecisionTape.of(8, WED_18_NOV_2026, 300, Holding.atTheBeginning()));
    }

    @Test
    void no_account_sells_more_than_it_holds_as_the_day_begins() {
        // As after a day that sold nearly everything.
        var little = new TreeMap<Holding, BigDecimal>();
        Holding.atTheBeginning()
                .forEach((holding, quantity) ->
                        little.put(holding, quantity.movePointLeft(3).max(BigDecimal.TEN)));
        var left = new TreeMap<>(little);
        for (var decision : DecisionTape.of(7, WED_18_NOV_2026, 300, little)) {
            if (decision.wrong() == null && !decision.buy())
                left.merge(
                        new Holding(decision.accountId(), decision.instrument().id()),
                        new BigDecimal(decision.quantity()).negate(),
                        BigDecimal::add);
        }
        assertThat(left).isNotEqualTo(little);
        assertThat(left.values()).allSatisfy(quantity -> assertThat(quantity).isNotNegative());
    }
}
