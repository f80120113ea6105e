package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.TradingListEntry.ListedScope;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;

/** What must be right between the fields of one row; what concerns other rows is the database's. */
final class RowRules {

    private RowRules() {}

    /** @throws IllegalArgumentException with what is wrong */
    static void check(ReferenceKind kind, Map<String, @Nullable Object> row) {
        switch (kind) {
            case INSTRUMENTS -> instrument(row);
            case LIMITS -> limit(row);
            case TRADING_LISTS -> tradingList(row);
            case EASY_TO_BORROW, SHORT_SALE_RESTRICTIONS -> validity(row);
            case CORPORATE_ACTIONS -> corporateAction(row);
            case MARGIN_RATES ->
                new MarginRate(
                        AssetClass.valueOf(text(row, "asset_class")),
                        number(row, "initial_percent"),
                        number(row, "maintenance_percent"),
                        number(row, "short_initial_percent"),
                        number(row, "haircut_percent"));
            case MANDATE_RULES ->
                new MandateRule(
                        text(row, "mandate_id"),
                        (Integer) Objects.requireNonNull(row.get("version")),
                        validity(row),
                        MandateRule.Kind.valueOf(text(row, "rule")),
                        MandateDimension.valueOf(text(row, "dimension")),
                        text(row, "value"),
                        (BigDecimal) row.get("percent"),
                        text(row, "reason"));
            case LOCATES -> {
                if (number(row, "quantity").signum() <= 0) {
                    throw new IllegalArgumentException("quantity is not above zero: a lender lends something.");
                }
            }
            case OPENING_CASH -> Money.of(number(row, "balance"), Currency.of(text(row, "currency")));
            case CALENDAR_OVERRIDES -> {
                if (text(row, "entered_by").equals(text(row, "approved_by"))) {
                    throw new IllegalArgumentException(
                            "entered_by and approved_by are the same: a second person approves an override.");
                }
            }
            case FIRM,
                    TRADING_SESSIONS,
                    SETTLEMENT_CYCLES,
                    VOLUME_PROFILES,
                    FX_RATES,
                    ACCOUNTS,
                    CASH_ACCOUNTS,
                    BROKERS,
                    BROKER_RATES,
                    STRATEGIES,
                    TRADERS,
                    PERMISSIONS,
                    OPENING_POSITIONS -> {}
        }
    }

    private static void instrument(Map<String, @Nullable Object> row) {
        var id = InstrumentId.of(text(row, "instrument_id"));
        if (!id.mic().toString().equals(row.get("mic"))) {
            throw new IllegalArgumentException("Instrument " + id + " is listed on " + row.get("mic")
                    + ": its identifier must end with its market.");
        }
        var lot = number(row, "lot_size").stripTrailingZeros().scale();
        if (lot > (Integer) Objects.requireNonNull(row.get("quantity_scale"))) {
            throw new IllegalArgumentException("lot_size has more decimals than quantity_scale allows.");
        }
        if (row.get("isin") == null && AssetClass.EQUITY.name().equals(row.get("asset_class"))) {
            throw new IllegalArgumentException("An equity has an ISIN: column isin is empty.");
        }
    }

    private static void tradingList(Map<String, @Nullable Object> row) {
        validity(row);
        if (ListedScope.INSTRUMENT.name().equals(row.get("scope"))) {
            InstrumentId.of(text(row, "scope_id"));
        }
    }

    private static void corporateAction(Map<String, @Nullable Object> row) {
        var received = number(row, "new_quantity");
        var held = number(row, "old_quantity");
        if (received.signum() <= 0 || held.signum() <= 0) {
            throw new IllegalArgumentException("new_quantity and old_quantity are above zero: so many for so many.");
        }
        var exDate = (LocalDate) Objects.requireNonNull(row.get("ex_date"));
        var paymentDate = (LocalDate) Objects.requireNonNull(row.get("payment_date"));
        if (paymentDate.isBefore(exDate)) {
            throw new IllegalArgumentException("payment_date " + paymentDate + " is before ex_date " + exDate + ".");
        }
        if (text(row, "isin").equals(text(row, "new_isin"))
                && CorporateActionRatio.NEWO.name().equals(text(row, "ratio"))
                && received.compareTo(held) == 0) {
            throw new IllegalArgumentException(
                    "As many of the same for as many: such an event changes no holding and is not entered.");
        }
    }

    private static Validity validity(Map<String, @Nullable Object> row) {
        var until = row.get("valid_until");
        return new Validity(
                ((OffsetDateTime) Objects.requireNonNull(row.get("valid_from"))).toInstant(),
                until == null ? null : ((OffsetDateTime) until).toInstant());
    }

    private static void limit(Map<String, @Nullable Object> row) {
        var currency = row.get("currency");
        var until = row.get("valid_until");
        var limit = new Limit(
                0,
                LimitScope.valueOf(text(row, "scope")),
                text(row, "scope_id"),
                LimitKind.valueOf(text(row, "kind")),
                number(row, "amount"),
                (BigDecimal) row.get("warn_at"),
                currency == null ? null : Currency.of(currency.toString()),
                ((OffsetDateTime) Objects.requireNonNull(row.get("valid_from"))).toInstant(),
                until == null ? null : ((OffsetDateTime) until).toInstant());
        measurable(limit);
    }

    /** Some limits cannot be measured for every scope; such a one would block every order. */
    static void measurable(Limit limit) {
        if (!limit.kind().scopes().contains(limit.scope())) {
            throw new IllegalArgumentException(
                    limit.kind() + " is measured by " + limit.kind().scopes() + ", not by " + limit.scope() + ".");
        }
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column)).toString();
    }

    private static BigDecimal number(Map<String, @Nullable Object> row, String column) {
        return (BigDecimal) Objects.requireNonNull(row.get(column));
    }
}
