package org.tradesuite.reporting.document;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.JasperReport;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;
import net.sf.jasperreports.export.SimpleExporterInput;
import net.sf.jasperreports.export.SimpleOutputStreamExporterOutput;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.SimplePdfExporterConfiguration;

/**
 * A page layout, compiled once. Templates only place texts and charts: every text comes ready to print and every total
 * is reckoned before, so that a PDF and the CSV beside it cannot differ. Equal input gives equal bytes. Safe for
 * concurrent use.
 */
public final class PdfTemplate {

    private static final DateTimeFormatter PDF_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern CREATED = Pattern.compile("/(CreationDate|ModDate)\\(D:[^)]*\\)");
    private static final Pattern IDENTIFIER = Pattern.compile("/ID ?\\[<([0-9a-fA-F]+)><([0-9a-fA-F]+)>\\]");

    private static final Pattern FONT = Pattern.compile("/(FontName|BaseFont)/([A-Z]{6})\\+");

    private final JasperReport report;

    private PdfTemplate(JasperReport report) {
        this.report = report;
    }

    /** Compiles a template that lies beside a class. */
    public static PdfTemplate beside(Class<?> owner, String name) {
        try (InputStream source = owner.getResourceAsStream(name)) {
            if (source == null) {
                throw new IllegalArgumentException("no template " + name + " beside " + owner.getName());
            }
            return new PdfTemplate(JasperCompileManager.compileReport(source));
        } catch (JRException e) {
            throw new IllegalStateException("the template " + name + " does not compile", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the template " + name + " cannot be read", e);
        }
    }

    /** Compiles a template that is made up as it is needed. */
    static PdfTemplate of(String name, String source) {
        try {
            return new PdfTemplate(JasperCompileManager.compileReport(
                    new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8))));
        } catch (JRException e) {
            throw new IllegalStateException("the template " + name + " does not compile", e);
        }
    }

    /**
     * Sets the pages.
     *
     * @param title the document's title, as viewers show it
     * @param values what the template's parameters are called and stand for
     * @param rows the detail rows
     * @param at when the document says it was made
     */
    public byte[] print(String title, Map<String, ?> values, Collection<? extends Map<String, ?>> rows, Instant at) {
        Map<String, Object> parameters = new HashMap<>(values);
        parameters.put(JRParameter.REPORT_LOCALE, Locale.ROOT);
        parameters.put(JRParameter.REPORT_TIME_ZONE, TimeZone.getTimeZone(ZoneOffset.UTC));
        try {
            JasperPrint print = JasperFillManager.fillReport(report, parameters, source(rows));
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            JRPdfExporter exporter = new JRPdfExporter();
            exporter.setExporterInput(new SimpleExporterInput(print));
            exporter.setExporterOutput(new SimpleOutputStreamExporterOutput(pdf));
            SimplePdfExporterConfiguration configuration = new SimplePdfExporterConfiguration();
            configuration.setMetadataTitle(title);
            configuration.setMetadataCreator("reporting");
            configuration.setDisplayMetadataTitle(true);
            exporter.setConfiguration(configuration);
            exporter.exportReport();
            return timeless(pdf.toByteArray(), at);
        } catch (JRException e) {
            throw new IllegalStateException("the document \"" + title + "\" could not be printed", e);
        }
    }

    /** This template as a part of another one's page, to be given to it as a parameter. */
    public Object asPart() {
        return report;
    }

    /** Rows for a table or a chart inside the document. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the library asks for wildcard maps of its own kind
    public static JRMapCollectionDataSource source(Collection<? extends Map<String, ?>> rows) {
        return new JRMapCollectionDataSource((Collection) rows);
    }

    /**
     * The PDF library stamps the machine's time and a random identifier into every file. Both are replaced by what
     * follows from the content, at the same length, so that offsets inside the file still hold.
     */
    private static byte[] timeless(byte[] pdf, Instant at) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        StringBuilder stamped = new StringBuilder(text.length());
        Matcher created = CREATED.matcher(text);
        String time = "D:" + PDF_TIME.format(at) + "Z";
        while (created.find()) {
            int room = created.group().length() - created.group(1).length() - 3;
            String padded = (time + " ".repeat(Math.max(0, room - time.length()))).substring(0, room);
            created.appendReplacement(stamped, Matcher.quoteReplacement("/" + created.group(1) + "(" + padded + ")"));
        }
        created.appendTail(stamped);
        Matcher identifier = IDENTIFIER.matcher(stamped.toString());
        StringBuilder identified = new StringBuilder(stamped.length());
        while (identifier.find()) {
            identifier.appendReplacement(
                    identified,
                    Matcher.quoteReplacement(identifier
                            .group()
                            .replace(
                                    identifier.group(1),
                                    "0".repeat(identifier.group(1).length()))
                            .replace(
                                    identifier.group(2),
                                    "0".repeat(identifier.group(2).length()))));
        }
        identifier.appendTail(identified);
        return renamedFonts(identified.toString()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The six letters before the name of an embedded font are drawn at random; here they count. */
    private static String renamedFonts(String pdf) {
        Map<String, String> names = new HashMap<>();
        Matcher font = FONT.matcher(pdf);
        StringBuilder renamed = new StringBuilder(pdf.length());
        while (font.find()) {
            String name = names.computeIfAbsent(font.group(2), drawn -> "FONTA" + (char) ('A' + names.size()));
            font.appendReplacement(renamed, "/" + font.group(1) + "/" + name + "+");
        }
        font.appendTail(renamed);
        return renamed.toString();
    }
}
