package org.tradesuite.suite.custodian;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads MT540 to MT543 and sese.023 as plain text and plain XML, with no library that the sender might use too. */
final class OrderFiles {

    /** What cannot be read, and why. */
    static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason);
        }
    }

    private static final Pattern FRAME =
            Pattern.compile("\\{1:F01.{22}}\\{2:I(54[0-3]).*?\\{4:\\R(.*?)\\R-}.*", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile(":(\\d\\d[A-Z]?):(?::([A-Z]{4})//)?(.*)");

    private OrderFiles() {}

    static Order read(String name, String text) throws Unreadable {
        try {
            return name.endsWith(".xml") ? sese023(text) : fin(text);
        } catch (DateTimeException | NumberFormatException e) {
            throw new Unreadable(name + ": " + e.getMessage());
        }
    }

    private static Order fin(String text) throws Unreadable {
        Matcher frame = FRAME.matcher(text);
        if (!frame.matches()) {
            throw new Unreadable("Not a complete MT540 to MT543: blocks 1, 2 and 4 are expected, block 4 closed");
        }
        String type = String.valueOf(frame.group(1));
        Map<String, String> fields = new HashMap<>();
        ArrayDeque<String> open = new ArrayDeque<>();
        for (String line : String.valueOf(frame.group(2)).split("\\R", -1)) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                continue;
            }
            String tag = String.valueOf(field.group(1));
            String value = String.valueOf(field.group(3));
            if (tag.equals("16R")) {
                open.push(value);
            } else if (tag.equals("16S")) {
                open.poll();
            } else {
                String qualifier = field.group(2) == null ? "" : field.group(2);
                fields.putIfAbsent(open.peek() + "/" + tag + "/" + qualifier, value);
            }
        }
        boolean receive = type.equals("540") || type.equals("541");
        boolean payment = type.equals("541") || type.equals("543");
        String amount = payment ? need(fields, "AMT/19A/SETT") : "XXX0,";
        String isin = need(fields, "TRADDET/35B/");
        return new Order(
                need(fields, "GENL/20C/SEME"),
                need(fields, "FIAC/97A/SAFE"),
                isin.startsWith("ISIN ") ? isin.substring(5) : isin,
                receive,
                number(need(fields, "FIAC/36B/SETT").substring("UNIT/".length())),
                number(amount.substring(3)),
                payment ? amount.substring(0, 3) : null,
                date(need(fields, "TRADDET/98A/TRAD")),
                date(need(fields, "TRADDET/98A/SETT")),
                fields.getOrDefault("SETPRTY/95P/PSET", ""),
                fields.getOrDefault(receive ? "SETPRTY/95P/SELL" : "SETPRTY/95P/BUYR", ""));
    }

    private static String need(Map<String, String> fields, String field) throws Unreadable {
        String value = fields.get(field);
        if (value == null || value.isBlank()) {
            throw new Unreadable("Field " + field + " is missing");
        }
        return value;
    }

    private static BigDecimal number(String text) {
        String plain = text.replace(',', '.');
        return new BigDecimal(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
    }

    private static LocalDate date(String text) {
        return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static Order sese023(String text) throws Unreadable {
        Document document = parse(text);
        Element body = need(document, "SctiesSttlmTxInstr");
        boolean receive = need(body, "SctiesMvmntTp").getTextContent().strip().equals("RECE");
        boolean payment = need(body, "Pmt").getTextContent().strip().equals("APMT");
        Element theirs = need(body, receive ? "DlvrgSttlmPties" : "RcvgSttlmPties");
        Element amount = payment ? need(need(body, "SttlmAmt"), "Amt") : null;
        Element depository = first(theirs, "Dpstry");
        Element client = first(theirs, "Pty2");
        return new Order(
                content(body, "TxId"),
                content(need(need(body, "QtyAndAcctDtls"), "SfkpgAcct"), "Id"),
                content(need(body, "FinInstrmId"), "ISIN"),
                receive,
                new BigDecimal(content(need(body, "SttlmQty"), "Unit")),
                amount == null
                        ? BigDecimal.ZERO
                        : new BigDecimal(amount.getTextContent().strip()),
                amount == null ? null : amount.getAttribute("Ccy"),
                LocalDate.parse(content(need(body, "TradDt"), "Dt")),
                LocalDate.parse(content(need(body, "SttlmDt"), "Dt")),
                depository == null ? "" : content(depository, "AnyBIC"),
                client == null ? "" : content(client, "AnyBIC"));
    }

    private static Document parse(String text) throws Unreadable {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser lacks a standard feature", e);
        } catch (SAXException | IOException e) {
            throw new Unreadable("Not well-formed XML: " + e.getMessage());
        }
    }

    private static String content(Element parent, String name) throws Unreadable {
        Element innermost = need(parent, name);
        Element inner = first(innermost, name);
        while (inner != null) {
            innermost = inner;
            inner = first(innermost, name);
        }
        return innermost.getTextContent().strip();
    }

    private static Element need(Node parent, String name) throws Unreadable {
        Element found = first(parent, name);
        if (found == null) {
            throw new Unreadable("Element " + name + " is missing");
        }
        return found;
    }

    private static @Nullable Element first(Node parent, String name) {
        var found = parent instanceof Document document
                ? document.getElementsByTagNameNS("*", name)
                : ((Element) parent).getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? null : (Element) found.item(0);
    }
}
