package org.tradesuite.suite.house;

/** Another program has a port that the suite needs. The message says which, who wants it and which key changes it. */
public final class PortTakenException extends RuntimeException {

    PortTakenException(String message) {
        super(message);
    }
}
