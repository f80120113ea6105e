package org.tradesuite.execution.reference;

/**
 * Who may trade what where. Each of the six is one name, or {@code *} for all of them; an order needs one permission
 * that covers it in all six.
 *
 * @param reason why it was given
 */
public record Permission(
        String trader,
        String account,
        String strategy,
        String assetClass,
        String market,
        String instrument,
        String reason) {

    /** Whoever, whatever, wherever. */
    static final String ANY = "*";

    /** Everybody may trade everything. */
    public static Permission ofEverything(String reason) {
        return new Permission(ANY, ANY, ANY, ANY, ANY, ANY, reason);
    }

    boolean covers(String ofStrategy, Instrument ofInstrument) {
        return (strategy.equals(ANY) || strategy.equals(ofStrategy))
                && (assetClass.equals(ANY)
                        || assetClass.equals(ofInstrument.assetClass().name()))
                && (market.equals(ANY) || market.equals(ofInstrument.mic().value()));
    }

    /** {@code apatel/GEQ1/*&#47;EQUITY/XLON/*}. */
    @Override
    public String toString() {
        return String.join("/", trader, account, strategy, assetClass, market, instrument);
    }
}
