package org.tradesuite.web;

import java.io.IOException;

/** A body without a declared length turned out to be over the limit while it was read. */
final class BodyTooLargeException extends IOException {

    BodyTooLargeException(long limitBytes) {
        super(detail(limitBytes));
    }

    static String detail(long limitBytes) {
        return "The body is larger than " + limitBytes + " bytes. Send it in parts.";
    }
}
