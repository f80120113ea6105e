package org.tradesuite.execution.engine;

import java.io.IOException;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.eventstore.ChainHead;

/**
 * The state as it was after some event, so that a restart reads the journal from there and not from its beginning. They are
 * kept in the database, where the journal is: one backup has both, and neither is newer than the other for long.
 *
 * <p>A snapshot is believed if it is written in our form, if the journal has the event it names with the hash it names, and
 * if its digest is that of its contents. Otherwise the one before it is tried, and in the end the whole journal is read: a
 * snapshot saves time and is never needed.
 */
final class Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final String KNOWN = """
        select s.seq, s.event_hash, s.form, s.state_digest, e.hash as journal_hash
        from execution.snapshot s
        left join journal.event e on e.chain = s.chain and e.seq = s.seq
        where s.chain = ?
        order by s.seq desc
        """;

    private static final String ADD = """
        insert into execution.snapshot (chain, seq, event_hash, form, state_digest, octets, taken_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """;

    private static final String REMOVE = "delete from execution.snapshot where chain = ? and seq = ?";

    private static final String PRUNE = """
        delete from execution.snapshot
        where chain = ? and seq not in (
            select seq from execution.snapshot where chain = ? order by seq desc limit ?)
        """;

    private static final int KEPT = 2;
    private static final int BUFFER = 1 << 16;

    /** @param at the last event in it */
    record Snapshot(ChainHead at, State.Content content) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known(ChainHead at, String form, byte[] digest, byte @Nullable [] journalHash) {}

    private final String chain;
    private final DataSource dataSource;
    private final Clock clock;
    private final StateCodec codec = new StateCodec();
    private final AtomicReference<@Nullable Thread> writing = new AtomicReference<>();

    Snapshots(String chain, DataSource dataSource, Clock clock) {
        this.chain = chain;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** The newest one that can be believed; null if there is none. */
    @Nullable
    Snapshot newest() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            for (var known : known(connection)) {
                var doubt = doubt(known);
                if (doubt == null) {
                    try {
                        return new Snapshot(known.at(), read(connection, known));
                    } catch (IOException damaged) {
                        if (damaged.getCause() instanceof SQLException database) {
                            throw database;
                        }
                        doubt = String.valueOf(damaged.getMessage());
                    }
                }
                LOG.warn(
                        "The snapshot of {} at {} is not used: {}.",
                        chain,
                        known.at().seq(),
                        doubt);
            }
            return null;
        }
    }

    private @Nullable String doubt(Known known) {
        if (!known.form().equals(codec.version())) {
            return "it is written in another form, by another version of this program";
        }
        if (known.journalHash() == null) {
            return "the journal does not reach that far";
        }
        return Arrays.equals(known.journalHash(), known.at().hash())
                ? null
                : "the journal has another event there than the one it was taken after";
    }

    private List<Known> known(Connection connection) throws SQLException {
        var all = new ArrayList<Known>();
        try (var select = connection.prepareStatement(KNOWN)) {
            select.setString(1, chain);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(new Known(
                            new ChainHead(chain, rows.getLong("seq"), rows.getBytes("event_hash")),
                            rows.getString("form"),
                            rows.getBytes("state_digest"),
                            rows.getBytes("journal_hash")));
                }
            }
        }
        return all;
    }

    private State.Content read(Connection connection, Known known) throws IOException {
        var inflater = new Inflater();
        try (var parts = new SnapshotParts.Reading(connection, chain, known.at().seq());
                var unpacked =
                        new DigestInputStream(new InflaterInputStream(parts, inflater, BUFFER), StateCodec.sha256())) {
            var content = codec.read(unpacked);
            if (!Arrays.equals(unpacked.getMessageDigest().digest(), known.digest())) {
                throw new IOException("its digest is not the one of its contents");
            }
            return content;
        } finally {
            inflater.end();
        }
    }

    /** Whether another one may be written. */
    boolean idle() {
        return writing.get() == null;
    }

    /** Writes it on a thread of its own. If it cannot be written that is said, and the journal is enough. */
    void write(ChainHead at, State.Content content) {
        var thread = Thread.ofPlatform().name("snapshot-" + chain).unstarted(() -> {
            try {
                writeNow(at, content);
            } catch (IOException | SQLException | RuntimeException failed) {
                LOG.warn("No snapshot of {} at {}: a restart reads more of the journal.", chain, at.seq(), failed);
            } finally {
                writing.set(null);
            }
        });
        if (writing.compareAndSet(null, thread)) {
            thread.start();
        }
    }

    /** Waits for the one being written. */
    void finish(long millis) throws InterruptedException {
        var thread = writing.get();
        if (thread != null) {
            thread.join(millis);
        }
    }

    private void writeNow(ChainHead at, State.Content content) throws IOException, SQLException {
        var began = System.nanoTime();
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                // An engine that stopped right after a start wrote the same one before.
                change(connection, REMOVE, at.seq());
                long octets = writeParts(connection, at, content);
                try (var prune = connection.prepareStatement(PRUNE)) {
                    prune.setString(1, chain);
                    prune.setString(2, chain);
                    prune.setInt(3, KEPT);
                    prune.executeUpdate();
                }
                connection.commit();
                LOG.info(
                        "Wrote a snapshot of {} at {}: {} kB in {} ms.",
                        chain,
                        at.seq(),
                        octets >> 10,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            } catch (IOException | SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private long writeParts(Connection connection, ChainHead at, State.Content content)
            throws IOException, SQLException {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            var parts = new SnapshotParts.Writing(connection, chain, at.seq());
            byte[] digest;
            try (var packed = new DeflaterOutputStream(parts, deflater, BUFFER)) {
                digest = codec.write(content, packed);
            }
            try (var add = connection.prepareStatement(ADD)) {
                add.setString(1, chain);
                add.setLong(2, at.seq());
                add.setBytes(3, at.hash());
                add.setString(4, codec.version());
                add.setBytes(5, digest);
                add.setLong(6, parts.octets());
                add.setObject(7, clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
                add.executeUpdate();
            }
            return parts.octets();
        } finally {
            deflater.end();
        }
    }

    private void change(Connection connection, String statement, long seq) throws SQLException {
        try (var change = connection.prepareStatement(statement)) {
            change.setString(1, chain);
            change.setLong(2, seq);
            change.executeUpdate();
        }
    }
}
