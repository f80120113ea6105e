package org.tradesuite.reconciliation.iso;

import java.io.BufferedInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.statement.Verdict;

/**
 * Reads an XML file of ISO 20022 messages as a stream. A document type, and with it every external entity, is refused:
 * no statement needs one.
 */
public final class IsoReader {

    private final XMLInputFactory factory;
    private final MessageModel model = new MessageModel();

    public IsoReader() {
        this.factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    }

    public void read(BufferedInputStream in, PageSink sink) throws IOException {
        var guarded = new MarkupStream(in);
        Walk walk = null;
        try {
            walk = new Walk(factory.createXMLStreamReader(guarded), model, sink);
            walk.document();
        } catch (UnreadableException wrong) {
            sink.unread(unread(walk, wrong.verdict()));
        } catch (XMLStreamException malformed) {
            sink.unread(unread(
                    walk,
                    switch (malformed.getNestedException()) {
                        case MarkupStream.NoMarkupException none ->
                            new Verdict(Refusal.FILE_UNREADABLE, String.valueOf(none.getMessage()));
                        case CharConversionException wrong -> characters(wrong);
                        case CharacterCodingException wrong -> characters(wrong);
                        case IOException failed -> throw failed;
                        case null, default -> verdict(malformed, guarded);
                    }));
        }
    }

    private static Verdict verdict(XMLStreamException malformed, MarkupStream in) {
        var line = malformed.getLocation() == null ? 0 : malformed.getLocation().getLineNumber();
        if (in.exhausted()) {
            return new Verdict(
                    Refusal.STATEMENT_GAP,
                    "The XML ends in line " + line + " before its last element is closed: the file was cut off. Ask"
                            + " the custodian to send it again.");
        }
        return new Verdict(
                Refusal.STATEMENT_UNREADABLE,
                "Line " + line + " is not well-formed XML: " + plain(malformed)
                        + " Ask the custodian to send it again.");
    }

    private static Verdict characters(IOException wrong) {
        return new Verdict(
                Refusal.STATEMENT_UNREADABLE,
                "It has characters that its character set does not have (" + wrong.getMessage()
                        + "). Ask the custodian to send it again.");
    }

    private static String plain(XMLStreamException malformed) {
        var text = String.valueOf(malformed.getMessage());
        var at = text.indexOf("Message:");
        return (at < 0 ? text : text.substring(at + 8)).strip();
    }

    private static PageSink.Unread unread(@Nullable Walk walk, Verdict verdict) {
        return walk == null
                ? new PageSink.Unread(Feed.STATEMENT, null, null, verdict, Span.WHOLE)
                : walk.unread(verdict);
    }
}
