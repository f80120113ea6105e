package org.tradesuite.reconciliation.broker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.broker.BrokerLayout.Heading;

/**
 * What is not as agreed in the heading line of a broker's file, each heading by its name: this is how a layout that was
 * changed overnight shows.
 *
 * @param missing headings of the layout that are not there
 * @param moved headings that stand before or behind others than agreed
 * @param unknown headings that are not in the layout
 * @param twice headings of the layout that stand there more than once
 */
public record HeadingDifferences(List<Missing> missing, List<Moved> moved, List<String> unknown, List<String> twice) {

    /**
     * A heading that is not there.
     *
     * @param column what we take from it; null if nothing
     * @param perhaps an unknown heading that stands in its place, if there is one
     */
    public record Missing(
            String heading,
            @Nullable String column,
            @Nullable String perhaps) {}

    /** A heading that stands elsewhere; places are counted from one. */
    public record Moved(String heading, int agreed, int found) {}

    static final HeadingDifferences NONE = new HeadingDifferences(List.of(), List.of(), List.of(), List.of());

    public HeadingDifferences {
        missing = List.copyOf(missing);
        moved = List.copyOf(moved);
        unknown = List.copyOf(unknown);
        twice = List.copyOf(twice);
    }

    static HeadingDifferences of(BrokerLayout layout, List<String> found) {
        var agreed = layout.headings().stream().map(Heading::heading).toList();
        var unknown = found.stream().filter(each -> !agreed.contains(each)).toList();
        var missing = new ArrayList<Missing>();
        var twice = new ArrayList<String>();
        for (var each : layout.headings()) {
            var times = Collections.frequency(found, each.heading());
            if (layout.anyOrder() && each.column() == null) {
                continue;
            }
            if (times == 0) {
                missing.add(missing(each, agreed, found));
            } else if (times > 1) {
                twice.add(each.heading());
            }
        }
        return layout.anyOrder()
                ? new HeadingDifferences(missing, List.of(), List.of(), twice)
                : new HeadingDifferences(missing, moved(agreed, found), unknown, twice);
    }

    private static Missing missing(Heading heading, List<String> agreed, List<String> found) {
        var at = agreed.indexOf(heading.heading());
        var column = heading.column();
        return new Missing(
                heading.heading(),
                column == null ? null : column.name(),
                at < found.size() && !agreed.contains(found.get(at)) ? found.get(at) : null);
    }

    /** Those that keep their order among each other have not moved: of several ways to see it, the fewest moved. */
    private static List<Moved> moved(List<String> agreed, List<String> found) {
        var mine = agreed.stream().filter(found::contains).toList();
        var theirs = found.stream().filter(agreed::contains).distinct().toList();
        var still = inOrder(mine, theirs);
        return mine.stream()
                .filter(each -> !still.contains(each))
                .map(each -> new Moved(each, agreed.indexOf(each) + 1, found.indexOf(each) + 1))
                .toList();
    }

    /** The longest common subsequence of the two. */
    private static Set<String> inOrder(List<String> one, List<String> other) {
        var lengths = new int[one.size() + 1][other.size() + 1];
        for (var left = one.size() - 1; left >= 0; left--) {
            for (var right = other.size() - 1; right >= 0; right--) {
                lengths[left][right] = one.get(left).equals(other.get(right))
                        ? lengths[left + 1][right + 1] + 1
                        : Math.max(lengths[left + 1][right], lengths[left][right + 1]);
            }
        }
        var still = new HashSet<String>();
        var left = 0;
        var right = 0;
        while (left < one.size() && right < other.size()) {
            if (one.get(left).equals(other.get(right))) {
                still.add(one.get(left));
                left++;
                right++;
            } else if (lengths[left + 1][right] >= lengths[left][right + 1]) {
                left++;
            } else {
                right++;
            }
        }
        return still;
    }

    boolean none() {
        return missing.isEmpty() && moved.isEmpty() && unknown.isEmpty() && twice.isEmpty();
    }

    /** What there is to say about it, each heading by its name. */
    String told() {
        var told = new ArrayList<String>();
        for (var each : missing) {
            told.add("'" + each.heading() + "'"
                    + (each.column() == null
                            ? ""
                            : " (" + each.column().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
                    + " is missing"
                    + (each.perhaps() == null ? "" : ", '" + each.perhaps() + "' stands in its place"));
        }
        for (var each : moved) {
            told.add("'" + each.heading() + "' moved from column " + each.agreed() + " to " + each.found());
        }
        for (var each : unknown) {
            told.add("'" + each + "' is new");
        }
        for (var each : twice) {
            told.add("'" + each + "' is there more than once");
        }
        return String.join("; ", told);
    }
}
