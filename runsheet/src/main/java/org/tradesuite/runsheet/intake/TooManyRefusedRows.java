package org.tradesuite.runsheet.intake;

/** A step refused more rows than it may: the file is probably the wrong one, and somebody must look first. */
public final class TooManyRefusedRows extends RuntimeException {

    public TooManyRefusedRows(String message) {
        super(message);
    }
}
