package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Account;
import org.tradesuite.execution.reference.AssetClass;
import org.tradesuite.execution.reference.Broker;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.Limit;
import org.tradesuite.execution.reference.LimitKind;
import org.tradesuite.execution.reference.LimitScope;
import org.tradesuite.execution.reference.MarginType;
import org.tradesuite.execution.reference.OpeningCash;
import org.tradesuite.execution.reference.OpeningPosition;
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
import org.tradesuite.execution.reference.VolumeBin;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.Bic;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Cfi;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Lei;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/** A small firm: one market, one share, one account, two brokers of which ALFA is the cheaper. */
final class House {

    /** A Monday on which London is open from 08:00 to 16:30. */
    static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    static final Instant MORNING = Instant.parse("2026-03-02T09:00:00Z");
    static final BrokerId ALFA = BrokerId.of("ALFA");
    static final BrokerId BRAVO = BrokerId.of("BRAVO");
    static final AccountId ACCOUNT = AccountId.of("GEQ1");
    static final AccountId INCOME = AccountId.of("GEQ2");
    static final AccountId OLD = AccountId.of("OLD1");
    static final AccountId SUSPENSE = AccountId.of("SUSP");
    static final InstrumentId VOD = InstrumentId.of("VOD.XLON");
    static final Mic LONDON = Mic.of("XLON");

    private House() {}

    static EngineSettings settings() {
        return settings(EngineSettings.standard().snapshotEvery(), SUSPENSE);
    }

    static EngineSettings settings(@Nullable AccountId suspense) {
        return settings(EngineSettings.standard().snapshotEvery(), suspense);
    }

    static EngineSettings snapshotEvery(int events) {
        return settings(events, SUSPENSE);
    }

    private static EngineSettings settings(int events, @Nullable AccountId suspense) {
        var standard = EngineSettings.standard();
        return new EngineSettings(
                standard.chain(),
                1 << 12,
                standard.batch(),
                Duration.ofSeconds(5),
                2,
                asking(Duration.ZERO),
                2,
                3,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                new BigDecimal("0.25"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                5,
                Duration.ofMillis(300),
                events,
                standard.keepDays(),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                suspense);
    }

    private static Account account(AccountId id, String name, Standing standing) {
        return new Account(
                id,
                name,
                "GLOBAL-EQUITY",
                Lei.of("213800TB53ELEUKM7Q61"),
                Currency.GBP,
                Bic.of("CUSTGB2LXXX"),
                "SAFE" + id,
                standing,
                "ALPHA",
                MarginType.CASH,
                null);
    }

    static EngineSettings.Asking asking(Duration openOrderAfter) {
        return new EngineSettings.Asking(
                Duration.ofSeconds(5),
                100,
                Duration.ofMillis(100),
                openOrderAfter,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1));
    }

    /** The same, and working orders are asked about when they are quiet. */
    static EngineSettings askingOpenOrders(Duration after) {
        var settings = settings();
        return new EngineSettings(
                settings.chain(),
                settings.inbox(),
                settings.batch(),
                settings.askAfter(),
                settings.asks(),
                asking(after),
                settings.rejections(),
                settings.cancelTries(),
                settings.twapInterval(),
                settings.vwapInterval(),
                settings.participation(),
                settings.closeWithin(),
                settings.confirmWithin(),
                settings.retryAfter(),
                settings.confirmationTolerance(),
                settings.unavailableAfterWall(),
                settings.snapshotEvery(),
                settings.keepDays(),
                settings.orphansWait(),
                settings.holdFor(),
                settings.suspense());
    }

    static ReferenceData reference() {
        return reference(TradingStatus.ACTIVE, Map.of());
    }

    /** @param others limits that are other than usual */
    static ReferenceData reference(TradingStatus status, Map<LimitKind, String> others) {
        var lei = Lei.of("213800TB53ELEUKM7Q61");
        var since = Instant.parse("2024-01-01T00:00:00Z");
        var limits = new ArrayList<Limit>();
        for (var kind : LimitKind.values()) {
            limits.add(new Limit(
                    limits.size() + 1L,
                    LimitScope.FIRM,
                    "*",
                    kind,
                    new BigDecimal(others.getOrDefault(
                            kind,
                            switch (kind) {
                                case DUPLICATE_WINDOW_SECONDS -> "0";
                                case PRICE_COLLAR_PERCENT -> "10";
                                case MAX_ADV_SHARE_PERCENT -> "50";
                                case MAX_QUOTE_AGE_SECONDS -> "86400";
                                case PRICE_COLLAR_PERIOD_SECONDS, REPEATED_EXECUTION_WINDOW_SECONDS -> "60";
                                default -> "1000000000000";
                            })),
                    null,
                    kind.isMoney() ? Currency.GBP : null,
                    since,
                    null));
        }
        return ReferenceData.of(
                MONDAY,
                new ReferenceContent(
                        List.of(new Instrument(
                                VOD,
                                Isin.of("GB00BH4HKS39"),
                                "VOD",
                                LONDON,
                                Cfi.of("ESVUFR"),
                                "Vodafone Group",
                                "Vodafone Group",
                                lei,
                                Currency.GBP,
                                AssetClass.EQUITY,
                                Quantity.of("1"),
                                new BigDecimal("0.01"),
                                0,
                                Quantity.of("1000000000"),
                                BasisPoints.of("3"),
                                new BigDecimal("0.015"),
                                "Communication",
                                "GB",
                                Bic.of("CRSTGB22XXX"),
                                "GBLO",
                                Price.of("100"),
                                status,
                                null,
                                Set.of())),
                        List.of(
                                account(ACCOUNT, "Global Equity Core", Standing.ACTIVE),
                                account(INCOME, "Global Equity Income", Standing.ACTIVE),
                                account(OLD, "Global Equity Old", Standing.CLOSED),
                                account(SUSPENSE, "Suspense", Standing.ACTIVE)),
                        List.of(),
                        List.of(
                                new Broker(ALFA, "Alfa Securities", lei, Bic.of("ALFAGB2LXXX"), Standing.ACTIVE),
                                new Broker(BRAVO, "Bravo Markets", lei, Bic.of("BRAVDEFFXXX"), Standing.ACTIVE)),
                        List.of(
                                new BrokerRate(
                                        ALFA, LONDON, BasisPoints.of("2"), new BigDecimal("5.00"), BasisPoints.of("1")),
                                new BrokerRate(
                                        BRAVO,
                                        LONDON,
                                        BasisPoints.of("4"),
                                        new BigDecimal("5.00"),
                                        BasisPoints.of("1"))),
                        List.of(new TradingSession(
                                LONDON, ZoneId.of("Europe/London"), LocalTime.of(8, 0), LocalTime.of(16, 30), "GBLO")),
                        List.of(new SettlementCycle(LONDON, LocalDate.of(2014, 10, 6), 2)),
                        List.of(),
                        List.of(),
                        List.of(new Strategy("VALUE", "Long-horizon value", "TSALG-VALUE-1")),
                        List.of(new Trader("apatel", "Anita Patel", "GB", "AB123456C", "EUROPE")),
                        List.of(),
                        limits,
                        List.of(new OpeningPosition(
                                ACCOUNT, VOD, MONDAY, new BigDecimal("1000000000"), Price.of("90"))),
                        List.of(new OpeningCash(
                                ACCOUNT, MONDAY, Money.of(new BigDecimal("900000000000.00"), Currency.GBP))),
                        List.of(new VolumeBin(LONDON, LocalTime.of(8, 0), LocalTime.of(16, 30), BigDecimal.ONE)),
                        Rulebook.permitting(List.of(Permission.ofEverything("A small firm.")))));
    }
}
