package org.tradesuite.reconciliation.fix;

import java.nio.charset.StandardCharsets;

/** FIX messages as an engine sends them, with the length and the checksum that they ought to have. */
public final class FixText {

    private static final char SOH = 1;

    private FixText() {}

    /** @param body fields parted by {@code |}, from MsgType (35) on */
    public static String message(String begin, String body) {
        var fields = body.replace('|', SOH) + SOH;
        var head = "8=" + begin + SOH + "9=" + fields.getBytes(StandardCharsets.UTF_8).length + SOH;
        var sum = 0;
        for (var octet : (head + fields).getBytes(StandardCharsets.UTF_8)) {
            sum += octet & 0xFF;
        }
        return head + fields + "10=" + "%03d".formatted(sum % 256) + SOH;
    }

    public static String message(String body) {
        return message("FIX.4.4", body);
    }

    /** As people print it. */
    public static String printed(String message) {
        return message.replace(SOH, '|');
    }
}
