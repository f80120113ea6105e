package org.tradesuite.reconciliation.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tradesuite.reconciliation.match.NaiveMatching.Row;

class MatchingTest {

    private static final Shape SHAPE = new Shape(
            Column.text("id"),
            Column.references("refs"),
            Column.text("account"),
            Column.decimal("quantity"),
            Column.decimal("price"),
            Column.date("settles"));

    private static final Pass REFERENCE = new Pass(
            "reference",
            Pass.Kind.REFERENCE,
            List.of(),
            "refs",
            "quantity",
            List.of("quantity", "price"),
            List.of(),
            false,
            false);
    private static final Pass REFERENCE_IN_ACCOUNT = new Pass(
            "account-reference",
            Pass.Kind.REFERENCE,
            List.of("account"),
            "refs",
            null,
            List.of(),
            List.of(),
            false,
            false);
    private static final Pass COPIES =
            new Pass("copies", Pass.Kind.COPIES, List.of(), "refs", null, List.of(), List.of(), false, false);
    private static final Pass EXACT = new Pass(
            "exact",
            Pass.Kind.EXACT,
            List.of("account", "quantity", "price", "settles"),
            null,
            null,
            List.of(),
            List.of(),
            false,
            false);
    private static final Pass TOLERANCE = tolerance(false);
    private static final Pass SUM = new Pass(
            "sum", Pass.Kind.SUM, List.of("account", "settles"), null, "quantity", List.of(), List.of(), false, false);
    private static final Pass MANY =
            new Pass("many", Pass.Kind.SUM, List.of("account"), null, "quantity", List.of(), List.of(), true, false);
    private static final Pass PROPOSED_SUM = new Pass(
            "proposed-sum", Pass.Kind.SUM, List.of("settles"), null, "quantity", List.of(), List.of(), true, true);
    private static final Pass PROPOSED_EXACT = new Pass(
            "proposed-exact", Pass.Kind.EXACT, List.of("quantity"), null, null, List.of(), List.of(), false, true);
    private static final Pass IDENTITY =
            new Pass("identity", Pass.Kind.UNIQUE, List.of("account"), null, null, List.of(), List.of(), false, false);
    private static final List<Pass> ALL = List.of(
            REFERENCE,
            REFERENCE_IN_ACCOUNT,
            COPIES,
            EXACT,
            TOLERANCE,
            SUM,
            MANY,
            IDENTITY,
            tolerance(true),
            PROPOSED_SUM,
            PROPOSED_EXACT);

    private static Pass tolerance(boolean proposed) {
        return new Pass(
                proposed ? "proposed" : "tolerance",
                Pass.Kind.UNIQUE,
                proposed ? List.of("quantity") : List.of("account", "quantity"),
                null,
                null,
                List.of(),
                List.of(
                        new Tolerance("price", Tolerance.Unit.BASIS_POINTS, new BigDecimal("100"), null),
                        proposed
                                ? new Tolerance("settles", Tolerance.Unit.CALENDAR_DAYS, new BigDecimal("3"), null)
                                : new Tolerance("settles", Tolerance.Unit.BUSINESS_DAYS, BigDecimal.ONE, "GBLO")),
                false,
                proposed);
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        Arbitrary<Map<String, Object>> row = Combinators.combine(
                        Arbitraries.of("i1", "i2", "i3"),
                        Arbitraries.of("a", "bb", "c", "d", "e", "f", "gggggggggg")
                                .list()
                                .ofMaxSize(3),
                        Arbitraries.of("X", "Y").injectNull(0.1),
                        Arbitraries.of("1", "2", "3", "5.5", "100000000000000000")
                                .map(BigDecimal::new)
                                .injectNull(0.05),
                        Arbitraries.of("1.00", "1", "1.01", "0.991", "-1").map(BigDecimal::new),
                        Arbitraries.of("2026-11-20", "2026-11-21", "2026-11-23")
                                .map(LocalDate::parse)
                                .injectNull(0.05))
                .as(MatchingTest::says);
        return row.map(Row::new).list().ofMaxSize(14);
    }

    private static Map<String, Object> says(
            String id,
            List<String> refs,
            @Nullable String account,
            @Nullable BigDecimal quantity,
            BigDecimal price,
            @Nullable LocalDate settles) {
        var says = new LinkedHashMap<String, Object>();
        says.put("id", id);
        if (!refs.isEmpty()) {
            says.put("refs", refs);
        }
        if (account != null) {
            says.put("account", account);
        }
        if (quantity != null) {
            says.put("quantity", quantity.stripTrailingZeros());
        }
        says.put("price", price.stripTrailingZeros());
        if (settles != null) {
            says.put("settles", settles);
        }
        return says;
    }

    /** Tiny parts, so that nearly everything goes over the disk, and hashes that collide. */
    @Property(tries = 600)
    void any_passes_over_any_items_give_what_comparing_each_with_each_gives(
            @ForAll("rows") List<Row> ours,
            @ForAll("rows") List<Row> theirs,
            @ForAll @IntRange(min = 1, max = 2047) int some,
            @ForAll Random random) {
        var rules = new MatchRules(
                1,
                IntStream.range(0, ALL.size())
                        .filter(pass -> (some & 1 << pass) != 0)
                        .mapToObj(ALL::get)
                        .toList());
        var expected = new NaiveMatching(SHAPE, ours, theirs).run(rules);
        var mask = List.of(-1L, 3L, 0L).get(random.nextInt(3));
        var memory = List.of(1L, 2_000L, 1L << 20).get(random.nextInt(3));
        assertThat(match(rules, shuffled(ours, random), shuffled(theirs, random), memory, 1 + random.nextInt(2), mask))
                .isEqualTo(expected);
    }

    @Property(tries = 100)
    void each_pass_alone_gives_what_comparing_each_with_each_gives(
            @ForAll("rows") List<Row> ours, @ForAll("rows") List<Row> theirs, @ForAll Random random) {
        for (var pass : ALL) {
            var rules = new MatchRules(1, List.of(pass));
            assertThat(match(rules, shuffled(ours, random), shuffled(theirs, random), 1, 2, -1L))
                    .as(pass.name())
                    .isEqualTo(new NaiveMatching(SHAPE, ours, theirs).run(rules));
        }
    }

    @Test
    void a_hundred_thousand_items_on_each_side_go_over_the_disk_and_find_each_other() throws IOException {
        var folder = Files.createTempDirectory("match");
        var pairs = new int[1];
        var outcome = new Outcome() {
            int left;

            @Override
            public void matched(Pass pass, Items ours, Items theirs) {
                assertThat(ours.at(0).text(0)).isEqualTo(theirs.at(0).text(0));
                pairs[0]++;
            }

            @Override
            public void proposed(Pass pass, Items ours, Items theirs) {
                throw new AssertionError("nothing is proposed");
            }

            @Override
            public void left(Book book, Items items) {
                left += items.size();
            }
        };
        var settings = new Settings(folder, 1 << 20, 1, 40 << 20);
        try (var matching = new Matching(
                SHAPE, new MatchRules(1, List.of(REFERENCE, EXACT)), List.of("id"), settings, () -> outcome)) {
            var numbers = new ArrayList<>(IntStream.range(0, 100_000).boxed().toList());
            for (var book : Book.values()) {
                Collections.shuffle(numbers, new Random(book == Book.OURS ? 1 : 2));
                var intake = matching.intake(book);
                var writer = new ItemWriter(SHAPE);
                for (var number : numbers) {
                    writer.begin(number, number).text(0, "id" + number);
                    if (number % 50 != 0) {
                        writer.references(1, List.of("REF" + number, "OTHER" + book + number));
                    }
                    writer.text(2, "ACC")
                            .decimal(3, BigDecimal.valueOf(number))
                            .decimal(4, BigDecimal.ONE)
                            .date(5, LocalDate.of(2026, 11, 20));
                    intake.add(writer);
                }
            }
            try (var waiting = Files.list(folder)) {
                assertThat(waiting.mapToLong(file -> file.toFile().length()).sum())
                        .isGreaterThan(8 * settings.memory());
            }
            matching.run();
        }
        assertThat(pairs[0]).isEqualTo(100_000);
        assertThat(outcome.left).isZero();
        try (var waiting = Files.list(folder)) {
            assertThat(waiting).isEmpty();
        }
        Files.delete(folder);
    }

    @Test
    void one_of_ours_booked_twice_is_told_from_one_that_they_do_not_report() {
        var twice = List.of(row("T1", "E1"), row("T2", "E1"), row("T3", "E3"));
        var theirs = List.of(row("R1", "E1"));
        var flags = new ArrayList<String>();
        var folder = folder();
        try (var matching = new Matching(
                SHAPE,
                new MatchRules(1, List.of(REFERENCE, EXACT)),
                List.of("id"),
                new Settings(folder, 1 << 20, 1, 0),
                () -> new Outcome() {
                    @Override
                    public void matched(Pass pass, Items ours, Items their) {
                        flags.add(pass.name() + " " + ours.at(0).text(0));
                    }

                    @Override
                    public void proposed(Pass pass, Items ours, Items their) {}

                    @Override
                    public void left(Book book, Items items) {
                        flags.add("left " + items.at(0).text(0) + (items.at(0).isShared() ? " shared" : ""));
                    }
                })) {
            fill(matching, Book.OURS, twice);
            fill(matching, Book.THEIRS, theirs);
            matching.run();
        }
        assertThat(flags).containsExactlyInAnyOrder("exact T1", "left T2 shared", "left T3");
    }

    @Test
    void a_pass_that_asks_for_what_is_not_there_is_refused_with_the_column() {
        var rules = new MatchRules(
                1,
                List.of(new Pass(
                        "p", Pass.Kind.EXACT, List.of("colour"), null, null, List.of(), List.of(), false, false)));
        assertThatThrownBy(() -> rules.check(SHAPE))
                .hasMessageContaining("colour")
                .hasMessageContaining("account");
        assertThatThrownBy(() -> new Pass(
                        "p", Pass.Kind.SUM, List.of("account"), null, null, List.of(), List.of(), false, false))
                .hasMessageContaining("sum");
        assertThatThrownBy(() -> new MatchRules(1, List.of(EXACT, EXACT))).hasMessageContaining("same name");
        assertThatThrownBy(() -> new Tolerance("settles", Tolerance.Unit.BUSINESS_DAYS, BigDecimal.ONE, null))
                .hasMessageContaining("calendar");
    }

    private static Row row(String id, String ref) {
        return new Row(says(id, List.of(ref), "X", BigDecimal.ONE, BigDecimal.ONE, LocalDate.of(2026, 11, 20)));
    }

    private static List<Row> shuffled(List<Row> rows, Random random) {
        var other = new ArrayList<>(rows);
        Collections.shuffle(other, random);
        return other;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("match");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> match(
            MatchRules rules, List<Row> ours, List<Row> theirs, long memory, int threads, long hashMask) {
        var found = Collections.synchronizedList(new ArrayList<String>());
        var folder = folder();
        var settings = new Settings(folder, memory, threads, 2_000);
        try (var matching = new Matching(SHAPE, rules, List.of("id"), settings, () -> new Told(found), hashMask)) {
            fill(matching, Book.OURS, ours);
            fill(matching, Book.THEIRS, theirs);
            matching.run();
            Files.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Collections.sort(found);
        return found;
    }

    private static void fill(Matching matching, Book book, List<Row> rows) {
        // As if two threads took them in.
        var intakes = List.of(matching.intake(book), matching.intake(book));
        var writer = new ItemWriter(SHAPE);
        var count = 0;
        for (var row : rows) {
            writer.begin(count, count);
            for (var column = 0; column < SHAPE.size(); column++) {
                switch (row.get(SHAPE.column(column).name())) {
                    case String text -> writer.text(column, text);
                    case BigDecimal number -> writer.decimal(column, number);
                    case LocalDate date -> writer.date(column, date);
                    case List<?> list ->
                        writer.references(
                                column, list.stream().map(String::valueOf).toList());
                    case null, default -> {}
                }
            }
            intakes.get(count++ % 2).add(writer);
        }
    }

    private record Told(List<String> found) implements Outcome {

        @Override
        public void matched(Pass pass, Items ours, Items theirs) {
            found.add("matched " + pass.name() + " " + sorted(ours) + " " + sorted(theirs));
        }

        @Override
        public void proposed(Pass pass, Items ours, Items theirs) {
            found.add("proposed " + pass.name() + " " + sorted(ours) + " " + sorted(theirs));
        }

        @Override
        public void left(Book book, Items items) {
            for (var index = 0; index < items.size(); index++) {
                found.add("left " + book + (items.at(index).isCopy() ? " copy " : " ") + row(items.at(index)));
            }
        }

        private static List<String> sorted(Items items) {
            return IntStream.range(0, items.size())
                    .mapToObj(index -> row(items.at(index)).toString())
                    .sorted()
                    .toList();
        }

        private static Row row(Item item) {
            var says = new LinkedHashMap<String, Object>();
            for (var column = 0; column < SHAPE.size(); column++) {
                if (item.has(column)) {
                    says.put(
                            SHAPE.column(column).name(),
                            switch (SHAPE.column(column).kind()) {
                                case TEXT -> String.valueOf(item.text(column));
                                case REFERENCES -> item.references(column);
                                case DECIMAL -> new BigDecimal(String.valueOf(item.value(column))).stripTrailingZeros();
                                case DATE -> LocalDate.parse(String.valueOf(item.value(column)));
                            });
                }
            }
            return new Row(says);
        }
    }
}
