package org.tradesuite.reconciliation.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tradesuite.reconciliation.statement.Line.Movement;
import org.tradesuite.reconciliation.statement.Line.Pending;
import org.tradesuite.reconciliation.statement.Line.QuantityType;

/** By what two statements of movements, or two pending lists, are told to say the same. */
class PageTotalsTest {

    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);
    private static final LocalDate WED_25_NOV_2026 = LocalDate.of(2026, 11, 25);

    private static Movement movement(
            String isin,
            String other,
            QuantityType type,
            String quantity,
            String amount,
            String currency,
            String ours,
            String theirs,
            LocalDate settled,
            boolean reversal) {
        return new Movement(
                Span.WHOLE,
                isin,
                other,
                type,
                new BigDecimal(quantity),
                new BigDecimal(amount),
                currency,
                ours,
                theirs,
                TUE_24_NOV_2026,
                settled,
                reversal,
                null);
    }

    private static final Movement MOVED = movement(
            "GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.50", "GBP", "SEME1", "X1", TUE_24_NOV_2026, false);

    static Stream<Movement> other_movements() {
        var day = TUE_24_NOV_2026;
        return Stream.of(
                movement("GB0009895292", "", QuantityType.UNIT, "500", "361.50", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "VOD", QuantityType.UNIT, "500", "361.50", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.FAMT, "500", "361.50", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "501", "361.50", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "-500", "361.50", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.51", "GBP", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.50", "EUR", "SEME1", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.50", "GBP", "SEME2", "X1", day, false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.50", "GBP", "SEME1", "X2", day, false),
                movement(
                        "GB00BH4HKS39",
                        "",
                        QuantityType.UNIT,
                        "500",
                        "361.50",
                        "GBP",
                        "SEME1",
                        "X1",
                        WED_25_NOV_2026,
                        false),
                movement("GB00BH4HKS39", "", QuantityType.UNIT, "500", "361.50", "GBP", "SEME1", "X1", day, true));
    }

    @ParameterizedTest
    @MethodSource("other_movements")
    void a_movement_that_differs_in_anything_that_matters_is_another(Movement other) {
        assertThat(says(other)).isNotEqualTo(says(MOVED));
    }

    private static Pending pending(
            String isin,
            String quantity,
            String amount,
            String currency,
            String ours,
            String theirs,
            LocalDate settles,
            String status,
            String... reasons) {
        return new Pending(
                Span.WHOLE,
                isin,
                "",
                QuantityType.UNIT,
                new BigDecimal(quantity),
                new BigDecimal(amount),
                currency,
                ours,
                theirs,
                TUE_24_NOV_2026,
                settles,
                status,
                List.of(reasons));
    }

    private static final Pending WAITS =
            pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y2", TUE_24_NOV_2026, "SETT//PENF", "CLAC");

    static Stream<Pending> other_pendings() {
        var day = TUE_24_NOV_2026;
        return Stream.of(
                pending("GB0009895292", "400", "300", "GBP", "SEME2", "Y2", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "-400", "300", "GBP", "SEME2", "Y2", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "301", "GBP", "SEME2", "Y2", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "USD", "SEME2", "Y2", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME3", "Y2", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y3", day, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y2", WED_25_NOV_2026, "SETT//PENF", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y2", day, "SETT//PEND", "CLAC"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y2", day, "SETT//PENF", "LACK"),
                pending("GB00BH4HKS39", "400", "300", "GBP", "SEME2", "Y2", day, "SETT//PENF"));
    }

    @ParameterizedTest
    @MethodSource("other_pendings")
    void a_pending_instruction_that_differs_in_anything_that_matters_is_another(Pending other) {
        assertThat(says(other)).isNotEqualTo(says(WAITS));
    }

    @Test
    void neither_the_order_nor_zeros_behind_the_point_nor_the_place_in_the_file_make_a_difference() {
        var elsewhere = new Movement(
                new Span(17, 400, 12),
                MOVED.isin(),
                MOVED.otherId(),
                MOVED.type(),
                new BigDecimal("500.00"),
                new BigDecimal("361.5"),
                MOVED.currency(),
                MOVED.reference(),
                MOVED.theirReference(),
                MOVED.tradeDate(),
                MOVED.settledOn(),
                MOVED.reversal(),
                MOVED.corporateAction());
        assertThat(says(WAITS, elsewhere)).isEqualTo(says(MOVED, WAITS));
        assertThat(says(MOVED, MOVED)).isNotEqualTo(says(MOVED));
    }

    private static String says(Line... lines) {
        var totals = new PageTotals();
        for (var line : lines) {
            totals.add(line);
        }
        return totals.says();
    }
}
