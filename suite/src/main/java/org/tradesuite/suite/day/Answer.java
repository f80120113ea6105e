package org.tradesuite.suite.day;

import java.util.Map;
import org.tradesuite.suite.day.Decision.Wrong;

/**
 * What the front door must answer to a decision that is not in good order.
 *
 * @param status of HTTP
 * @param word that the body must hold: the problem's code, or the refusing rule's
 */
record Answer(int status, String word) {

    private static final Map<Wrong, Answer> EXPECTED = Map.ofEntries(
            Map.entry(Wrong.ISIN_CHECK_DIGIT, new Answer(422, "INVALID_ISIN")),
            Map.entry(Wrong.ISIN_UNKNOWN, new Answer(422, "UNKNOWN_INSTRUMENT")),
            Map.entry(Wrong.ACCOUNT_UNKNOWN, new Answer(422, "UNKNOWN_ACCOUNT")),
            Map.entry(Wrong.QUANTITY_ZERO, new Answer(422, "QUANTITY_NOT_POSITIVE")),
            Map.entry(Wrong.QUANTITY_NEGATIVE, new Answer(422, "QUANTITY_NOT_POSITIVE")),
            Map.entry(Wrong.QUANTITY_TOO_PRECISE, new Answer(422, "QUANTITY_TOO_PRECISE")),
            Map.entry(Wrong.PRICE_OFF_TICK, new Answer(422, "PRICE_OFF_TICK")),
            Map.entry(Wrong.FIELD_UNKNOWN, new Answer(400, "UNKNOWN_FIELD")),
            Map.entry(Wrong.CONTENT_TYPE, new Answer(415, "UNSUPPORTED_MEDIA_TYPE")),
            Map.entry(Wrong.BODY_TOO_LARGE, new Answer(413, "BODY_TOO_LARGE")),
            Map.entry(Wrong.KEY_AGAIN_SAME_BODY, new Answer(201, "ACCEPTED")),
            Map.entry(Wrong.KEY_AGAIN_OTHER_BODY, new Answer(409, "IDEMPOTENCY_KEY_REUSED")),
            Map.entry(Wrong.MARKET_CLOSED, new Answer(201, "MARKET_CLOSED")),
            Map.entry(Wrong.NOTIONAL_TOO_LARGE, new Answer(201, "ORDER_NOTIONAL_EXCEEDED")),
            Map.entry(Wrong.SHARE_OF_ADV, new Answer(201, "ADV_SHARE_EXCEEDED")),
            Map.entry(Wrong.PRICE_COLLAR, new Answer(201, "PRICE_OUTSIDE_COLLAR")),
            Map.entry(Wrong.SHORT_SALE, new Answer(201, "REFUSED")));

    static Answer expected(Wrong wrong) {
        var answer = EXPECTED.get(wrong);
        if (answer != null) return answer;
        throw new IllegalStateException("no answer is expected for " + wrong);
    }

    boolean is(int status, String body) {
        return this.status == status && body.contains("\"" + word + "\"");
    }

    @Override
    public String toString() {
        return status + " " + word;
    }
}
