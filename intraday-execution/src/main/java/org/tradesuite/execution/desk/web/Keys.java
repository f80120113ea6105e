package org.tradesuite.execution.desk.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.web.Cursor;

/** Sort keys of a cursor; none for the first page. */
final class Keys {
    private Keys() {}

    static List<String> of(@Nullable String cursor, int keys) {
        return Cursor.parse(cursor, keys).map(Cursor::keys).orElse(List.of());
    }

    static @Nullable String one(@Nullable String cursor) {
        List<String> keys = of(cursor, 1);
        return keys.isEmpty() ? null : keys.getFirst();
    }
}
