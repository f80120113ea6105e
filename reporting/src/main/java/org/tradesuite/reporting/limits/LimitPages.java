package org.tradesuite.reporting.limits;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the limit report as pages: figures first, then every limit, every block, every change and every stop. */
final class LimitPages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int FULLEST = 10;
    private static final BigDecimal LARGE = BigDecimal.valueOf(100_000);

    /** One order with three zeros too many would leave no bar to see of all the others. */
    private static final BigDecimal LONGEST_BAR = BigDecimal.valueOf(150);

    private final PdfTemplate utilisation = PdfTemplate.beside(LimitPages.class, "utilisation.jrxml");
    private final PdfTemplate exceptions = PdfTemplate.beside(LimitPages.class, "exceptions.jrxml");
    private final PdfTemplate changes = PdfTemplate.beside(LimitPages.class, "changes.jrxml");
    private final PdfTemplate stops = PdfTemplate.beside(LimitPages.class, "stops.jrxml");
    private final PdfTemplate template = PdfTemplate.beside(LimitPages.class, "limits.jrxml");

    byte[] print(LimitDay day) {
        Map<String, Object> values = new HashMap<>();
        values.put("businessDate", day.businessDate().toString());
        values.put("checked", Integer.toString(day.checked()));
        values.put("limits", Integer.toString(day.utilisations().size()));
        values.put("warnings", Integer.toString(day.warnings()));
        values.put("blocks", Integer.toString(day.blocks()));
        values.put("overrides", Integer.toString(day.overrides()));
        values.put("changed", Integer.toString(day.changes().size()));
        values.put("stopped", Integer.toString(day.stops().size()));
        values.put("fullest", PdfTemplate.source(fullest(day)));
        values.put("hasFullest", !fullest(day).isEmpty());
        values.put("utilisationPart", utilisation.asPart());
        values.put("exceptionsPart", exceptions.asPart());
        values.put("changesPart", changes.asPart());
        values.put("stopsPart", stops.asPart());
        values.put(
                "utilisations",
                PdfTemplate.source(
                        day.utilisations().stream().map(LimitPages::row).toList()));
        values.put(
                "exceptions",
                PdfTemplate.source(
                        day.exceptions().stream().map(LimitPages::row).toList()));
        values.put(
                "changes",
                PdfTemplate.source(day.changes().stream().map(LimitPages::row).toList()));
        values.put(
                "stops",
                PdfTemplate.source(day.stops().stream().map(LimitPages::row).toList()));
        return template.print(
                "Limit utilisation and exceptions " + day.businessDate(),
                values,
                List.of(Map.of()),
                day.businessDate().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    }

    private static List<Map<String, ?>> fullest(LimitDay day) {
        return day.utilisations().stream()
                .filter(each -> each.percent() != null)
                .sorted(Comparator.comparing(LimitPages::percent).reversed())
                .limit(FULLEST)
                .<Map<String, ?>>map(each -> Map.of(
                        "name",
                        Figures.words(each.rule()) + " " + Figures.words(each.scope())
                                + (each.scopeId().equals("*") ? "" : " " + each.scopeId()),
                        "value",
                        percent(each).min(LONGEST_BAR)))
                .toList();
    }

    private static BigDecimal percent(LimitDay.Utilisation each) {
        BigDecimal percent = each.percent();
        return percent == null ? BigDecimal.ZERO : percent;
    }

    private static Map<String, ?> row(LimitDay.Utilisation each) {
        Map<String, Object> row = new HashMap<>();
        row.put("rule", Figures.words(each.rule()));
        row.put("scope", Figures.words(each.scope() + " " + each.scopeId()));
        row.put("limit", number(each.limit()));
        row.put("peak", number(each.peak()));
        row.put("unit", Figures.words(each.unit()));
        row.put("percent", Figures.optional(each.percent(), 1));
        row.put("order", each.peakOrder());
        row.put("at", TIME.format(each.peakAt()));
        row.put("asked", Integer.toString(each.asked()));
        row.put("warnings", Integer.toString(each.warnings()));
        row.put("blocks", Integer.toString(each.blocks()));
        row.put("overrides", Integer.toString(each.overrides()));
        return row;
    }

    private static Map<String, ?> row(LimitDay.Exceeded each) {
        Map<String, Object> row = new HashMap<>();
        row.put("at", TIME.format(each.at()));
        row.put("order", each.order());
        row.put("subject", each.subject());
        row.put("account", each.account());
        row.put("instrument", each.instrument());
        row.put("code", Figures.words(each.code()));
        row.put("measured", number(each.measured()));
        row.put("limit", number(each.limit()));
        row.put("unit", Figures.words(each.unit()));
        row.put("outcome", each.outcome());
        row.put(
                "override",
                each.overriddenBy() == null
                        ? ""
                        : each.overriddenBy() + (each.reason() == null ? "" : ": " + each.reason()));
        return row;
    }

    private static Map<String, ?> row(LimitDay.Change each) {
        Map<String, Object> row = new HashMap<>();
        row.put("from", MOMENT.format(each.from()));
        row.put("until", moment(each.until()));
        row.put("scope", Figures.words(each.scope() + " " + each.scopeId()));
        row.put("kind", Figures.words(each.kind()));
        row.put("before", number(each.before()));
        row.put("amount", number(each.amount()));
        row.put("currency", each.currency() == null ? "" : each.currency());
        row.put("maker", each.maker() == null ? "" : each.maker());
        row.put("checker", each.checker() == null ? "" : each.checker());
        row.put("reason", each.reason() == null ? "" : each.reason());
        return row;
    }

    private static Map<String, ?> row(LimitDay.Stop each) {
        Map<String, Object> row = new HashMap<>();
        row.put("at", TIME.format(each.at()));
        row.put("event", each.event());
        row.put("subject", each.subject());
        row.put("actor", each.actor());
        row.put("reason", each.reason() == null ? "" : each.reason());
        return row;
    }

    private static String moment(@Nullable Instant time) {
        return time == null ? "" : MOMENT.format(time);
    }

    /** Of a large figure the page has two decimals; the file has them all. */
    private static String number(@Nullable BigDecimal value) {
        if (value == null) {
            return "";
        }
        return value.scale() > 2 && value.abs().compareTo(LARGE) >= 0 ? Figures.money(value) : Figures.quantity(value);
    }
}
