package org.tradesuite.reconciliation.breaks;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.statement.StatementArchive;
import org.tradesuite.reconciliation.statement.StatementArchive.Shown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a break is made of: our records as they are now, their lines as they came, and how the two were brought together. */
public final class BreakSides {

    /** Entries and holdings are numbered through over the pages of their statement. */
    private static final long ROWS_OF_A_PAGE = 1_000_000_000L;

    private static final Pattern POINT_IN_TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?[+-]\\d\\d:\\d\\d");

    private static final String BREAK = """
        select b.feed, b.break_class, b.account_id, b.broker_id, b.isin, b.currency, b.our_item, b.their_statement, b.their_line,
            b.their_offset, b.last_seen, s.file_name, s.sha256
        from reconciliation.break b
        left join reconciliation.statement s on s.statement_id = b.their_statement
        where b.break_id = :break
        """;

    /** Whatever the other applications publish about it. */
    private static final String OURS = """
        select 'TRADE' as kind, t.trade_id as id, to_jsonb(t)::text as fields from execution_api.confirmed_trade t
        where :feed like 'BROKER_%' and t.trade_id = :item
        union all
        select 'FILL', f.exec_id, to_jsonb(f)::text from execution_api.fill f
        where :feed like 'BROKER_%' and f.broker_id = :broker and (f.exec_id = :item or f.order_id = any(
            select unnest(t.order_ids) from execution_api.confirmed_trade t where t.trade_id = :item))
        union all
        select 'INSTRUCTION', i.instruction_id, to_jsonb(i)::text from settlement_api.instruction i
        where :feed like 'CUSTODIAN_%' and i.instruction_id = :item
        union all
        select 'CASH_MOVEMENT', m.instruction_id, to_jsonb(m)::text from settlement_api.cash_movement m
        where :feed like 'CUSTODIAN_%' and m.instruction_id = :item
        union all
        select 'CASH_BALANCE', c.account_id || ' ' || c.currency, to_jsonb(c)::text from settlement_api.cash_balance c
        where :class = 'CASH_BALANCE' and c.account_id = :account and c.currency = :currency
        union all
        select 'SETTLED_POSITION', p.account_id || ' ' || p.isin, to_jsonb(p)::text from settlement_api.settled_position p
        where :feed = 'CUSTODIAN_POSITION' and p.account_id = :account and p.isin = :isin
        union all
        select 'TRADED_POSITION', p.account_id || ' ' || p.isin, to_jsonb(p)::text from execution_api.position p
        where :feed = 'CUSTODIAN_POSITION' and p.account_id = :account and p.isin = :isin
        limit 500
        """;

    private static final String HOLDINGS = """
        select p.number as page, r.number as row
        from reconciliation.statement_page p
        join reconciliation.position_row r using (page_id)
        where p.statement_id = :statement and r.isin = :isin
        order by p.number, r.number
        limit 100
        """;
    private static final String MATCHED_ROWS = """
        select m.pass, m.rule_version, m.statement_id, m.line, :item as item, false as proposed, m.differences, m.file_offset,
            s.file_name, s.sha256
        from reconciliation.match_of(:date, :item) m
        join reconciliation.statement s using (statement_id)
        where s.sender = :broker and m.feed = :feed
        """;
    private static final String PROPOSED_ROWS = """
        select p.pass, p.rule_version, p.statement_id, p.line, p.our_item as item, true as proposed, null as differences,
            null::bigint as file_offset, s.file_name, s.sha256
        from reconciliation.match_proposal p
        join reconciliation.statement s using (statement_id)
        where p.reconciled_on = :date and p.feed = :feed and p.broker_id = :broker
            and (p.our_item = :item or p.statement_id = :statement and p.line = :line)
        limit 100
        """;
    private static final String MATCHED_ENTRIES = """
        select m.pass, m.rule_version, m.statement_id, m.number as line, m.instruction_id as item, false as proposed,
            null as differences, null::bigint as file_offset, s.file_name, s.sha256
        from reconciliation.cash_matched m
        join reconciliation.statement s using (statement_id)
        where m.reconciled_on = :date and (m.instruction_id = :item or m.statement_id = :statement and m.number = :line)
        limit 100
        """;
    private static final String CORRECTED = """
        select text from reconciliation.corrected_row where statement_id = :statement and line = :line
        """;

    /** One of our records, with all that is published of it. */
    public record Ours(String kind, String id, Map<String, String> fields) {

        public Ours {
            fields = Map.copyOf(fields);
        }
    }

    /** Whether and how a line can be shown. */
    public enum Showing {
        AS_IT_CAME,
        CORRECTED,
        /** The file is gone, or not what was read. */
        CHANGED,
        /** Its place in the file is not known. */
        UNKNOWN
    }

    public record Theirs(
            long statement,
            String fileName,
            String sha256,
            @Nullable Long line,
            Showing showing,
            @Nullable String text) {}

    public record Match(
            String pass,
            @Nullable Integer ruleVersion,
            long statement,
            long line,
            @Nullable String item,
            boolean proposed,
            @Nullable String differences,
            @Nullable Long offset,
            String fileName,
            String sha256) {}

    public record Sides(List<Ours> ours, List<Theirs> theirs, List<Match> matches) {

        public Sides {
            ours = List.copyOf(ours);
            theirs = List.copyOf(theirs);
            matches = List.copyOf(matches);
        }
    }

    private record About(
            String feed,
            String breakClass,
            @Nullable String account,
            @Nullable String broker,
            @Nullable String isin,
            @Nullable String currency,
            @Nullable String item,
            @Nullable Long statement,
            @Nullable Long line,
            @Nullable Long offset,
            java.time.LocalDate seen,
            @Nullable String fileName,
            @Nullable String sha256) {}

    private final JdbcClient jdbc;
    private final StatementArchive archive;
    private final JsonMapper json;

    BreakSides(JdbcClient jdbc, StatementArchive archive, JsonMapper json) {
        this.jdbc = jdbc;
        this.archive = archive;
        this.json = json;
    }

    public Optional<Sides> of(long breakId) {
        return jdbc.sql(BREAK)
                .param("break", breakId)
                .query((row, number) -> new About(
                        row.getString("feed"),
                        row.getString("break_class"),
                        row.getString("account_id"),
                        row.getString("broker_id"),
                        row.getString("isin"),
                        row.getString("currency"),
                        row.getString("our_item"),
                        row.getObject("their_statement", Long.class),
                        row.getObject("their_line", Long.class),
                        row.getObject("their_offset", Long.class),
                        row.getObject("last_seen", java.time.LocalDate.class),
                        row.getString("file_name"),
                        row.getString("sha256")))
                .optional()
                .map(about -> {
                    var matches = matches(about);
                    return new Sides(ours(about), theirs(about, matches), matches);
                });
    }

    private List<Ours> ours(About about) {
        return jdbc.sql(OURS)
                .param("feed", about.feed())
                .param("class", about.breakClass())
                .param("account", about.account())
                .param("broker", about.broker())
                .param("isin", about.isin())
                .param("currency", about.currency())
                .param("item", about.item())
                .query((row, number) -> new Ours(row.getString(1), row.getString(2), fields(row.getString(3))))
                .list();
    }

    private Map<String, String> fields(String record) {
        var fields = new LinkedHashMap<String, String>();
        json.readTree(record).properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                fields.put(field.getKey(), text(field.getValue()));
            }
        });
        return fields;
    }

    /** Lists by commas; points in time in UTC, whatever the clock of the session was. */
    private static String text(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(BreakSides::text).collect(Collectors.joining(", "));
        }
        var said = value.isValueNode() ? value.asString() : value.toString();
        return POINT_IN_TIME.matcher(said).matches()
                ? OffsetDateTime.parse(said).toInstant().toString()
                : said;
    }

    private List<Match> matches(About about) {
        var queries = switch (about.feed()) {
            case "BROKER_TRADE", "BROKER_DROP_COPY" -> List.of(MATCHED_ROWS, PROPOSED_ROWS);
            case "CUSTODIAN_CASH" -> List.of(MATCHED_ENTRIES);
            default -> List.<String>of();
        };
        var matches = new ArrayList<Match>();
        for (var query : queries) {
            matches.addAll(jdbc.sql(query)
                    .param("date", about.seen())
                    .param("feed", about.feed())
                    .param("item", about.item())
                    .param("broker", about.broker())
                    .param("statement", about.statement())
                    .param("line", about.line())
                    .query((row, number) -> new Match(
                            row.getString("pass"),
                            row.getObject("rule_version", Integer.class),
                            row.getLong("statement_id"),
                            row.getLong("line"),
                            row.getString("item"),
                            row.getBoolean("proposed"),
                            row.getString("differences"),
                            row.getObject("file_offset", Long.class),
                            row.getString("file_name"),
                            row.getString("sha256")))
                    .list());
        }
        return matches;
    }

    private List<Theirs> theirs(About about, List<Match> matches) {
        var lines = new ArrayList<Theirs>();
        var statement = about.statement();
        var fileName = about.fileName();
        var sha256 = about.sha256();
        if (statement != null && fileName != null && sha256 != null) {
            if (about.feed().equals("CUSTODIAN_POSITION") && about.line() == null) {
                holdings(statement, about.isin())
                        .forEach(place -> lines.add(line(statement, fileName, sha256, place, entry(statement, place))));
            } else {
                lines.add(line(statement, fileName, sha256, about.line(), place(about, statement)));
            }
            corrected(statement, fileName, sha256, about.line()).ifPresent(lines::add);
        }
        // Several rows may make up one of ours; the break names only one of them.
        for (var match : matches) {
            var offset = match.offset();
            if (offset != null
                    && (statement == null
                            || match.statement() != statement
                            || !Long.valueOf(match.line()).equals(about.line()))) {
                lines.add(line(
                        match.statement(),
                        match.fileName(),
                        match.sha256(),
                        match.line(),
                        archive.row(match.statement(), offset)));
            }
        }
        return lines;
    }

    private Shown place(About about, long statement) {
        var offset = about.offset();
        var line = about.line();
        if (offset != null) {
            return archive.row(statement, offset);
        }
        if (line == null) {
            return about.broker() == null ? archive.text(statement, 1, null) : archive.row(statement, 0);
        }
        return about.feed().equals("STATEMENT") ? archive.finding(statement, line) : entry(statement, line);
    }

    private Shown entry(long statement, long place) {
        return archive.text(statement, (int) (place / ROWS_OF_A_PAGE), (int) (place % ROWS_OF_A_PAGE));
    }

    private List<Long> holdings(long statement, @Nullable String isin) {
        return jdbc.sql(HOLDINGS)
                .param("statement", statement)
                .param("isin", isin)
                .query((row, number) -> row.getLong("page") * ROWS_OF_A_PAGE + row.getLong("row"))
                .list();
    }

    private Optional<Theirs> corrected(long statement, String fileName, String sha256, @Nullable Long line) {
        return jdbc.sql(CORRECTED)
                .param("statement", statement)
                .param("line", line)
                .query((row, number) ->
                        new Theirs(statement, fileName, sha256, line, Showing.CORRECTED, row.getString(1)))
                .optional();
    }

    private static Theirs line(long statement, String fileName, String sha256, @Nullable Long line, Shown shown) {
        return switch (shown) {
            case Shown.Text text -> new Theirs(statement, fileName, sha256, line, Showing.AS_IT_CAME, text.text());
            case Shown.Gone gone -> new Theirs(statement, gone.fileName(), sha256, line, Showing.CHANGED, null);
            case Shown.Unknown unknown -> new Theirs(statement, fileName, sha256, line, Showing.UNKNOWN, null);
        };
    }
}
