package org.tradesuite.reporting.mifir;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Side;

/**
 * Decides about each execution: report it, keep it out, or hold it back. A pure function of the execution and the
 * venues in scope.
 */
final class Eligibility {

    /** What becomes of an execution. */
    sealed interface Verdict {
        record Reportable(Transaction transaction) implements Verdict {}

        record NotReported(Reason reason, String detail) implements Verdict {}
    }

    /** Why an execution is not in the report. */
    enum Reason {
        /** The broker has cancelled or corrected it. */
        CANCELLED_BY_BROKER(false),
        /** No financial instrument within the meaning of MiFID II, or none with an ISIN: crypto assets. */
        NO_FINANCIAL_INSTRUMENT(false),
        /** Admitted to trading only on venues outside the regime. */
        VENUE_OUT_OF_SCOPE(false),
        /** The ISIN's check digit is wrong. */
        ISIN_INVALID(true),
        /** The account owner has no valid LEI: no LEI, no trade. */
        CLIENT_LEI_INVALID(true),
        /** The broker has no valid LEI. */
        BROKER_LEI_INVALID(true),
        /** Neither an algorithm nor a person can be named as decision maker or executor. */
        RESPONSIBLE_UNKNOWN(true),
        /** Price or quantity is zero or below, or does not fit the field. */
        FIGURES_INVALID(true);

        private final boolean repair;

        Reason(boolean repair) {
            this.repair = repair;
        }

        /** True when it would be reportable and is only held back until somebody repairs the datum. */
        boolean repair() {
            return repair;
        }
    }

    /** Annex II of RTS 22, first choice per country of nationality; countries not listed use the passport. */
    private static final Map<String, Transaction.Scheme> FIRST_CHOICE = Map.of(
            "GB", Transaction.Scheme.NIDN,
            "DE", Transaction.Scheme.CONCAT,
            "FR", Transaction.Scheme.CONCAT,
            "IE", Transaction.Scheme.CONCAT,
            "AT", Transaction.Scheme.CONCAT,
            "ES", Transaction.Scheme.NIDN,
            "IT", Transaction.Scheme.NIDN,
            "SE", Transaction.Scheme.NIDN,
            "DK", Transaction.Scheme.NIDN,
            "BE", Transaction.Scheme.NIDN);

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Z]{2}[A-Z0-9]{1,33}");
    private static final Pattern CONCAT = Pattern.compile("[A-Z]{2}[0-9]{8}[A-Z][A-Z#]{4}[A-Z][A-Z#]{4}");
    private static final Pattern ALGORITHM = Pattern.compile("[A-Z0-9]{1,50}");
    private static final Map<String, String> MAJOR = Map.of("GBX", "GBP", "ZAC", "ZAR", "ILA", "ILS");

    private final Set<String> venuesInScope;

    Eligibility(Set<String> venuesInScope) {
        this.venuesInScope = Set.copyOf(venuesInScope);
    }

    Verdict judge(ExecutionFacts execution) {
        if (!execution.live()) {
            return not(Reason.CANCELLED_BY_BROKER, "the broker cancelled or corrected execution " + execution.fillId());
        }
        if (execution.isin() == null) {
            return not(
                    Reason.NO_FINANCIAL_INSTRUMENT,
                    execution.instrumentId() + " has no ISIN and is not a financial instrument under MiFID II");
        }
        if (!venuesInScope.contains(execution.mic())) {
            return not(
                    Reason.VENUE_OUT_OF_SCOPE,
                    execution.instrumentId() + " is admitted to " + execution.mic() + ", not to any of "
                            + venuesInScope.stream().sorted().toList());
        }
        Isin isin = isin(execution.isin());
        if (isin == null) {
            return not(Reason.ISIN_INVALID, execution.isin() + " of " + execution.instrumentId() + " is no valid ISIN");
        }
        Lei owner = lei(execution.accountOwnerLei());
        if (owner == null) {
            return not(
                    Reason.CLIENT_LEI_INVALID, execution.accountOwnerLei() + " is no valid LEI of the account owner");
        }
        Lei broker = lei(execution.brokerLei());
        if (broker == null) {
            return not(Reason.BROKER_LEI_INVALID, execution.brokerLei() + " is no valid LEI of the broker");
        }
        String algo = execution.algo();
        if (algo == null) {
            return not(
                    Reason.RESPONSIBLE_UNKNOWN,
                    "the order was not given here: report by hand who decided it and who executed it");
        }
        String decision = algorithm(execution.strategyAlgorithm());
        boolean worked = !algo.equals("IMMEDIATE");
        Transaction.Person executor = worked ? null : person(execution);
        if (decision == null || (!worked && executor == null)) {
            return not(
                    Reason.RESPONSIBLE_UNKNOWN,
                    decision == null
                            ? "the strategy has no algorithm identifier"
                            : "the trader has no identifier as RTS 22 annex II asks for");
        }
        BigDecimal price = majorPrice(execution);
        if (price.signum() <= 0
                || execution.quantity().signum() <= 0
                || digits(price) > 18
                || Math.max(0, price.stripTrailingZeros().scale()) > 13
                || digits(execution.quantity()) > 18) {
            return not(
                    Reason.FIGURES_INVALID,
                    execution.quantity().toPlainString() + " at "
                            + execution.price().toPlainString() + " does not fit the fields");
        }
        return new Verdict.Reportable(new Transaction(
                reference(execution),
                execution.fillId(),
                execution.side(),
                owner,
                broker,
                isin,
                execution.quantity(),
                price,
                MAJOR.getOrDefault(execution.currency(), execution.currency()),
                execution.executedAt(),
                decision,
                worked ? "TSEXEC" + algorithm(algo) : null,
                executor,
                execution.side() == Side.SELL ? execution.shortSale() : null));
    }

    /** Our fill number in capitals and digits, which is unique and is given once (fields 2 and 7 together). */
    private static String reference(ExecutionFacts execution) {
        return execution.fillId().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    /** Prices are reported in pounds, never in pence (ESMA guidelines, field 33). */
    private static BigDecimal majorPrice(ExecutionFacts execution) {
        return MAJOR.containsKey(execution.currency()) ? execution.price().movePointLeft(2) : execution.price();
    }

    private static int digits(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return Math.max(stripped.precision(), stripped.precision() - stripped.scale());
    }

    private static Transaction.@Nullable Person person(ExecutionFacts execution) {
        String country = execution.traderCountry();
        String national = execution.traderNationalId();
        if (country == null || national == null) {
            return null;
        }
        Transaction.Scheme scheme = FIRST_CHOICE.getOrDefault(country, Transaction.Scheme.CCPT);
        String identifier = country + national.toUpperCase(Locale.ROOT);
        Pattern form = scheme == Transaction.Scheme.CONCAT ? CONCAT : IDENTIFIER;
        return form.matcher(identifier).matches() ? new Transaction.Person(scheme, identifier) : null;
    }

    private static @Nullable String algorithm(@Nullable String identifier) {
        if (identifier == null) {
            return null;
        }
        String plain = identifier.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return ALGORITHM.matcher(plain).matches() ? plain : null;
    }

    private static @Nullable Isin isin(String text) {
        try {
            return Isin.of(text);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private static @Nullable Lei lei(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Lei.of(text);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private static Verdict not(Reason reason, String detail) {
        return new Verdict.NotReported(reason, detail);
    }
}
