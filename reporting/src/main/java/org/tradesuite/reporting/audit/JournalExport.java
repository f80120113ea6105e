package org.tradesuite.reporting.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.RecordedEvent;
import org.tradesuite.reporting.archive.Archive;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the journal between two checkpoints as lines of JSON, one event a line, chain after chain, and the manifest that
 * says what the lines must add up to. The payload is a JSON text inside a JSON string, byte for byte as it was hashed.
 * Times are microseconds since 1970-01-01T00:00:00Z.
 */
final class JournalExport {

    static final String FORM = "tradesuite-journal-1";

    private final JsonMapper json = JsonMapper.builder().build();

    /** The events from the first to the last of every checkpoint. */
    byte[] lines(Connection connection, List<Checkpoint> checkpoints) throws SQLException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Checkpoint checkpoint : checkpoints) {
            new EventStore(checkpoint.chain()).replay(connection, checkpoint.firstSeq() - 1, event -> {
                if (event.seq() <= checkpoint.lastSeq()) {
                    lines.writeBytes((json.writeValueAsString(line(event)) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        return lines.toByteArray();
    }

    private static Map<String, Object> line(RecordedEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("chain", event.chain());
        line.put("seq", event.seq());
        line.put("stream", event.stream());
        line.put("version", event.version());
        line.put("type", event.type());
        line.put("schemaVersion", event.schemaVersion());
        line.put("eventTime", micros(event.eventTime()));
        line.put("actor", event.actor());
        put(line, "reason", event.reason());
        put(line, "causation", event.causation());
        put(line, "correlation", event.correlation());
        line.put("recordedAt", micros(event.recordedAt()));
        line.put("payload", event.payloadJson());
        line.put("prevHash", HexFormat.of().formatHex(event.prevHash()));
        line.put("hash", HexFormat.of().formatHex(event.hash()));
        return line;
    }

    private static void put(Map<String, Object> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The manifest of a file of lines, its statement signed. */
    byte[] manifest(
            LocalDate businessDate, String fileName, byte[] lines, List<Checkpoint> checkpoints, SigningKey key) {
        List<Map<String, Object>> chains = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            Map<String, Object> chain = new LinkedHashMap<>();
            chain.put("chain", checkpoint.chain());
            chain.put("firstSeq", checkpoint.firstSeq());
            chain.put("lastSeq", checkpoint.lastSeq());
            chain.put("lastHash", checkpoint.lastHash());
            chains.add(chain);
        }
        String sha256 = Archive.sha256(lines);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("form", FORM);
        manifest.put("businessDate", businessDate.toString());
        manifest.put("file", fileName);
        manifest.put("bytes", lines.length);
        manifest.put("sha256", sha256);
        manifest.put("chains", chains);
        manifest.put("publicKey", key.publicKey());
        manifest.put("signature", key.sign(statement(businessDate, sha256, lines.length, checkpoints)));
        return (json.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What is signed: one line of text per fact, so that it can be checked with any tool. */
    private static byte[] statement(LocalDate businessDate, String sha256, long bytes, List<Checkpoint> checkpoints) {
        StringBuilder statement = new StringBuilder(FORM)
                .append('\n')
                .append(businessDate)
                .append('\n')
                .append(sha256)
                .append(' ')
                .append(bytes)
                .append('\n');
        for (Checkpoint checkpoint : checkpoints) {
            statement
                    .append(checkpoint.chain())
                    .append(' ')
                    .append(checkpoint.firstSeq())
                    .append(' ')
                    .append(checkpoint.lastSeq())
                    .append(' ')
                    .append(checkpoint.lastHash())
                    .append('\n');
        }
        return statement.toString().getBytes(StandardCharsets.UTF_8);
    }
}
