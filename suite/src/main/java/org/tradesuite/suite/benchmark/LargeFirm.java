package org.tradesuite.suite.benchmark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.position.Book;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.AssetClass;
import org.tradesuite.execution.reference.Broker;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.FxRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MandateDimension;
import org.tradesuite.execution.reference.MandateRule;
import org.tradesuite.execution.reference.MarginRate;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.execution.reference.Permission;
import org.tradesuite.execution.reference.ReferenceContent;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Rulebook;
import org.tradesuite.execution.reference.SettlementCycle;
import org.tradesuite.execution.reference.Standing;
import org.tradesuite.execution.reference.Strategy;
import org.tradesuite.execution.reference.Trader;
import org.tradesuite.execution.reference.TradingSession;
import org.tradesuite.execution.reference.TradingStatus;
import org.tradesuite.execution.reference.Validity;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Cfi;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * A firm with 10,000 instruments and 1,000 accounts, half of them with a mandate and half on margin; limits of every kind
 * for the firm, every account, every trader and every instrument; each account holds a hundred lines.
 */
final class LargeFirm {

    static final int INSTRUMENTS = 10_000;
    static final int ACCOUNTS = 1_000;
    static final int TRADERS = 50;
    static final int LINES_EACH = 100;

    static final Instant TEN = Instant.parse("2026-11-18T10:00:00Z");

    private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
    private static final Lei LEI = Lei.of("213800TB53ELEUKM7Q61");
    private static final Mic MARKET = Mic.of("XLON");
    private static final BrokerId BROKER = BrokerId.of("ALFA");
    private static final List<String> SECTORS =
            List.of("Energy", "Materials", "Industrials", "Financials", "Health", "Technology", "Utilities");
    private static final List<Currency> CURRENCIES = List.of(Currency.GBP, Currency.EUR, Currency.USD);

    private LargeFirm() {}

    static InstrumentId instrument(int number) {
        return InstrumentId.of("I" + number + ".XLON");
    }

    static AccountId account(int number) {
        return AccountId.of("A" + number);
    }

    static String trader(int number) {
        return "trader" + number % TRADERS;
    }

    static ReferenceData reference() {
        var instruments = new ArrayList<Instrument>();
        var accounts = new ArrayList<Account>();
        var traders = new ArrayList<Trader>();
        var limits = new ArrayList<Limit>();
        add(limits, LimitScope.FIRM, "*");
        for (var number = 0; number < INSTRUMENTS; number++) {
            instruments.add(share(number));
            add(limits, LimitScope.INSTRUMENT, instrument(number).value());
        }
        for (var number = 0; number < ACCOUNTS; number++) {
            accounts.add(account(number, number % 2 == 0 ? MarginType.MARGIN : MarginType.CASH));
            add(limits, LimitScope.ACCOUNT, account(number).value());
        }
        for (var number = 0; number < TRADERS; number++) {
            traders.add(new Trader(trader(number), trader(number), "GB", "AB123456C", "DESK" + number % 5));
            add(limits, LimitScope.TRADER, trader(number));
        }
        return ReferenceData.of(
                DATE,
                new ReferenceContent(
                        instruments,
                        accounts,
                        List.of(),
                        List.of(new Broker(BROKER, "Alfa", LEI, Bic.of("ALFAGB2LXXX"), Standing.ACTIVE)),
                        List.of(new BrokerRate(
                                BROKER, MARKET, BasisPoints.of("2"), new BigDecimal("5.00"), BasisPoints.of("1"))),
                        List.of(new TradingSession(
                                MARKET, ZoneOffset.UTC, LocalTime.of(8, 0), LocalTime.of(16, 30), "GBLO")),
                        List.of(new SettlementCycle(MARKET, LocalDate.EPOCH, 2)),
                        List.of(),
                        List.of(rate(Currency.GBP, "1.3120"), rate(Currency.EUR, "1.1560")),
                        List.of(new Strategy("VALUE", "Value", "A1"), new Strategy("TREND", "Trend", "A2")),
                        traders,
                        List.of(),
                        limits,
                        List.of(),
                        List.of(),
                        List.of(),
                        new Rulebook(
                                List.of(),
                                List.of(Permission.ofEverything("A large firm.")),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(new MarginRate(
                                        AssetClass.EQUITY,
                                        new BigDecimal("50"),
                                        new BigDecimal("25"),
                                        new BigDecimal("150"),
                                        new BigDecimal("15"))),
                                mandate())));
    }

    private static FxRate rate(Currency base, String rate) {
        return new FxRate(DATE, base, Currency.USD, new BigDecimal(rate));
    }

    private static List<MandateRule> mandate() {
        return List.of(
                rule(MandateRule.Kind.ALLOWED_UNIVERSE, MandateDimension.ASSET_CLASS, "EQUITY", null),
                rule(MandateRule.Kind.FORBIDDEN_UNIVERSE, MandateDimension.COUNTRY, "FR", null),
                rule(MandateRule.Kind.MAX_WEIGHT, MandateDimension.ISSUER, "*", "90"),
                rule(MandateRule.Kind.MAX_WEIGHT, MandateDimension.SECTOR, "*", "95"),
                rule(MandateRule.Kind.CASH_FLOOR, MandateDimension.ACCOUNT, "*", "1"),
                rule(MandateRule.Kind.ESG_EXCLUSION, MandateDimension.ACCOUNT, "TOBACCO", null),
                rule(MandateRule.Kind.NO_LEVERAGE, MandateDimension.ACCOUNT, "*", null));
    }

    private static MandateRule rule(
            MandateRule.Kind kind, MandateDimension dimension, String value, @Nullable String percent) {
        return new MandateRule(
                "M1",
                1,
                new Validity(Instant.EPOCH, null),
                kind,
                dimension,
                value,
                percent == null ? null : new BigDecimal(percent),
                "A large firm.");
    }

    private static void add(List<Limit> limits, LimitScope scope, String id) {
        for (var kind : LimitKind.values()) {
            if (kind.scopes().contains(scope)) {
                limits.add(new Limit(
                        limits.size() + 1L,
                        scope,
                        id,
                        kind,
                        amount(kind),
                        null,
                        kind.isMoney() ? Currency.USD : null,
                        Instant.EPOCH,
                        null));
            }
        }
    }

    private static BigDecimal amount(LimitKind kind) {
        return switch (kind) {
            case DUPLICATE_WINDOW_SECONDS -> BigDecimal.ONE;
            case PRICE_COLLAR_PERIOD_SECONDS, REPEATED_EXECUTION_WINDOW_SECONDS -> BigDecimal.valueOf(60);
            case MAX_QUOTE_AGE_SECONDS -> BigDecimal.valueOf(3600);
            default -> new BigDecimal("1000000000000");
        };
    }

    private static Instrument share(int number) {
        return new Instrument(
                instrument(number),
                null,
                "I" + number,
                MARKET,
                Cfi.of("ESVUFR"),
                "Share " + number,
                "Issuer " + number % 5_000,
                null,
                CURRENCIES.get(number % CURRENCIES.size()),
                AssetClass.EQUITY,
                Quantity.of("1"),
                new BigDecimal("0.01"),
                0,
                Quantity.of("5000000"),
                BasisPoints.of("3"),
                new BigDecimal("0.015"),
                SECTORS.get(number % SECTORS.size()),
                number % 3 == 0 ? "GB" : "DE",
                null,
                "GBLO",
                price(number),
                TradingStatus.ACTIVE,
                null,
                Set.of());
    }

    private static Price price(int number) {
        return Price.of(new BigDecimal(100 + number % 9_900).movePointLeft(2));
    }

    private static Account account(int number, MarginType margin) {
        return new Account(
                account(number),
                "Account " + number,
                "P" + number % 100,
                LEI,
                Currency.USD,
                Bic.of("CUSTGB2LXXX"),
                "SAFE" + number,
                Standing.ACTIVE,
                "C" + number % 200,
                margin,
                number % 4 < 2 ? "M1" : null);
    }

    /** Every instrument is quoted. */
    static MarketData market() {
        var market = new MarketData();
        for (var number = 0; number < INSTRUMENTS; number++) {
            var bid = price(number);
            market.quote(
                    instrument(number),
                    new Quote(bid, Price.of(bid.value().add(new BigDecimal("0.02"))), TEN.minusSeconds(1)));
        }
        return market;
    }

    /** Cash in every currency, a hundred lines each. */
    static Book book() {
        var book = new Book();
        for (var account = 0; account < ACCOUNTS; account++) {
            for (var currency : CURRENCIES) {
                book.openCash(account(account), Money.of(new BigDecimal("100000000000.00"), currency));
            }
            for (var line = 0; line < LINES_EACH; line++) {
                var number = line(account, line);
                book.openPosition(
                        account(account),
                        instrument(number),
                        CURRENCIES.get(number % CURRENCIES.size()),
                        BigDecimal.valueOf(10_000L + line),
                        price(number));
            }
        }
        return book;
    }

    static int line(int account, int line) {
        return (account * 7 + line * 101) % INSTRUMENTS;
    }

    static PendingOrder order(int number) {
        var account = number % ACCOUNTS;
        var instrument = line(account, number / ACCOUNTS % LINES_EACH);
        return new PendingOrder(
                "O" + number,
                account(account),
                instrument(instrument),
                CURRENCIES.get(instrument % CURRENCIES.size()),
                number % 2 == 0 ? Side.BUY : Side.SELL,
                Quantity.of(10L + number % 50),
                price(instrument));
    }
}
