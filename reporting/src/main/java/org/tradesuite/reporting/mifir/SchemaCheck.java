package org.tradesuite.reporting.mifir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * Holds a file against the operator's own copy of the authority's schema. Nothing is fetched from a network, entities
 * and document types are refused.
 */
final class SchemaCheck {

    private static final int MANY = 20;

    private final Schema schema;

    SchemaCheck(Path file) {
        try {
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
            schema = factory.newSchema(file.toFile());
        } catch (SAXException e) {
            throw new IllegalStateException(
                    "the schema " + file + " cannot be used: " + e.getMessage() + ". Correct reporting.mifir.schema.",
                    e);
        }
    }

    /** What is wrong, with line and column, at most twenty findings; empty when the file is valid. */
    List<String> findings(byte[] file) {
        List<String> findings = new ArrayList<>();
        try {
            Validator validator = schema.newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.setErrorHandler(new Collector(findings));
            validator.validate(new SAXSource(reader(), new InputSource(new ByteArrayInputStream(file))));
        } catch (SAXException e) {
            findings.add(e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("a file in memory cannot fail", e);
        }
        return findings;
    }

    private static XMLReader reader() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java has a parser that can refuse document types", e);
        }
    }

    private record Collector(List<String> findings) implements ErrorHandler {
        @Override
        public void warning(SAXParseException finding) {
            error(finding);
        }

        @Override
        public void error(SAXParseException finding) {
            if (findings.size() < MANY) {
                findings.add("line " + finding.getLineNumber() + ", column " + finding.getColumnNumber() + ": "
                        + finding.getMessage());
            }
        }

        @Override
        public void fatalError(SAXParseException finding) {
            error(finding);
        }
    }
}
