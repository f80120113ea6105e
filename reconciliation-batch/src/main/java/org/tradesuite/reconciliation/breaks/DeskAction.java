package org.tradesuite.reconciliation.breaks;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What a person does to a break, or to many of them. */
public sealed interface DeskAction {

    /** How a break is closed. */
    enum Kind {
        /** Until the two sides say something else. */
        CLOSE,
        /** Whatever they say from now on. */
        FORCE_CLOSE,
        /** As CLOSE, and the ledger books the difference. */
        WRITE_OFF
    }

    record Comment(String text) implements DeskAction {}

    record Give(String owner) implements DeskAction {}

    record Due(LocalDate on, @Nullable String reason) implements DeskAction {}

    record Because(String causeCode) implements DeskAction {}

    /** @param causeCode may be left out where the break has one */
    record Close(Kind kind, String resolution, @Nullable String causeCode, String reason) implements DeskAction {

        /** Of what is written off. */
        public static final String WRITTEN_OFF = "WRITTEN_OFF";
    }

    /** Open again; or a closing that was asked for is taken back or refused. */
    record Reopen(String reason) implements DeskAction {}
}
