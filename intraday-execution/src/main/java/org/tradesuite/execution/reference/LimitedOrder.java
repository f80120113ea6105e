package org.tradesuite.execution.reference;

/** What decides which limits an order falls under. */
public record LimitedOrder(Instrument instrument, Account account, String strategy, String trader) {

    boolean fallsUnder(Limit limit) {
        return switch (limit.scope()) {
            case FIRM -> true;
            case PORTFOLIO -> limit.scopeId().equals(account.portfolio());
            case ACCOUNT -> limit.scopeId().equals(account.id().value());
            case STRATEGY -> limit.scopeId().equals(strategy);
            case TRADER -> limit.scopeId().equals(trader);
            case ASSET_CLASS -> limit.scopeId().equals(instrument.assetClass().name());
            case MARKET -> limit.scopeId().equals(instrument.mic().value());
            case INSTRUMENT -> limit.scopeId().equals(instrument.id().value());
        };
    }
}
