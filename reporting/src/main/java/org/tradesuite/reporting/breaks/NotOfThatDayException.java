package org.tradesuite.reporting.breaks;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A sheet was asked for of a day that the breaks are not at: what was open then is not what is open now. */
final class NotOfThatDayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param asOf null where nothing was reconciled */
    NotOfThatDayException(LocalDate wanted, @Nullable LocalDate asOf) {
        super(
                asOf == null || asOf.isBefore(wanted)
                        ? "The breaks are not yet those of " + wanted + ": the newest day that was reconciled is "
                                + (asOf == null ? "none" : asOf) + ". Run the reconciliation of " + wanted + " first."
                        : "The breaks are those of " + asOf + " already; what was open on " + wanted
                                + " is in the sheet that was made then. Ask for the sheet of " + asOf + ".");
    }
}
