package org.tradesuite.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tradesuite.openapi.problem.ProblemCode;

/**
 * Where a page ended: the sort keys of its last item. Opaque to the caller, and good after rows were added, because the
 * next page starts behind the keys and not at a row number. It carries a checksum, so that what was cut, mistyped or made
 * up is refused and not taken for a place in the list.
 *
 * @param keys the sort keys in the order of the query's {@code order by}
 */
public record Cursor(List<String> keys) {

    private static final String SEPARATOR = "\u001f";

    public Cursor {
        keys = List.copyOf(keys);
        for (String key : keys) {
            if (key.contains(SEPARATOR)) {
                throw new IllegalArgumentException("A sort key holds the separator of cursors: " + key);
            }
        }
    }

    public static Cursor of(String... keys) {
        return new Cursor(Arrays.asList(keys));
    }

    /**
     * Reads what the caller sent back.
     *
     * @param text the query parameter, null for the first page
     * @param keys how many sort keys the query has
     * @throws ProblemException INVALID_CURSOR if it is not one that this query gave out
     */
    public static Optional<Cursor> parse(@Nullable String text, int keys) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            List<String> parts = List.of(plain.split(SEPARATOR, -1));
            Cursor cursor = new Cursor(parts.subList(1, parts.size()));
            if (cursor.keys.size() == keys && cursor.checksum().equals(parts.getFirst())) {
                return Optional.of(cursor);
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return ProblemException.inField(
                "cursor",
                ProblemCode.INVALID_CURSOR,
                "The cursor is not one that this list gave out. Start again without it.");
    }

    /** What goes out as nextCursor. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((checksum() + SEPARATOR + joined()).getBytes(UTF_8));
    }

    private String joined() {
        return String.join(SEPARATOR, keys);
    }

    private String checksum() {
        CRC32 checksum = new CRC32();
        checksum.update(joined().getBytes(UTF_8));
        return Long.toHexString(checksum.getValue());
    }
}
