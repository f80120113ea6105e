package org.tradesuite.reconciliation.iso;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.iso.MessageModel.Kind;
import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.PageSink;
import org.tradesuite.reconciliation.statement.Span;
import org.tradesuite.reconciliation.statement.UnreadableException;
import org.tradesuite.reconciliation.statement.Verdict;

/** Goes through a document once, holds it against the message model and hands its pieces to the family. */
final class Walk {

    /** Described at length and not compared: held against the model and then forgotten. */
    private static final Set<String> NOT_KEPT = Set.of(
            "RltdPties",
            "RltdAgts",
            "FinInstrmAttrbts",
            "InvstmtFndsFinInstrmAttrbts",
            "PricDtls",
            "SttlmParams",
            "DlvrgSttlmPties",
            "RcvgSttlmPties",
            "SplmtryData",
            "BalAtSfkpgPlc",
            "CardTx",
            "PstlAdr");

    private static final int LARGEST = 500_000;
    private static final int LONGEST_TEXT = 1 << 16;

    private final XMLStreamReader xml;
    private final MessageModel model;
    private final PageSink sink;
    private @Nullable Family family;
    private String sender = "";
    private int depth;
    private int pieces;
    private long elementFrom;
    private long lastEnd;

    Walk(XMLStreamReader xml, MessageModel model, PageSink sink) {
        this.xml = xml;
        this.model = model;
        this.sink = sink;
    }

    /** Finds the documents in whatever envelope they came; the header of an envelope names the sender. */
    void document() throws XMLStreamException, UnreadableException, IOException {
        var found = false;
        for (var event = next(); event != XMLStreamConstants.END_DOCUMENT; event = next()) {
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (xml.getLocalName().equals("Fr")) {
                sender = bic(envelope());
            } else if (xml.getLocalName().equals("Document")) {
                found = true;
                message();
            }
        }
        if (!found) {
            throw new UnreadableException("There is no ISO 20022 document in it. Ask the sender what it is.");
        }
    }

    PageSink.Unread unread(Verdict verdict) {
        var reading = family;
        var account = reading == null ? "" : reading.account();
        return new PageSink.Unread(
                reading == null ? Feed.STATEMENT : reading.feed(),
                account.isEmpty() ? null : account,
                null,
                verdict,
                new Span(Math.max(1, xml.getLocation().getLineNumber()), 0, 0));
    }

    private void message() throws XMLStreamException, UnreadableException, IOException {
        var message = MessageModel.message(xml.getNamespaceURI());
        var reading = Families.of(message, sender);
        family = reading;
        var type = model.of(message);
        do {
            next();
        } while (!xml.isStartElement() && !xml.isEndElement());
        var child = model.kind(type).children().get(reading.root());
        if (!xml.isStartElement() || !xml.getLocalName().equals(reading.root()) || child == null) {
            throw new UnreadableException("Line " + line() + ": the document of " + message + " has "
                    + (xml.isStartElement() ? xml.getLocalName() : "nothing") + " where " + reading.root()
                    + " belongs. Ask the custodian for a version that is in use.");
        }
        walk(reading, reading.root(), model.kind(child.type()));
    }

    private void walk(Family reading, String path, Kind kind)
            throws XMLStreamException, IOException, UnreadableException {
        if (!reading.isPage(path)) {
            inside(reading, path, kind);
            return;
        }
        var here = depth;
        try {
            inside(reading, path, kind);
        } catch (UnreadableException wrong) {
            sink.unread(unread(wrong.verdict()));
            while (depth >= here) {
                next();
            }
        }
    }

    private void inside(Family reading, String path, Kind kind)
            throws XMLStreamException, IOException, UnreadableException {
        var namespace = xml.getNamespaceURI();
        var line = line();
        var from = elementFrom;
        var seen = new HashSet<String>();
        reading.open(path);
        for (next(); !xml.isEndElement(); next()) {
            if (!xml.isStartElement()) {
                noText();
                continue;
            }
            var name = xml.getLocalName();
            var child = child(kind, name, namespace, seen);
            var below = path + "/" + name;
            if (reading.isWalked(below)) {
                walk(reading, below, model.kind(child.type()));
            } else {
                pieces = 0;
                var element = element(model.kind(child.type()), namespace);
                reading.element(path, element, sink);
            }
        }
        complete(kind, seen, path.substring(path.lastIndexOf('/') + 1), line);
        reading.close(path, new Span(line, from, (int) Math.min(Integer.MAX_VALUE, lastEnd - from)), sink);
    }

    private Element element(Kind kind, String namespace) throws XMLStreamException, UnreadableException {
        var name = xml.getLocalName();
        var line = line();
        var from = elementFrom;
        if (++pieces > LARGEST) {
            throw new UnreadableException("Line " + line + ": one entry has more than " + LARGEST
                    + " elements. Ask the custodian for smaller batches.");
        }
        Map<String, String> attributes = Map.of();
        if (xml.getAttributeCount() > 0) {
            attributes = new HashMap<>();
            for (var i = 0; i < xml.getAttributeCount(); i++) {
                attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }
        if (kind.open()) {
            skip();
            return new Element(name, attributes, "", List.of(), new Span(line, from, 0));
        }
        List<Element> children = List.of();
        var text = new StringBuilder();
        var seen = new HashSet<String>();
        for (next(); !xml.isEndElement(); next()) {
            if (xml.isStartElement()) {
                var child = child(kind, xml.getLocalName(), namespace, seen);
                var kept = !NOT_KEPT.contains(xml.getLocalName());
                var below = element(model.kind(child.type()), namespace);
                if (kept) {
                    if (children.isEmpty()) {
                        children = new ArrayList<>();
                    }
                    children.add(below);
                }
            } else if (xml.isCharacters()) {
                if (text.length() + xml.getTextLength() > LONGEST_TEXT) {
                    throw new UnreadableException("Line " + line() + ": the text of " + name + " does not end.");
                }
                text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
            }
        }
        complete(kind, seen, name, line);
        var plain = kind.children().isEmpty() ? text.toString() : leftOver(text, name);
        if (!kind.codes().isEmpty() && !kind.codes().contains(plain.strip())) {
            throw new UnreadableException("Line " + line + ": '" + plain.strip() + "' is no code that " + name
                    + " may have. Ask the custodian to send it again.");
        }
        return new Element(name, attributes, plain, children, new Span(line, from, (int)
                Math.min(Integer.MAX_VALUE, lastEnd - from)));
    }

    private String leftOver(StringBuilder text, String name) throws UnreadableException {
        if (!text.toString().isBlank()) {
            throw new UnreadableException("Line " + line() + ": '"
                    + text.toString().strip() + "' stands in " + name + ", where only elements belong.");
        }
        return "";
    }

    private void noText() throws UnreadableException {
        if (xml.isCharacters() && !xml.isWhiteSpace()) {
            throw new UnreadableException(
                    "Line " + line() + ": '" + xml.getText().strip()
                            + "' stands where only elements belong. Ask the custodian to send it again.");
        }
    }

    private MessageModel.Child child(Kind kind, String name, String namespace, Set<String> seen)
            throws UnreadableException {
        var child = kind.children().get(name);
        if (child == null || !namespace.equals(xml.getNamespaceURI())) {
            throw new UnreadableException("Line " + line() + ": the message has no element " + name
                    + " there, and what it says would be lost. Ask the custodian to send it again.");
        }
        if (!seen.add(name) && !child.many()) {
            throw new UnreadableException("Line " + line() + ": " + name + " stands there twice. Ask the custodian.");
        }
        return child;
    }

    private static void complete(Kind kind, Set<String> seen, String name, long line) throws UnreadableException {
        for (var required : kind.required()) {
            if (!seen.contains(required)) {
                throw new UnreadableException("Line " + line + ": " + name + " has no " + required
                        + ", which the message requires. Ask the custodian to send it again.");
            }
        }
    }

    /** A piece of the envelope, of which there is no model. */
    private List<String> envelope() throws XMLStreamException, UnreadableException {
        var bics = new ArrayList<String>();
        var here = depth;
        var name = "";
        while (depth >= here) {
            next();
            if (xml.isStartElement()) {
                name = xml.getLocalName();
            } else if (xml.isCharacters() && (name.startsWith("BIC") || name.equals("AnyBIC"))) {
                bics.add(xml.getText().strip());
            }
        }
        return bics;
    }

    private static String bic(List<String> bics) {
        return bics.stream()
                .filter(bic -> bic.length() >= 8)
                .findFirst()
                .map(bic -> bic.substring(0, 8))
                .orElse("");
    }

    private void skip() throws XMLStreamException, UnreadableException {
        var here = depth;
        while (depth >= here) {
            next();
        }
    }

    private int next() throws XMLStreamException, UnreadableException {
        var before = Math.max(0, xml.getLocation().getCharacterOffset());
        var afterText = xml.isCharacters();
        var event = xml.next();
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> {
                depth++;
                // After a text the first sign of the tag has been looked at already.
                elementFrom = afterText ? before - 1L : before;
            }
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                lastEnd = Math.max(0, xml.getLocation().getCharacterOffset());
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw new UnreadableException(
                        "Line " + line() + ": it declares a document type or an entity (DOCTYPE). That is how files of"
                                + " the reader's machine are stolen; it is not read. Find out who sent it.");
            default -> {}
        }
        return event;
    }

    private long line() {
        return Math.max(1, xml.getLocation().getLineNumber());
    }
}
