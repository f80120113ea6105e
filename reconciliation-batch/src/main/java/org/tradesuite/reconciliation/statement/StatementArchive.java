package org.tradesuite.reconciliation.statement;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.tradesuite.reconciliation.delivery.Container;
import org.tradesuite.reconciliation.delivery.Delivery;
import org.tradesuite.reconciliation.delivery.UnpackingLimits;
import org.tradesuite.reconciliation.fix.FixLog;

/** Shows the text of a page or a line as it came, out of the files that were read; a file that has changed is not shown. */
public final class StatementArchive {

    private static final int SHOWN = 65_536;
    private static final int SNIFFED = 256;
    private static final Pattern DECLARED = Pattern.compile("encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    private static final String PAGE = """
        select file_name, sha256, member, from_character, length
        from reconciliation.statement_page
        where statement_id = :statement and number = :page
        order by page_id limit 1
        """;
    private static final String ROW = """
        select p.file_name, p.sha256, p.member, r.from_character, r.length
        from reconciliation.statement_page p
        join (
            select page_id, number, from_character, length from reconciliation.position_row
            union all select page_id, number, from_character, length from reconciliation.cash_row
            union all select page_id, number, from_character, length from reconciliation.movement_row
            union all select page_id, number, from_character, length from reconciliation.pending_row) r using (page_id)
        where p.statement_id = :statement and p.number = :page and r.number = :row
        order by p.page_id limit 1
        """;
    private static final String FILE =
            "select file_name, sha256, member from reconciliation.statement where statement_id = :statement";
    private static final String WITHOUT_PAGES = """
        select file_name, sha256, member from reconciliation.statement
        where statement_id = :statement
            and not exists (select from reconciliation.statement_page where statement_id = :statement)
        """;
    private static final String FINDING = """
        select p.file_name, p.sha256, p.member, f.from_character, f.length
        from reconciliation.statement_finding f
        join reconciliation.statement_page p using (page_id)
        where f.statement_id = :statement and f.line = :line
        order by f.page_id, f.number limit 1
        """;
    private static final String PLACES = """
        select coalesce(archived, path), bytes from reconciliation.statement_file
        where sha256 = :sha256
        order by taken_at desc
        """;

    /** What there is to show. */
    public sealed interface Shown {

        record Text(String text) implements Shown {}

        /** No such statement, page or line. */
        record Unknown() implements Shown {}

        /** The file is not where it was put, or not what it was. */
        record Gone(String fileName) implements Shown {}
    }

    private record Wanted(String fileName, String sha256, String member, long from, int length) {}

    private final JdbcClient jdbc;
    private final UnpackingLimits limits;

    public StatementArchive(DataSource dataSource, UnpackingLimits limits) {
        this.jdbc = JdbcClient.create(dataSource);
        this.limits = limits;
    }

    /** @param row of the page, the whole page if null */
    public Shown text(long statement, int page, @Nullable Integer row) {
        var wanted = jdbc.sql(row == null ? PAGE : ROW)
                .param("statement", statement)
                .param("page", page)
                .param("row", row)
                .query((found, number) -> new Wanted(
                        found.getString(1), found.getString(2), found.getString(3), found.getLong(4), found.getInt(5)))
                .optional();
        return wanted.isPresent() ? text(wanted.get()) : page == 1 ? withoutPages(statement, row) : new Shown.Unknown();
    }

    /** Of what has no pages: from its first line on, or one line. */
    private Shown withoutPages(long statement, @Nullable Integer row) {
        var wanted = jdbc.sql(WITHOUT_PAGES)
                .param("statement", statement)
                .query((found, number) -> new Wanted(found.getString(1), found.getString(2), found.getString(3), 0, 0))
                .optional();
        if (wanted.isEmpty()) {
            return new Shown.Unknown();
        }
        return row == null
                ? text(wanted.get())
                : shown(wanted.get(), (member, in) -> member.equals(wanted.get().member()) ? line(in, row) : null);
    }

    /** The row of a broker's file, or the FIX message of its drop copy, that begins after so many octets. */
    public Shown row(long statement, long offset) {
        var wanted = jdbc.sql(FILE)
                .param("statement", statement)
                .query((found, number) ->
                        new Wanted(found.getString(1), found.getString(2), found.getString(3), offset, SHOWN))
                .optional();
        return wanted.isEmpty()
                ? new Shown.Unknown()
                : shown(wanted.get(), (member, in) -> member.equals(wanted.get().member()) ? line(in, offset) : null);
    }

    /** The text that a finding is about. */
    public Shown finding(long statement, long line) {
        var wanted = jdbc.sql(FINDING)
                .param("statement", statement)
                .param("line", line)
                .query((found, number) -> new Wanted(
                        found.getString(1), found.getString(2), found.getString(3), found.getLong(4), found.getInt(5)))
                .optional();
        return wanted.isEmpty() ? new Shown.Unknown() : text(wanted.get());
    }

    private interface Cut {
        @Nullable
        String of(String member, BufferedInputStream in) throws IOException;
    }

    /** Counted from 1; null if it ends before. */
    private static @Nullable String line(BufferedInputStream in, int number) throws IOException {
        for (var before = 1; before < number; ) {
            var octet = in.read();
            if (octet < 0) {
                return null;
            }
            before += octet == '\n' ? 1 : 0;
        }
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        return line(in, 0L);
    }

    /** Null if it ends before. */
    private static @Nullable String line(BufferedInputStream in, long offset) throws IOException {
        try {
            in.skipNBytes(offset);
        } catch (EOFException ended) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet >= 0 && octet != '\n' && line.size() < SHOWN; octet = in.read()) {
            line.write(octet);
        }
        var message = FixLog.printed(line.toByteArray());
        return message == null ? line.toString(StandardCharsets.UTF_8).stripTrailing() : message;
    }

    private Shown text(Wanted wanted) {
        return shown(wanted, (member, in) -> member.equals(wanted.member()) ? cut(in, wanted) : null);
    }

    private Shown shown(Wanted wanted, Cut cut) {
        var file = file(wanted);
        if (file.isEmpty()) {
            return new Shown.Gone(wanted.fileName());
        }
        var found = new ArrayList<String>();
        try {
            Container.read(file.get().path(), limits, (member, in) -> {
                var text = found.isEmpty() ? cut.of(member, in) : null;
                if (text != null) {
                    found.add(text);
                }
            });
        } catch (IOException failed) {
            // A file that was refused because it cannot be unpacked has no text to show.
            if (found.isEmpty()) {
                return new Shown.Unknown();
            }
        }
        return found.isEmpty() ? new Shown.Unknown() : new Shown.Text(found.getFirst());
    }

    private Optional<Delivery> file(Wanted wanted) {
        List<Delivery> places = jdbc.sql(PLACES)
                .param("sha256", wanted.sha256())
                .query((row, number) ->
                        new Delivery(Path.of(row.getString(1)), wanted.fileName(), row.getLong(2), wanted.sha256()))
                .list();
        return places.stream().filter(Delivery::stillThere).findFirst();
    }

    private static String cut(BufferedInputStream in, Wanted wanted) throws IOException {
        var reader = new InputStreamReader(in, charset(in));
        var left = wanted.from();
        while (left > 0) {
            var skipped = reader.skip(left);
            if (skipped == 0) {
                return "";
            }
            left -= skipped;
        }
        var text = new char[wanted.length() == 0 ? SHOWN : Math.min(SHOWN, wanted.length())];
        var read = 0;
        for (var more = reader.read(text); more > 0; more = reader.read(text, read, text.length - read)) {
            read += more;
        }
        return new String(text, 0, read);
    }

    /** As the readers understood it: FIN is one byte a character, XML is as it declares. */
    private static Charset charset(BufferedInputStream in) throws IOException {
        in.mark(SNIFFED);
        var start = in.readNBytes(SNIFFED);
        in.reset();
        if (start.length > 1 && ((start[0] & 0xff) == 0xfe || (start[0] & 0xff) == 0xff)) {
            return StandardCharsets.UTF_16;
        }
        var text = new String(start, StandardCharsets.ISO_8859_1);
        if (!text.replace("\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<")) {
            return StandardCharsets.ISO_8859_1;
        }
        var declared = DECLARED.matcher(text);
        return declared.find() && Charset.isSupported(declared.group(1))
                ? Charset.forName(declared.group(1))
                : StandardCharsets.UTF_8;
    }
}
