package org.tradesuite.reconciliation.broker;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.tradesuite.reconciliation.broker.BrokerLayout.Column;
import org.tradesuite.reconciliation.rules.Flaw;
import org.tradesuite.reconciliation.rules.Flaw.Kind;
import tools.jackson.databind.JsonNode;

/** Whether a layout that somebody entered can be read by, and everything that is wrong with it. */
final class LayoutCheck {

    private static final String AT = "$.layout";
    private static final int ASCII = 128;
    private static final LocalDate ANY_DAY = LocalDate.of(2026, 11, 20);

    private final JsonNode layout;
    private final List<Flaw> flaws = new ArrayList<>();

    private LayoutCheck(JsonNode layout) {
        this.layout = layout;
    }

    static List<Flaw> flaws(JsonNode layout) {
        var check = new LayoutCheck(layout);
        check.headings();
        check.signs();
        check.dates();
        check.words();
        return check.flaws;
    }

    private void headings() {
        var seen = EnumSet.noneOf(Column.class);
        var names = new HashSet<String>();
        var at = 0;
        for (var each : layout.path("headings")) {
            var here = AT + ".headings[" + at++ + "]";
            var name = each.path("heading").asString("");
            if (name.isBlank() || !name.equals(name.strip())) {
                flaw(here + ".heading", Kind.INVALID_VALUE, "A heading is not empty and has no blanks around it.");
            }
            if (!names.add(name)) {
                flaw(here + ".heading", Kind.COLUMN_TWICE, "The heading '" + name + "' is there twice.");
            }
            column(here, each, seen);
        }
        for (var column : Column.values()) {
            if (!column.optional() && !seen.contains(column)) {
                flaw(
                        AT + ".headings",
                        Kind.COLUMN_MISSING,
                        "No heading holds " + column + ", without which a row cannot be compared.");
            }
        }
    }

    private void column(String here, JsonNode heading, EnumSet<Column> seen) {
        var column = heading.path("column");
        if (column.isMissingNode() || column.isNull()) {
            return;
        }
        var known = Arrays.stream(Column.values())
                .filter(each -> each.name().equals(column.asString("")))
                .findFirst();
        if (known.isEmpty()) {
            flaw(
                    here + ".column",
                    Kind.COLUMN_UNKNOWN,
                    "'" + column.asString("") + "' is no column: one of " + List.of(Column.values()) + ".");
        } else if (!seen.add(known.get())) {
            flaw(here + ".column", Kind.COLUMN_TWICE, "Two headings hold " + known.get() + ".");
        }
    }

    private void signs() {
        var separator = text("separator");
        if (!isSign(separator) || separator.equals("\"")) {
            flaw(
                    AT + ".separator",
                    Kind.INVALID_VALUE,
                    "The separator is one character of ASCII that is no letter, digit, quote or line end.");
        }
        var mark = text("decimalMark");
        if (!mark.equals(".") && !mark.equals(",")) {
            flaw(AT + ".decimalMark", Kind.INVALID_VALUE, "The decimal mark is a point or a comma.");
        } else if (mark.equals(separator)) {
            flaw(AT + ".decimalMark", Kind.INVALID_VALUE, "The decimal mark is the separator, too.");
        }
    }

    private static boolean isSign(String text) {
        return text.length() == 1
                && text.charAt(0) < ASCII
                && !Character.isLetterOrDigit(text.charAt(0))
                && text.charAt(0) != '\n'
                && text.charAt(0) != '\r'
                && text.charAt(0) != '\0';
    }

    private void dates() {
        var pattern = text("dates");
        try {
            var form = BrokerLayout.dates(pattern);
            if (LocalDate.parse(ANY_DAY.format(form), form).equals(ANY_DAY)) {
                return;
            }
        } catch (DateTimeException | IllegalArgumentException wrong) {
            flaw(
                    AT + ".dates",
                    Kind.INVALID_VALUE,
                    "'" + pattern + "' is no form of a date (" + wrong.getMessage()
                            + "): write it as in uuuu-MM-dd, dd.MM.uuuu or uuuuMMdd.");
            return;
        }
        flaw(
                AT + ".dates",
                Kind.INVALID_VALUE,
                "'" + pattern + "' does not tell one day from another: it needs year, month and day.");
    }

    private void words() {
        if (text("buy").isBlank() || text("sell").isBlank() || text("buy").equals(text("sell"))) {
            flaw(AT + ".sell", Kind.INVALID_VALUE, "Buy and sell are two different words.");
        }
        var trailer = text("trailer");
        if (trailer.isBlank() || (!text("separator").isEmpty() && trailer.contains(text("separator")))) {
            flaw(
                    AT + ".trailer",
                    Kind.INVALID_VALUE,
                    "The trailer is the first value of the last line, without the separator.");
        }
    }

    private String text(String field) {
        return layout.path(field).asString("");
    }

    private void flaw(String field, Kind kind, String detail) {
        flaws.add(new Flaw(field, kind, detail));
    }
}
