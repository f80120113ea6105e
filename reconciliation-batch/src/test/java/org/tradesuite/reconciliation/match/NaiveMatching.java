package org.tradesuite.reconciliation.match;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.BusinessCalendar;

/** A second implementation as an oracle: every item against every other, nothing hashed, nothing parted. */
final class NaiveMatching {

    /** An item as a map of what it says; two rows of the same content are two rows. */
    static final class Row {
        final Map<String, Object> says;
        boolean copy;

        Row(Map<String, Object> says) {
            this.says = new LinkedHashMap<>(says);
        }

        @Nullable
        Object get(String column) {
            return says.get(column);
        }

        @Override
        public String toString() {
            return says.toString();
        }
    }

    final List<String> found = new ArrayList<>();
    private final Shape shape;
    private List<Row> ours;
    private List<Row> theirs;

    NaiveMatching(Shape shape, List<Row> ours, List<Row> theirs) {
        this.shape = shape;
        this.ours = new ArrayList<>(ours);
        this.theirs = new ArrayList<>(theirs);
    }

    List<String> run(MatchRules rules) {
        for (var pass : rules.passes()) {
            switch (pass.kind()) {
                case REFERENCE -> byReference(pass);
                case COPIES -> {
                    ours = withoutCopies(pass, ours, "OURS");
                    theirs = withoutCopies(pass, theirs, "THEIRS");
                }
                case EXACT -> exact(pass);
                case UNIQUE -> unique(pass);
                case SUM -> sum(pass);
            }
        }
        ours.forEach(row -> found.add("left OURS " + row));
        theirs.forEach(row -> found.add("left THEIRS " + row));
        Collections.sort(found);
        return found;
    }

    private void tell(Pass pass, List<Row> our, List<Row> their) {
        found.add((pass.proposed() ? "proposed " : "matched ") + pass.name() + " " + sorted(our) + " " + sorted(their));
        if (pass.proposed()) {
            our.forEach(row -> found.add("left OURS " + row));
            their.forEach(row -> found.add("left THEIRS " + row));
        }
        ours.removeAll(identities(our));
        theirs.removeAll(identities(their));
    }

    /** Row has no equals of its own: removeAll goes by identity. */
    private static List<Row> identities(List<Row> rows) {
        return List.copyOf(rows);
    }

    private static List<String> sorted(List<Row> rows) {
        return rows.stream().map(Row::toString).sorted().toList();
    }

    private static boolean sameKey(Pass pass, Row one, Row other) {
        return pass.keys().stream()
                .allMatch(key -> one.get(key) != null && other.get(key) != null && equal(one.get(key), other.get(key)));
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal left && other instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        return Objects.equals(one, other);
    }

    private void byReference(Pass pass) {
        var column = Objects.requireNonNull(pass.references());
        var certain = new LinkedHashMap<Row, List<Row>>();
        for (var their : theirs) {
            var named = ours.stream()
                    .filter(our ->
                            sameKey(pass, our, their) && !Collections.disjoint(refs(our, column), refs(their, column)))
                    .toList();
            if (named.size() == 1) {
                certain.computeIfAbsent(named.getFirst(), none -> new ArrayList<>())
                        .add(their);
            }
        }
        certain.forEach((our, rows) -> {
            var distinct = new ArrayList<Row>();
            for (var row : rows) {
                if (distinct.stream().anyMatch(other -> order().compare(row, other) == 0)) {
                    found.add("left THEIRS copy " + row);
                    theirs.remove(row);
                } else {
                    distinct.add(row);
                }
            }
            if (distinct.size() == 1 || (pass.sum() != null && sums(pass, List.of(our), distinct))) {
                tell(pass, List.of(our), distinct);
                return;
            }
            Comparator<Row> nearest = (_, _) -> 0;
            for (var by : pass.nearest()) {
                nearest = nearest.thenComparing(row -> !equal(row.get(by), our.get(by)));
            }
            for (var by : pass.nearest()) {
                nearest = nearest.thenComparing(
                        row -> row.get(by) instanceof BigDecimal left && our.get(by) instanceof BigDecimal right
                                ? left.subtract(right).abs()
                                : null,
                        Comparator.nullsLast(Comparator.naturalOrder()));
            }
            tell(pass, List.of(our), List.of(Collections.min(distinct, nearest.thenComparing(order()))));
        });
    }

    @SuppressWarnings("unchecked")
    private static Set<String> refs(Row row, String column) {
        return row.get(column) == null ? Set.of() : new HashSet<>((List<String>) row.get(column));
    }

    private List<Row> withoutCopies(Pass pass, List<Row> rows, String book) {
        var kept = new ArrayList<Row>();
        for (var row : rows) {
            var counts = pass.references() == null || row.get(pass.references()) != null;
            if (counts && kept.stream().anyMatch(other -> order().compare(row, other) == 0)) {
                found.add("left " + book + " copy " + row);
            } else {
                kept.add(row);
            }
        }
        return kept;
    }

    private void exact(Pass pass) {
        for (var group : groups(pass)) {
            group.ours.sort(order());
            group.theirs.sort(order());
            for (var k = 0; k < Math.min(group.ours.size(), group.theirs.size()); k++) {
                tell(pass, List.of(group.ours.get(k)), List.of(group.theirs.get(k)));
            }
        }
    }

    private void unique(Pass pass) {
        for (var group : groups(pass)) {
            var fitting = new LinkedHashMap<Row, List<Row>>();
            for (var our : group.ours) {
                fitting.put(
                        our,
                        group.theirs.stream()
                                .filter(their -> fits(pass, our, their))
                                .toList());
            }
            if (pass.proposed()) {
                var gone = new HashSet<Row>();
                fitting.forEach((our, candidates) -> {
                    if (!candidates.isEmpty()) {
                        found.add("proposed " + pass.name() + " " + sorted(List.of(our)) + " " + sorted(candidates));
                        gone.add(our);
                        gone.addAll(candidates);
                    }
                });
                gone.forEach(row -> found.add((ours.contains(row) ? "left OURS " : "left THEIRS ") + row));
                ours.removeAll(gone);
                theirs.removeAll(gone);
            } else {
                fitting.forEach((our, candidates) -> {
                    if (candidates.size() == 1
                            && fitting.values().stream()
                                            .filter(others -> others.contains(candidates.getFirst()))
                                            .count()
                                    == 1) {
                        tell(pass, List.of(our), candidates);
                    }
                });
            }
        }
    }

    private static boolean fits(Pass pass, Row our, Row their) {
        return pass.tolerances().stream().allMatch(tolerance -> {
            var left = our.get(tolerance.column());
            var right = their.get(tolerance.column());
            if (left == null || right == null) {
                return left == null && right == null;
            }
            return switch (tolerance.unit()) {
                case ABSOLUTE ->
                    ((BigDecimal) left).subtract((BigDecimal) right).abs().compareTo(tolerance.most()) <= 0;
                case BASIS_POINTS ->
                    ((BigDecimal) left)
                                    .subtract((BigDecimal) right)
                                    .abs()
                                    .compareTo(((BigDecimal) left)
                                            .abs()
                                            .multiply(tolerance.most())
                                            .movePointLeft(4))
                            <= 0;
                case CALENDAR_DAYS ->
                    Math.abs(ChronoUnit.DAYS.between((LocalDate) left, (LocalDate) right))
                            <= tolerance.most().longValueExact();
                case BUSINESS_DAYS -> {
                    var days = BusinessCalendar.of(Objects.requireNonNull(tolerance.calendar()));
                    var from = ((LocalDate) left).isBefore((LocalDate) right) ? (LocalDate) left : (LocalDate) right;
                    var to = from.equals(left) ? (LocalDate) right : (LocalDate) left;
                    var count = from.datesUntil(to).filter(days::isBusinessDay).count();
                    yield count <= tolerance.most().longValueExact();
                }
            };
        });
    }

    private void sum(Pass pass) {
        for (var group : groups(pass)) {
            var several = group.ours.size() > 1 && group.theirs.size() > 1;
            if (!group.ours.isEmpty()
                    && !group.theirs.isEmpty()
                    && (!several || pass.severalToSeveral())
                    && sums(pass, group.ours, group.theirs)) {
                tell(pass, group.ours, group.theirs);
            }
        }
    }

    private static boolean sums(Pass pass, List<Row> ours, List<Row> theirs) {
        var left = total(ours, Objects.requireNonNull(pass.sum()));
        var right = total(theirs, pass.sum());
        return left != null && right != null && left.compareTo(right) == 0;
    }

    private static @Nullable BigDecimal total(List<Row> rows, String column) {
        var total = BigDecimal.ZERO;
        for (var row : rows) {
            if (!(row.get(column) instanceof BigDecimal value)) {
                return null;
            }
            total = total.add(value);
        }
        return total;
    }

    private record Group(Row first, List<Row> ours, List<Row> theirs) {}

    private List<Group> groups(Pass pass) {
        var groups = new ArrayList<Group>();
        for (var row : ours) {
            group(groups, pass, row).ifPresent(group -> group.ours.add(row));
        }
        for (var row : theirs) {
            group(groups, pass, row).ifPresent(group -> group.theirs.add(row));
        }
        return groups;
    }

    private static java.util.Optional<Group> group(List<Group> groups, Pass pass, Row row) {
        if (pass.keys().stream().anyMatch(key -> row.get(key) == null)) {
            return java.util.Optional.empty();
        }
        var known =
                groups.stream().filter(group -> sameKey(pass, group.first, row)).findFirst();
        if (known.isPresent()) {
            return known;
        }
        var group = new Group(row, new ArrayList<>(), new ArrayList<>());
        groups.add(group);
        return java.util.Optional.of(group);
    }

    /** Column by column, what is absent first. */
    private Comparator<Row> order() {
        Comparator<Row> order = (_, _) -> 0;
        for (var column = 0; column < shape.size(); column++) {
            var name = shape.column(column).name();
            order = order.thenComparing((one, other) -> {
                var left = comparable(one.get(name));
                var right = comparable(other.get(name));
                return left == null || right == null
                        ? Boolean.compare(left != null, right != null)
                        : left.compareTo(right);
            });
        }
        return order;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparable<Object> comparable(@Nullable Object value) {
        return (Comparable<Object>) (value instanceof List<?> list ? list(list) : value);
    }

    /** References are ordered by the octets they are held in: the length of each, lowest octet first, and its text. */
    private static String list(List<?> references) {
        return references.stream()
                .map(reference -> "%c%s".formatted(reference.toString().length(), reference))
                .collect(Collectors.joining());
    }
}
