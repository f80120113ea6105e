package org.tradesuite.reconciliation.breaks;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of file that may be put to a break, each told by its content: a name and a header are only what somebody says.
 */
public enum AttachedFile {
    PDF("application/pdf", "pdf") {
        @Override
        boolean is(byte[] content) {
            var end = new String(
                    content,
                    Math.max(0, content.length - 1024),
                    Math.min(1024, content.length),
                    StandardCharsets.ISO_8859_1);
            return begins(content, "%PDF-".getBytes(StandardCharsets.US_ASCII)) && end.contains("%%EOF");
        }
    },
    PNG("image/png", "png") {
        @Override
        boolean is(byte[] content) {
            return begins(
                    content,
                    new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'});
        }
    },
    CSV("text/csv", "csv") {
        @Override
        boolean is(byte[] content) {
            var text = text(content, StandardCharsets.UTF_8);
            if (text == null) {
                return false;
            }
            try (var rows = CsvReader.builder().ofCsvRecord(text)) {
                var widths = rows.stream()
                        .mapToInt(row -> row.getFieldCount())
                        .distinct()
                        .toArray();
                return widths.length == 1 && widths[0] > 1;
            } catch (CsvParseException | java.io.IOException broken) {
                return false;
            }
        }
    },
    TEXT("text/plain", "txt") {
        @Override
        boolean is(byte[] content) {
            return text(content, StandardCharsets.UTF_8) != null;
        }
    },
    MAIL("message/rfc822", "eml") {
        @Override
        boolean is(byte[] content) {
            var text = text(content, StandardCharsets.ISO_8859_1);
            if (text == null) {
                return false;
            }
            var heading = text.split("\r?\n\r?\n", 2)[0];
            return heading.matches("(?s)[!-9;-~]+:.*")
                    && heading.matches("(?si)(.*\n)?from:.*")
                    && heading.matches("(?si)(.*\n)?(date|subject):.*");
        }
    };

    private final String mediaType;
    private final String ending;

    AttachedFile(String mediaType, String ending) {
        this.mediaType = mediaType;
        this.ending = ending;
    }

    /** Whether the content is of this kind. */
    abstract boolean is(byte[] content);

    public String mediaType() {
        return mediaType;
    }

    boolean hasEnding(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith("." + ending);
    }

    static Optional<AttachedFile> of(String mediaType) {
        return Arrays.stream(values())
                .filter(kind -> kind.mediaType.equals(mediaType))
                .findFirst();
    }

    private static boolean begins(byte[] content, byte[] with) {
        return content.length > with.length && Arrays.equals(content, 0, with.length, with, 0, with.length);
    }

    /** Null unless it is text, without control characters. */
    private static @Nullable String text(byte[] content, Charset charset) {
        try {
            var text = charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.chars()
                            .anyMatch(
                                    each -> each < ' ' && each != '\t' && each != '\n' && each != '\r' && each != '\f')
                    ? null
                    : text;
        } catch (CharacterCodingException other) {
            return null;
        }
    }
}
