package org.tradesuite.reporting.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.eventstore.ChainHead;
import org.tradesuite.eventstore.EventStore;
import org.tradesuite.eventstore.NewEvent;
import org.tradesuite.reporting.archive.Archive;
import org.tradesuite.reporting.audit.verifier.Finding;
import org.tradesuite.reporting.audit.verifier.Verifier;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is done to an export afterwards is found, and where. */
class VerifierTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

    @TempDir
    private Path folder;

    private LocalDatabase database;
    private SigningKey key;
    private Path manifest;
    private Path file;

    @BeforeEach
    void an_export_of_two_chains() throws SQLException, IOException {
        database = LocalPostgres.shared().newDatabase();
        append("settlement", 5);
        append("identity", 3);
        key = SigningKey.at(folder.resolve("audit.key"));
        export("journal", key);
    }

    @AfterEach
    void forget() {
        LocalPostgres.shared().drop(database);
    }

    @Test
    void an_untouched_export_is_ok() throws IOException {
        assertThat(verify()).hasToString("OK: 8 events, whole, unchanged and signed");
    }

    @Test
    void one_changed_byte_in_a_payload_is_found_at_its_event() throws IOException {
        change(4, "\\\"n\\\":2", "\\\"n\\\":7");
        assertThat(verify().brokenAt()).contains("chain settlement, event 2").contains("its contents were changed");
    }

    @Test
    void a_changed_time_actor_reason_or_stream_is_found() throws IOException {
        List<String> untouched = Files.readAllLines(file);
        for (String field : List.of("\"actor\":\"ope", "\"stream\":\"s", "\"eventTime\":1", "\"type\":\"Th")) {
            Files.write(file, untouched);
            change(5, field, field.substring(0, field.length() - 1) + (field.endsWith("1") ? "2" : "X"));
            assertThat(verify().brokenAt()).as(field).contains("line 6: chain settlement, event 3");
        }
    }

    @Test
    void a_missing_line_in_the_middle_is_found() throws IOException {
        List<String> lines = lines();
        lines.remove(5);
        Files.write(file, lines);
        assertThat(verify().brokenAt()).contains("chain settlement, event 4").contains("event 3 was due");
    }

    @Test
    void a_missing_tail_is_found_though_the_chain_before_it_is_whole() throws IOException {
        List<String> lines = lines();
        lines.removeLast();
        Files.write(file, lines);
        assertThat(verify().brokenAt()).contains("chain settlement ends at 4").contains("from event 5");
    }

    @Test
    void a_whole_chain_left_out_is_found() throws IOException {
        Files.write(file, lines().subList(3, 8));
        assertThat(verify().brokenAt()).contains("chain identity ends at 0");
    }

    @Test
    void two_events_in_the_wrong_order_and_one_given_twice_are_found() throws IOException {
        List<String> lines = lines();
        Collections.swap(lines, 4, 5);
        Files.write(file, lines);
        assertThat(verify().brokenAt()).contains("line 5").contains("event 2 was due");
        lines = new ArrayList<>(lines);
        Collections.swap(lines, 4, 5);
        lines.add(5, lines.get(4));
        Files.write(file, lines);
        assertThat(verify().brokenAt()).contains("line 6").contains("event 3 was due");
    }

    @Test
    void a_rewritten_suffix_with_good_hashes_is_found_by_the_signed_end() throws IOException {
        List<String> lines = lines();
        String before = "";
        for (int i = 5; i < 8; i++) {
            String line = lines.get(i).replace("operations", "somebody");
            if (!before.isEmpty()) {
                line = line.replaceFirst("\"prevHash\":\"[0-9a-f]{64}\"", "\"prevHash\":\"" + before + "\"");
            }
            before = rehashed(line);
            lines.set(i, line.replaceFirst("\"hash\":\"[0-9a-f]{64}\"", "\"hash\":\"" + before + "\""));
        }
        Files.write(file, lines);
        assertThat(verify().brokenAt())
                .contains("chain settlement, event 5")
                .contains("another hash than the one that was signed");
    }

    @Test
    void a_manifest_written_anew_with_another_key_is_refused() throws IOException, SQLException {
        export("journal", SigningKey.at(folder.resolve("forger.key")));
        assertThat(verify().brokenAt()).contains("not signed with this key");
    }

    @Test
    void a_changed_manifest_is_refused() throws IOException {
        Files.writeString(manifest, Files.readString(manifest).replace("\"lastSeq\":5", "\"lastSeq\":4"));
        assertThat(verify().brokenAt()).contains("not signed with this key");
        Files.writeString(manifest, "{\"form\":\"tradesuite-journal-1\",\"form\":\"x\"}");
        assertThat(verify().brokenAt()).contains("the manifest");
    }

    @Test
    void hashes_that_are_not_32_bytes_and_fields_nobody_knows_are_refused() throws IOException {
        change(4, "\"hash\":\"", "\"hash\":\"00");
        assertThat(verify().brokenAt()).contains("hash is not 32 bytes");
        export();
        change(4, "\"actor\"", "\"note\":\"x\",\"actor\"");
        assertThat(verify().brokenAt()).contains("no field note");
    }

    @Test
    void events_added_at_the_end_are_found() throws IOException {
        List<String> lines = lines();
        lines.add(lines.getLast().replace("\"seq\":5", "\"seq\":6"));
        Files.write(file, lines);
        assertThat(verify().brokenAt()).contains("only 5 events were signed");
    }

    private Finding verify() throws IOException {
        return Verifier.verify(manifest, key.publicKey());
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(file));
    }

    private void change(int line, String from, String to) throws IOException {
        List<String> lines = lines();
        assertThat(lines.get(line)).contains(from);
        lines.set(line, lines.get(line).replace(from, to));
        Files.write(file, lines);
    }

    private void export() {
        try {
            export("journal", key);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void export(String stem, SigningKey signer) throws SQLException, IOException {
        JournalExport export = new JournalExport();
        DataSource reporting = database.dataSource(DatabaseRole.REPORTING);
        file = folder.resolve(stem + ".jsonl");
        manifest = folder.resolve(stem + ".manifest.json");
        try (Connection connection = reporting.getConnection()) {
            List<Checkpoint> ends = new ArrayList<>();
            for (String chain : List.of("identity", "settlement")) {
                ChainHead head = new EventStore(chain).head(connection);
                ends.add(new Checkpoint(chain, 1, head.seq(), HexFormat.of().formatHex(head.hash())));
            }
            byte[] lines = export.lines(connection, ends);
            Files.write(file, lines);
            Files.write(manifest, export.manifest(FRIDAY, file.getFileName().toString(), lines, ends, signer));
        }
    }

    private void append(String chain, int count) throws SQLException {
        try (Connection connection =
                database.dataSource(DatabaseRole.SETTLEMENT).getConnection()) {
            connection.setAutoCommit(false);
            List<NewEvent> events = new ArrayList<>();
            for (int n = 1; n <= count; n++) {
                events.add(new NewEvent(
                        "sample/" + chain,
                        n,
                        "ThingDone",
                        1,
                        NOON,
                        "operations",
                        n == 2 ? "Because \"é\" — 株\n." : null,
                        null,
                        "run-1",
                        "{\"n\":" + n + ",  \"text\": \"ü\"}"));
            }
            new EventStore(chain).append(connection, events, NOON);
            connection.commit();
        }
    }

    /** What a forger with the code could do: the hash that a changed line should have. */
    private static String rehashed(String line) {
        return Rehash.of(line);
    }

    /** The canonical bytes once more, written from their description. */
    private static final class Rehash {
        static String of(String line) {
            var json = JsonMapper.builder().build().readTree(line);
            var bytes = new ByteArrayOutputStream();
            text(bytes, "tradesuite-event-1");
            text(bytes, json.path("chain").asString());
            number(bytes, json.path("seq").asLong());
            text(bytes, json.path("stream").asString());
            number(bytes, json.path("version").asLong());
            text(bytes, json.path("type").asString());
            number(bytes, json.path("schemaVersion").asLong());
            number(bytes, json.path("eventTime").asLong());
            text(bytes, json.path("actor").asString());
            for (String name : List.of("reason", "causation", "correlation")) {
                if (json.has(name)) {
                    text(bytes, json.path(name).asString());
                } else {
                    bytes.writeBytes(ByteBuffer.allocate(4).putInt(-1).array());
                }
            }
            number(bytes, json.path("recordedAt").asLong());
            text(bytes, json.path("payload").asString());
            field(bytes, HexFormat.of().parseHex(json.path("prevHash").asString()));
            return Archive.sha256(bytes.toByteArray());
        }

        private static void text(ByteArrayOutputStream bytes, String text) {
            field(bytes, text.getBytes(StandardCharsets.UTF_8));
        }

        private static void number(ByteArrayOutputStream bytes, long number) {
            field(bytes, ByteBuffer.allocate(8).putLong(number).array());
        }

        private static void field(ByteArrayOutputStream bytes, byte[] field) {
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
            bytes.writeBytes(field);
        }
    }
}
