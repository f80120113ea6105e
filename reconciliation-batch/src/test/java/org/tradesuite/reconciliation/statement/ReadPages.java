package org.tradesuite.reconciliation.statement;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tradesuite.reconciliation.iso.IsoReader;
import org.tradesuite.reconciliation.swift.FinReader;

/** Reads messages into memory, for tests that look at what was read. */
public final class ReadPages implements PageSink {

    public final List<KeptPage> pages = new ArrayList<>();
    public final List<List<Line>> lines = new ArrayList<>();
    public final List<Unread> unread = new ArrayList<>();
    public final List<Finding> findings = new ArrayList<>();
    private List<Line> current = new ArrayList<>();
    private PageTotals totals = new PageTotals();

    public static ReadPages ofFin(String text) {
        return ofFin(text, 1_000_000);
    }

    public static ReadPages ofFin(String text, int longest) {
        var read = new ReadPages();
        try {
            new FinReader(longest).read(stream(text.getBytes(StandardCharsets.ISO_8859_1)), read);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return read;
    }

    public static ReadPages ofXml(String text) {
        return ofXml(text.getBytes(StandardCharsets.UTF_8));
    }

    public static ReadPages ofXml(byte[] text) {
        var read = new ReadPages();
        try {
            new IsoReader().read(stream(text), read);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return read;
    }

    private static BufferedInputStream stream(byte[] text) {
        return new BufferedInputStream(new ByteArrayInputStream(text));
    }

    /** What was read, or what was wrong with it. */
    public WholeStatement only() {
        if (pages.isEmpty()) {
            throw new AssertionError("Nothing was read: " + unread);
        }
        var whole = WholeStatement.assemble(pages, key -> List.of());
        if (whole.size() != 1) {
            throw new AssertionError("Not one statement: " + whole);
        }
        return whole.getFirst();
    }

    public Verdict wrong() {
        if (unread.size() != 1 || !pages.isEmpty()) {
            throw new AssertionError("Not one message that is wrong: " + unread + " and " + pages);
        }
        return unread.getFirst().verdict();
    }

    public List<Line> allLines() {
        return lines.stream().flatMap(List::stream).toList();
    }

    @Override
    public void line(Line line) {
        current.add(line);
        totals.add(line);
    }

    @Override
    public void finding(Finding finding) {
        findings.add(finding);
    }

    @Override
    public void page(Page page) {
        pages.add(new KeptPage(
                pages.size() + 1L,
                page,
                new KeptPage.Place("f", "0", "", page.span()),
                totals.lines(),
                totals.booked(),
                totals.sum(),
                totals.firstDate(),
                totals.lastDate(),
                totals.says(),
                totals.moves(),
                totals.wrong()));
        lines.add(current);
        current = new ArrayList<>();
        totals = new PageTotals();
    }

    @Override
    public void unread(Unread message) {
        unread.add(message);
        current = new ArrayList<>();
        totals = new PageTotals();
    }
}
