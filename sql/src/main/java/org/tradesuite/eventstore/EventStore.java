package org.tradesuite.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.RowArray;

/**
 * One chain of the journal. A batch takes part in the caller's transaction: it is recorded when that commits, together
 * with whatever else the caller wrote. Appenders of one chain wait for each other from {@link #append} to the end of
 * their transactions, which makes the numbers gapless. Holds no state; safe for any number of threads.
 */
public final class EventStore {

    private static final String LOCK_HEAD = "select seq, hash from journal.head where chain = ? for update";

    private static final String START_CHAIN =
            "insert into journal.head (chain, seq, hash) values (?, 0, ?) on conflict do nothing";

    private static final String HEAD = "select seq, hash from journal.head where chain = ?";

    private static final String VERSIONS = """
        select s.stream, (
            select e.version from journal.event e
            where e.chain = ? and e.stream = s.stream
            order by e.version desc limit 1) as version
        from unnest(?::text[]) s(stream)
        """;

    /** The function fails, and everything with it, if the head is not where it should be. */
    private static final String APPEND = """
        insert into journal.event (
            chain, seq, stream, version, type, schema_version, event_time, recorded_at,
            actor, reason, causation, correlation, payload, prev_hash, hash)
        select batch.* from journal.advance(?, ?, ?, ?) as moved, unnest(?::journal.event[]) as batch
        """;

    private static final int EVENT_COLUMNS = 15;
    /** Of an event without its payload, in the binary form, if its texts are not very long. */
    private static final int EVENT_OCTETS = 512;

    private static final String COLUMNS = """
        select seq, stream, version, type, schema_version, event_time, recorded_at,
            actor, reason, causation, correlation, payload, prev_hash, hash
        from journal.event
        """;

    private static final String REPLAY = COLUMNS + "where chain = ? and seq > ? order by seq";

    private static final String STREAM = COLUMNS + "where chain = ? and stream = ? order by version";

    private static final String AS_OF =
            COLUMNS + "where chain = ? and stream = ? and recorded_at <= ? order by version";

    private static final int ROWS_PER_FETCH = 2000;

    private final String chain;

    public EventStore(String chain) {
        if (chain.isBlank()) {
            throw new IllegalArgumentException("A chain needs a name, such as execution-0.");
        }
        this.chain = chain;
    }

    public String chain() {
        return chain;
    }

    /**
     * Records the batch in the order given.
     *
     * @param recordedAt whole microseconds
     * @throws StaleStreamException if a stream has moved on or would get a gap; the transaction can go on without the batch
     */
    public AppendResult append(Connection connection, List<NewEvent> batch, Instant recordedAt) throws SQLException {
        NewEvent.requireMicroseconds(recordedAt);
        if (connection.getAutoCommit()) {
            throw new IllegalStateException("A batch is part of a transaction: turn auto-commit off.");
        }
        var head = lockHead(connection);
        if (batch.isEmpty()) {
            return new AppendResult(List.of(), head);
        }
        requireNextVersions(connection, batch);
        var appending = appending(batch, recordedAt, head);
        try (var insert = connection.prepareStatement(appending.sql())) {
            appending.bind(insert, 1);
            insert.executeUpdate();
        }
        return new AppendResult(appending.events, appending.head());
    }

    /**
     * The batch as one statement to be sent together with others, and nothing is read. For the only writer of a chain, who
     * keeps its head and counts the versions of its streams; a version that was recorded before is refused by the database
     * all the same. The statement fails, and the transaction with it, if the chain is not at the head any more: somebody
     * else writes to it.
     *
     * @param head where this writer left the chain, which has been {@link #begin begun}
     * @param recordedAt whole microseconds
     */
    public Appending appending(List<NewEvent> batch, Instant recordedAt, ChainHead head) {
        NewEvent.requireMicroseconds(recordedAt);
        if (batch.isEmpty()) {
            throw new IllegalArgumentException("A batch of no events is no statement.");
        }
        return new Appending(recorded(batch, recordedAt, head), head);
    }

    /** Makes sure that the chain has a head to move, and says where it is; to be committed. */
    public ChainHead begin(Connection connection) throws SQLException {
        return lockHead(connection);
    }

    private List<RecordedEvent> recorded(List<NewEvent> batch, Instant recordedAt, ChainHead head) {
        var recorded = new ArrayList<RecordedEvent>(batch.size());
        var hashes = new EventHash();
        var hash = head.hash();
        var seq = head.seq();
        for (var event : batch) {
            var next = RecordedEvent.of(hashes, chain, ++seq, event, recordedAt, hash);
            recorded.add(next);
            hash = next.hash();
        }
        return recorded;
    }

    public ChainHead head(Connection connection) throws SQLException {
        var head = readHead(connection, HEAD);
        return head != null ? head : new ChainHead(chain, 0, EventHash.beginning());
    }

    /**
     * Reads every event after the number given, in order, and checks that each follows from the one before it.
     *
     * @param afterSeq 0 for all
     * @throws BrokenChainException at the first event that does not follow; those before it were given to the reader
     */
    public void replay(Connection connection, long afterSeq, Consumer<RecordedEvent> reader) throws SQLException {
        replay(connection, new ChainCheck(chain, afterSeq, afterSeq == 0 ? EventHash.beginning() : null), reader);
    }

    /**
     * Reads every event after one that is known with its hash, and checks that the first follows from that one too.
     *
     * @throws BrokenChainException at the first event that does not follow; those before it were given to the reader
     */
    public void replay(Connection connection, ChainHead after, Consumer<RecordedEvent> reader) throws SQLException {
        replay(connection, new ChainCheck(chain, after.seq(), after.hash()), reader);
    }

    private void replay(Connection connection, ChainCheck check, Consumer<RecordedEvent> reader) throws SQLException {
        // The driver fetches in portions only inside a transaction; otherwise it would hold the whole chain in memory.
        var autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var select = connection.prepareStatement(REPLAY)) {
            select.setFetchSize(ROWS_PER_FETCH);
            select.setString(1, chain);
            select.setLong(2, check.seq);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var event = event(rows);
                    check.next(event);
                    reader.accept(event);
                }
            }
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** All events of a stream in their order. */
    public List<RecordedEvent> stream(Connection connection, String stream) throws SQLException {
        return list(connection, STREAM, stream, null);
    }

    /** What had been recorded of a stream at that time: what we knew then. */
    public List<RecordedEvent> asOf(Connection connection, String stream, Instant recordedAtOrBefore)
            throws SQLException {
        return list(connection, AS_OF, stream, recordedAtOrBefore);
    }

    private ChainHead lockHead(Connection connection) throws SQLException {
        var head = readHead(connection, LOCK_HEAD);
        if (head == null) {
            try (var insert = connection.prepareStatement(START_CHAIN)) {
                insert.setString(1, chain);
                insert.setBytes(2, EventHash.beginning());
                insert.executeUpdate();
            }
            head = readHead(connection, LOCK_HEAD);
        }
        if (head == null) {
            throw new IllegalStateException("This role may not write chain " + chain + ".");
        }
        return head;
    }

    private @Nullable ChainHead readHead(Connection connection, String query) throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            select.setString(1, chain);
            try (var row = select.executeQuery()) {
                return row.next() ? new ChainHead(chain, row.getLong(1), row.getBytes(2)) : null;
            }
        }
    }

    /** We hold the lock of the chain, so nobody adds to a stream between this reading and our insert. */
    private void requireNextVersions(Connection connection, List<NewEvent> batch) throws SQLException {
        var streams = new LinkedHashMap<String, Integer>();
        for (var event : batch) {
            streams.putIfAbsent(event.stream(), 0);
        }
        var last = new HashMap<>(streams);
        try (var select = connection.prepareStatement(VERSIONS)) {
            select.setString(1, chain);
            select.setArray(2, connection.createArrayOf("text", streams.keySet().toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        for (var event : batch) {
            var due = last.merge(event.stream(), 1, Integer::sum);
            if (event.version() != due) {
                throw new StaleStreamException(event.stream(), event.version(), due);
            }
        }
    }

    private List<RecordedEvent> list(Connection connection, String query, String stream, @Nullable Instant until)
            throws SQLException {
        try (var select = connection.prepareStatement(query)) {
            select.setString(1, chain);
            select.setString(2, stream);
            if (until != null) {
                select.setObject(3, until.atOffset(ZoneOffset.UTC));
            }
            var events = new ArrayList<RecordedEvent>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    events.add(event(rows));
                }
            }
            return events;
        }
    }

    private RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                chain,
                row.getLong("seq"),
                row.getString("stream"),
                row.getInt("version"),
                row.getString("type"),
                row.getInt("schema_version"),
                row.getObject("event_time", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("reason"),
                row.getString("causation"),
                row.getString("correlation"),
                Payload.of(row.getBytes("payload")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes("prev_hash"),
                row.getBytes("hash"));
    }

    /** A batch that has its places and hashes and waits to be sent. It can be sent again as it is. */
    public static final class Appending {

        private final List<RecordedEvent> events;
        private final ChainHead after;
        private final RowArray rows;

        private Appending(List<RecordedEvent> events, ChainHead after) {
            this.events = events;
            this.after = after;
            this.rows = rows(events);
        }

        /** Where the chain is once it is committed. */
        public ChainHead head() {
            var last = events.getLast();
            return new ChainHead(after.chain(), last.seq(), last.hash());
        }

        public String sql() {
            return APPEND;
        }

        /**
         * Sets the statement's parameters.
         *
         * @param first number of its first parameter
         * @return the number after its last
         */
        public int bind(PreparedStatement statement, int first) throws SQLException {
            var head = head();
            statement.setString(first, head.chain());
            statement.setLong(first + 1, after.seq());
            statement.setLong(first + 2, head.seq());
            statement.setBytes(first + 3, head.hash());
            rows.bind(statement, first + 4);
            return first + 5;
        }

        private static RowArray rows(List<RecordedEvent> events) {
            var expected = 0;
            for (var event : events) {
                expected += event.payload().octets().length + EVENT_OCTETS;
            }
            var rows = new RowArray("journal.event", EVENT_COLUMNS, expected);
            for (var event : events) {
                rows.row()
                        .text(event.chain())
                        .bigint(event.seq())
                        .text(event.stream())
                        .integer(event.version())
                        .text(event.type())
                        .integer(event.schemaVersion())
                        .time(event.eventTime())
                        .time(event.recordedAt())
                        .text(event.actor())
                        .text(event.reason())
                        .text(event.causation())
                        .text(event.correlation())
                        .json(event.payload().octets())
                        .bytes(event.prevHash())
                        .bytes(event.hash());
            }
            return rows;
        }
    }

    /** Follows a chain: each event is one further, names the hash of the last, and carries its own. */
    private static final class ChainCheck {

        private final String chain;
        private long seq;
        private byte @Nullable [] hash;

        ChainCheck(String chain, long afterSeq, byte @Nullable [] afterHash) {
            this.chain = chain;
            this.seq = afterSeq;
            this.hash = afterHash;
        }

        void next(RecordedEvent event) {
            if (event.seq() != seq + 1) {
                throw new BrokenChainException(chain, seq + 1, "the event is missing");
            }
            if (hash != null && !Arrays.equals(hash, event.prevHash())) {
                throw new BrokenChainException(chain, event.seq(), "it does not follow from the event before it");
            }
            if (!event.isIntact()) {
                throw new BrokenChainException(chain, event.seq(), "its hash is not the one of its contents");
            }
            seq = event.seq();
            hash = event.hash();
        }
    }
}
