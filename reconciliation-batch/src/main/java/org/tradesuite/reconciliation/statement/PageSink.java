package org.tradesuite.reconciliation.statement;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where readers put what they read, in the order of the file. The lines since the last page or the last unread message
 * belong to the next page that is handed in.
 */
public interface PageSink {

    void line(Line line) throws IOException;

    /** A line that cannot be compared while the rest of its page can. */
    void finding(Finding finding) throws IOException;

    /** Ends a page that was understood. */
    void page(Page page) throws IOException;

    /** Ends a message that was not understood: what it said before is forgotten. */
    void unread(Unread unread) throws IOException;

    /**
     * @param detail what is wrong and what to do
     */
    record Finding(Refusal refusal, Span span, String detail) {}

    /**
     * A message, or a piece of text that is none.
     *
     * @param feed what it seems to be; STATEMENT if that cannot be told
     * @param account as far as it was read
     */
    record Unread(
            Feed feed, @Nullable String account, @Nullable String currency, Verdict verdict, Span span) {}
}
