package org.tradesuite.reconciliation.delivery;

import java.io.IOException;

/** A file that is not unpacked, or not to its end; the message says why and what to do. */
public final class NotUnpackedException extends IOException {

    NotUnpackedException(String message) {
        super(message);
    }

    NotUnpackedException(String message, IOException cause) {
        super(message, cause);
    }
}
