package org.tradesuite.web;

import java.io.IOException;

/** A body without a declared length turned out to be over the limit while it was read. */
final class BodyTooLargeException extends IOException {

    BodyTooLargeException(String detail) {
        super(detail);
    }
}
