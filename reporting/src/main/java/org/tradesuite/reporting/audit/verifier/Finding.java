package org.tradesuite.reporting.audit.verifier;

import org.jspecify.annotations.Nullable;

/**
 * What the verifier found.
 *
 * @param events how many events were found in order
 * @param brokenAt the first position that is wrong, null when nothing is
 */
public record Finding(long events, @Nullable String brokenAt) {

    public boolean ok() {
        return brokenAt == null;
    }

    @Override
    public String toString() {
        return ok() ? "OK: " + events + " events, whole, unchanged and signed" : "BROKEN: " + brokenAt;
    }
}
