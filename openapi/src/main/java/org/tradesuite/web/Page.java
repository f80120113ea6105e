package org.tradesuite.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as the caller wanted
 * @param nextCursor where to go on, null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page.
     *
     * @param rows what the query found when it was asked for one row more than the limit: the extra row says that there
     *     is another page
     * @param limit how many items the caller wanted
     * @param key the sort keys of an item
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, key.apply(items.getLast()).toString());
    }
}
