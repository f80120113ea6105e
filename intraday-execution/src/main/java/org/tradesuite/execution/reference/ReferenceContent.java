package org.tradesuite.execution.reference;

import java.util.List;
import org.tradesuite.market.CalendarOverride;

/** Everything a {@link ReferenceData} is made of, as lists, in no particular order. */
public record ReferenceContent(
        List<Instrument> instruments,
        List<Account> accounts,
        List<CashAccount> cashAccounts,
        List<Broker> brokers,
        List<BrokerRate> brokerRates,
        List<TradingSession> tradingSessions,
        List<SettlementCycle> settlementCycles,
        List<CalendarOverride> calendarOverrides,
        List<FxRate> fxRates,
        List<Strategy> strategies,
        List<Trader> traders,
        List<Firm> firm,
        List<Limit> limits,
        List<OpeningPosition> openingPositions,
        List<OpeningCash> openingCash,
        List<VolumeBin> volumeProfiles,
        Rulebook rulebook,
        LimitHistory limitHistory) {

    public ReferenceContent {
        instruments = List.copyOf(instruments);
        accounts = List.copyOf(accounts);
        cashAccounts = List.copyOf(cashAccounts);
        brokers = List.copyOf(brokers);
        brokerRates = List.copyOf(brokerRates);
        tradingSessions = List.copyOf(tradingSessions);
        settlementCycles = List.copyOf(settlementCycles);
        calendarOverrides = List.copyOf(calendarOverrides);
        fxRates = List.copyOf(fxRates);
        strategies = List.copyOf(strategies);
        traders = List.copyOf(traders);
        firm = List.copyOf(firm);
        limits = List.copyOf(limits);
        openingPositions = List.copyOf(openingPositions);
        openingCash = List.copyOf(openingCash);
        volumeProfiles = List.copyOf(volumeProfiles);
    }

    /** With limits that nobody ever changed. */
    public ReferenceContent(
            List<Instrument> instruments,
            List<Account> accounts,
            List<CashAccount> cashAccounts,
            List<Broker> brokers,
            List<BrokerRate> brokerRates,
            List<TradingSession> tradingSessions,
            List<SettlementCycle> settlementCycles,
            List<CalendarOverride> calendarOverrides,
            List<FxRate> fxRates,
            List<Strategy> strategies,
            List<Trader> traders,
            List<Firm> firm,
            List<Limit> limits,
            List<OpeningPosition> openingPositions,
            List<OpeningCash> openingCash,
            List<VolumeBin> volumeProfiles,
            Rulebook rulebook) {
        this(
                instruments,
                accounts,
                cashAccounts,
                brokers,
                brokerRates,
                tradingSessions,
                settlementCycles,
                calendarOverrides,
                fxRates,
                strategies,
                traders,
                firm,
                limits,
                openingPositions,
                openingCash,
                volumeProfiles,
                rulebook,
                LimitHistory.NONE);
    }

    /** The same with other limits. */
    public ReferenceContent withLimits(List<Limit> other, LimitHistory history) {
        return new ReferenceContent(
                instruments,
                accounts,
                cashAccounts,
                brokers,
                brokerRates,
                tradingSessions,
                settlementCycles,
                calendarOverrides,
                fxRates,
                strategies,
                traders,
                firm,
                other,
                openingPositions,
                openingCash,
                volumeProfiles,
                rulebook,
                history);
    }

    /** Nothing at all: with it, every order is refused. */
    public static ReferenceContent empty() {
        return new ReferenceContent(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Rulebook.empty());
    }
}
