package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tradesuite.reporting.audit.verifier.Finding;
import org.tradesuite.reporting.audit.verifier.Verifier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal copied out by SQL, row by row, in the form of the audit export, for the {@link Verifier}, which shares no
 * code with the writer: it hashes every event anew and looks whether each follows from the one before it.
 */
final class JournalCopy {

    private static final String FORM = "tradesuite-journal-1";
    private static final int ROWS_PER_FETCH = 2_000;

    private static final String EVENTS = """
        select seq, stream, version, type, schema_version, actor, reason, causation, correlation, payload::text,
            (extract(epoch from event_time) * 1000000)::bigint as event_micros,
            (extract(epoch from recorded_at) * 1000000)::bigint as recorded_micros,
            encode(prev_hash, 'hex') as prev_hash, encode(hash, 'hex') as hash
        from journal.event where chain = ? order by seq
        """;

    private static final String HEAD = "select seq, encode(hash, 'hex') from journal.head where chain = ?";

    private final JsonMapper json = JsonMapper.builder().build();
    private final String chain;
    private final LocalDate date;

    private JournalCopy(String chain, LocalDate date) {
        this.chain = chain;
        this.date = date;
    }

    /** Copies the whole chain into the folder and verifies the copy; it is removed again. */
    static Finding verify(Connection connection, String chain, LocalDate date, Path folder) throws SQLException {
        var file = folder.resolve("journal.jsonl");
        var manifest = folder.resolve("journal.manifest.json");
        var copy = new JournalCopy(chain, date);
        connection.setAutoCommit(false);
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            copy.write(connection, file);
            Files.write(manifest, copy.manifest(connection, file, key));
            var publicKey = Base64.getEncoder().encodeToString(key.getPublic().getEncoded());
            return Verifier.verify(manifest, publicKey);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be copied to " + folder, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java signs with Ed25519 and hashes with SHA-256", e);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            remove(file);
            remove(manifest);
        }
    }

    private void write(Connection connection, Path file) throws SQLException, IOException {
        try (var out = Files.newBufferedWriter(file);
                var select = connection.prepareStatement(EVENTS)) {
            select.setFetchSize(ROWS_PER_FETCH);
            select.setString(1, chain);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var line = new LinkedHashMap<String, Object>();
                    line.put("chain", chain);
                    line.put("seq", row.getLong("seq"));
                    line.put("stream", row.getString("stream"));
                    line.put("version", row.getInt("version"));
                    line.put("type", row.getString("type"));
                    line.put("schemaVersion", row.getInt("schema_version"));
                    line.put("eventTime", row.getLong("event_micros"));
                    line.put("actor", row.getString("actor"));
                    for (var optional : List.of("reason", "causation", "correlation"))
                        if (row.getString(optional) != null) line.put(optional, row.getString(optional));
                    line.put("recordedAt", row.getLong("recorded_micros"));
                    line.put("payload", row.getString("payload"));
                    line.put("prevHash", row.getString("prev_hash"));
                    line.put("hash", row.getString("hash"));
                    out.write(json.writeValueAsString(line));
                    out.write('\n');
                }
            }
        }
    }

    private byte[] manifest(Connection connection, Path file, KeyPair key)
            throws SQLException, IOException, GeneralSecurityException {
        long last;
        String hash;
        try (var select = connection.prepareStatement(HEAD)) {
            select.setString(1, chain);
            try (var row = select.executeQuery()) {
                if (!row.next()) throw new IllegalStateException("there is no chain " + chain);
                last = row.getLong(1);
                hash = row.getString(2);
            }
        }
        var bytes = Files.size(file);
        var digest = sha256(file);
        var statement = "%s\n%s\n%s %d\n%s 1 %d %s\n".formatted(FORM, date, digest, bytes, chain, last, hash);
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(statement.getBytes(StandardCharsets.UTF_8));
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("form", FORM);
        manifest.put("businessDate", date.toString());
        manifest.put("file", String.valueOf(file.getFileName()));
        manifest.put("bytes", bytes);
        manifest.put("sha256", digest);
        manifest.put("chains", List.of(Map.of("chain", chain, "firstSeq", 1, "lastSeq", last, "lastHash", hash)));
        manifest.put("signature", Base64.getEncoder().encodeToString(signature.sign()));
        return json.writeValueAsBytes(manifest);
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[64 * 1024];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be removed", e);
        }
    }
}
