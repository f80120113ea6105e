package org.tradesuite.reconciliation.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The messages in the log of a FIX engine, one after the other: a line each or back to back, parted by SOH or, as people
 * print them, by {@code |}; what an engine writes before and behind them (time, direction) is passed over as long as there
 * is no {@code =} in it. A message counts if its BodyLength (9) leads to a CheckSum (10) that is right; anything else is
 * told as what is wrong with it. No more is held than one message. For one thread.
 */
public final class FixLog {

    private static final byte SOH = 1;
    private static final byte BAR = '|';
    private static final byte[] BEGIN = {'8', '=', 'F', 'I', 'X'};
    private static final int MOST = 1 << 20;
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_HEAD = 40;
    /** {@code 10=123}. */
    private static final int CHECKSUM = 6;

    private static final int SHOWN = 2000;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int limit;
    private int at;
    private long before;
    private boolean ended;
    private int begin;
    private int end;
    private int number;
    private @Nullable FixMessage message;
    private @Nullable String wrong;
    private boolean cutOff;

    public FixLog(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next message, or to the next place where something is wrong; false at the end. */
    public boolean next() throws IOException {
        message = null;
        wrong = null;
        cutOff = false;
        at = end;
        while (true) {
            if (at + BEGIN.length > limit && !fill(BEGIN.length)) {
                return rest(limit);
            }
            if (begins(at)) {
                number++;
                begin = at;
                read();
                return true;
            }
            if (buffer[at] == '\n') {
                at++;
                end = at;
                continue;
            }
            if (stray()) {
                return true;
            }
        }
    }

    /** Goes to the next message of the line or to its end; true if what stands before it cannot be a note of the engine. */
    private boolean stray() throws IOException {
        var length = upToNext(0);
        var tagged = false;
        for (var each = at; each < at + length; each++) {
            tagged |= buffer[each] == '=';
        }
        return told(at + length, tagged || length >= MOST);
    }

    private boolean told(int to, boolean tagged) {
        begin = at;
        end = to;
        at = to;
        if (tagged) {
            number++;
            wrong = "It is no FIX message: it does not begin with BeginString (8)";
        }
        return tagged;
    }

    /** What is too short to be a message. */
    private boolean rest(int to) {
        var tagged = false;
        for (var each = at; each < to; each++) {
            tagged |= buffer[each] == '=';
        }
        return told(to, tagged);
    }

    /** Whether a message begins there: not the value of a field that happens to look like it. */
    private boolean begins(int from) {
        return Arrays.equals(buffer, from, from + BEGIN.length, BEGIN, 0, BEGIN.length)
                && (from == 0 || !isPartOfField(buffer[from - 1]));
    }

    private static boolean isPartOfField(byte octet) {
        return isDigit(octet) || octet == '=';
    }

    private void read() throws IOException {
        fill(LONGEST_HEAD);
        var head = Math.min(limit, at + LONGEST_HEAD);
        var delimiter = delimiter(buffer, at, head);
        var length = at;
        while (length < head && buffer[length] != delimiter) {
            length++;
        }
        length++;
        if (length + 2 > head || buffer[length] != '9' || buffer[length + 1] != '=') {
            cutOff = ended && head == limit;
            garbled("BodyLength (9) does not follow BeginString (8)");
            return;
        }
        var body = length + 2;
        var octets = 0;
        while (body < head && isDigit(buffer[body])) {
            octets = octets * 10 + buffer[body++] - '0';
            if (octets > MOST) {
                garbled("BodyLength (9) says more than " + MOST + " octets");
                return;
            }
        }
        if (body >= head || buffer[body] != delimiter) {
            cutOff = ended && body == limit;
            garbled("BodyLength (9) is not a number");
            return;
        }
        body++;
        var whole = body - at + octets;
        // One octet more shows what stands behind it.
        fill(whole + CHECKSUM + 1);
        var sum = at + whole;
        if (sum + CHECKSUM > limit) {
            cutOff = true;
            garbled("BodyLength (9) says " + octets + " octets, and the log ends before");
            return;
        }
        if (!isCheckSum(buffer, sum, delimiter)) {
            garbled("BodyLength (9) says " + octets + " octets, which does not lead to CheckSum (10)");
            return;
        }
        end = Math.min(limit, sum + CHECKSUM + 1);
        if (end > sum + CHECKSUM && buffer[end - 1] != delimiter) {
            end--;
        }
        var said = Integer.parseInt(new String(buffer, sum + 3, 3, StandardCharsets.US_ASCII));
        var counted = 0;
        for (var each = at; each < sum; each++) {
            counted += buffer[each] == delimiter ? SOH : buffer[each] & 0xFF;
        }
        if ((counted & 0xFF) != said) {
            wrong = "CheckSum (10) says %03d, and it is %03d".formatted(said, counted & 0xFF);
            return;
        }
        try {
            message = FixMessage.of(buffer, at, sum, delimiter);
        } catch (IllegalArgumentException noField) {
            wrong = noField.getMessage();
        }
    }

    private static boolean isCheckSum(byte[] octets, int from, byte delimiter) {
        return from + CHECKSUM <= octets.length
                && octets[from - 1] == delimiter
                && octets[from] == '1'
                && octets[from + 1] == '0'
                && octets[from + 2] == '='
                && isDigit(octets[from + 3])
                && isDigit(octets[from + 4])
                && isDigit(octets[from + 5]);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** It ends where the next message begins, or with its line. */
    private void garbled(String why) throws IOException {
        wrong = why;
        end = at + upToNext(BEGIN.length);
    }

    /** Octets up to the next message or the end of the line, at least as many as are given. */
    private int upToNext(int least) throws IOException {
        var length = least;
        while (length < MOST
                && (at + length < limit || fill(length + 1))
                && buffer[at + length] != '\n'
                && !(fill(length + BEGIN.length) && begins(at + length))) {
            length++;
        }
        return length;
    }

    /** The first sign behind BeginString (8) that can part fields; SOH if there is none. */
    static byte delimiter(byte[] octets, int from, int to) {
        for (var each = from; each < Math.min(to, from + LONGEST_HEAD); each++) {
            if (octets[each] == SOH || octets[each] == BAR) {
                return octets[each];
            }
        }
        return SOH;
    }

    /** Reads until so many octets lie behind the place, if there are as many. */
    private boolean fill(int wanted) throws IOException {
        if (at > 1 && at + wanted > buffer.length) {
            // One octet before stays, by which a beginning is told from a value.
            var gone = at - 1;
            System.arraycopy(buffer, gone, buffer, 0, limit - gone);
            limit -= gone;
            before += gone;
            begin -= gone;
            end -= gone;
            at = 1;
        }
        if (at + wanted > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + wanted));
        }
        while (!ended && limit < at + wanted) {
            var read = in.read(buffer, limit, buffer.length - limit);
            ended = read < 0;
            limit += Math.max(read, 0);
        }
        return limit >= at + wanted;
    }

    /** How many of them, right or wrong, there were up to this one. */
    public int number() {
        return number;
    }

    /** Octets before it. */
    public long offset() {
        return before + begin;
    }

    /** Octets up to its end. */
    public long endOffset() {
        return before + end;
    }

    /** The message, or null if something is {@link #wrong}. */
    public @Nullable FixMessage message() {
        return message;
    }

    /** Why it is no message; null if it is one. */
    public @Nullable String wrong() {
        return wrong;
    }

    /** Whether it begins as a message and the log ends before it does. */
    public boolean isCutOff() {
        return cutOff;
    }

    /** As it stands there, its fields parted by {@code |}; the first of it, if it is long. */
    public String text() {
        return printed(buffer, begin, Math.min(end, begin + SHOWN));
    }

    /**
     * The message that stands at the beginning of the octets, as it is printed: up to its CheckSum (10), or to the end of the
     * line where there is none; null if there is no message.
     */
    public static @Nullable String printed(byte[] octets) {
        if (octets.length < BEGIN.length || !Arrays.equals(octets, 0, BEGIN.length, BEGIN, 0, BEGIN.length)) {
            return null;
        }
        var delimiter = delimiter(octets, 0, octets.length);
        for (var each = BEGIN.length; each < octets.length; each++) {
            if (octets[each] == '\n' || isCheckSum(octets, each, delimiter)) {
                var last = each;
                while (last < octets.length && octets[last] != '\n' && octets[last] != delimiter) {
                    last++;
                }
                return printed(octets, 0, last);
            }
        }
        return printed(octets, 0, octets.length);
    }

    private static String printed(byte[] octets, int from, int to) {
        return new String(octets, from, to - from, StandardCharsets.UTF_8)
                .replace((char) SOH, (char) BAR)
                .strip();
    }
}
