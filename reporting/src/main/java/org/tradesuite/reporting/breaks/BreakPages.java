package org.tradesuite.reporting.breaks;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTable;
import org.tradesuite.reporting.document.PdfTable.Column;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the break sheet as pages: figures and ages first, then totals, then the breaks, material ones before the others. */
final class BreakPages {

    private static final PdfTemplate KINDS = PdfTable.of(
            "kinds",
            List.of(
                    new Column("Feed", 116, false),
                    new Column("Class", 126, false),
                    new Column("Open", 44, true),
                    new Column("Material", 48, true),
                    new Column("Overdue", 46, true),
                    new Column("Value unknown", 46, true),
                    new Column("Oldest, days", 42, true),
                    new Column("0-1 days", 42, true),
                    new Column("2-3 days", 42, true),
                    new Column("4-7 days", 42, true),
                    new Column("8-30 days", 42, true),
                    new Column("31+ days", 42, true),
                    new Column("Money at risk", 92, true)));
    private static final PdfTemplate BOOKS = PdfTable.of(
            "books",
            List.of(
                    new Column("Account", 190, false),
                    new Column("Open", 60, true),
                    new Column("Material", 60, true),
                    new Column("Overdue", 60, true),
                    new Column("Value unknown", 60, true),
                    new Column("Oldest, days", 60, true),
                    new Column("At risk in the account's currency", 130, true),
                    new Column("Ccy", 30, false),
                    new Column("At risk in the firm's currency", 120, true)));
    private static final PdfTemplate BREAKS = PdfTable.of(
            "breaks",
            List.of(
                    new Column("Break", 40, true),
                    new Column("Class, feed", 84, false),
                    new Column("Account, broker", 56, false),
                    new Column("Instrument", 72, false),
                    new Column("Reference", 76, false),
                    new Column("Ours", 60, true),
                    new Column("Theirs", 60, true),
                    new Column("Difference", 62, true),
                    new Column("At risk", 66, true),
                    new Column("Age, days", 26, true),
                    new Column("Due", 50, false),
                    new Column("Owner", 52, false),
                    new Column("Cause, state", 66, false)));

    /** From here on a chart counts in millions. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(100_000_000);

    private final PdfTemplate template = PdfTemplate.beside(BreakPages.class, "sheet.jrxml");

    byte[] print(BreakSheet sheet) {
        var all = sheet.all();
        Map<String, Object> values = new HashMap<>();
        values.put("heading", "Break sheet " + sheet.businessDate());
        values.put(
                "subtitle",
                "Open breaks of brokers and custodian  ·  ages in business days up to this date"
                        + (sheet.currency().isEmpty() ? "" : "  ·  money of the firm in " + sheet.currency()));
        var inMillions = all.money().compareTo(LARGE) >= 0;
        values.put("currency", (inMillions ? "millions of " : "") + sheet.currency());
        values.putAll(SheetTiles.of(
                "Open breaks",
                count(all.open()),
                "Money at risk",
                Figures.money(all.money()),
                "Material",
                count(all.material()),
                "Overdue",
                count(all.overdue()),
                "Value unknown",
                count(all.unvalued()),
                "Wait for a second person",
                count(sheet.waiting()),
                "Nobody's",
                count(sheet.unowned())));
        values.put("charts", all.open() > 0);
        values.put("openByAge", byAge(age -> BigDecimal.valueOf(all.open(age))));
        values.put("moneyByAge", byAge(age -> inMillions ? all.money(age).movePointLeft(6) : all.money(age)));
        return template.print(
                "Break sheet " + sheet.businessDate(),
                values,
                sections(sheet),
                sheet.businessDate().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    }

    private static Object byAge(Function<String, BigDecimal> value) {
        return PdfTemplate.source(BreakSheet.AGES.stream()
                .<Map<String, ?>>map(age -> Map.of("name", age, "value", value.apply(age)))
                .toList());
    }

    private static List<Map<String, ?>> sections(BreakSheet sheet) {
        var sections = new ArrayList<Map<String, ?>>();
        sections.add(PdfTable.section(
                "By feed and class",
                "Money of the firm, without the breaks whose value is not known.",
                "No break is open.",
                KINDS,
                kinds(sheet)));
        sections.add(PdfTable.section(
                "By account",
                "Breaks of no account come first, without a name.",
                "No break is open.",
                BOOKS,
                sheet.byBook().entrySet().stream()
                        .map(entry -> book(sheet, entry.getKey(), entry.getValue()))
                        .toList()));
        sections.add(list(
                "Material breaks",
                "A second person has to agree before one is closed.",
                "No material break is open.",
                sheet.material(),
                sheet.all().material()));
        sections.add(list(
                "Other breaks",
                "Most money at risk first.",
                "No other break is open.",
                sheet.others(),
                sheet.all().open() - sheet.all().material()));
        return sections;
    }

    private static Map<String, ?> list(String heading, String note, String empty, List<OpenBreak> shown, long of) {
        return PdfTable.section(
                heading,
                note
                        + (of > shown.size()
                                ? " Here are the first " + shown.size() + "; " + count(of - shown.size())
                                        + " more are in the file."
                                : ""),
                empty,
                BREAKS,
                shown.stream().map(BreakPages::row).toList());
    }

    private static List<List<String>> kinds(BreakSheet sheet) {
        var rows = new ArrayList<List<String>>();
        sheet.byKind()
                .forEach((kind, total) ->
                        rows.add(kind(Figures.words(kind.feed()), Figures.words(kind.breakClass()), total)));
        if (rows.size() > 1) {
            rows.add(kind("Total", "", sheet.all()));
        }
        return rows;
    }

    private static List<String> kind(String feed, String breakClass, Total total) {
        var row = new ArrayList<String>(List.of(
                feed,
                breakClass,
                count(total.open()),
                count(total.material()),
                count(total.overdue()),
                count(total.unvalued()),
                count(total.oldest())));
        BreakSheet.AGES.forEach(age -> row.add(count(total.open(age))));
        row.add(Figures.money(total.money()));
        return row;
    }

    private static List<String> book(BreakSheet sheet, BreakSheet.Book book, Total total) {
        return List.of(
                book.account(),
                count(total.open()),
                count(total.material()),
                count(total.overdue()),
                count(total.unvalued()),
                count(total.oldest()),
                Figures.money(sheet.inBase(book).money()),
                book.currency(),
                Figures.money(total.money()));
    }

    private static List<String> row(OpenBreak each) {
        return List.of(
                Long.toString(each.number()),
                Figures.words(each.breakClass()) + "\n" + Figures.words(each.feed()),
                joined(each.account(), each.broker(), "\n"),
                joined(each.instrument(), each.isin(), "\n"),
                text(each.reference()),
                text(each.ours()),
                text(each.theirs()),
                joined(each.difference(), each.differsInMoney() ? each.currency() : null, "\n"),
                each.moneyAtRisk() == null
                        ? "not known"
                        : joined(Figures.money(each.moneyAtRisk()), each.baseCurrency(), "\n"),
                Integer.toString(each.ageDays()),
                (each.dueOn() == null ? "" : each.dueOn().toString()) + (each.overdue() ? "\noverdue" : ""),
                text(each.owner()),
                joined(
                        each.cause() == null ? null : Figures.words(each.cause()),
                        each.closingAskedBy() == null ? null : "closing, asked by " + each.closingAskedBy(),
                        "\n"));
    }

    private static String joined(@Nullable String one, @Nullable String other, String by) {
        return one == null ? text(other) : other == null ? one : one + by + other;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String count(long number) {
        return Figures.plain(BigDecimal.valueOf(number), 0);
    }
}
