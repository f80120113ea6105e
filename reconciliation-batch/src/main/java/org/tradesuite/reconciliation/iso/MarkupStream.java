package org.tradesuite.reconciliation.iso;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Sees to it that tags end: a text or an attribute of a gigabyte would otherwise be gathered in memory before anybody
 * could look at it.
 */
final class MarkupStream extends FilterInputStream {

    private static final int LONGEST = 4 << 20;

    private int sinceTag;
    private boolean exhausted;

    /** Nothing that looks as XML for too long. */
    static final class NoMarkupException extends IOException {
        NoMarkupException() {
            super("There is no tag for " + LONGEST + " bytes: it is no statement. Find out who sent it.");
        }
    }

    MarkupStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        var read = super.read(to, offset, length);
        if (read < 0) {
            exhausted = true;
            return read;
        }
        for (var i = offset; i < offset + read; i++) {
            if (to[i] == '>') {
                sinceTag = 0;
            } else if (++sinceTag > LONGEST) {
                throw new NoMarkupException();
            }
        }
        return read;
    }

    /** Whether somebody has asked for more than there is: what was begun there had no end. */
    boolean exhausted() {
        return exhausted;
    }
}
