package org.tradesuite.execution.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** A small desk for tests: Vodafone in London, Toyota in Tokyo, a dollar share, Bitcoin; one account; round limits. */
public final class SampleDesk {

    public static final LocalDate MONDAY_23_NOVEMBER_2026 = LocalDate.of(2026, 11, 23);

    /** Ten in the morning in London, which is open; Tokyo is closed. */
    public static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    public static final AccountId ACCOUNT = AccountId.of("GEQ1");
    public static final InstrumentId VOD = InstrumentId.of("VOD.XLON");
    public static final InstrumentId TOYOTA = InstrumentId.of("7203.XTKS");
    public static final InstrumentId IBM = InstrumentId.of("IBM.XNYS");
    public static final InstrumentId BITCOIN = InstrumentId.of("BTC/USD.XBTS");
    public static final BrokerId ALFA = BrokerId.of("ALFA");
    public static final BrokerId BRAVO = BrokerId.of("BRAVO");

    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final Lei OWNER = Lei.of("9845TSALPHAFND000137");

    private SampleDesk() {}

    public static ReferenceData reference() {
        return ReferenceData.of(MONDAY_23_NOVEMBER_2026, content());
    }

    /** The desk with something different about its instruments. */
    public static ReferenceData withInstruments(UnaryOperator<Instrument> change) {
        var content = content();
        return with(
                content,
                content.accounts(),
                content.instruments().stream().map(change).toList(),
                content.limits(),
                content.rulebook());
    }

    /** The desk with other limits. */
    public static ReferenceData withLimits(List<Limit> limits) {
        var content = content();
        return with(content, content.accounts(), content.instruments(), limits, content.rulebook());
    }

    public static ReferenceData without(LimitKind kind) {
        return withLimits(content().limits().stream()
                .filter(limit -> limit.kind() != kind)
                .toList());
    }

    public static ReferenceData withAlso(Limit limit) {
        var limits = new ArrayList<>(content().limits());
        limits.add(limit);
        return withLimits(limits);
    }

    public static Limit limit(LimitScope scope, String id, LimitKind kind, String amount, @Nullable Currency currency) {
        return new Limit(1, scope, id, kind, new BigDecimal(amount), null, currency, LONG_AGO, null);
    }

    public static Instrument status(Instrument of, TradingStatus status) {
        return changed(of, of.adv(), of.referencePrice(), status);
    }

    public static Instrument withoutAdv(Instrument of) {
        return changed(of, null, of.referencePrice(), of.status());
    }

    public static Instrument withoutReferencePrice(Instrument of) {
        return changed(of, of.adv(), null, of.status());
    }

    private static Instrument changed(
            Instrument of, @Nullable Quantity adv, @Nullable Price price, TradingStatus status) {
        return new Instrument(
                of.id(),
                of.isin(),
                of.symbol(),
                of.mic(),
                of.cfi(),
                of.name(),
                of.issuer(),
                of.issuerLei(),
                of.currency(),
                of.assetClass(),
                of.lotSize(),
                of.tickSize(),
                of.quantityScale(),
                adv,
                of.spread(),
                of.dailyVolatility(),
                of.sector(),
                of.country(),
                of.placeOfSettlement(),
                of.calendar(),
                price,
                status,
                of.rating(),
                of.esg());
    }

    /** The desk with other lists, permissions and the like, and something different about its accounts. */
    public static ReferenceData withRulebook(Rulebook rulebook, UnaryOperator<Account> change) {
        var content = content();
        return with(
                content,
                content.accounts().stream().map(change).toList(),
                content.instruments(),
                content.limits(),
                rulebook);
    }

    /** The account as a margin account. */
    public static Account onMargin(Account of) {
        return new Account(
                of.id(),
                of.name(),
                of.portfolio(),
                of.ownerLei(),
                of.baseCurrency(),
                of.custodian(),
                of.safekeepingAccount(),
                of.status(),
                of.client(),
                MarginType.MARGIN,
                of.mandate());
    }

    private static ReferenceData with(
            ReferenceContent content,
            List<Account> accounts,
            List<Instrument> instruments,
            List<Limit> limits,
            Rulebook rulebook) {
        return ReferenceData.of(
                MONDAY_23_NOVEMBER_2026,
                new ReferenceContent(
                        instruments,
                        accounts,
                        content.cashAccounts(),
                        content.brokers(),
                        content.brokerRates(),
                        content.tradingSessions(),
                        content.settlementCycles(),
                        content.calendarOverrides(),
                        content.fxRates(),
                        content.strategies(),
                        content.traders(),
                        content.firm(),
                        limits,
                        content.openingPositions(),
                        content.openingCash(),
                        content.volumeProfiles(),
                        rulebook));
    }

    public static ReferenceContent content() {
        return new ReferenceContent(
                List.of(
                        share("VOD", "GB00BH4HKS39", "XLON", Currency.GBP, "1", "0.01", "1000000", "GBLO", "1.00"),
                        share("7203", "JP3633400001", "XTKS", Currency.JPY, "100", "1", "24500000", "JPTO", "2840"),
                        share("IBM", "US4592001014", "XNYS", Currency.USD, "1", "0.01", "4300000", "USNY", "291.30"),
                        bitcoin()),
                List.of(
                        account("GEQ1", Standing.ACTIVE),
                        account("GEQ2", Standing.ACTIVE),
                        account("OLD1", Standing.CLOSED)),
                List.of(),
                List.of(
                        new Broker(ALFA, "Alfa", OWNER, Bic.of("ALFAGB2LXXX"), Standing.ACTIVE),
                        new Broker(BRAVO, "Bravo", OWNER, Bic.of("BRAVDEFFXXX"), Standing.ACTIVE)),
                List.of(
                        rate(ALFA, "XLON", "2", "5", "0.5"),
                        rate(BRAVO, "XLON", "3", "4", "0.5"),
                        rate(ALFA, "XTKS", "4", "600", "0.7")),
                List.of(
                        session("XLON", "Europe/London", "08:00", "16:30", "GBLO"),
                        session("XTKS", "Asia/Tokyo", "09:00", "11:30", "JPTO"),
                        session("XTKS", "Asia/Tokyo", "12:30", "15:30", "JPTO"),
                        session("XNYS", "America/New_York", "09:30", "16:00", "NYSE"),
                        session("XBTS", "UTC", "00:00", "00:00", "NoHolidays")),
                List.of(
                        cycle("XLON", "2014-10-06", 2),
                        cycle("XLON", "2027-10-11", 1),
                        cycle("XTKS", "2019-07-16", 2),
                        cycle("XNYS", "2017-09-05", 2),
                        cycle("XNYS", "2024-05-28", 1),
                        cycle("XBTS", "2009-01-03", 0)),
                List.of(new CalendarOverride("GBLO", LocalDate.of(2026, 11, 27), false)),
                List.of(
                        fx("2026-11-20", Currency.GBP, Currency.USD, "1.25"),
                        fx("2026-11-19", Currency.GBP, Currency.USD, "1.20"),
                        fx("2026-11-24", Currency.GBP, Currency.USD, "1.99"),
                        fx("2026-11-20", Currency.USD, Currency.JPY, "150")),
                List.of(new Strategy("VALUE", "Value", "A1")),
                List.of(new Trader("apatel", "Anita Patel", "GB", "AB123456C", "EUROPE")),
                List.of(new Firm(OWNER, Bic.of("TRSUGB2LXXX"), "Tradesuite", "GB")),
                withWideLimitsOfEveryOtherKind(List.of(
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_ORDER_QUANTITY, "100000", null),
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_ORDER_NOTIONAL, "125000", Currency.USD),
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_ADV_SHARE_PERCENT, "10", null),
                        limit(LimitScope.FIRM, "*", LimitKind.PRICE_COLLAR_PERCENT, "5", null),
                        limit(LimitScope.FIRM, "*", LimitKind.DUPLICATE_WINDOW_SECONDS, "10", null),
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_MESSAGES_PER_SECOND, "3", null),
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_QUOTE_AGE_SECONDS, "60", null),
                        limit(LimitScope.FIRM, "*", LimitKind.MAX_POSITION_NOTIONAL, "250000", Currency.USD),
                        limit(LimitScope.ACCOUNT, "GEQ1", LimitKind.MAX_GROSS_EXPOSURE, "300000", Currency.USD))),
                List.of(),
                List.of(),
                List.of(
                        bin("XLON", "08:00", "10:00", "0.2"),
                        bin("XLON", "10:00", "14:30", "0.3"),
                        bin("XLON", "14:30", "16:30", "0.5")),
                Rulebook.permitting(List.of(Permission.ofEverything("A small desk."))));
    }

    private static List<Limit> withWideLimitsOfEveryOtherKind(List<Limit> limits) {
        var all = new ArrayList<>(limits);
        for (var kind : LimitKind.values()) {
            if (limits.stream().noneMatch(limit -> limit.kind() == kind)) {
                all.add(limit(
                        LimitScope.FIRM,
                        "*",
                        kind,
                        kind.unit().equals("SECONDS") ? "60" : "1000000000000",
                        kind.isMoney() ? Currency.USD : null));
            }
        }
        return all;
    }

    private static Instrument share(
            String symbol,
            String isin,
            String mic,
            Currency currency,
            String lot,
            String tick,
            String adv,
            String calendar,
            String price) {
        return new Instrument(
                InstrumentId.of(symbol + "." + mic),
                Isin.of(isin),
                symbol,
                Mic.of(mic),
                Cfi.of("ESVUFR"),
                symbol,
                symbol,
                null,
                currency,
                AssetClass.EQUITY,
                Quantity.of(lot),
                new BigDecimal(tick),
                0,
                Quantity.of(adv),
                BasisPoints.of("4"),
                new BigDecimal("0.015"),
                "Sector",
                null,
                null,
                calendar,
                Price.of(price),
                TradingStatus.ACTIVE,
                Rating.BBB,
                Set.of());
    }

    private static Instrument bitcoin() {
        return new Instrument(
                BITCOIN,
                null,
                "BTC/USD",
                Mic.of("XBTS"),
                Cfi.of("MMMXXX"),
                "Bitcoin",
                null,
                null,
                Currency.USD,
                AssetClass.CRYPTO,
                Quantity.of("0.00000001"),
                new BigDecimal("0.01"),
                8,
                Quantity.of(42000),
                BasisPoints.of("12"),
                new BigDecimal("0.06"),
                "Crypto",
                null,
                null,
                "NoHolidays",
                Price.of("800"),
                TradingStatus.ACTIVE,
                null,
                Set.of());
    }

    private static Account account(String id, Standing standing) {
        return new Account(
                AccountId.of(id),
                id,
                "GLOBAL",
                OWNER,
                Currency.GBP,
                Bic.of("CUSTGB2LXXX"),
                "SAFE" + id,
                standing,
                "ALPHA",
                MarginType.CASH,
                null);
    }

    private static BrokerRate rate(BrokerId broker, String mic, String commission, String minimum, String fee) {
        return new BrokerRate(
                broker, Mic.of(mic), BasisPoints.of(commission), new BigDecimal(minimum), BasisPoints.of(fee));
    }

    private static TradingSession session(String mic, String zone, String open, String close, String calendar) {
        return new TradingSession(
                Mic.of(mic), ZoneId.of(zone), LocalTime.parse(open), LocalTime.parse(close), calendar);
    }

    private static SettlementCycle cycle(String mic, String from, int days) {
        return new SettlementCycle(Mic.of(mic), LocalDate.parse(from), days);
    }

    private static FxRate fx(String date, Currency base, Currency quote, String rate) {
        return new FxRate(LocalDate.parse(date), base, quote, new BigDecimal(rate));
    }

    private static VolumeBin bin(String mic, String start, String end, String share) {
        return new VolumeBin(Mic.of(mic), LocalTime.parse(start), LocalTime.parse(end), new BigDecimal(share));
    }
}
