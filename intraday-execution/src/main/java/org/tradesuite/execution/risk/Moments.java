package org.tradesuite.execution.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Moments in the order of time, counted from any of them on without walking along: a busy second has thousands. */
final class Moments {

    /** A ring whose length is a power of two. */
    private @Nullable Instant[] places = new @Nullable Instant[16];

    private int first;
    private int count;

    void add(Instant at) {
        if (count == places.length) {
            var all = all();
            places = Arrays.copyOf(all.toArray(Instant[]::new), count * 2);
            first = 0;
        }
        places[(first + count) & (places.length - 1)] = at;
        count++;
    }

    void forgetBefore(Instant oldest) {
        while (count > 0 && get(0).isBefore(oldest)) {
            places[first] = null;
            first = (first + 1) & (places.length - 1);
            count--;
        }
    }

    /** How many came after it. */
    int after(Instant from) {
        var low = 0;
        var high = count;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (get(middle).isAfter(from)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return count - low;
    }

    List<Instant> all() {
        var all = new ArrayList<Instant>(count);
        for (var place = 0; place < count; place++) {
            all.add(get(place));
        }
        return List.copyOf(all);
    }

    private Instant get(int place) {
        return Objects.requireNonNull(places[(first + place) & (places.length - 1)]);
    }
}
