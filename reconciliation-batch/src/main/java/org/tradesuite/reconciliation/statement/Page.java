package org.tradesuite.reconciliation.statement;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one message says of itself; its lines have been handed out before. A statement may go over several.
 *
 * @param message such as MT535 or semt.002.001.11
 * @param number from 1
 * @param more whether another page follows
 * @param reference the sender's, empty if there is none
 * @param basis null unless it is of holdings
 * @param complete false for one that tells only what has changed
 * @param opening what it goes on from; null unless it is of booked cash
 * @param carriedIn the opening is that of a page in the middle
 * @param carriedOut the closing is that of a page in the middle
 * @param balances all of them, also the opening and the closing
 * @param from the first day it covers; null where it is of one day
 */
public record Page(
        Key key,
        String message,
        int number,
        boolean more,
        String reference,
        @Nullable Basis basis,
        boolean complete,
        @Nullable Balance opening,
        boolean carriedIn,
        @Nullable Balance closing,
        boolean carriedOut,
        List<Balance> balances,
        Span span,
        @Nullable LocalDate from) {

    public Page {
        balances = List.copyOf(balances);
    }

    /** The one page of an advice, whose reference tells it from others of the day. */
    public static Page ofAdvice(Key key, String message, Span span) {
        return new Page(
                key, message, 1, false, key.part(), null, true, null, false, null, false, List.of(), span, null);
    }

    /** By which date holdings are counted: when settled, when traded, when they should have settled. */
    public enum Basis {
        SETT,
        TRAD,
        CONT
    }

    /**
     * What makes pages belong together.
     *
     * @param sender BIC of eight characters, empty where the message does not say
     * @param account as the sender numbers it
     * @param currency of a cash account
     * @param part tells statements of one account and day apart where there may be several, else empty
     */
    public record Key(
            Feed feed,
            String sender,
            String account,
            @Nullable String currency,
            LocalDate date,
            String part) {

        public Key from(String otherSender) {
            return new Key(feed, otherSender, account, currency, date, part);
        }
    }

    Page of(Key other) {
        return new Page(
                other,
                message,
                number,
                more,
                reference,
                basis,
                complete,
                opening,
                carriedIn,
                closing,
                carriedOut,
                balances,
                span,
                from);
    }
}
