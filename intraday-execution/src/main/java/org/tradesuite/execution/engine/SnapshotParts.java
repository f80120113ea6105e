package org.tradesuite.execution.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A snapshot's bytes as rows of a mebibyte each, so that neither side ever holds all of it at once. */
final class SnapshotParts {

    private static final String PART =
            "select content from execution.snapshot_part where chain = ? and seq = ? and part = ?";

    private static final String ADD_PART =
            "insert into execution.snapshot_part (chain, seq, part, content) values (?, ?, ?, ?)";

    private static final int OCTETS = 1 << 20;

    private SnapshotParts() {}

    private static PreparedStatement prepared(Connection connection, String statement, String chain, long seq)
            throws IOException {
        try {
            var prepared = connection.prepareStatement(statement);
            prepared.setString(1, chain);
            prepared.setLong(2, seq);
            return prepared;
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
    }

    /** A database error comes as the cause of an IOException. */
    static final class Reading extends InputStream {
        private final PreparedStatement select;
        private byte[] content = new byte[0];
        private int next;
        private int part;

        Reading(Connection connection, String chain, long seq) throws IOException {
            select = prepared(connection, PART, chain, seq);
        }

        @Override
        public int read() throws IOException {
            return more() ? content[next++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            var some = Math.min(length, content.length - next);
            System.arraycopy(content, next, into, from, some);
            next += some;
            return some;
        }

        private boolean more() throws IOException {
            if (next < content.length) {
                return true;
            }
            try {
                select.setInt(3, part++);
                try (var row = select.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                    content = row.getBytes(1);
                    next = 0;
                    return content.length > 0;
                }
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                select.close();
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }
    }

    /** Rows of the caller's transaction; the last one is written on closing. */
    static final class Writing extends OutputStream {
        private final PreparedStatement insert;
        private final byte[] content = new byte[OCTETS];
        private int filled;
        private int part;
        private long octets;

        Writing(Connection connection, String chain, long seq) throws IOException {
            insert = prepared(connection, ADD_PART, chain, seq);
        }

        /** How many there are in rows; all of them once it is closed. */
        long octets() {
            return octets;
        }

        @Override
        public void write(int octet) throws IOException {
            if (filled == OCTETS) {
                send();
            }
            content[filled++] = (byte) octet;
        }

        @Override
        public void write(byte[] from, int first, int length) throws IOException {
            for (var place = first; place < first + length; ) {
                if (filled == OCTETS) {
                    send();
                }
                var some = Math.min(first + length - place, OCTETS - filled);
                System.arraycopy(from, place, content, filled, some);
                filled += some;
                place += some;
            }
        }

        private void send() throws IOException {
            try {
                insert.setInt(3, part++);
                insert.setBytes(4, filled == OCTETS ? content : java.util.Arrays.copyOf(content, filled));
                insert.executeUpdate();
                octets += filled;
                filled = 0;
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            if (filled > 0) {
                send();
            }
            try {
                insert.close();
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }
    }
}
