package org.tradesuite.reconciliation.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What is in a file, told from its first bytes. */
public enum Content {
    /** SWIFT FIN messages: blocks in braces, bare text of block 4, or one of the two file forms of Alliance. */
    FIN,
    XML,
    EMPTY,
    /** Nothing that is read here; a table of a broker, too. */
    UNKNOWN;

    static final int SNIFFED = 4096;
    private static final Pattern FIN_START = Pattern.compile("(?s)\\A[\\x01\\s]*(\\{[1-4]:|:[0-9]{2}[A-Z]?:).*");
    private static final Pattern XML_START = Pattern.compile("(?s)\\A\\s*<[?!A-Za-z].*");

    /** Looks at the first bytes and puts them back. */
    public static Content of(BufferedInputStream in) throws IOException {
        var start = start(in);
        if (start.length == 0) {
            return EMPTY;
        }
        var text = text(start);
        if (XML_START.matcher(text).matches()) {
            return XML;
        }
        return FIN_START.matcher(text).matches() ? FIN : text.isBlank() && start.length < SNIFFED ? EMPTY : UNKNOWN;
    }

    static byte[] start(BufferedInputStream in) throws IOException {
        in.mark(SNIFFED);
        var start = in.readNBytes(SNIFFED);
        in.reset();
        return start;
    }

    /** Enough to tell by: signs above 127 are not looked at, a byte order mark is passed over. */
    private static String text(byte[] start) {
        if (start.length > 1 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xfe) {
            return new String(start, StandardCharsets.UTF_16LE).substring(1);
        }
        if (start.length > 1 && (start[0] & 0xff) == 0xfe && (start[1] & 0xff) == 0xff) {
            return new String(start, StandardCharsets.UTF_16BE).substring(1);
        }
        var text = new String(start, StandardCharsets.ISO_8859_1);
        return text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    }
}
