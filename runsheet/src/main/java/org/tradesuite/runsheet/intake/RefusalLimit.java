package org.tradesuite.runsheet.intake;

/**
 * How many rows of a file may be refused before the step fails.
 *
 * @param count the step fails above this many rows
 * @param percent and above this share of all rows, where there are at least twenty
 */
public record RefusalLimit(long count, int percent) {

    private static final long ENOUGH_FOR_A_SHARE = 20;

    public RefusalLimit {
        if (count < 0 || percent < 0 || percent > 100) {
            throw new IllegalArgumentException("a limit of " + count + " rows and " + percent + " % makes no sense");
        }
    }

    /** @throws TooManyRefusedRows when the limit is passed */
    public void judge(String what, long refused, long all) {
        boolean share = all >= ENOUGH_FOR_A_SHARE && refused * 100 > all * percent;
        if (refused > count || share) {
            throw new TooManyRefusedRows(refused + " of " + all + " rows of " + what + " were refused; allowed are "
                    + count + " rows and " + percent
                    + " %. The rows are in quarantine. If the file is the right one, correct and release them and"
                    + " restart the run.");
        }
    }
}
