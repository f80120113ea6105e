package org.tradesuite.runsheet.intake;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which files came in, so that the same content is worked off once however often and under whatever name it
 * is sent. A call joins the caller's transaction: the receipt is kept with what the file changed, or not at all.
 */
public final class FileReceipts {

    /** What is known of a file's content. */
    public enum Receipt {
        /** Never seen, or seen by a run that died before it was done: work it off. */
        NEW,
        /** Worked off before: refuse it as a duplicate. */
        DUPLICATE
    }

    private static final String RECEIVE = """
        insert into ${schema}.received_file as f (feed, sha256, file_name, bytes, received_at, status)
        values (:feed, :sha256, :name, :bytes, :at, 'RECEIVED')
        on conflict (feed, sha256) do update set file_name = f.file_name
        returning status
        """;
    private static final String FINISH = """
        update ${schema}.received_file set status = :status, reason = :reason
         where feed = :feed and sha256 = :sha256
        """;

    private final JdbcClient jdbc;
    private final String schema;
    private final Clock clock;

    public FileReceipts(DataSource dataSource, String schema, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.schema = schema;
        this.clock = clock;
    }

    /** Notes that the file is there and says whether it is new to this feed. */
    public Receipt receive(String feed, DroppedFile file) {
        String status = sql(RECEIVE)
                .param("feed", feed)
                .param("sha256", file.sha256())
                .param("name", file.name())
                .param("bytes", file.bytes())
                .param("at", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .single();
        return status.equals("DONE") ? Receipt.DUPLICATE : Receipt.NEW;
    }

    /** The file was worked off; the same content is a duplicate from now on. */
    public void done(String feed, DroppedFile file) {
        finish(feed, file, "DONE", "");
    }

    /** The file was refused as a whole; it may be sent again. */
    public void refused(String feed, DroppedFile file, String reason) {
        finish(feed, file, "REFUSED", reason);
    }

    private void finish(String feed, DroppedFile file, String status, String reason) {
        sql(FINISH)
                .param("status", status)
                .param("reason", reason)
                .param("feed", feed)
                .param("sha256", file.sha256())
                .update();
    }

    private JdbcClient.StatementSpec sql(String statement) {
        return jdbc.sql(statement.replace("${schema}", schema));
    }
}
