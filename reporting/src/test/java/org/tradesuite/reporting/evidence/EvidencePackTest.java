package org.tradesuite.reporting.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;

/** A year in which nothing happened: what is not known is missing, and not zero. */
class EvidencePackTest {

    private static final Period YEAR = Period.endingOn(LocalDate.of(2026, 12, 31));
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00.123456Z");

    private static LocalDatabase database;
    private static EvidenceReader reader;

    @BeforeAll
    static void an_installed_database_with_nothing_in_it() {
        database = LocalPostgres.shared().newDatabase();
        reader = new EvidenceReader(JdbcClient.create(database.dataSource(DatabaseRole.REPORTING)));
    }

    @AfterAll
    static void drop() {
        LocalPostgres.shared().drop(database);
    }

    private static List<String> column(Chapter chapter, String name) {
        var names = chapter.subject().columns().stream().map(Column::name).toList();
        return chapter.rows().stream()
                .map(row -> Objects.toString(row.cells().get(names.indexOf(name)), ""))
                .toList();
    }

    @Test
    void an_empty_year_says_what_is_missing_first() {
        var missing = reader.of(Subject.MISSING, YEAR);
        assertThat(column(missing, "subject"))
                .startsWith("Journal", "Trading days", "Rules", "Stop button")
                .doesNotContain("Period");
        assertThat(column(missing, "missing").getFirst())
                .isEqualTo(
                        "The journal has nothing of the period: nothing in this pack shows that any control worked.");
        assertThat(column(missing, "missing")).anyMatch(text -> text.startsWith("261 weekdays"));
    }

    @Test
    void a_rule_that_was_never_asked_has_no_numbers_at_all() {
        var rules = reader.of(Subject.RULES, YEAR);
        assertThat(column(rules, "inventory")).hasSizeGreaterThan(50).containsOnly("never asked");
        for (var counted : List.of("asked", "passed", "warned", "blocked", "let_pass")) {
            assertThat(column(rules, counted)).containsOnly("");
        }
        assertThat(column(rules, "purpose")).noneMatch(String::isEmpty);
    }

    @Test
    void incidents_without_a_journal_are_not_counted_as_none() {
        var incidents = reader.of(Subject.INCIDENTS, YEAR);
        assertThat(column(incidents, "times")).containsOnly("");
        assertThat(column(incidents, "evidence"))
                .allMatch(text -> text.startsWith("MISSING") || text.startsWith("NOT"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Subject.class,
            names = {"DAYS", "LIMITS", "CHANGES", "OVERRIDES", "STOPS", "BREAKERS", "INCIDENT_LIST", "BREACHES"})
    void the_other_chapters_are_empty_and_their_files_have_their_headings(Subject subject) {
        var chapter = reader.of(subject, YEAR);
        assertThat(chapter.rows()).isEmpty();
        assertThat(chapter.empty().startsWith("MISSING"))
                .as("only what is set, and not what happens, can be none without a journal")
                .isEqualTo(subject != Subject.LIMITS && subject != Subject.CHANGES);
        assertThat(new String(chapter.csv(YEAR), StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("period_from,period_to,");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-31, 2026-01-01, 2027-01-01T00:00Z, true",
        "2026-11-18, 2026-01-01, 2026-11-19T00:00Z, false",
        "2026-01-01, 2026-01-01, 2026-01-02T00:00Z, false",
        "2028-12-31, 2028-01-01, 2029-01-01T00:00Z, true"
    })
    void a_date_stands_for_its_year_up_to_its_end(LocalDate date, LocalDate first, String until, boolean whole) {
        var period = Period.endingOn(date);
        assertThat(period.first()).isEqualTo(first);
        assertThat(period.until()).hasToString(until);
        assertThat(period.isWholeYear()).isEqualTo(whole);
    }

    @ParameterizedTest
    @EnumSource(Subject.class)
    void the_columns_of_a_chapter_fill_the_page_and_no_more(Subject subject) {
        assertThat(subject.columns().stream().mapToInt(Column::width).sum()).isEqualTo(770);
    }

    @Test
    void equal_input_gives_equal_bytes_and_pages_that_can_be_looked_at() throws IOException {
        var pages = new EvidencePages();
        byte[] empty = pages.print(YEAR, "Tradesuite Asset Management Limited", reader.all(YEAR));
        assertThat(pages.print(YEAR, "Tradesuite Asset Management Limited", reader.all(YEAR)))
                .isEqualTo(empty);
        byte[] full = pages.print(
                YEAR,
                "Tradesuite Asset Management Limited",
                Arrays.stream(Subject.values()).map(EvidencePackTest::full).toList());
        Path folder = Path.of("target", "looked-at");
        Files.createDirectories(folder);
        Files.write(folder.resolve("evidence-empty.pdf"), empty);
        Files.write(folder.resolve("evidence-full.pdf"), full);
        assertThat(new String(full, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }

    /** More rows than a page prints, each as long as they become. */
    private static Chapter full(Subject subject) {
        var cells = subject.columns().stream()
                .<Object>map(column -> switch (column.name()) {
                    case "at", "valid_from", "valid_until", "first", "last" -> TEN;
                    case "kind", "limit_kind" -> "REPEATED_EXECUTION_WINDOW_SECONDS";
                    case "rule" -> "SHORT_SALE_RESTRICTION";
                    case "scope_id" -> "BTC/USD.XBTS";
                    case "order_id", "worst_order" -> "OD0P8G5V2K7WM";
                    case "version", "change_id" -> BigDecimal.valueOf(12);
                    case "scope" -> subject == Subject.STOPS ? "STRATEGY=VALUE,BROKER=BRAVO" : "ASSET_CLASS";
                    case "unit" -> "USD";
                    default ->
                        column.align() == Column.Align.RIGHT
                                ? new BigDecimal(column.width() > 60 ? "19999999999.25" : "1234567")
                                : column.name().contains("reason") || column.width() > 180
                                        ? "The client confirmed the size and the price by telephone on the known"
                                                + " number."
                                        : "riley";
                })
                .toList();
        return new Chapter(
                subject, true, Collections.nCopies(subject == Subject.RULES ? 310 : 30, new Chapter.Row(cells)));
    }
}
