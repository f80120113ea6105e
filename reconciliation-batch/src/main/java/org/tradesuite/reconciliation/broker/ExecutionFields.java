package org.tradesuite.reconciliation.broker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Field;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Holds;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Report;
import org.tradesuite.reconciliation.fix.FixMessage;

/** Finds in a message what a layout says is in it. */
final class ExecutionFields {

    private final Map<Holds, List<Field>> fields = new EnumMap<>(Holds.class);
    private final Map<String, List<Report>> reports = new HashMap<>();
    private final List<Integer> same;
    private final Set<Integer> numbers;
    private final Set<String> buy;
    private final Set<String> sell;

    ExecutionFields(DropCopyLayout layout) {
        for (var field : layout.fields()) {
            fields.computeIfAbsent(field.holds(), none -> new ArrayList<>()).add(field);
        }
        for (var report : layout.reports()) {
            reports.computeIfAbsent(report.message(), none -> new ArrayList<>()).add(report);
        }
        same = tagsOf(Holds.SAME);
        numbers = new HashSet<>(tagsOf(Holds.QUANTITY));
        numbers.addAll(tagsOf(Holds.PRICE));
        buy = Set.copyOf(layout.buy());
        sell = Set.copyOf(layout.sell());
    }

    private List<Integer> tagsOf(Holds holds) {
        return that(holds).stream().map(Field::tag).toList();
    }

    private List<Field> that(Holds holds) {
        return fields.getOrDefault(holds, List.of());
    }

    /** By which line of the layout a message of that type means something, or null. */
    @Nullable
    Report report(String type, FixMessage message) {
        for (var report : reports.getOrDefault(type, List.of())) {
            if (report.where() == null || report.where().holds(message)) {
                return report;
            }
        }
        return null;
    }

    /** The first that is there, or null. */
    @Nullable
    String first(Holds holds, FixMessage message) {
        for (var field : that(holds)) {
            var said = first(field, message);
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    /** Of each tag the first that is there. */
    List<String> each(Holds holds, FixMessage message) {
        var each = new ArrayList<String>(2);
        for (var field : that(holds)) {
            var said = first(field, message);
            if (said != null) {
                each.add(said);
            }
        }
        return each;
    }

    private static @Nullable String first(Field field, FixMessage message) {
        var text = message.text(field.tag());
        if (text == null || field.where() == null) {
            return text;
        }
        if (!isSeveral(field.tag(), message)) {
            return field.where().holds(message) ? text : null;
        }
        var all = all(field, message);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** All that are there, also of a tag that stands there several times. */
    List<String> all(Holds holds, FixMessage message) {
        var all = new ArrayList<String>();
        for (var field : that(holds)) {
            all.addAll(all(field, message));
        }
        return all;
    }

    private static List<String> all(Field field, FixMessage message) {
        var all = new ArrayList<String>();
        var entries = isSeveral(field.tag(), message) ? message.entries(field.tag()) : List.of(message);
        for (var entry : entries) {
            var text = entry.text(field.tag());
            if (text != null && fits(field, entry)) {
                all.add(text);
            }
        }
        return all;
    }

    private static boolean fits(Field field, FixMessage message) {
        return field.where() == null || field.where().holds(message);
    }

    private static boolean isSeveral(int tag, FixMessage message) {
        var found = false;
        for (var field : message.fields()) {
            if (field.tag() == tag && found) {
                return true;
            }
            found |= field.tag() == tag;
        }
        return false;
    }

    /** Its sides, if it has several; else itself. */
    List<FixMessage> sides(FixMessage message) {
        for (var field : that(Holds.SIDE)) {
            if (isSeveral(field.tag(), message)) {
                return message.entries(field.tag());
            }
        }
        return List.of(message);
    }

    /** @return null if it is neither a buy nor a sell */
    @Nullable
    Side bought(@Nullable String side) {
        return side == null ? null : buy.contains(side) ? Side.BUY : sell.contains(side) ? Side.SELL : null;
    }

    boolean hasQuantity(FixMessage message) {
        var quantity = first(Holds.QUANTITY, message);
        return quantity != null && !quantity.matches("0*[.]?0*");
    }

    /** The tags that say whether it was sent again. */
    List<Integer> same() {
        return same;
    }

    boolean isNumber(int tag) {
        return numbers.contains(tag);
    }

    boolean tells(Holds holds) {
        return !that(holds).isEmpty();
    }

    /** As a person finds it: {@code LastQty (32)}. */
    String named(Holds holds) {
        var tags = that(holds);
        return tags.isEmpty() ? holds.name() : holds.named(tags.getFirst().tag());
    }

    /** Every tag that holds it, with its condition. */
    String tags(Holds holds) {
        return String.join(
                ", ",
                that(holds).stream()
                        .map(field -> field.tag() + (field.where() == null ? "" : " with " + field.where()))
                        .toList());
    }
}
