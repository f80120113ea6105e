package org.tradesuite.reporting.mifir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.market.Side;
import org.tradesuite.reporting.mifir.Eligibility.Reason;
import org.tradesuite.reporting.mifir.Eligibility.Verdict;

class EligibilityTest {

    static final String OWNER = "9845TSALPHAFND000137";
    static final String BROKER = "9845ALFASECUR0000104";
    private static final Eligibility RULES = new Eligibility(Set.of("XLON", "XETR"));

    @Test
    void a_share_bought_in_london_is_reported_with_the_account_owner_as_buyer() {
        Transaction transaction = reported(execution());
        assertThat(transaction.trn()).isEqualTo("F20261120000001");
        assertThat(transaction.accountOwner()).hasToString(OWNER);
        assertThat(transaction.broker()).hasToString(BROKER);
        assertThat(transaction.decisionAlgorithm()).isEqualTo("TSALGVALUE1");
        assertThat(transaction.executionAlgorithm()).isEqualTo("TSEXECTWAP");
        assertThat(transaction.shortSale()).isNull();
    }

    @Test
    void a_person_who_executes_is_named_as_annex_ii_wants_for_the_nationality() {
        assertThat(reported(byPerson("GB", "AB123456C")).executor())
                .isEqualTo(new Transaction.Person(Transaction.Scheme.NIDN, "GBAB123456C"));
        assertThat(reported(byPerson("DE", "19790514MARKUWEBER")).executor())
                .isEqualTo(new Transaction.Person(Transaction.Scheme.CONCAT, "DE19790514MARKUWEBER"));
        assertThat(reported(byPerson("JP", "TZ1234567")).executor())
                .isEqualTo(new Transaction.Person(Transaction.Scheme.CCPT, "JPTZ1234567"));
    }

    @Test
    void a_person_whose_identifier_is_not_of_the_wanted_form_holds_the_report_back() {
        assertThat(reason(byPerson("DE", "12345"))).isEqualTo(Reason.RESPONSIBLE_UNKNOWN);
        assertThat(reason(byPerson("GB", null))).isEqualTo(Reason.RESPONSIBLE_UNKNOWN);
    }

    @Test
    void what_was_claimed_and_not_ordered_here_is_held_back_for_a_person_to_report() {
        var ordered = execution();
        var claimed = new ExecutionFacts(
                "X-ALFA-1-F1",
                true,
                ordered.instrumentId(),
                ordered.isin(),
                ordered.mic(),
                ordered.currency(),
                ordered.side(),
                ordered.quantity(),
                ordered.price(),
                ordered.executedAt(),
                OWNER,
                BROKER,
                null,
                null,
                null,
                null,
                false);
        assertThat(RULES.judge(claimed))
                .isEqualTo(new Verdict.NotReported(
                        Reason.RESPONSIBLE_UNKNOWN,
                        "the order was not given here: report by hand who decided it and who executed it"));
    }

    @Test
    void what_the_broker_cancelled_is_not_reported() {
        assertThat(reason(with("XLON", "GB00BH4HKS39", OWNER, BROKER, "1", false)))
                .isEqualTo(Reason.CANCELLED_BY_BROKER);
    }

    @Test
    void crypto_is_no_financial_instrument() {
        assertThat(reason(with("XBTS", null, OWNER, BROKER, "1", true))).isEqualTo(Reason.NO_FINANCIAL_INSTRUMENT);
    }

    @ParameterizedTest
    @CsvSource({"XNYS, US0378331005", "XTKS, JP3633400001"})
    void shares_admitted_only_outside_the_regime_are_out_of_scope(String mic, String isin) {
        assertThat(reason(with(mic, isin, OWNER, BROKER, "1", true))).isEqualTo(Reason.VENUE_OUT_OF_SCOPE);
    }

    @Test
    void wrong_check_digits_hold_a_report_back_until_they_are_repaired() {
        assertThat(reason(with("XLON", "GB00BH4HKS38", OWNER, BROKER, "1", true)))
                .isEqualTo(Reason.ISIN_INVALID);
        assertThat(reason(with("XLON", "GB00BH4HKS39", "9845TSALPHAFND000138", BROKER, "1", true)))
                .isEqualTo(Reason.CLIENT_LEI_INVALID);
        assertThat(reason(with("XLON", "GB00BH4HKS39", OWNER, null, "1", true))).isEqualTo(Reason.BROKER_LEI_INVALID);
        assertThat(Reason.CLIENT_LEI_INVALID.repair()).isTrue();
        assertThat(Reason.VENUE_OUT_OF_SCOPE.repair()).isFalse();
    }

    @Test
    void a_price_of_zero_is_held_back() {
        assertThat(reason(with("XLON", "GB00BH4HKS39", OWNER, BROKER, "0", true)))
                .isEqualTo(Reason.FIGURES_INVALID);
    }

    @Test
    void a_price_in_pence_is_reported_in_pounds() {
        ExecutionFacts pence = new ExecutionFacts(
                "F-1",
                true,
                "VOD.XLON",
                "GB00BH4HKS39",
                "XLON",
                "GBX",
                Side.SELL,
                BigDecimal.TEN,
                new BigDecimal("72.10"),
                Instant.parse("2026-11-20T10:00:00Z"),
                OWNER,
                BROKER,
                "TWAP",
                "TSALG-VALUE-1",
                "GB",
                "AB123456C",
                true);
        Transaction transaction = reported(pence);
        assertThat(transaction.price()).isEqualByComparingTo("0.7210");
        assertThat(transaction.currency()).isEqualTo("GBP");
        assertThat(transaction.shortSale()).isTrue();
    }

    static ExecutionFacts execution() {
        return with("XLON", "GB00BH4HKS39", OWNER, BROKER, "0.7212", true);
    }

    static ExecutionFacts byPerson(String country, @Nullable String nationalId) {
        return new ExecutionFacts(
                "F-20261120-000002",
                true,
                "VOD.XLON",
                "GB00BH4HKS39",
                "XLON",
                "GBP",
                Side.SELL,
                new BigDecimal("1E+3"),
                new BigDecimal("0.7211"),
                Instant.parse("2026-11-20T10:00:00.120000Z"),
                OWNER,
                BROKER,
                "IMMEDIATE",
                "TSALG-VALUE-1",
                country,
                nationalId,
                false);
    }

    private static ExecutionFacts with(
            String mic, @Nullable String isin, String owner, @Nullable String broker, String price, boolean live) {
        return new ExecutionFacts(
                "F-20261120-000001",
                live,
                "VOD." + mic,
                isin,
                mic,
                "GBP",
                Side.BUY,
                new BigDecimal("400000"),
                new BigDecimal(price),
                Instant.parse("2026-11-20T10:00:00Z"),
                owner,
                broker,
                "TWAP",
                "TSALG-VALUE-1",
                "GB",
                "AB123456C",
                false);
    }

    static Transaction reported(ExecutionFacts execution) {
        Verdict verdict = RULES.judge(execution);
        assertThat(verdict).isInstanceOf(Verdict.Reportable.class);
        return ((Verdict.Reportable) verdict).transaction();
    }

    private static Reason reason(ExecutionFacts execution) {
        Verdict verdict = RULES.judge(execution);
        assertThat(verdict).isInstanceOf(Verdict.NotReported.class);
        return ((Verdict.NotReported) verdict).reason();
    }
}
