package org.tradesuite.reconciliation.swift;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Span;

/**
 * Cuts a file into its messages, one at a time: messages in blocks with or without blocks 1, 2 and 5, bare texts of block
 * 4, lines that end in CRLF or LF, the file forms RJE (a dollar sign between messages) and DOS-PCC (each between two
 * control characters and padded). Acknowledgements of the network are passed over. Text that belongs to no message is
 * handed out as such.
 */
final class FinFile {

    /** A piece of the file. */
    sealed interface Piece {
        Span span();
    }

    /** @param bare only what stands in block 4 */
    record Message(Span span, String text, boolean bare) implements Piece {}

    /** A message without its end. */
    record CutOff(Span span, String text) implements Piece {}

    /** Text that is no message; of several lines the first. */
    record Stray(Span span, String text) implements Piece {}

    /** The rest of the file is not read: it has no lines or no end that a message has. */
    record TooLarge(Span span, String text) implements Piece {}

    private static final Pattern BLOCK = Pattern.compile("\\{[1-4]:");
    private static final Pattern TRAILER = Pattern.compile("\\{[5S]:");
    private static final Pattern TAG = Pattern.compile(":[0-9]{2}[A-Z]?:");
    private static final Pattern FIRST_OF_NEXT = Pattern.compile(":20:.*|:16R:GENL\\s*");
    private static final String ACKNOWLEDGEMENT = "{1:F21";
    private static final int LINE = 16 * 1024;
    private static final int READ = 1 << 16;

    private final BufferedInputStream in;
    private final int longest;
    private final byte[] octets = new byte[READ];
    private int at;
    private int limit;
    private final StringBuilder line = new StringBuilder();
    private long offset;
    private long number;
    private long lineStart;
    /** What is left of the current line, its beginning being used up; null when the next one has to be read. */
    private @Nullable String rest;

    private long restStart;
    private boolean tooLong;
    private String lineEnd = "";

    /** @param longest characters of a message */
    FinFile(BufferedInputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The next piece; null at the end of the file. */
    @Nullable
    Piece next() throws IOException {
        Stray stray = null;
        while (true) {
            if (rest == null && !readLine()) {
                return stray;
            }
            if (tooLong) {
                return new TooLarge(new Span(number, lineStart, 0), line.substring(0, 80));
            }
            var text = dropFilling();
            if (text.isEmpty()) {
                rest = null;
                continue;
            }
            if (text.startsWith(ACKNOWLEDGEMENT)) {
                var next = text.indexOf("{1:", 1);
                use(next < 0 ? text.length() : next);
                continue;
            }
            if (TRAILER.matcher(text).lookingAt()) {
                use(Math.max(1, trailer(text)));
                continue;
            }
            var braced = BLOCK.matcher(text).lookingAt();
            if (braced || TAG.matcher(text).lookingAt()) {
                if (stray != null) {
                    return stray;
                }
                return braced ? braced() : bare();
            }
            if (stray == null) {
                stray = new Stray(new Span(number, restStart, text.length()), text);
            } else {
                var span = stray.span();
                stray = new Stray(
                        new Span(span.line(), span.from(), (int)
                                Math.min(Integer.MAX_VALUE, restStart + text.length() - span.from())),
                        stray.text());
            }
            rest = null;
        }
    }

    private Piece braced() throws IOException {
        var message = new StringBuilder();
        var first = number;
        var start = restStart;
        var inText = true;
        while (true) {
            var text = current();
            if (inText && message.length() > 0 && text.startsWith("{1:")) {
                return new CutOff(span(first, start, message), message.toString());
            }
            if (inText && text.startsWith("-}")) {
                message.append("-}");
                use(2);
                inText = false;
                continue;
            }
            if (!inText) {
                var blocks = trailer(text);
                message.append(text, 0, blocks);
                use(blocks);
                return new Message(span(first, start, message), message.toString(), false);
            }
            message.append(text).append(lineEnd);
            rest = null;
            if (!readLine()) {
                return new CutOff(span(first, start, message), message.toString());
            }
            if (tooLong || message.length() > longest) {
                return new TooLarge(span(first, start, message), message.substring(0, Math.min(80, message.length())));
            }
        }
    }

    /** How much of the text are further blocks of the same message. */
    private static int trailer(String text) {
        var depth = 0;
        var end = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (depth == 0 && (c != '{' || text.startsWith("{1:", i))) {
                break;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                end = i + 1;
            }
        }
        return end;
    }

    private Piece bare() throws IOException {
        var message = new StringBuilder();
        var first = number;
        var start = restStart;
        while (true) {
            var text = current();
            if (message.length() > 0 && FIRST_OF_NEXT.matcher(text).matches()) {
                return new Message(span(first, start, message), message.toString(), true);
            }
            var trimmed = text.strip();
            if (trimmed.equals("-") || trimmed.equals("$") || trimmed.equals("-}") || text.startsWith("{")) {
                use(text.startsWith("{") ? 0 : text.length());
                return new Message(span(first, start, message), message.toString(), true);
            }
            message.append(text).append(lineEnd);
            rest = null;
            if (!readLine()) {
                return new Message(span(first, start, message), message.toString(), true);
            }
            if (tooLong || message.length() > longest) {
                return new TooLarge(span(first, start, message), message.substring(0, Math.min(80, message.length())));
            }
        }
    }

    private static Span span(long first, long start, StringBuilder message) {
        return new Span(first, start, message.length());
    }

    private String current() {
        return rest == null ? "" : rest;
    }

    private void use(int length) {
        var text = current();
        rest = length >= text.length() ? null : text.substring(length);
        restStart += length;
    }

    /** Blanks, dollar signs, and the control characters and zeros of the DOS-PCC form. */
    private String dropFilling() {
        var text = current();
        var at = 0;
        while (at < text.length() && isFilling(text.charAt(at))) {
            at++;
        }
        rest = text.substring(at);
        restStart += at;
        return current();
    }

    private static boolean isFilling(char c) {
        return c <= ' ' || c == '$' || c == '\u00a0' || c == '\u00ef' || c == '\u00bb' || c == '\u00bf';
    }

    /** Whether there are octets to be read. */
    private boolean more() throws IOException {
        if (at == limit) {
            at = 0;
            limit = Math.max(0, in.read(octets, 0, READ));
        }
        return at < limit;
    }

    private boolean readLine() throws IOException {
        line.setLength(0);
        lineStart = offset;
        if (!more()) {
            rest = null;
            return false;
        }
        number++;
        var ended = false;
        while (!ended && !tooLong && more()) {
            var stop = Math.min(limit, at + LINE - line.length());
            var next = at;
            while (next < stop && octets[next] != '\n') {
                next++;
            }
            line.append(new String(octets, at, next - at, StandardCharsets.ISO_8859_1));
            ended = next < limit && octets[next] == '\n';
            tooLong = !ended && next < limit;
            offset += next - at + (ended ? 1 : 0);
            at = ended ? next + 1 : next;
        }
        var end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        lineEnd = line.substring(end) + (ended ? "\n" : "");
        rest = line.substring(0, end);
        restStart = lineStart;
        return true;
    }
}
