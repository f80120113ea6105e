package org.tradesuite.eventstore;

/**
 * The writer decided on a state of the stream that is not the last one; nothing of the batch was recorded. Read the
 * stream again and decide anew.
 */
public final class StaleStreamException extends RuntimeException {

    private final String stream;
    private final int given;
    private final int due;

    StaleStreamException(String stream, int given, int due) {
        super("Stream " + stream + " is at version " + (due - 1) + ", so " + due + " comes next and not " + given
                + ": read it again and decide anew.");
        this.stream = stream;
        this.given = given;
        this.due = due;
    }

    public String stream() {
        return stream;
    }

    public int given() {
        return given;
    }

    public int due() {
        return due;
    }
}
