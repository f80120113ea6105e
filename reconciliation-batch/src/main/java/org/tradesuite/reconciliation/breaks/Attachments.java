package org.tradesuite.reconciliation.breaks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.tradesuite.openapi.problem.ProblemCode;
import org.tradesuite.reconciliation.journal.Journal;
import org.tradesuite.web.ProblemException;

/** Files that people put to a break: answers of brokers, screen shots, mails. Kept as they came. */
public class Attachments {

    private static final int MOST_FILES = 50;

    private static final String COLUMNS = """
        select attachment_id, file_name, media_type, bytes, sha256, attached_by, attached_at
        from reconciliation.break_attachment
        """;
    private static final String LIST = COLUMNS + "where break_id = :break order by attachment_id";
    private static final String CONTENT = """
        select content from reconciliation.break_attachment where break_id = :break and attachment_id = :id
        """;
    private static final String NEXT_VERSION = """
        update reconciliation.break set stream_version = stream_version + 1, row_version = row_version + 1
        where break_id = :break
        returning stream_version
        """;
    private static final String ADD = """
        insert into reconciliation.break_attachment (break_id, file_name, media_type, bytes, sha256, content, attached_by, attached_at)
        values (:break, :name, :type, :bytes, :sha256, :content, :by, :now)
        """;

    /** A file that is kept. */
    public record Attachment(
            long id, String fileName, String mediaType, int bytes, String sha256, String by, Instant at) {}

    private final JdbcClient jdbc;
    private final Journal journal;
    private final long most;
    private final Clock clock;

    /** @param most bytes of one file */
    Attachments(JdbcClient jdbc, Journal journal, long most, Clock clock) {
        this.jdbc = jdbc;
        this.journal = journal;
        this.most = most;
        this.clock = clock;
    }

    public List<Attachment> of(long breakId) {
        return jdbc.sql(LIST)
                .param("break", breakId)
                .query((row, number) -> read(row))
                .list();
    }

    public Optional<byte[]> content(long breakId, long attachmentId) {
        return jdbc.sql(CONTENT)
                .param("break", breakId)
                .param("id", attachmentId)
                .query((row, number) -> row.getBytes(1))
                .optional();
    }

    /** Keeps a file; one that is there already is not kept twice. */
    @Transactional
    public Attachment add(String breakId, String fileName, String mediaType, byte[] content, String by) {
        if (content.length > most) {
            throw new ProblemException(
                    ProblemCode.BODY_TOO_LARGE,
                    "The file is larger than " + most + " bytes. Attach the part that matters.");
        }
        var kind = AttachedFile.of(mediaType)
                .filter(each -> each.is(content))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.FILE_REFUSED,
                        "What is in " + fileName + " is not " + mediaType
                                + ". Send it as what it is: PDF, PNG, CSV, text or a mail."));
        if (!kind.hasEnding(fileName)) {
            throw ProblemException.inField(
                    "fileName",
                    ProblemCode.INVALID_PARAMETER,
                    fileName + " does not end as a file of " + mediaType + " does.");
        }
        journal.begin();
        var id = BreakDesk.number(breakId);
        var there = of(id);
        var sha256 = sha256(content);
        var same = there.stream().filter(each -> each.sha256().equals(sha256)).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (there.size() >= MOST_FILES) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "Break " + breakId + " has " + MOST_FILES + " files: no more are taken.");
        }
        var version = jdbc.sql(NEXT_VERSION)
                .param("break", id)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> BreakDesk.unknown(breakId));
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql(ADD)
                .param("break", id)
                .param("name", fileName)
                .param("type", kind.mediaType())
                .param("bytes", content.length)
                .param("sha256", sha256)
                .param("content", content)
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        journal.append(
                "break/" + id,
                version,
                "BreakFileAttached",
                by,
                null,
                now,
                journal.payload()
                        .put("fileName", fileName)
                        .put("mediaType", kind.mediaType())
                        .put("bytes", content.length)
                        .put("sha256", sha256));
        return of(id).getLast();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    private static Attachment read(ResultSet row) throws SQLException {
        return new Attachment(
                row.getLong("attachment_id"),
                row.getString("file_name"),
                row.getString("media_type"),
                row.getInt("bytes"),
                row.getString("sha256"),
                row.getString("attached_by"),
                row.getObject("attached_at", OffsetDateTime.class).toInstant());
    }
}
