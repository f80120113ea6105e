package org.tradesuite.reconciliation.dropcopy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.fix.FixMessage;
import org.tradesuite.reconciliation.fix.FixTime;

/**
 * A message that a broker sent.
 *
 * @param number MsgSeqNum (34), zero if it has none
 * @param type MsgType (35)
 * @param again PossDupFlag (43): it was sent before, or could have been
 * @param sent OrigSendingTime (122), else SendingTime (52); null of what fills a gap, and if it cannot be read
 * @param raw as it came
 */
record Heard(
        int number, String type, boolean again, @Nullable Instant sent, ByteBuffer raw) {

    static final String LOGON = "A";
    static final String LOGOUT = "5";
    private static final String SEQUENCE_RESET = "4";
    private static final Set<String> KEEPS_SESSION_UP = Set.of("0", "1", "2", "3", LOGON, LOGOUT);
    /** What a logon has that nobody may read: Password (554), NewPassword (925), RawData (96) with its length (95). */
    private static final Set<Integer> SECRET = Set.of(95, 96, 554, 925);

    private static final int BEGIN_STRING = 8;
    private static final int BODY_LENGTH = 9;
    private static final int CHECK_SUM = 10;
    private static final int MSG_SEQ_NUM = 34;
    private static final int MSG_TYPE = 35;
    private static final int POSS_DUP = 43;
    private static final int SENDING_TIME = 52;
    private static final int ORIG_SENDING_TIME = 122;
    private static final byte SOH = 1;
    private static final int MOST_DIGITS = 9;

    /** @throws IllegalArgumentException if it is not made of fields */
    static Heard of(String raw) {
        // One octet a sign: what the session reads is not decoded.
        var octets = raw.getBytes(StandardCharsets.ISO_8859_1);
        var message = FixMessage.of(octets, 0, octets.length, SOH);
        return of(message, LOGON.equals(message.text(MSG_TYPE)) ? withoutSecrets(message, octets) : octets);
    }

    static Heard of(FixMessage message, byte[] octets) {
        var type = String.valueOf(message.text(MSG_TYPE));
        var again = message.says(POSS_DUP, "Y");
        var first = again ? message.text(ORIG_SENDING_TIME) : null;
        var sent = again && type.equals(SEQUENCE_RESET)
                ? null
                : FixTime.of(first == null && !again ? message.text(SENDING_TIME) : first);
        return new Heard(
                number(message.text(MSG_SEQ_NUM)),
                type,
                again,
                sent,
                ByteBuffer.wrap(octets).asReadOnlyBuffer());
    }

    /** Whether it may change what a drop copy says: anything but what keeps the session up. */
    boolean tells() {
        return !KEEPS_SESSION_UP.contains(type);
    }

    private static int number(@Nullable String text) {
        return text == null || text.length() > MOST_DIGITS || !text.chars().allMatch(sign -> sign >= '0' && sign <= '9')
                ? 0
                : Integer.parseInt(text);
    }

    /** The same message with its length and sum as they are then. */
    private static byte[] withoutSecrets(FixMessage logon, byte[] octets) {
        if (logon.fields().stream().noneMatch(field -> SECRET.contains(field.tag()))) {
            return octets;
        }
        var body = new StringBuilder();
        for (var field : logon.fields()) {
            if (field.tag() != BEGIN_STRING
                    && field.tag() != BODY_LENGTH
                    && field.tag() != CHECK_SUM
                    && !SECRET.contains(field.tag())) {
                body.append(field.tag()).append('=').append(field.value()).append((char) SOH);
            }
        }
        var length = body.toString().getBytes(StandardCharsets.UTF_8).length;
        var text = ("8=" + logon.text(BEGIN_STRING) + (char) SOH + "9=" + length + (char) SOH + body)
                .getBytes(StandardCharsets.UTF_8);
        var sum = 0;
        for (var octet : text) {
            sum += octet & 0xFF;
        }
        var tail = "10=%03d".formatted(sum & 0xFF) + (char) SOH;
        return ByteBuffer.allocate(text.length + tail.length())
                .put(text)
                .put(tail.getBytes(StandardCharsets.US_ASCII))
                .array();
    }
}
