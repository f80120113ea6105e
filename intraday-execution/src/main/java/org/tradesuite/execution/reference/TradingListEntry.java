package org.tradesuite.execution.reference;

import java.time.Instant;
import org.tradesuite.market.Side;

/**
 * One instrument, or everything of one issuer, on a list of compliance.
 *
 * @param scopeId the instrument, or the issuer by its LEI or by its name in the reference data
 * @param reason why it is on the list
 * @param enteredBy who put it there
 */
public record TradingListEntry(
        TradingList list,
        ListedScope scope,
        String scopeId,
        ListedSide side,
        Validity validity,
        String reason,
        String enteredBy) {

    /** Whether an instrument or an issuer is on the list. */
    public enum ListedScope {
        INSTRUMENT,
        ISSUER
    }

    /** Which orders the list is about. */
    public enum ListedSide {
        BUY,
        SELL,
        BOTH;

        boolean covers(Side side) {
            return this == BOTH || name().equals(side.name());
        }
    }

    /** Whether it is about an order of that side at that instant. */
    public boolean isAbout(Side orderSide, Instant at) {
        return side.covers(orderSide) && validity.holdsAt(at);
    }
}
