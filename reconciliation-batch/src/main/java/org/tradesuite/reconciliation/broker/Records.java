package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file of separated values (RFC 4180, any separator), one after the other, as octets where they lie:
 * nothing is made a text before somebody asks for it. Empty lines are passed over. For one thread.
 */
final class Records {

    /** A line longer than any that a broker writes: the file is none of theirs. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long line) {
            super("Line " + line + " has more than " + MOST + " characters");
        }
    }

    private static final int MOST = 1 << 20;
    private static final int BUFFER = 1 << 18;
    private static final InputStream NOTHING = InputStream.nullInputStream();
    private static final long LINE_ENDS = Scan.eightTimes((byte) '\n');
    private static final long QUOTES = Scan.eightTimes((byte) '"');

    private final InputStream in;
    private final byte separator;
    private final long separators;
    private byte[] buffer;
    private int limit;
    /** Where the next record begins. */
    private int at;
    /** How many octets went by before the buffer. */
    private long before;

    private boolean ended;
    private long nextLine = 1;
    private int begin;
    private int end;
    private long line;
    private int fields;
    private int[] from = new int[32];
    private int[] to = new int[32];
    /** Up to there a quote may part a line, counted from the beginning of the file. */
    private long quotedUntil;

    Records(InputStream in, char separator) throws IOException {
        this.in = in;
        this.separator = (byte) separator;
        this.separators = Scan.eightTimes(this.separator);
        buffer = new byte[BUFFER];
        fill();
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            at = 3;
        }
    }

    /** Whole lines of other records, at an offset and beginning with a line. */
    private Records(byte[] lines, byte separator, long before, long nextLine) {
        this.in = NOTHING;
        this.separator = separator;
        this.separators = Scan.eightTimes(separator);
        this.buffer = lines;
        this.limit = lines.length;
        this.ended = true;
        this.before = before;
        this.nextLine = nextLine;
    }

    /**
     * Takes out as many whole lines as lie there, to be read by another thread.
     *
     * @return null at the end, and where what comes next has to be read here: it has a quote, which may part a line, or no
     *     end of a line
     */
    @Nullable
    Records takeOut() throws IOException {
        if (before + at < quotedUntil) {
            return null;
        }
        while (limit - at < BUFFER && fill()) {}
        var lines = 0;
        var stop = at;
        var scan = at;
        for (; scan + Long.BYTES <= limit; scan += Long.BYTES) {
            var word = Scan.word(buffer, scan);
            if (Scan.each(word, QUOTES) != 0) {
                break;
            }
            var ends = Scan.each(word, LINE_ENDS);
            if (ends != 0) {
                lines += Long.bitCount(ends);
                stop = scan + Long.BYTES - (Long.numberOfLeadingZeros(ends) >>> 3);
            }
        }
        for (; scan < limit; scan++) {
            if (buffer[scan] == '\n') {
                lines++;
                stop = scan + 1;
            } else if (buffer[scan] == '"') {
                quotedUntil = before + scan + 1;
                break;
            }
        }
        if (lines == 0) {
            return null;
        }
        var out = new Records(Arrays.copyOfRange(buffer, at, stop), separator, before + at, nextLine);
        at = stop;
        nextLine += lines;
        return out;
    }

    /** Makes room behind the record that is being read, and reads on; false at the end. */
    private boolean fill() throws IOException {
        if (at > 0) {
            System.arraycopy(buffer, at, buffer, 0, limit - at);
            before += at;
            limit -= at;
            at = 0;
        }
        if (limit == buffer.length) {
            if (limit >= MOST) {
                throw new TooLongException(nextLine);
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        var read = ended ? -1 : in.read(buffer, limit, buffer.length - limit);
        ended = read < 0;
        limit += Math.max(read, 0);
        return !ended;
    }

    /** Moves to the next record; false at the end. */
    boolean next() throws IOException {
        do {
            if (at == limit && !fill()) {
                return false;
            }
            read();
        } while (fields == 1 && from[0] == to[0]);
        return true;
    }

    private void read() throws IOException {
        fields = 0;
        line = nextLine;
        var scan = at;
        var fieldBegin = at;
        while (true) {
            // Nearly every octet is none that means anything here.
            scan = Scan.toMark(buffer, scan, limit, separators);
            if (scan == limit) {
                var moved = at;
                if (!fill()) {
                    break;
                }
                scan -= moved;
                fieldBegin -= moved;
                shift(moved);
                continue;
            }
            var octet = buffer[scan];
            if (octet == separator) {
                field(fieldBegin, scan);
                fieldBegin = ++scan;
            } else if (octet == '\n') {
                break;
            } else if (octet == '"' && scan == fieldBegin) {
                var moved = at;
                scan = quoted(scan + 1);
                moved -= at;
                fieldBegin -= moved;
                var close = unquoted;
                field(fieldBegin + 1, close);
                if (scan < limit && buffer[scan] == separator) {
                    fieldBegin = ++scan;
                } else {
                    fieldBegin = -1;
                    if (scan < limit && buffer[scan] == '\r') {
                        scan++;
                    }
                    break;
                }
            } else {
                scan++;
            }
        }
        end = scan;
        if (fieldBegin >= 0) {
            field(fieldBegin, scan > fieldBegin && buffer[scan - 1] == '\r' ? scan - 1 : scan);
        }
        begin = at;
        at = Math.min(scan + 1, limit);
        nextLine++;
    }

    private int unquoted;

    /** Reads to behind the closing quote; two quotes are one, and what follows them moves up. */
    private int quoted(int scanFrom) throws IOException {
        var scan = scanFrom;
        var write = scanFrom;
        while (true) {
            if (scan == limit) {
                var moved = at;
                if (!fill()) {
                    unquoted = write;
                    return scan;
                }
                scan -= moved;
                write -= moved;
                shift(moved);
                continue;
            }
            var octet = buffer[scan];
            if (octet == '"') {
                if (scan + 1 == limit) {
                    var moved = at;
                    if (fill()) {
                        scan -= moved;
                        write -= moved;
                        shift(moved);
                        continue;
                    }
                }
                if (scan + 1 < limit && buffer[scan + 1] == '"') {
                    buffer[write++] = '"';
                    scan += 2;
                    continue;
                }
                unquoted = write;
                return scan + 1;
            }
            if (octet == '\n') {
                nextLine++;
            }
            buffer[write++] = octet;
            scan++;
        }
    }

    private void shift(int moved) {
        for (var field = 0; field < fields; field++) {
            from[field] -= moved;
            to[field] -= moved;
        }
    }

    private void field(int begins, int ends) {
        if (fields == from.length) {
            from = Arrays.copyOf(from, fields * 2);
            to = Arrays.copyOf(to, fields * 2);
        }
        var first = begins;
        var last = ends;
        while (first < last && buffer[first] == ' ') {
            first++;
        }
        while (last > first && buffer[last - 1] == ' ') {
            last--;
        }
        from[fields] = first;
        to[fields++] = last;
    }

    int fields() {
        return fields;
    }

    /** The octets in which the fields lie, until the next record is asked for. */
    byte[] octets() {
        return buffer;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    boolean isEmpty(int field) {
        return from[field] == to[field];
    }

    String text(int field) {
        return new String(buffer, from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }

    List<String> texts() {
        return IntStream.range(0, fields).mapToObj(this::text).toList();
    }

    /** The line it begins in, from 1. */
    long line() {
        return line;
    }

    /** How many octets stand before it. */
    long offset() {
        return before + begin;
    }

    /** The record as it stands, but for doubled quotes. */
    String raw() {
        var last = end > begin && buffer[end - 1] == '\r' ? end - 1 : end;
        return new String(buffer, begin, last - begin, StandardCharsets.UTF_8);
    }
}
