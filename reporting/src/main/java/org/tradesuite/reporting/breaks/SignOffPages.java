package org.tradesuite.reporting.breaks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.breaks.SignOffSheet.Feed;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTable;
import org.tradesuite.reporting.document.PdfTable.Column;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the sign-off sheet as pages: who signed, what stayed open, what was opened again, and where each break is named. */
final class SignOffPages {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final PdfTemplate FEEDS = PdfTable.of(
            "feeds",
            List.of(
                    new Column("Feed", 110, false),
                    new Column("State", 58, false),
                    new Column("First signature", 74, false),
                    new Column("At (UTC)", 90, false),
                    new Column("Signed by", 74, false),
                    new Column("At (UTC)", 90, false),
                    new Column("Open", 40, true),
                    new Column("Material", 46, true),
                    new Column("Money at risk", 80, true),
                    new Column("What was said", 108, false)));
    private static final PdfTemplate OPEN = PdfTable.of(
            "open",
            List.of(
                    new Column("Feed", 160, false),
                    new Column("Class", 190, false),
                    new Column("Age, business days", 70, false),
                    new Column("Open", 60, true),
                    new Column("Material", 60, true),
                    new Column("Overdue", 60, true),
                    new Column("Value unknown", 60, true),
                    new Column("Money at risk", 110, true)));
    private static final PdfTemplate AGAIN = PdfTable.of(
            "again",
            List.of(
                    new Column("Feed", 140, false),
                    new Column("By", 120, false),
                    new Column("At (UTC)", 100, false),
                    new Column("Why", 410, false)));
    private static final PdfTemplate SHEETS =
            PdfTable.of("sheets", List.of(new Column("File", 240, false), new Column("SHA-256", 530, false)));

    private final PdfTemplate template = PdfTemplate.beside(SignOffPages.class, "sheet.jrxml");

    byte[] print(SignOffSheet sheet) {
        var feeds = sheet.feeds();
        Map<String, Object> values = new HashMap<>();
        var currency = currency(feeds);
        values.put("heading", "Sign-off sheet " + sheet.businessDate());
        values.put(
                "subtitle",
                "Who stands for what was reconciled, and what was open then"
                        + (currency.isEmpty() ? "" : "  ·  money of the firm in " + currency));
        values.put("charts", false);
        values.putAll(SheetTiles.of(
                "Feeds signed",
                feeds.stream().filter(Feed::signed).count() + " of " + feeds.size(),
                "Money at risk",
                Figures.money(feeds.stream().map(Feed::money).reduce(BigDecimal.ZERO, BigDecimal::add)),
                "Open",
                count(feeds.stream().mapToLong(Feed::open).sum()),
                "Material",
                count(feeds.stream().mapToLong(Feed::material).sum())));
        return template.print(
                "Sign-off sheet " + sheet.businessDate(),
                values,
                sections(sheet),
                sheet.businessDate().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    }

    private static String currency(List<Feed> feeds) {
        return feeds.stream()
                .map(Feed::currency)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static List<Map<String, ?>> sections(SignOffSheet sheet) {
        var feeds = sheet.feeds();
        var sections = new ArrayList<Map<String, ?>>();
        sections.add(PdfTable.section(
                "Who signed",
                "Where a material break is open it takes two persons. Figures are those of the signature, or of the"
                        + " first one while the second is missing.",
                "Nothing was reconciled for this date.",
                FEEDS,
                feeds.stream().map(SignOffPages::row).toList()));
        sections.add(PdfTable.section(
                "What stayed open",
                "Breaks that were open when it was signed. Of a feed that nobody signed nothing is said here.",
                "Nothing was open in what was signed.",
                OPEN,
                feeds.stream()
                        .flatMap(feed -> feed.stayedOpen().stream().map(open -> row(feed, open)))
                        .toList()));
        sections.add(PdfTable.section(
                "Opened again",
                "Signatures that no longer hold, because something came later.",
                "Every signature holds.",
                AGAIN,
                feeds.stream()
                        .filter(feed -> feed.reopenedAt() != null)
                        .map(feed -> List.of(
                                Figures.words(feed.name()),
                                text(feed.reopenedBy()),
                                moment(feed.reopenedAt()),
                                text(feed.reopenedWhy())))
                        .toList()));
        sections.add(PdfTable.section(
                "Break by break",
                "These files of the archive name every break of the date.",
                "No break sheet was made for this date: the job break-sheet makes it.",
                SHEETS,
                sheet.sheets().stream()
                        .map(each -> List.of(each.fileName(), each.sha256()))
                        .toList()));
        return sections;
    }

    private static List<String> row(Feed each) {
        var asked = each.askedBy() != null;
        return List.of(
                Figures.words(each.name()),
                Figures.words(each.status()),
                text(each.askedBy()),
                moment(each.askedAt()),
                text(each.signedBy()),
                moment(each.signedAt()),
                asked ? count(each.open()) : "",
                asked ? count(each.material()) : "",
                asked ? Figures.money(each.money()) : "",
                text(each.reason()));
    }

    private static List<String> row(Feed feed, SignOffSheet.Open open) {
        return List.of(
                Figures.words(feed.name()),
                Figures.words(open.breakClass()),
                open.ageBucket(),
                count(open.open()),
                count(open.material()),
                count(open.overdue()),
                count(open.unvalued()),
                Figures.money(open.firmMoney()));
    }

    private static String moment(@Nullable Instant time) {
        return time == null ? "" : MOMENT.format(time);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String count(long number) {
        return Figures.plain(BigDecimal.valueOf(number), 0);
    }
}
