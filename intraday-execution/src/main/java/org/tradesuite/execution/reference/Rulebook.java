package org.tradesuite.execution.reference;

import java.util.List;

/** What compliance and risk keep for the rules besides the limits, as lists, in no particular order. */
public record Rulebook(
        List<TradingListEntry> tradingLists,
        List<Permission> permissions,
        List<Locate> locates,
        List<EasyToBorrow> easyToBorrow,
        List<ShortSaleRestriction> shortSaleRestrictions,
        List<MarginRate> marginRates,
        List<MandateRule> mandateRules) {

    public Rulebook {
        tradingLists = List.copyOf(tradingLists);
        permissions = List.copyOf(permissions);
        locates = List.copyOf(locates);
        easyToBorrow = List.copyOf(easyToBorrow);
        shortSaleRestrictions = List.copyOf(shortSaleRestrictions);
        marginRates = List.copyOf(marginRates);
        mandateRules = List.copyOf(mandateRules);
    }

    /** Nothing at all: nobody may trade anything. */
    public static Rulebook empty() {
        return permitting(List.of());
    }

    /** Nothing but permissions. */
    public static Rulebook permitting(List<Permission> permissions) {
        return new Rulebook(List.of(), permissions, List.of(), List.of(), List.of(), List.of(), List.of());
    }
}
