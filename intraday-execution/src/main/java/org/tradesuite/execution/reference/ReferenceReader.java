package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.TradingListEntry.ListedScope;
import org.tradesuite.execution.reference.TradingListEntry.ListedSide;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.CalendarOverride;
import org.tradesuite.market.Cfi;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** Reads the reference data of a business date out of the database, all tables as of one instant. */
public final class ReferenceReader {

    private static final String INSTRUMENTS = """
        select instrument_id, isin, symbol, mic, cfi, name, issuer, issuer_lei, currency, asset_class, lot_size,
            tick_size, quantity_scale, adv, spread_bps, volatility_daily, sector, country, place_of_settlement,
            calendar, reference_price, status, rating, esg
        from reference.instrument order by instrument_id\
        """;
    private static final String ACCOUNTS = """
        select account_id, name, portfolio, owner_lei, base_currency, custodian_bic, safekeeping_account, status,
            client, margin_type, mandate
        from reference.account order by account_id\
        """;
    private static final String CASH_ACCOUNTS =
            "select account_id, currency, number from reference.cash_account order by account_id, currency";
    private static final String BROKERS =
            "select broker_id, name, lei, bic, status from reference.broker order by broker_id";
    private static final String BROKER_RATES = """
        select broker_id, mic, commission_bps, minimum_commission, fee_bps
        from reference.broker_rate order by broker_id, mic\
        """;
    private static final String TRADING_SESSIONS =
            "select mic, zone, open_time, close_time, calendar from reference.trading_session order by mic, open_time";
    private static final String SETTLEMENT_CYCLES =
            "select mic, valid_from, days from reference.settlement_cycle order by mic, valid_from";
    private static final String CALENDAR_OVERRIDES =
            "select calendar, date, open from reference.calendar_override order by calendar, date";
    private static final String FX_RATES = """
        select distinct on (base, quote) rate_date, base, quote, rate
        from reference.fx_rate where rate_date <= ? order by base, quote, rate_date desc\
        """;
    private static final String STRATEGIES =
            "select strategy_id, name, algorithm_id from reference.strategy order by strategy_id";
    private static final String TRADERS =
            "select trader_id, name, country, national_id, desk from reference.trader order by trader_id";
    private static final String FIRM = "select lei, bic, name, country from reference.firm";
    private static final String LIMITS = """
        select limit_id, scope, scope_id, kind, amount, warn_at, currency, valid_from, valid_until
        from reference.risk_limit order by limit_id\
        """;
    private static final String OPENING_POSITIONS = """
        select account_id, instrument_id, business_date, quantity, average_cost
        from reference.opening_position where business_date = ? order by account_id, instrument_id\
        """;
    private static final String OPENING_CASH = """
        select account_id, currency, business_date, balance
        from reference.opening_cash where business_date = ? order by account_id, currency\
        """;
    private static final String VOLUME_PROFILES =
            "select mic, bin_start, bin_end, share from reference.volume_profile order by mic, bin_start";

    private static final String TRADING_LISTS = """
        select list, scope, scope_id, side, valid_from, valid_until, reason, entered_by
        from reference.trading_list order by list, scope, scope_id, side, valid_from\
        """;
    private static final String PERMISSIONS = """
        select trader_id, account_id, strategy_id, asset_class, mic, instrument_id, reason
        from reference.permission order by trader_id, account_id, strategy_id, asset_class, mic, instrument_id\
        """;
    private static final String LOCATES = """
        select account_id, instrument_id, business_date, quantity, lender, reference
        from reference.locate where business_date = ? order by lender, reference\
        """;
    private static final String EASY_TO_BORROW = """
        select instrument_id, valid_from, valid_until, source
        from reference.easy_to_borrow order by instrument_id, valid_from\
        """;
    private static final String SHORT_SALE_RESTRICTIONS = """
        select instrument_id, valid_from, valid_until, reason
        from reference.short_sale_restriction order by instrument_id, valid_from\
        """;
    private static final String MARGIN_RATES = """
        select asset_class, initial_percent, maintenance_percent, short_initial_percent, haircut_percent
        from reference.margin_rate order by asset_class\
        """;
    private static final String MANDATE_RULES = """
        select mandate_id, version, valid_from, valid_until, rule, dimension, value, percent, reason
        from reference.mandate_rule order by mandate_id, version, rule, dimension, value\
        """;

    private static final String LIMIT_REGISTER = "select version from reference.limit_register";
    // What is told is what came since it was told last; nobody is behind by a hundred.
    private static final String APPROVED_CHANGES = """
        select change_id, register_version, proposed_by, proposed_at, decided_by, decided_at, reason, valid_until
        from reference.limit_change where status = 'APPROVED' order by register_version desc limit 100\
        """;

    private ReferenceReader() {}

    /**
     * @param connection in a transaction with isolation repeatable read, or nothing is changed meanwhile
     * @param businessDate whose opening positions and cash are read, and up to which exchange rates count
     */
    public static ReferenceData read(Connection connection, LocalDate businessDate) throws SQLException {
        return ReferenceData.of(
                businessDate,
                new ReferenceContent(
                        rows(connection, INSTRUMENTS, null, ReferenceReader::instrument),
                        rows(connection, ACCOUNTS, null, ReferenceReader::account),
                        rows(
                                connection,
                                CASH_ACCOUNTS,
                                null,
                                row -> new CashAccount(
                                        AccountId.of(text(row, "account_id")),
                                        Currency.of(text(row, "currency")),
                                        text(row, "number"))),
                        rows(
                                connection,
                                BROKERS,
                                null,
                                row -> new Broker(
                                        BrokerId.of(text(row, "broker_id")),
                                        text(row, "name"),
                                        Lei.of(text(row, "lei")),
                                        Bic.of(text(row, "bic")),
                                        Standing.valueOf(text(row, "status")))),
                        rows(
                                connection,
                                BROKER_RATES,
                                null,
                                row -> new BrokerRate(
                                        BrokerId.of(text(row, "broker_id")),
                                        Mic.of(text(row, "mic")),
                                        BasisPoints.of(number(row, "commission_bps")),
                                        number(row, "minimum_commission"),
                                        BasisPoints.of(number(row, "fee_bps")))),
                        rows(
                                connection,
                                TRADING_SESSIONS,
                                null,
                                row -> new TradingSession(
                                        Mic.of(text(row, "mic")),
                                        ZoneId.of(text(row, "zone")),
                                        row.getObject("open_time", LocalTime.class),
                                        row.getObject("close_time", LocalTime.class),
                                        text(row, "calendar"))),
                        rows(
                                connection,
                                SETTLEMENT_CYCLES,
                                null,
                                row -> new SettlementCycle(
                                        Mic.of(text(row, "mic")),
                                        row.getObject("valid_from", LocalDate.class),
                                        row.getInt("days"))),
                        rows(
                                connection,
                                CALENDAR_OVERRIDES,
                                null,
                                row -> new CalendarOverride(
                                        text(row, "calendar"),
                                        row.getObject("date", LocalDate.class),
                                        row.getBoolean("open"))),
                        rows(
                                connection,
                                FX_RATES,
                                businessDate,
                                row -> new FxRate(
                                        row.getObject("rate_date", LocalDate.class),
                                        Currency.of(text(row, "base")),
                                        Currency.of(text(row, "quote")),
                                        number(row, "rate"))),
                        rows(
                                connection,
                                STRATEGIES,
                                null,
                                row -> new Strategy(
                                        text(row, "strategy_id"), text(row, "name"), text(row, "algorithm_id"))),
                        rows(
                                connection,
                                TRADERS,
                                null,
                                row -> new Trader(
                                        text(row, "trader_id"),
                                        text(row, "name"),
                                        text(row, "country"),
                                        text(row, "national_id"),
                                        text(row, "desk"))),
                        rows(
                                connection,
                                FIRM,
                                null,
                                row -> new Firm(
                                        Lei.of(text(row, "lei")),
                                        Bic.of(text(row, "bic")),
                                        text(row, "name"),
                                        text(row, "country"))),
                        rows(connection, LIMITS, null, ReferenceReader::limit),
                        rows(
                                connection,
                                OPENING_POSITIONS,
                                businessDate,
                                row -> new OpeningPosition(
                                        AccountId.of(text(row, "account_id")),
                                        InstrumentId.of(text(row, "instrument_id")),
                                        row.getObject("business_date", LocalDate.class),
                                        number(row, "quantity"),
                                        Price.of(number(row, "average_cost")))),
                        rows(
                                connection,
                                OPENING_CASH,
                                businessDate,
                                row -> new OpeningCash(
                                        AccountId.of(text(row, "account_id")),
                                        row.getObject("business_date", LocalDate.class),
                                        Money.of(number(row, "balance"), Currency.of(text(row, "currency"))))),
                        rows(
                                connection,
                                VOLUME_PROFILES,
                                null,
                                row -> new VolumeBin(
                                        Mic.of(text(row, "mic")),
                                        row.getObject("bin_start", LocalTime.class),
                                        row.getObject("bin_end", LocalTime.class),
                                        number(row, "share"))),
                        rulebook(connection, businessDate),
                        limitHistory(connection)));
    }

    private static LimitHistory limitHistory(Connection connection) throws SQLException {
        var version = rows(connection, LIMIT_REGISTER, null, row -> row.getLong("version"));
        var changes = rows(
                connection,
                APPROVED_CHANGES,
                null,
                row -> new LimitHistory.Approved(
                        row.getLong("change_id"),
                        row.getLong("register_version"),
                        text(row, "proposed_by"),
                        row.getObject("proposed_at", OffsetDateTime.class).toInstant(),
                        text(row, "decided_by"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        text(row, "reason"),
                        maybe(row.getObject("valid_until", OffsetDateTime.class), OffsetDateTime::toInstant)));
        return new LimitHistory(version.getFirst(), changes.reversed());
    }

    private static Rulebook rulebook(Connection connection, LocalDate businessDate) throws SQLException {
        return new Rulebook(
                rows(
                        connection,
                        TRADING_LISTS,
                        null,
                        row -> new TradingListEntry(
                                TradingList.valueOf(text(row, "list")),
                                ListedScope.valueOf(text(row, "scope")),
                                text(row, "scope_id"),
                                ListedSide.valueOf(text(row, "side")),
                                validity(row),
                                text(row, "reason"),
                                text(row, "entered_by"))),
                rows(
                        connection,
                        PERMISSIONS,
                        null,
                        row -> new Permission(
                                text(row, "trader_id"),
                                text(row, "account_id"),
                                text(row, "strategy_id"),
                                text(row, "asset_class"),
                                text(row, "mic"),
                                text(row, "instrument_id"),
                                text(row, "reason"))),
                rows(
                        connection,
                        LOCATES,
                        businessDate,
                        row -> new Locate(
                                AccountId.of(text(row, "account_id")),
                                InstrumentId.of(text(row, "instrument_id")),
                                row.getObject("business_date", LocalDate.class),
                                Quantity.of(number(row, "quantity")),
                                text(row, "lender"),
                                text(row, "reference"))),
                rows(
                        connection,
                        EASY_TO_BORROW,
                        null,
                        row -> new EasyToBorrow(
                                InstrumentId.of(text(row, "instrument_id")), validity(row), text(row, "source"))),
                rows(
                        connection,
                        SHORT_SALE_RESTRICTIONS,
                        null,
                        row -> new ShortSaleRestriction(
                                InstrumentId.of(text(row, "instrument_id")), validity(row), text(row, "reason"))),
                rows(
                        connection,
                        MARGIN_RATES,
                        null,
                        row -> new MarginRate(
                                AssetClass.valueOf(text(row, "asset_class")),
                                number(row, "initial_percent"),
                                number(row, "maintenance_percent"),
                                number(row, "short_initial_percent"),
                                number(row, "haircut_percent"))),
                rows(
                        connection,
                        MANDATE_RULES,
                        null,
                        row -> new MandateRule(
                                text(row, "mandate_id"),
                                row.getInt("version"),
                                validity(row),
                                MandateRule.Kind.valueOf(text(row, "rule")),
                                MandateDimension.valueOf(text(row, "dimension")),
                                text(row, "value"),
                                row.getBigDecimal("percent"),
                                text(row, "reason"))));
    }

    private static Validity validity(ResultSet row) throws SQLException {
        return new Validity(
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                maybe(row.getObject("valid_until", OffsetDateTime.class), OffsetDateTime::toInstant));
    }

    private static Instrument instrument(ResultSet row) throws SQLException {
        return new Instrument(
                InstrumentId.of(text(row, "instrument_id")),
                maybe(row.getString("isin"), Isin::of),
                text(row, "symbol"),
                Mic.of(text(row, "mic")),
                Cfi.of(text(row, "cfi")),
                text(row, "name"),
                row.getString("issuer"),
                maybe(row.getString("issuer_lei"), Lei::of),
                Currency.of(text(row, "currency")),
                AssetClass.valueOf(text(row, "asset_class")),
                Quantity.of(number(row, "lot_size")),
                number(row, "tick_size"),
                row.getInt("quantity_scale"),
                maybe(row.getBigDecimal("adv"), Quantity::of),
                BasisPoints.of(number(row, "spread_bps")),
                number(row, "volatility_daily"),
                text(row, "sector"),
                row.getString("country"),
                maybe(row.getString("place_of_settlement"), Bic::of),
                text(row, "calendar"),
                maybe(row.getBigDecimal("reference_price"), Price::of),
                TradingStatus.valueOf(text(row, "status")),
                maybe(row.getString("rating"), Rating::of),
                EsgCategory.several(Objects.requireNonNullElse(row.getString("esg"), "")));
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                AccountId.of(text(row, "account_id")),
                text(row, "name"),
                text(row, "portfolio"),
                Lei.of(text(row, "owner_lei")),
                Currency.of(text(row, "base_currency")),
                Bic.of(text(row, "custodian_bic")),
                text(row, "safekeeping_account"),
                Standing.valueOf(text(row, "status")),
                text(row, "client"),
                MarginType.valueOf(text(row, "margin_type")),
                row.getString("mandate"));
    }

    private static Limit limit(ResultSet row) throws SQLException {
        return new Limit(
                row.getLong("limit_id"),
                LimitScope.valueOf(text(row, "scope")),
                text(row, "scope_id"),
                LimitKind.valueOf(text(row, "kind")),
                number(row, "amount"),
                row.getBigDecimal("warn_at"),
                maybe(row.getString("currency"), Currency::of),
                row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                maybe(row.getObject("valid_until", OffsetDateTime.class), OffsetDateTime::toInstant));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return present(row.getString(column), column);
    }

    private static BigDecimal number(ResultSet row, String column) throws SQLException {
        return present(row.getBigDecimal(column), column);
    }

    private static <T> T present(@Nullable T value, String column) {
        if (value == null) {
            throw new IllegalStateException("Column " + column + " is never null, but here it is.");
        }
        return value;
    }

    private static <T, R> @Nullable R maybe(@Nullable T value, Function<T, R> read) {
        return value == null ? null : read.apply(value);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(Connection connection, String query, @Nullable LocalDate date, RowReader<T> reader)
            throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            if (date != null) {
                statement.setObject(1, date);
            }
            try (var result = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }
}
