package org.tradesuite.runsheet;

/** What set a run going. */
public enum Origin {
    /** A person or a program asked for it. */
    HAND,
    /** The schedule did. */
    CRON,
    /** The application restarted what it had left unfinished when it died. */
    RECOVERY
}
