package org.tradesuite.reconciliation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.tradesuite.reconciliation.broker.AgreedRules;
import tools.jackson.databind.json.JsonMapper;

/** What Anna enters: passes that match by references and within a tolerance, and ALFA's layout. */
final class RuleDrafts {

    static final String REFERENCE =
            "{\"name\":\"REFERENCE\",\"kind\":\"REFERENCE\",\"references\":\"references\",\"sum\":\"quantity\"}";

    private RuleDrafts() {}

    static String tolerance(String basisPoints, String from) {
        return "{\"validFrom\":\"" + from + "\",\"reason\":\"ALFA rounds.\",\"passes\":{\"passes\":["
                + REFERENCE
                + ",{\"name\":\"TOLERANCE\",\"kind\":\"UNIQUE\",\"keys\":[\"account\",\"instrument\",\"side\",\"quantity\"],"
                + "\"tolerances\":[{\"column\":\"price\",\"unit\":\"BASIS_POINTS\",\"most\":\"" + basisPoints
                + "\"}]}],"
                + "\"differences\":{\"priceBasisPoints\":\"" + basisPoints
                + "\",\"amountBasisPoints\":\"100\",\"minorUnits\":2}}}";
    }

    /** What the program brings, to be entered for a broker. */
    static String dropCopyLayout() {
        try (var in = AgreedRules.class.getResourceAsStream("layout-drop-copy.json")) {
            var layout = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            return "{\"validFrom\":\"2026-11-20\",\"reason\":\"ALFA has tags of its own.\",\"dropCopyLayout\":" + layout
                    + "}";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static String layout() {
        var headings = new StringBuilder();
        for (var each :
                "trade_ref:REFERENCE client_order_ids:CLIENT_REFERENCES execution_ids:EXECUTION_REFERENCES account:ACCOUNT symbol:SYMBOL mic:MIC isin:ISIN side:SIDE quantity:QUANTITY average_price:PRICE gross:GROSS commission:COMMISSION fees:FEES net:NET trade_date:TRADE_DATE settle_date:SETTLE_DATE currency:CURRENCY"
                        .split(" ", -1)) {
            var parts = each.split(":", -1);
            headings.append(headings.isEmpty() ? "" : ",")
                    .append("{\"heading\":\"")
                    .append(parts[0])
                    .append("\",\"column\":\"")
                    .append(parts[1])
                    .append("\"}");
        }
        return "{\"validFrom\":\"2026-11-20\",\"reason\":\"ALFA moved a column.\",\"layout\":{\"headings\":[" + headings
                + "],\"anyOrder\":false,\"separator\":\",\",\"dates\":\"uuuu-MM-dd\",\"decimalMark\":\".\","
                + "\"buy\":\"BUY\",\"sell\":\"SELL\",\"rowPerFill\":false,\"trailer\":\"TOTAL\"}}";
    }
}
