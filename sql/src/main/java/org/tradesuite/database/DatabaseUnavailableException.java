package org.tradesuite.database;

import org.jspecify.annotations.Nullable;

/** Our own PostgreSQL server cannot start; the message says why and what to do. */
public final class DatabaseUnavailableException extends RuntimeException {

    DatabaseUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
