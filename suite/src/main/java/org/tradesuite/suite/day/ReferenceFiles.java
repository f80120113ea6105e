package org.tradesuite.suite.day;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.io.ClassPathResource;

/** The sample firm's reference data, as the files that the desk imports at the start of the day. */
public final class ReferenceFiles {

    /** The kinds of file in the order in which they can be imported. */
    public static final List<String> KINDS = List.of(
            "firm",
            "calendar_overrides",
            "trading_sessions",
            "settlement_cycles",
            "instruments",
            "volume_profiles",
            "fx_rates",
            "accounts",
            "cash_accounts",
            "brokers",
            "broker_rates",
            "strategies",
            "traders",
            "limits",
            "opening_positions",
            "opening_cash");

    private ReferenceFiles() {}

    /** The whole file of this kind. */
    public static String text(String kind) {
        try {
            return new ClassPathResource("reference/" + kind + ".csv").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the sample file of " + kind + " is not readable", e);
        }
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
