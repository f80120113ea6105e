package org.tradesuite.reconciliation.breaks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.web.Cursor;
import org.tradesuite.web.ProblemException;

/**
 * Which breaks fit, in an order. The first cards of the order are tried: where many fit, they fill the page. Otherwise
 * all cards are looked through, by an index where one serves, and what fits is sorted; where a sample tells how far the
 * page may reach, only as much of it. So whatever is asked for, neither the server's guess of how many fit nor an order
 * that has them all at its end makes a page slow.
 */
final class BreakSearch {

    /** So many cards are tried in the order that is asked for. */
    private static final int TRIED = 5_000;

    /** Percent of the blocks of cards that are looked at to guess how far a page reaches, and what is added to the guess. */
    private static final int SAMPLE = 1;

    private static final int SPARE = 30;

    /** Up to so many that a text fits are looked up by their numbers. */
    private static final int MANY = 5_000;

    private static final String WORDS = "select word, word_id from reconciliation.break_word where word = any(:words)";
    /** First and last date of a bucket, by calendar. */
    private static final String AGED = """
        with today as materialized (
            select t.calendar, w.word_id, t.number, t.date
            from reconciliation.business_date t
            join reconciliation.break_word w on w.word = t.calendar
            where t.date = (select as_of from reconciliation.desk_day)
        )
        select today.word_id, min(d.date) as earliest, max(d.date) as latest
        from today
        cross join reconciliation.age_bucket a
        join reconciliation.business_date d on d.calendar = today.calendar and d.date <= today.date
            and today.number - d.number between a.from_days and coalesce(a.to_days, 2147483647)
        where a.age_bucket = :bucket
        group by today.word_id
        """;

    private static final List<String> BY_TEXT =
            List.of("upper(b.reference) like :prefix", "b.instrument_id like :prefix", "b.isin = :text");
    private static final String SAYS =
            "(select " + String.join(" or ", BY_TEXT) + " from reconciliation.break b where b.break_id = c.break_id)";

    private record Span(LocalDate earliest, LocalDate latest) {}

    private record Aged(int calendar, Span span) {}

    private final JdbcClient jdbc;

    BreakSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Numbers of the next breaks in that order. */
    List<Long> find(BreakFilter filter, BreakSort sort, @Nullable Cursor from, int limit) {
        var parameters = new HashMap<String, Object>();
        parameters.put("limit", limit);
        var cards = cards(filter.open());
        var place = place(sort, from, parameters);
        var conditions = new ArrayList<String>();
        if (!words(filter, conditions, parameters)) {
            return List.of();
        }
        equal(filter.businessDate(), "c.business_date = :businessDate", "businessDate", conditions, parameters);
        equal(filter.dueBy(), "c.due_on <= :dueBy", "dueBy", conditions, parameters);
        if (filter.material() != null) {
            conditions.add(filter.material() ? "c.material" : "not c.material");
        }
        aged(filter.ageBucket(), conditions, parameters);
        var says = text(filter.text(), conditions, parameters) ? "true" : SAYS;
        var fits = conditions.isEmpty() ? "true" : String.join(" and ", conditions);
        var everything = conditions.isEmpty() && says.equals("true");
        var first = ids("""
            select c.break_id from (
                select * from reconciliation.%1$s c where %2$s order by %3$s limit %4$d) c
            where %5$s and %6$s order by %3$s limit :limit
            """.formatted(cards, place, sort.order(), everything ? limit : TRIED, fits, says), parameters);
        if (everything || first.size() == limit) {
            return first;
        }
        var within = says.equals("true") ? within(cards, place + " and " + fits, sort, parameters, limit) : null;
        if (within != null) {
            var near = sorted(cards, place + " and " + fits + " and " + within, sort, says, parameters);
            if (near.size() == limit) {
                return near;
            }
        }
        return sorted(cards, place + " and " + fits, sort, says, parameters);
    }

    private List<Long> sorted(String cards, String fits, BreakSort sort, String says, Map<String, Object> parameters) {
        return ids("""
            select c.break_id from (
                select c.break_id from reconciliation.%s c where %s order by %s offset 0) c
            where %s limit :limit
            """.formatted(cards, fits, sort.sorted(), says), parameters);
    }

    /** Up to where in the order more than a page should fit, by what fits of a sample; null where little does. */
    private @Nullable String within(
            String cards, String fits, BreakSort sort, Map<String, Object> parameters, int limit) {
        var key = jdbc.sql("""
            select %s from reconciliation.%s c tablesample system (%d) where %s order by %s offset %d limit 1
            """.formatted(
                                sort.keyAsText(), cards, SAMPLE, fits, sort.sorted(), limit * SAMPLE / 100 + SPARE))
                .params(parameters)
                .query(String.class)
                .optional();
        key.ifPresent(most -> parameters.put("most", sort.bound(most)));
        return key.isPresent() ? sort.within() : null;
    }

    private List<Long> ids(String query, Map<String, Object> parameters) {
        return jdbc.sql(query)
                .params(parameters)
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /** Those that are open, over or both lie apart: no card is asked which it is. */
    private static String cards(@Nullable Boolean open) {
        return open == null ? "break_card" : open ? "break_card_open" : "break_card_over";
    }

    /** Where to begin. */
    private static String place(BreakSort sort, @Nullable Cursor from, Map<String, Object> parameters) {
        if (from == null) {
            return "true";
        }
        var key = from.keys().get(1);
        var after = from.keys().getLast();
        if (!from.keys().getFirst().equals(sort.name()) || !sort.takes(key) || !after.matches("[0-9]{1,18}")) {
            throw ProblemException.inField(
                    "cursor",
                    ProblemCode.INVALID_CURSOR,
                    "The cursor is of a list in another order. Start again without it.");
        }
        parameters.put("key", key);
        parameters.put("after", Long.parseLong(after));
        return sort.behind();
    }

    /** @return false if no break bears one of the words */
    private boolean words(BreakFilter filter, List<String> conditions, Map<String, Object> parameters) {
        Map<String, @Nullable String> asked = new LinkedHashMap<>();
        asked.put("feed", filter.feed());
        asked.put("break_class", filter.breakClass());
        asked.put("cause", filter.causeCode());
        asked.put("account", filter.accountId());
        asked.put("broker", filter.brokerId());
        asked.put("instrument", filter.instrumentId());
        asked.put("currency", filter.currency());
        asked.put("owner", filter.owner());
        asked.put("status", filter.status() == null ? null : filter.status().name());
        asked.values().removeIf(word -> word == null);
        if (asked.isEmpty()) {
            return true;
        }
        var numbers = jdbc
                .sql(WORDS)
                .param("words", asked.values().toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString(1), row.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        asked.forEach((column, word) ->
                equal(numbers.get(word), "c." + column + " = :" + column, column, conditions, parameters));
        return numbers.keySet().containsAll(asked.values());
    }

    private static void equal(
            @Nullable Object wanted,
            String condition,
            String name,
            List<String> conditions,
            Map<String, Object> parameters) {
        if (wanted != null) {
            conditions.add(condition);
            parameters.put(name, wanted);
        }
    }

    /** A bucket is a span of dates, another one for each calendar; many calendars have the same. */
    private void aged(@Nullable String bucket, List<String> conditions, Map<String, Object> parameters) {
        if (bucket == null) {
            return;
        }
        var calendars = jdbc
                .sql(AGED)
                .param("bucket", bucket)
                .query((row, number) -> new Aged(
                        row.getInt("word_id"),
                        new Span(row.getObject("earliest", LocalDate.class), row.getObject("latest", LocalDate.class))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Aged::span, Collectors.mapping(Aged::calendar, Collectors.toSet())));
        var spans = new ArrayList<String>();
        calendars.forEach((span, of) -> {
            var number = spans.size();
            spans.add("c.first_seen between :earliest" + number + " and :latest" + number
                    + " and c.calendar = any(:calendars" + number + ")");
            parameters.put("earliest" + number, span.earliest());
            parameters.put("latest" + number, span.latest());
            parameters.put("calendars" + number, of.toArray(Integer[]::new));
        });
        // Without any day reconciled there is no age, and nothing is shown.
        conditions.add(spans.isEmpty() ? "false" : "(" + String.join(" or ", spans) + ")");
    }

    /**
     * Few that fit are looked up by their numbers; where many do, those that fit all else are held against the text.
     *
     * @return whether the conditions say it all
     */
    private boolean text(@Nullable String text, List<String> conditions, Map<String, Object> parameters) {
        if (text == null) {
            return true;
        }
        var upper = text.strip().toUpperCase(Locale.ROOT);
        parameters.put("text", upper);
        parameters.put("prefix", upper.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
        var numbers = new TreeSet<Long>();
        for (var condition : BY_TEXT) {
            numbers.addAll(ids(
                    "select b.break_id from reconciliation.break b where " + condition + " limit " + MANY, parameters));
        }
        if (upper.matches("[0-9]{1,18}")) {
            numbers.add(Long.valueOf(upper));
        }
        if (numbers.size() >= MANY) {
            return false;
        }
        conditions.add("c.break_id = any(:numbers)");
        parameters.put("numbers", numbers.toArray(Long[]::new));
        return true;
    }
}
