package org.tradesuite.settlement.instruction;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Bic;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Quantity;
import org.tradesuite.settlement.instruction.Advice.ReversalAdvice;
import org.tradesuite.settlement.instruction.Advice.SettlementAdvice;
import org.tradesuite.settlement.instruction.Advice.Standing;
import org.tradesuite.settlement.instruction.Advice.StatusAdvice;
import org.tradesuite.settlement.instruction.Terms.StandingVersion;

/** A purchase of 1,000 Vodafone for GBP 721.45, traded Tue 13 Oct 2026, due Thu 15 Oct 2026. */
public final class SampleTerms {

    public static final LocalDate TUE_13_OCT_2026 = LocalDate.of(2026, 10, 13);
    public static final LocalDate THU_15_OCT_2026 = LocalDate.of(2026, 10, 15);
    public static final Isin VODAFONE = Isin.of("GB00BH4HKS39");
    public static final Bic US = Bic.of("TRSUGB2LXXX");
    public static final Bic CUSTODIAN = Bic.of("CUSTGB2LXXX");

    private SampleTerms() {}

    public static Terms purchase() {
        return terms(Direction.RECE, Quantity.of(1000), Money.of("GBP 721.45"), null);
    }

    public static Terms terms(Direction direction, Quantity quantity, Money amount, @Nullable String theirAccount) {
        return new Terms(
                "S26101300001A",
                "T-1",
                AccountId.of("GEQ1"),
                "SAFEGEQ1001",
                InstrumentId.of("VOD.XLON"),
                VODAFONE,
                Mic.of("XLON"),
                direction,
                quantity,
                amount,
                TUE_13_OCT_2026,
                THU_15_OCT_2026,
                US,
                CUSTODIAN,
                Bic.of("CRSTGB22XXX"),
                Bic.of("ALFAGB2LXXX"),
                Bic.of("ALFAGB2LXXX"),
                theirAccount,
                new StandingVersion("SSI-1", 3));
    }

    public static Instant at(String time) {
        return Instant.parse("2026-10-15T" + time + "Z");
    }

    public static StatusAdvice status(String reference, String time, Standing standing, @Nullable String reason) {
        return new StatusAdvice(reference, at(time), standing, standing.name(), reason, null);
    }

    public static SettlementAdvice slice(String reference, String time, long quantity, String amount) {
        return new SettlementAdvice(
                reference,
                at(time),
                Direction.RECE,
                VODAFONE,
                "SAFEGEQ1001",
                Quantity.of(quantity),
                Money.of(new BigDecimal(amount), Currency.GBP),
                THU_15_OCT_2026,
                null,
                null);
    }

    public static ReversalAdvice reversal(String reference, String time, String reverses) {
        return new ReversalAdvice(reference, at(time), reverses);
    }
}
