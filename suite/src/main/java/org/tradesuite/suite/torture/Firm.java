package org.tradesuite.suite.torture;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.suite.day.BrokerTruth.Deal;
import org.tradesuite.suite.day.ReferenceFiles;

/** The sample firm with so much cash and such wide limits that an hour of torture does not use them up. */
final class Firm {

    private static final BigDecimal BASIS_POINT = new BigDecimal("0.0001");
    private static final String MARKET = "XLON";
    private static final int PENCE = 2;

    private Firm() {}

    /** The file that is imported. */
    static String file(ReferenceFiles.Kind kind, LocalDate date) {
        var text = ReferenceFiles.text(kind.name(), date);
        return switch (kind.name()) {
            case "limits" ->
                text.replaceAll("(MAX_\\w+_PER_SECOND|MAX_OPEN_ORDERS|MAX_REPEATED_EXECUTIONS),\\d+", "$1,1000000000")
                        .replaceAll(
                                "(MAX_\\w+_EXPOSURE|MAX_POSITION_\\w+|MAX_(?!ORDER)\\w+_NOTIONAL|MAX_STRATEGY_LOSS),\\d+",
                                "$1,900000000000");
            case "opening_cash" -> text.replaceAll("(?m)^(\\w+,GBP,[^,]*,).*$", "$1900000000000.00");
            default -> text;
        };
    }

    /** What every account has before anything is traded, as "account currency". */
    static Map<String, BigDecimal> openingCash(LocalDate date) {
        var cash = new TreeMap<String, BigDecimal>();
        rows(
                "opening_cash",
                date,
                row -> cash.put(row.get("account_id") + " " + row.get("currency"), new BigDecimal(row.get("balance"))));
        return cash;
    }

    /** What a London deal does to the account's pounds: its value and, by the firm's rates, commission and fees. */
    static BigDecimal money(Deal deal, Map<String, BigDecimal[]> rates) {
        var execution = deal.execution();
        var gross = execution.quantity().multiply(execution.price()).setScale(PENCE, RoundingMode.HALF_UP);
        var net = deal.buy() ? gross.negate() : gross;
        for (var rate : rates.getOrDefault(execution.broker(), new BigDecimal[0]))
            net = net.subtract(gross.multiply(rate).multiply(BASIS_POINT).setScale(PENCE, RoundingMode.HALF_UP));
        return net;
    }

    /** Commission and fee in basis points in London, by broker. */
    static Map<String, BigDecimal[]> rates(LocalDate date) {
        var rates = new TreeMap<String, BigDecimal[]>();
        rows("broker_rates", date, row -> {
            if (row.get("mic").equals(MARKET))
                rates.put(row.get("broker_id"), new BigDecimal[] {
                    new BigDecimal(row.get("commission_bps")), new BigDecimal(row.get("fee_bps"))
                });
        });
        return rates;
    }

    private interface Row {
        String get(String column);
    }

    private interface Reader {
        void read(Row row);
    }

    private static void rows(String name, LocalDate date, Reader reader) {
        var kind = ReferenceFiles.KINDS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (var csv = CsvReader.builder().ofNamedCsvRecord(file(kind, date))) {
            csv.forEach(row -> reader.read(row::getField));
        } catch (IOException e) {
            throw new UncheckedIOException("the sample file of " + name + " is not readable", e);
        }
    }
}
