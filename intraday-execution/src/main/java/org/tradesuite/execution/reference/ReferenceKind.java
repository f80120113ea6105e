package org.tradesuite.execution.reference;

import static org.tradesuite.execution.reference.Column.account;
import static org.tradesuite.execution.reference.Column.bic;
import static org.tradesuite.execution.reference.Column.broker;
import static org.tradesuite.execution.reference.Column.calendar;
import static org.tradesuite.execution.reference.Column.cfi;
import static org.tradesuite.execution.reference.Column.country;
import static org.tradesuite.execution.reference.Column.currency;
import static org.tradesuite.execution.reference.Column.date;
import static org.tradesuite.execution.reference.Column.decimal;
import static org.tradesuite.execution.reference.Column.esg;
import static org.tradesuite.execution.reference.Column.instant;
import static org.tradesuite.execution.reference.Column.instrument;
import static org.tradesuite.execution.reference.Column.isin;
import static org.tradesuite.execution.reference.Column.lei;
import static org.tradesuite.execution.reference.Column.mic;
import static org.tradesuite.execution.reference.Column.oneOf;
import static org.tradesuite.execution.reference.Column.rating;
import static org.tradesuite.execution.reference.Column.text;
import static org.tradesuite.execution.reference.Column.time;
import static org.tradesuite.execution.reference.Column.whole;
import static org.tradesuite.execution.reference.Column.yesOrNo;
import static org.tradesuite.execution.reference.Column.zone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tradesuite.execution.reference.TradingListEntry.ListedScope;
import org.tradesuite.execution.reference.TradingListEntry.ListedSide;

/**
 * The kinds of reference file, each with the columns of its table and the key by which a row replaces another. In this
 * order no file names anything that a later one brings.
 */
public enum ReferenceKind {
    FIRM("firm", "firm", Set.of("lei"), lei("lei"), bic("bic"), text("name"), country("country")),
    CALENDAR_OVERRIDES(
            "calendar_override",
            "calendar_overrides",
            Set.of("calendar", "date"),
            calendar("calendar"),
            date("date"),
            yesOrNo("open"),
            text("source"),
            text("entered_by"),
            text("approved_by")),
    TRADING_SESSIONS(
            "trading_session",
            "trading_sessions",
            Set.of("mic", "open_time"),
            mic("mic"),
            zone("zone"),
            time("open_time"),
            time("close_time"),
            calendar("calendar")),
    SETTLEMENT_CYCLES(
            "settlement_cycle",
            "settlement_cycles",
            Set.of("mic", "valid_from"),
            mic("mic"),
            date("valid_from"),
            whole("days")),
    INSTRUMENTS(
            "instrument",
            "instruments",
            Set.of("instrument_id"),
            instrument("instrument_id"),
            isin("isin").optional(),
            text("symbol"),
            mic("mic"),
            cfi("cfi"),
            text("name"),
            text("issuer").optional(),
            lei("issuer_lei").optional(),
            currency("currency"),
            oneOf("asset_class", AssetClass.class),
            decimal("lot_size"),
            decimal("tick_size"),
            whole("quantity_scale"),
            decimal("adv").optional(),
            decimal("spread_bps"),
            decimal("volatility_daily"),
            text("sector"),
            country("country").optional(),
            bic("place_of_settlement").optional(),
            calendar("calendar"),
            decimal("reference_price").optional(),
            oneOf("status", TradingStatus.class),
            rating("rating").optional(),
            esg("esg").optional()),
    VOLUME_PROFILES(
            "volume_profile",
            "volume_profiles",
            Set.of("mic", "bin_start"),
            mic("mic"),
            time("bin_start"),
            time("bin_end"),
            decimal("share")),
    FX_RATES(
            "fx_rate",
            "fx_rates",
            Set.of("rate_date", "base", "quote"),
            date("rate_date").optional(),
            currency("base"),
            currency("quote"),
            decimal("rate")),
    ACCOUNTS(
            "account",
            "accounts",
            Set.of("account_id"),
            account("account_id"),
            text("name"),
            text("portfolio"),
            lei("owner_lei"),
            currency("base_currency"),
            bic("custodian_bic"),
            text("safekeeping_account"),
            oneOf("status", Standing.class),
            text("client"),
            oneOf("margin_type", MarginType.class),
            text("mandate").optional()),
    CASH_ACCOUNTS(
            "cash_account",
            "cash_accounts",
            Set.of("account_id", "currency"),
            account("account_id"),
            currency("currency"),
            text("number")),
    BROKERS(
            "broker",
            "brokers",
            Set.of("broker_id"),
            broker("broker_id"),
            text("name"),
            lei("lei"),
            bic("bic"),
            oneOf("status", Standing.class)),
    BROKER_RATES(
            "broker_rate",
            "broker_rates",
            Set.of("broker_id", "mic"),
            broker("broker_id"),
            mic("mic"),
            decimal("commission_bps"),
            decimal("minimum_commission"),
            decimal("fee_bps")),
    STRATEGIES(
            "strategy", "strategies", Set.of("strategy_id"), text("strategy_id"), text("name"), text("algorithm_id")),
    TRADERS(
            "trader",
            "traders",
            Set.of("trader_id"),
            text("trader_id"),
            text("name"),
            country("country"),
            text("national_id"),
            text("desk")),
    LIMITS(
            "risk_limit",
            "limits",
            Set.of("scope", "scope_id", "kind", "valid_from"),
            oneOf("scope", LimitScope.class),
            text("scope_id"),
            oneOf("kind", LimitKind.class),
            decimal("amount"),
            decimal("warn_at").optional(),
            currency("currency").optional(),
            instant("valid_from"),
            instant("valid_until").optional(),
            text("reason"),
            text("entered_by").optional()),
    TRADING_LISTS(
            "trading_list",
            "trading_lists",
            Set.of("list", "scope", "scope_id", "side", "valid_from"),
            oneOf("list", TradingList.class),
            oneOf("scope", ListedScope.class),
            text("scope_id"),
            oneOf("side", ListedSide.class),
            instant("valid_from"),
            instant("valid_until").optional(),
            text("reason"),
            text("entered_by").optional()),
    PERMISSIONS(
            "permission",
            "permissions",
            Set.of("trader_id", "account_id", "strategy_id", "asset_class", "mic", "instrument_id"),
            text("trader_id"),
            account("account_id").orAny(),
            text("strategy_id"),
            oneOf("asset_class", AssetClass.class).orAny(),
            mic("mic").orAny(),
            instrument("instrument_id").orAny(),
            text("reason"),
            text("entered_by").optional()),
    LOCATES(
            "locate",
            "locates",
            Set.of("lender", "reference"),
            account("account_id"),
            instrument("instrument_id"),
            date("business_date").optional(),
            decimal("quantity"),
            text("lender"),
            text("reference")),
    EASY_TO_BORROW(
            "easy_to_borrow",
            "easy_to_borrow",
            Set.of("instrument_id", "valid_from"),
            instrument("instrument_id"),
            instant("valid_from"),
            instant("valid_until").optional(),
            text("source")),
    SHORT_SALE_RESTRICTIONS(
            "short_sale_restriction",
            "short_sale_restrictions",
            Set.of("instrument_id", "valid_from"),
            instrument("instrument_id"),
            instant("valid_from"),
            instant("valid_until").optional(),
            text("reason")),
    CORPORATE_ACTIONS(
            "corporate_action",
            "corporate_actions",
            Set.of("event_id"),
            text("event_id"),
            oneOf("event", CorporateActionEvent.class),
            isin("isin"),
            isin("new_isin"),
            oneOf("ratio", CorporateActionRatio.class),
            decimal("new_quantity"),
            decimal("old_quantity"),
            date("ex_date"),
            date("payment_date")),
    MARGIN_RATES(
            "margin_rate",
            "margin_rates",
            Set.of("asset_class"),
            oneOf("asset_class", AssetClass.class),
            decimal("initial_percent"),
            decimal("maintenance_percent"),
            decimal("short_initial_percent"),
            decimal("haircut_percent")),
    MANDATE_RULES(
            "mandate_rule",
            "mandate_rules",
            Set.of("mandate_id", "version", "rule", "dimension", "value"),
            text("mandate_id"),
            whole("version"),
            instant("valid_from"),
            instant("valid_until").optional(),
            oneOf("rule", MandateRule.Kind.class),
            oneOf("dimension", MandateDimension.class),
            text("value"),
            decimal("percent").optional(),
            text("reason")),
    OPENING_POSITIONS(
            "opening_position",
            "opening_positions",
            Set.of("account_id", "instrument_id", "business_date"),
            account("account_id"),
            instrument("instrument_id"),
            date("business_date").optional(),
            decimal("quantity"),
            decimal("average_cost")),
    OPENING_CASH(
            "opening_cash",
            "opening_cash",
            Set.of("account_id", "currency", "business_date"),
            account("account_id"),
            currency("currency"),
            date("business_date").optional(),
            decimal("balance"));

    private final String table;
    private final String file;
    // Both are copies that nobody can change; their types cannot say so.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> key;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Column> columns;

    ReferenceKind(String table, String file, Set<String> key, Column... columns) {
        this.table = table;
        this.file = file;
        this.key = key;
        this.columns = List.of(columns);
    }

    /** By the name of the table or of the file: instrument, instruments. */
    public static Optional<ReferenceKind> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.table.equals(name) || kind.file.equals(name))
                .findFirst();
    }

    /** The table in schema reference. */
    public String table() {
        return table;
    }

    /** The name of the file, without its ending. */
    public String file() {
        return file;
    }

    /** Whether half of a file would be worse than none: the rows of it hold an account or the firm only together. */
    public boolean asAWhole() {
        return this == LIMITS || this == MANDATE_RULES;
    }

    List<Column> columns() {
        return columns;
    }

    Set<String> key() {
        return key;
    }
}
