package org.tradesuite.reconciliation.delivery;

/**
 * How much may come out of a file, so that a small one cannot fill the machine.
 *
 * @param expandedBytes over all members together
 * @param ratio expanded bytes for each packed one; judged from the first megabyte on, below it any ratio is harmless
 * @param members of one archive
 */
public record UnpackingLimits(long expandedBytes, int ratio, int members) {

    public UnpackingLimits {
        if (expandedBytes < 1 || ratio < 1 || members < 1) {
            throw new IllegalArgumentException("Limits for unpacking are positive: " + expandedBytes + " bytes, ratio "
                    + ratio + ", " + members + " members");
        }
    }
}
