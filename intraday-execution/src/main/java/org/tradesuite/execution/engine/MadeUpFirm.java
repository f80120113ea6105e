package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
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
import org.tradesuite.market.Side;

/** A firm that does not exist, with one share, one account and one broker, and what reaches its engine on its only day. */
final class MadeUpFirm {

    static final LocalDate DATE = LocalDate.of(2026, 3, 2);
    static final Instant MORNING = DATE.atTime(10, 0).toInstant(ZoneOffset.UTC);

    private static final BrokerId BROKER = BrokerId.of("NOBODY");
    private static final AccountId ACCOUNT = AccountId.of("NONE");
    private static final Mic MARKET = Mic.of("XLON");
    private static final InstrumentId SHARE = InstrumentId.of("NONE.XLON");
    private static final Price PRICE = Price.of("100");

    private MadeUpFirm() {}

    static ReferenceData reference() {
        var lei = Lei.of("213800TB53ELEUKM7Q61");
        return ReferenceData.of(
                DATE,
                new ReferenceContent(
                        List.of(new Instrument(
                                SHARE,
                                Isin.of("GB00BH4HKS39"),
                                "NONE",
                                MARKET,
                                Cfi.of("ESVUFR"),
                                "Nothing",
                                "Nobody",
                                lei,
                                Currency.GBP,
                                AssetClass.EQUITY,
                                Quantity.of("1"),
                                new BigDecimal("0.01"),
                                0,
                                Quantity.of("1000000000"),
                                BasisPoints.of("3"),
                                new BigDecimal("0.015"),
                                "None",
                                "GB",
                                Bic.of("CRSTGB22XXX"),
                                "GBLO",
                                PRICE,
                                TradingStatus.ACTIVE,
                                null,
                                Set.of())),
                        List.of(new Account(
                                ACCOUNT,
                                "Nobody",
                                "NONE",
                                lei,
                                Currency.GBP,
                                Bic.of("CUSTGB2LXXX"),
                                "NONE",
                                Standing.ACTIVE,
                                "NOBODY",
                                MarginType.CASH,
                                null)),
                        List.of(),
                        List.of(new Broker(BROKER, "Nobody", lei, Bic.of("ALFAGB2LXXX"), Standing.ACTIVE)),
                        List.of(new BrokerRate(
                                BROKER, MARKET, BasisPoints.of("2"), new BigDecimal("5.00"), BasisPoints.of("1"))),
                        List.of(new TradingSession(
                                MARKET, ZoneOffset.UTC, LocalTime.of(8, 0), LocalTime.of(16, 30), "GBLO")),
                        List.of(new SettlementCycle(MARKET, LocalDate.EPOCH, 2)),
                        List.of(),
                        List.of(),
                        List.of(new Strategy("NONE", "None", "NONE")),
                        List.of(new Trader("nobody", "Nobody", "GB", "AB123456C", "NONE")),
                        List.of(),
                        limits(),
                        List.of(),
                        List.of(new OpeningCash(
                                ACCOUNT, DATE, Money.of(new BigDecimal("900000000000.00"), Currency.GBP))),
                        List.of(),
                        Rulebook.permitting(List.of(Permission.ofEverything("A firm that does not exist.")))));
    }

    /** Two of each, so that the tighter one has to be found. */
    private static List<Limit> limits() {
        var limits = new ArrayList<Limit>();
        for (var kind : LimitKind.values()) {
            limits.add(limit(limits.size(), kind, LimitScope.FIRM, "*"));
            if (kind.scopes().contains(LimitScope.ACCOUNT)) {
                limits.add(limit(limits.size(), kind, LimitScope.ACCOUNT, ACCOUNT.value()));
            }
        }
        return limits;
    }

    private static Limit limit(long number, LimitKind kind, LimitScope scope, String of) {
        var amount = switch (kind) {
            case DUPLICATE_WINDOW_SECONDS -> BigDecimal.ZERO;
            case PRICE_COLLAR_PERIOD_SECONDS, REPEATED_EXECUTION_WINDOW_SECONDS -> BigDecimal.ONE;
            default -> new BigDecimal("1000000000000");
        };
        return new Limit(
                number, scope, of, kind, amount, null, kind.isMoney() ? Currency.GBP : null, Instant.EPOCH, null);
    }

    static List<Input> opening() {
        return List.of(
                new Input.TradingDayOpenRequested(MORNING, 1, "nobody", DATE),
                new Input.BrokerSessionUp(MORNING, BROKER),
                new Input.MarketQuote(MORNING, SHARE, Price.of("99.99"), Price.of("100.01")));
    }

    static Input decision(int number) {
        var id = "DWARM" + number;
        return new Input.DecisionSubmitted(
                MORNING,
                number + 1L,
                "nobody",
                id,
                "warming-" + number,
                "none",
                ACCOUNT,
                "NONE",
                "nobody",
                SHARE,
                Side.BUY,
                Quantity.of(number + 10L),
                number % 2 == 0 ? OrderType.MARKET : OrderType.LIMIT,
                number % 2 == 0 ? null : PRICE,
                Algo.IMMEDIATE,
                null,
                null);
    }

    /** The broker takes the order, and trades a part of it. */
    static List<Input> answers(int number) {
        var clOrdId = "ODWARM" + number + "-1-1";
        return List.of(
                report(2L * number, clOrdId, ExecType.NEW, OrdStatus.NEW, null),
                report(2L * number + 1, clOrdId, ExecType.TRADE, OrdStatus.PARTIALLY_FILLED, Quantity.of(5)));
    }

    private static Input report(
            long number, String clOrdId, ExecType type, OrdStatus status, @Nullable Quantity quantity) {
        return new Input.BrokerExecutionReport(
                MORNING,
                BROKER,
                number + 1,
                new ExecutionReport(
                        DATE,
                        "E" + number,
                        null,
                        type,
                        status,
                        clOrdId,
                        null,
                        "B" + clOrdId,
                        Side.BUY,
                        null,
                        null,
                        quantity,
                        quantity == null ? null : PRICE,
                        null,
                        null,
                        null,
                        MORNING,
                        "XLON",
                        "A",
                        "1",
                        null,
                        null,
                        null));
    }
}
