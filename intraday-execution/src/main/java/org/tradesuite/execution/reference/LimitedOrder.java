package org.tradesuite.execution.reference;

import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BrokerId;

/**
 * What decides which limits an order falls under.
 *
 * @param desk of the trader; absent if the trader is not known
 * @param broker absent as long as none is chosen
 */
public record LimitedOrder(
        Instrument instrument,
        Account account,
        String strategy,
        String trader,
        @Nullable String desk,
        @Nullable BrokerId broker) {

    /** By what name a limit of that scope names this order; null if it has none. */
    @Nullable
    public String in(LimitScope scope) {
        return switch (scope) {
            case FIRM -> Limit.THE_FIRM;
            case DESK -> desk;
            case TRADER -> trader;
            case CLIENT -> account.client();
            case PORTFOLIO -> account.portfolio();
            case ACCOUNT -> account.id().value();
            case STRATEGY -> strategy;
            case ASSET_CLASS -> instrument.assetClass().name();
            case MARKET -> instrument.mic().value();
            case INSTRUMENT -> instrument.id().value();
            case BROKER -> broker == null ? null : broker.value();
        };
    }
}
