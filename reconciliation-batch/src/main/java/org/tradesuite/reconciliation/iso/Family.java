package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** Reads one kind of message from what passes: large elements are walked through, small ones come whole. */
interface Family {

    Feed feed();

    /** The element below Document. */
    String root();

    /** Whether this element is walked through, path from the root such as {@code BkToCstmrStmt/Stmt}. */
    boolean isWalked(String path);

    /** Whether this walked element is a page of its own, so that what is wrong in it spoils no other. */
    boolean isPage(String path);

    void open(String path) throws UnreadableException;

    void element(String parent, Element element, PageSink sink) throws UnreadableException, IOException;

    void close(String path, Span span, PageSink sink) throws UnreadableException, IOException;

    /** The account of the page being read, as far as known. */
    String account();
}
