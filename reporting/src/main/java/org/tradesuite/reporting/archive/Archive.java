package org.tradesuite.reporting.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.reporting.archive.Report.Format;
import org.tradesuite.reporting.archive.Report.Kind;
import org.tradesuite.runsheet.intake.DropFolder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the files of report jobs to {@code <out>/<business date>/reporting/} and remembers them with their hash. Keeping
 * the same bytes again, as a restarted run does, changes nothing; other bytes of the same name replace the file and are
 * an event of their own.
 */
public final class Archive {

    private static final String KEEP = """
        insert into reporting.report as r
               (kind, business_date, format, file_name, path, bytes, sha256, created_at)
        values (:kind, :businessDate, :format, :fileName, :path, :bytes, :sha256, :at)
        on conflict (business_date, file_name) do update
           set bytes = excluded.bytes, sha256 = excluded.sha256, created_at = excluded.created_at
         where r.sha256 <> excluded.sha256
        returning report_id
        """;
    private static final String REPORTS = """
        select report_id, kind, business_date, format, file_name, path, bytes, sha256, created_at
          from reporting.report
        """;
    private static final String ONE = REPORTS + " where report_id = :report";
    private static final String NAMED = REPORTS + " where business_date = :businessDate and file_name = :fileName";
    private static final String PAGE = REPORTS + """
         where (cast(:businessDate as date) is null or business_date = :businessDate)
           and (cast(:kind as text) is null or kind = :kind)
           and report_id < :before
         order by report_id desc limit :limit
        """;

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final EventStore journal = new EventStore("reporting");
    private final JsonMapper json = JsonMapper.builder().build();
    private final Path out;
    private final Clock clock;

    public Archive(DataSource dataSource, Path out, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
        this.out = out;
        this.clock = clock;
    }

    /** The name of a file of the date; an approved re-run makes a file of its own beside the first. */
    public static String fileName(String stem, LocalDate businessDate, long sequence, String ending) {
        return stem + "-" + businessDate + (sequence > 1 ? "-run" + sequence : "") + "." + ending;
    }

    /** A file that is written and not remembered yet. */
    public record Written(LocalDate businessDate, String fileName, long bytes, String sha256) {}

    /** Writes and remembers a file; must be called in a transaction, which the record joins. */
    public Report keep(Kind kind, LocalDate businessDate, Format format, String fileName, byte[] content) {
        return keep(kind, format, write(businessDate, fileName, file -> file.write(content)));
    }

    /** Writes a file of any size, as it comes. */
    public Written write(LocalDate businessDate, String fileName, DropFolder.Content content) {
        var digest = digest();
        var bytes = new AtomicLong();
        DropFolder.write(out.resolve(path(businessDate, fileName)), file -> {
            var told = new DigestOutputStream(file, digest) {
                @Override
                public void write(byte[] some, int from, int length) throws IOException {
                    super.write(some, from, length);
                    bytes.addAndGet(length);
                }

                @Override
                public void write(int one) throws IOException {
                    super.write(one);
                    bytes.incrementAndGet();
                }
            };
            content.to(told);
            told.flush();
        });
        return new Written(businessDate, fileName, bytes.get(), HexFormat.of().formatHex(digest.digest()));
    }

    private static Path path(LocalDate businessDate, String fileName) {
        return Path.of(businessDate.toString(), "reporting", fileName);
    }

    /** Remembers a file that was written; must be called in a transaction, which the record joins. */
    public Report keep(Kind kind, Format format, Written file) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Long> changed = jdbc.sql(KEEP)
                .param("kind", kind.name())
                .param("businessDate", file.businessDate())
                .param("format", format.name())
                .param("fileName", file.fileName())
                .param("path", path(file.businessDate(), file.fileName()).toString())
                .param("bytes", file.bytes())
                .param("sha256", file.sha256())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .optional();
        changed.ifPresent(
                number -> record(number, kind, file.businessDate(), file.fileName(), file.bytes(), file.sha256(), at));
        return jdbc.sql(NAMED)
                .param("businessDate", file.businessDate())
                .param("fileName", file.fileName())
                .query((rows, n) -> read(rows))
                .single();
    }

    private void record(
            long number, Kind kind, LocalDate businessDate, String fileName, long bytes, String sha256, Instant at) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("report", number);
        payload.put("kind", kind.name());
        payload.put("businessDate", businessDate.toString());
        payload.put("fileName", fileName);
        payload.put("bytes", bytes);
        payload.put("sha256", sha256);
        append("report/" + number, "ReportMade", "reporting", at, payload);
    }

    /** Who took which file when is part of the record. */
    public void downloaded(Report report, String by) {
        append(
                "report/" + report.number(),
                "ReportDownloaded",
                by,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Map.of("report", report.number(), "sha256", report.sha256()));
    }

    private void append(String stream, String type, String actor, Instant at, Map<String, Object> payload) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            int version = journal.stream(connection, stream).size() + 1;
            journal.append(
                    connection,
                    List.of(new NewEvent(
                            stream, version, type, 1, at, actor, null, null, null, json.writeValueAsString(payload))),
                    at);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("the event " + type + " could not be recorded", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    public Optional<Report> report(long number) {
        return jdbc.sql(ONE)
                .param("report", number)
                .query((rows, n) -> read(rows))
                .optional();
    }

    /**
     * A page of reports, newest first.
     *
     * @param before only reports with a lower number
     */
    public List<Report> page(@Nullable LocalDate businessDate, @Nullable Kind kind, long before, int limit) {
        return jdbc.sql(PAGE)
                .param("businessDate", businessDate)
                .param("kind", kind == null ? null : kind.name())
                .param("before", before)
                .param("limit", limit)
                .query((rows, n) -> read(rows))
                .list();
    }

    /**
     * The bytes of a report.
     *
     * @throws IllegalStateException when the file is gone or is no longer the one that was made
     */
    public byte[] content(Report report) {
        Path file = out.resolve(report.path());
        try {
            byte[] content = Files.readAllBytes(file);
            if (!sha256(content).equals(report.sha256())) {
                throw new IllegalStateException(
                        "the file " + file + " was changed after it was made; restore it or run its job again");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read; restore it: " + e, e);
        }
    }

    public Path file(Report report) {
        return out.resolve(report.path());
    }

    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Report read(ResultSet rows) throws SQLException {
        return new Report(
                rows.getLong("report_id"),
                Kind.valueOf(rows.getString("kind")),
                rows.getObject("business_date", LocalDate.class),
                Format.valueOf(rows.getString("format")),
                rows.getString("file_name"),
                rows.getString("path"),
                rows.getLong("bytes"),
                rows.getString("sha256"),
                rows.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
