package org.tradesuite.reporting.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTable;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the pack as pages: what is missing first, then each chapter, and at the end the statement to be signed. */
final class EvidencePages {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** A page is for a person; the file has every row. */
    private static final int MOST_ROWS = 300;

    private final PdfTemplate template = PdfTemplate.beside(EvidencePages.class, "evidence.jrxml");
    private final Map<Subject, PdfTemplate> tables = new EnumMap<>(Subject.class);

    EvidencePages() {
        for (var subject : Subject.values()) {
            if (isOnPage(subject)) {
                tables.put(
                        subject,
                        PdfTable.of(
                                subject.name(),
                                subject.columns().stream()
                                        .filter(Column::isOnPage)
                                        .map(column -> new PdfTable.Column(
                                                column.title(), column.width(), column.align() == Column.Align.RIGHT))
                                        .toList()));
            }
        }
    }

    /** The list of incidents is in its file; the page has their numbers. */
    private static boolean isOnPage(Subject subject) {
        return subject != Subject.INCIDENT_LIST;
    }

    byte[] print(Period period, String firm, List<Chapter> chapters) {
        var values = new HashMap<String, Object>();
        values.put("year", Integer.toString(period.first().getYear()));
        values.put("firm", firm);
        values.put(
                "period", period.first() + " to " + period.last() + (period.isWholeYear() ? "" : ", the year so far"));
        values.put("statement", statement(period, firm));
        var sections = new ArrayList<Map<String, ?>>();
        for (var chapter : chapters) {
            if (isOnPage(chapter.subject())) {
                sections.add(section(chapter));
            }
        }
        return template.print(
                "Evidence of pre-trade controls " + period.first().getYear(), values, sections, period.end());
    }

    private Map<String, ?> section(Chapter chapter) {
        var subject = chapter.subject();
        var more = chapter.rows().size() - MOST_ROWS;
        return PdfTable.section(
                subject.heading(),
                subject.note()
                        + (more > 0 ? " Here are the first " + MOST_ROWS + "; " + more + " more are in the file." : ""),
                chapter.empty(),
                Objects.requireNonNull(tables.get(subject)),
                chapter.rows().stream()
                        .limit(MOST_ROWS)
                        .map(row -> printed(subject, row))
                        .toList());
    }

    private static List<String> printed(Subject subject, Chapter.Row row) {
        var texts = new ArrayList<String>();
        for (var place = 0; place < row.cells().size(); place++) {
            if (subject.columns().get(place).isOnPage()) {
                texts.add(printed(row.cells().get(place)));
            }
        }
        return texts;
    }

    private static String printed(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case BigDecimal number -> Figures.quantity(number);
            case Instant time -> MOMENT.format(time);
            default -> Figures.words(cell.toString());
        };
    }

    /** 17 CFR 240.15c3-5(e)(2) asks the chief executive officer, or an equivalent, to certify; nobody signs by machine. */
    private static String statement(Period period, String firm) {
        return "I certify, as the chief executive officer or the senior manager responsible for " + firm
                + ", that its risk management controls and supervisory procedures comply with paragraphs (b) and (c) of"
                + " section 240.15c3-5 of the rules under the Securities Exchange Act, and that the regular review that"
                + " paragraph (e)(1) of that section asks for was conducted for the period from " + period.first()
                + " to " + period.last() + ". I have read the self-assessment that Article 9 of Commission Delegated"
                + " Regulation (EU) 2017/589 asks for, of which these pages are evidence,"
                + " with what it says is missing.";
    }
}
