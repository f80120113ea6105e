package org.tradesuite.reconciliation.broker;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Isin;
import org.tradesuite.market.Mic;
import org.tradesuite.reconciliation.broker.BrokerLayout.Column;
import org.tradesuite.reconciliation.broker.BrokerLayout.Places;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Verdict;

/**
 * A broker's statement file, read: the rows that could be understood, those that could not, and whether the file as a
 * whole may be compared.
 *
 * @param verdict null when it may
 */
record BrokerStatement(
        List<BrokerRow> rows,
        List<Refused> refused,
        @Nullable Verdict verdict) {

    /** A row that cannot be read: one with an error of its own, which says nothing about the rest of the file. */
    record Refused(long line, String text, String errorClass, String reason) {}

    /** A row, or why it is none. */
    private record Reading(
            @Nullable BrokerRow row, @Nullable Refused refused) {}

    BrokerStatement {
        rows = List.copyOf(rows);
        refused = List.copyOf(refused);
    }

    /**
     * Reads a whole file.
     *
     * @param accounts the accounts we have
     */
    static BrokerStatement read(String text, BrokerLayout layout, Set<String> accounts) {
        var lines = text.lines().toList();
        if (lines.isEmpty()) {
            return refused(Refusal.STATEMENT_GAP, "The file is empty: ask the broker to send it again.");
        }
        var records = records(text, layout);
        if (records.isEmpty()) {
            return refused(
                    Refusal.STATEMENT_UNREADABLE,
                    "The file is no table of values separated by '" + layout.separator()
                            + "': check that it is the right file.");
        }
        Places places;
        try {
            places = layout.places(records.get().getFirst().getFields());
        } catch (IllegalArgumentException wrong) {
            return refused(
                    Refusal.STATEMENT_UNREADABLE,
                    wrong.getMessage()
                            + ": the broker has changed its layout or this is not its file. Adapt layouts.json.");
        }
        var body = records.get().subList(1, records.get().size());
        var cut = cutOff(body, layout);
        if (cut.isPresent()) {
            return refused(Refusal.STATEMENT_GAP, cut.get());
        }
        return judged(body.subList(0, body.size() - 1), lines, layout, places, accounts);
    }

    private static Optional<List<CsvRecord>> records(String text, BrokerLayout layout) {
        try (var reader = CsvReader.builder()
                .fieldSeparator(layout.separatorCharacter())
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(true)
                .ofCsvRecord(text)) {
            var records = reader.stream().toList();
            return records.isEmpty() ? Optional.empty() : Optional.of(records);
        } catch (CsvParseException | IOException notCsv) {
            return Optional.empty();
        }
    }

    /** The last line counts the rows, so that a file that was cut off anywhere shows. */
    private static Optional<String> cutOff(List<CsvRecord> body, BrokerLayout layout) {
        var last = body.isEmpty() ? List.<String>of() : body.getLast().getFields();
        if (last.size() != 2 || !last.getFirst().equals(layout.trailer())) {
            return Optional.of("The file ends without its last line '" + layout.trailer() + layout.separator()
                    + "<rows>': it was cut off. Ask the broker to send it again.");
        }
        var rows = body.size() - 1;
        return last.getLast().equals(Integer.toString(rows))
                ? Optional.empty()
                : Optional.of("The file says " + last.getLast() + " rows and has " + rows
                        + ": lines are missing. Ask the broker to send it again.");
    }

    private static BrokerStatement judged(
            List<CsvRecord> body, List<String> lines, BrokerLayout layout, Places places, Set<String> accounts) {
        var rows = new ArrayList<BrokerRow>(body.size());
        var refused = new ArrayList<Refused>();
        var foreign = 0;
        for (var record : body) {
            var line = record.getStartingLineNumber();
            var reading = row(record.getFields(), line, lines.get((int) line - 1), layout, places, accounts);
            if (reading.row() != null) {
                rows.add(reading.row());
            } else if (reading.refused() != null) {
                refused.add(reading.refused());
                foreign += reading.refused().errorClass().equals("ACCOUNT_UNKNOWN") ? 1 : 0;
            }
        }
        if (foreign > 0 && foreign == body.size()) {
            return refused(
                    Refusal.ACCOUNT,
                    "None of the accounts in the file is ours: it belongs to somebody else. Tell the broker, and"
                            + " delete our copy.");
        }
        return new BrokerStatement(rows, refused, null);
    }

    /** Reads one line on its own, for a row that somebody corrected and released. */
    static Optional<BrokerRow> row(
            String text, long line, String heading, BrokerLayout layout, Set<String> accounts, List<Refused> refused) {
        var builder = CsvReader.builder().fieldSeparator(layout.separatorCharacter());
        var places = layout.places(builder.ofSingleCsvRecord(heading).getFields());
        var reading = row(builder.ofSingleCsvRecord(text).getFields(), line, text, layout, places, accounts);
        if (reading.refused() != null) {
            refused.add(reading.refused());
        }
        return Optional.ofNullable(reading.row());
    }

    private static Reading row(
            List<String> fields, long line, String text, BrokerLayout layout, Places places, Set<String> accounts) {
        if (fields.size() != places.width()) {
            return new Reading(
                    null,
                    new Refused(
                            line,
                            text,
                            "COLUMNS_WRONG",
                            "The row has " + fields.size() + " values under a heading of " + places.width() + "."));
        }
        var account = places.text(fields, Column.ACCOUNT);
        if (!accounts.contains(account)) {
            return new Reading(
                    null,
                    new Refused(
                            line,
                            text,
                            "ACCOUNT_UNKNOWN",
                            "Account '" + account + "' is not one of ours: ask the broker whose trade it is."));
        }
        try {
            return new Reading(understood(fields, line, account, layout, places), null);
        } catch (IllegalArgumentException wrong) {
            return new Reading(
                    null,
                    new Refused(
                            line,
                            text,
                            "VALUE_WRONG",
                            wrong.getMessage() + ". Correct the row and release it, or ask the broker."));
        }
    }

    private static BrokerRow understood(
            List<String> fields, long line, String account, BrokerLayout layout, Places places) {
        var isin = places.text(fields, Column.ISIN);
        var reference = places.text(fields, Column.REFERENCE);
        var executions = places.text(fields, Column.EXECUTION_REFERENCES);
        var quantity = layout.number("Quantity", places.text(fields, Column.QUANTITY));
        if (quantity.signum() <= 0) {
            throw new IllegalArgumentException("Quantity '" + quantity + "' is not above zero");
        }
        return new BrokerRow(
                line,
                reference.isEmpty() ? executions : reference,
                Stream.of(reference, executions, places.text(fields, Column.CLIENT_REFERENCES))
                        .flatMap(references -> Arrays.stream(references.split(" ", -1)))
                        .filter(text -> !text.isBlank())
                        .distinct()
                        .toList(),
                account,
                isin.isEmpty() ? null : Isin.of(isin).value(),
                places.text(fields, Column.SYMBOL),
                Mic.of(places.text(fields, Column.MIC)).value(),
                layout.side(places.text(fields, Column.SIDE)),
                quantity,
                layout.number("Price", places.text(fields, Column.PRICE)),
                layout.number("Gross amount", places.text(fields, Column.GROSS)),
                layout.number("Commission", places.text(fields, Column.COMMISSION)),
                layout.number("Fees", places.text(fields, Column.FEES)),
                layout.number("Net amount", places.text(fields, Column.NET)),
                layout.date("Trade date", places.text(fields, Column.TRADE_DATE)),
                layout.date("Settlement date", places.text(fields, Column.SETTLE_DATE)),
                Currency.of(places.text(fields, Column.CURRENCY)).code());
    }

    private static BrokerStatement refused(Refusal refusal, String reason) {
        return new BrokerStatement(List.of(), List.of(), new Verdict(refusal, reason));
    }
}
