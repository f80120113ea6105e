package org.tradesuite.reconciliation.broker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is hashed while it is read. */
final class Sealed extends FilterInputStream {

    private static final int PIECE = 1 << 16;

    private final MessageDigest digest;

    Sealed(InputStream in) {
        super(in);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    @Override
    public int read() throws IOException {
        var octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = in.read(into, offset, length);
        if (read > 0) {
            digest.update(into, offset, read);
        }
        return read;
    }

    /** Reads what nobody wanted to read. */
    void toEnd() throws IOException {
        var rest = new byte[PIECE];
        var read = 0;
        while (read >= 0) {
            read = read(rest, 0, PIECE);
        }
    }

    /** Of all that was read; to be asked for once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
