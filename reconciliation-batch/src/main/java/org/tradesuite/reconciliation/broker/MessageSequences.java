package org.tradesuite.reconciliation.broker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tradesuite.reconciliation.fix.FixMessage;

/**
 * The sequence numbers of a log. Where it has the messages that keep a session up (logon, heartbeat), it has to have all:
 * a number that is missing is a message that is missing. A list of executions alone does not tell. The order does not
 * matter, and a session that began anew with 1 is one with the one before; what is between the two was not missed.
 */
final class MessageSequences {

    private static final int MSG_SEQ_NUM = 34;
    private static final int MSG_TYPE = 35;
    private static final int NEW_SEQ_NO = 36;
    private static final int SENDER = 49;
    private static final int TARGET = 56;
    private static final String LOGON = "A";
    private static final String SEQUENCE_RESET = "4";
    private static final Set<String> KEEP_IT_UP = Set.of("0", "1", "5", "A");
    private static final int HIGHEST = 50_000_000;
    private static final int NAMED = 5;

    private static final class Session {
        private final BitSet heard = new BitSet();
        private boolean whole;
        /** Lowest numbers heard before a logon numbered 1: where the log of the session before it begins. */
        private final BitSet begins = new BitSet();
    }

    private final Map<String, Session> sessions = new TreeMap<>();

    void heard(FixMessage message) {
        var session =
                sessions.computeIfAbsent(message.text(SENDER) + " to " + message.text(TARGET), none -> new Session());
        var type = String.valueOf(message.text(MSG_TYPE));
        session.whole |= KEEP_IT_UP.contains(type);
        var number = number(message, MSG_SEQ_NUM);
        if (number == 1 && type.equals(LOGON) && !session.heard.isEmpty()) {
            session.begins.set(session.heard.nextSetBit(0));
        }
        if (number > 0) {
            session.heard.set(number);
            if (type.equals(SEQUENCE_RESET)) {
                // What it skips was said to be nothing that matters.
                session.heard.set(number, Math.max(number + 1, number(message, NEW_SEQ_NO)));
            }
        }
    }

    /** Zero if it is none that counts. */
    private static int number(FixMessage message, int tag) {
        var text = message.text(tag);
        if (text == null || text.length() > 9 || !text.chars().allMatch(sign -> sign >= '0' && sign <= '9')) {
            return 0;
        }
        var number = Integer.parseInt(text);
        return number <= HIGHEST ? number : 0;
    }

    /** Which are missing, in words. */
    Optional<String> gaps() {
        var gaps = new ArrayList<String>();
        sessions.forEach((name, session) -> {
            if (!session.whole) {
                return;
            }
            var heard = session.heard;
            var from = heard.nextClearBit(Math.max(heard.nextSetBit(0), 0));
            while (from < heard.length()) {
                var to = heard.nextSetBit(from);
                if (!session.begins.get(to)) {
                    gaps.add((to - from == 1 ? "message " + from : "messages " + from + " to " + (to - 1)) + " from "
                            + name);
                }
                from = heard.nextClearBit(to);
            }
        });
        return gaps.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", gaps.subList(0, Math.min(NAMED, gaps.size())))
                        + (gaps.size() > NAMED ? " and in " + (gaps.size() - NAMED) + " more places" : ""));
    }
}
