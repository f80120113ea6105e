package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that were written or read lately, by kind. The same id, account or price stands in many places: written once and
 * then by its place here, it is short, and read back it is one object again. Writer and reader fill theirs alike, because
 * a value's place follows from the value.
 */
final class Recent {

    private static final int LARGEST = 1 << 20;

    private final List<@Nullable Object @Nullable []> kinds = new ArrayList<>();

    /** @param bits how many are kept, as a power of two */
    @Nullable
    Object[] of(int kind, int bits) {
        while (kinds.size() <= kind) {
            kinds.add(null);
        }
        var values = kinds.get(kind);
        if (values == null) {
            values = new Object[Math.min(1 << bits, LARGEST)];
            kinds.set(kind, values);
        }
        return values;
    }

    static int place(@Nullable Object[] values, int hash) {
        var mixed = hash * 0x9E3779B9;
        return (mixed ^ (mixed >>> 15)) & (values.length - 1);
    }
}
