package org.tradesuite.suite.day;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.core.io.ClassPathResource;

/** The sample firm's reference data, as the files that the desk imports at the start of the day. */
public final class ReferenceFiles {

    /**
     * One file.
     *
     * @param name of the file, without its ending
     * @param table that it fills, which is how the import names its kind
     */
    public record Kind(String name, String table) {}

    /** The files in the order in which they can be imported. */
    public static final List<Kind> KINDS = List.of(
            new Kind("firm", "firm"),
            new Kind("calendar_overrides", "calendar_override"),
            new Kind("trading_sessions", "trading_session"),
            new Kind("settlement_cycles", "settlement_cycle"),
            new Kind("instruments", "instrument"),
            new Kind("volume_profiles", "volume_profile"),
            new Kind("fx_rates", "fx_rate"),
            new Kind("accounts", "account"),
            new Kind("cash_accounts", "cash_account"),
            new Kind("brokers", "broker"),
            new Kind("broker_rates", "broker_rate"),
            new Kind("strategies", "strategy"),
            new Kind("traders", "trader"),
            new Kind("limits", "risk_limit"),
            new Kind("trading_lists", "trading_list"),
            new Kind("permissions", "permission"),
            new Kind("locates", "locate"),
            new Kind("easy_to_borrow", "easy_to_borrow"),
            new Kind("short_sale_restrictions", "short_sale_restriction"),
            new Kind("corporate_actions", "corporate_action"),
            new Kind("margin_rates", "margin_rate"),
            new Kind("mandate_rules", "mandate_rule"),
            new Kind("opening_positions", "opening_position"),
            new Kind("opening_cash", "opening_cash"));

    private static final Set<String> DATES = Set.of("business_date", "rate_date");

    private ReferenceFiles() {}

    /** The whole file of this name. */
    public static String text(String kind) {
        try {
            return new ClassPathResource("reference/" + kind + ".csv").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the sample file of " + kind + " is not readable", e);
        }
    }

    /** The file for this business date: where the sample leaves the date open, it is this one. */
    public static String text(String name, LocalDate date) {
        var rows = rows(name);
        var header = rows.getFirst().getHeader();
        var text = new StringWriter();
        try (var writer = CsvWriter.builder().build(text)) {
            writer.writeRecord(header);
            for (var row : rows) {
                writer.writeRecord(header.stream()
                        .map(field ->
                                DATES.contains(field) && row.getField(field).isEmpty()
                                        ? date.toString()
                                        : row.getField(field))
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sample file of " + name + " cannot be written", e);
        }
        return text.toString();
    }

    static List<NamedCsvRecord> rows(String kind) {
        try (var reader = CsvReader.builder().ofNamedCsvRecord(text(kind))) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the sample file of " + kind + " is not readable", e);
        }
    }

    static List<Instrument> instruments() {
        return rows("instruments").stream()
                .map(row -> new Instrument(
                        row.getField("instrument_id"),
                        row.getField("isin").isEmpty() ? null : row.getField("isin"),
                        row.getField("mic"),
                        row.getField("currency"),
                        new BigDecimal(row.getField("lot_size")),
                        new BigDecimal(row.getField("tick_size")),
                        Integer.parseInt(row.getField("quantity_scale")),
                        new BigDecimal(row.getField("adv")),
                        new BigDecimal(row.getField("reference_price"))))
                .toList();
    }
}
