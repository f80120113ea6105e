package org.tradesuite.reconciliation.swift;

import org.tradesuite.reconciliation.statement.UnreadableException;

/** Which message it is where block 2 does not say, told from the fields that only that message has. */
final class Types {

    private Types() {}

    static String guess(FinMessage.Sequence body) throws UnreadableException {
        if (has(body, "60F") || has(body, "60M")) {
            return has(body, "86") ? "940" : "950";
        }
        if (has(body, "34F") || has(body, "90D") || has(body, "90C")) {
            return "942";
        }
        if (!body.children("STAT").isEmpty() || !body.children("TRANS").isEmpty()) {
            return "537";
        }
        if (!body.everywhere("TRAN").isEmpty()) {
            return "536";
        }
        if (body.child("GENL").flatMap(general -> general.field("28E")).isPresent()) {
            return "535";
        }
        throw new UnreadableException(
                "Blocks 1 and 2 are missing, and the fields alone do not tell what it is (an MT900"
                        + " looks as an MT910 does). Ask the custodian to send it with its headers.");
    }

    private static boolean has(FinMessage.Sequence body, String tag) {
        return body.field(tag).isPresent();
    }
}
