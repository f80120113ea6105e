package org.tradesuite.reconciliation.broker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.tradesuite.reconciliation.delivery.Container;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.fix.FixLog;

/** One row of an archived file as it came, quoted line ends are part of it; or one message of a drop copy. */
final class RowText {

    private static final int LONGEST_ROW = 1 << 20;
    private static final int PIECE = 1 << 14;

    private RowText() {}

    /**
     * @param member of the file if that is an archive, else empty
     * @param offset octets before the row, unpacked
     */
    static String at(Path file, String member, UnpackingLimits limits, long offset) throws IOException {
        if (!Container.isPacked(file)) {
            return at(file, offset);
        }
        var octets = Container.bytes(file, limits, member, offset, LONGEST_ROW)
                .orElseThrow(() -> new IOException(file + " has no member " + member));
        return text(octets, octets.length);
    }

    private static String at(Path file, long offset) throws IOException {
        try (var from = new RandomAccessFile(file.toFile(), "r")) {
            from.seek(offset);
            var octets = new byte[PIECE];
            var size = 0;
            while (true) {
                var read = from.read(octets, size, octets.length - size);
                size += Math.max(read, 0);
                if (read <= 0 || end(octets, size) < size) {
                    return text(octets, size);
                }
                if (size == octets.length && size < LONGEST_ROW) {
                    octets = Arrays.copyOf(octets, Math.min(octets.length * 2, LONGEST_ROW));
                }
            }
        }
    }

    private static String text(byte[] octets, int size) {
        var message = FixLog.printed(Arrays.copyOf(octets, Math.min(size, end(octets, size))));
        return message == null ? new String(octets, 0, end(octets, size), StandardCharsets.UTF_8) : message;
    }

    /** Where the first record ends. */
    private static int end(byte[] octets, int size) {
        var quoted = false;
        for (var at = 0; at < size; at++) {
            quoted ^= octets[at] == '"';
            if (octets[at] == '\n' && !quoted) {
                return at;
            }
        }
        return size;
    }
}
