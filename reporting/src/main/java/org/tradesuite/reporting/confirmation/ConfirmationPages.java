package org.tradesuite.reporting.confirmation;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Side;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the confirmation of an account: its trades, each with all its terms, and the totals by currency. */
final class ConfirmationPages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private final PdfTemplate totals = PdfTemplate.beside(ConfirmationPages.class, "totals.jrxml");
    private final PdfTemplate template = PdfTemplate.beside(ConfirmationPages.class, "confirmation.jrxml");

    byte[] print(Confirmation confirmation) {
        Map<String, Object> values = new HashMap<>();
        values.put("businessDate", confirmation.businessDate().toString());
        values.put("firmName", confirmation.firmName());
        values.put("firmLei", confirmation.firmLei());
        values.put("accountId", confirmation.accountId());
        values.put("accountName", confirmation.accountName());
        values.put("ownerLei", confirmation.ownerLei());
        values.put("custodian", confirmation.custodianBic());
        values.put("safekeeping", confirmation.safekeepingAccount());
        values.put("count", Integer.toString(confirmation.trades().size()));
        values.put("totalsPart", totals.asPart());
        values.put(
                "totals",
                PdfTemplate.source(confirmation.totals().stream()
                        .map(ConfirmationPages::row)
                        .toList()));
        List<Map<String, Object>> rows =
                confirmation.trades().stream().map(ConfirmationPages::row).toList();
        return template.print(
                "Trade confirmation " + confirmation.accountId() + " " + confirmation.businessDate(),
                values,
                rows,
                confirmation.businessDate().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    }

    private static Map<String, Object> row(Confirmation.Total total) {
        Map<String, Object> row = new HashMap<>();
        row.put("currency", total.currency());
        row.put("trades", Integer.toString(total.trades()));
        row.put("bought", amount(total.bought(), total.currency()));
        row.put("sold", amount(total.sold(), total.currency()));
        row.put("charges", amount(total.charges(), total.currency()));
        row.put("net", amount(total.net().abs(), total.currency()));
        row.put("direction", total.net().signum() < 0 ? "you pay" : "you receive");
        return row;
    }

    private static Map<String, Object> row(ConfirmedTrade trade) {
        Map<String, Object> row = new HashMap<>();
        row.put(
                "headline",
                (trade.side() == Side.BUY ? "You bought " : "You sold ") + Figures.quantity(trade.quantity()) + " "
                        + trade.instrumentName());
        row.put("tradeId", trade.tradeId());
        row.put("instrument", trade.isin() == null ? "no ISIN" : trade.isin());
        row.put("venue", trade.mic());
        row.put("executedAt", TIME.format(trade.executedAt().truncatedTo(ChronoUnit.SECONDS)));
        row.put("tradeDate", trade.tradeDate().toString());
        row.put("settlementDate", trade.settlementDate().toString());
        row.put("price", price(trade.price()) + " " + trade.currency());
        row.put("gross", amount(trade.gross(), trade.currency()));
        row.put("commission", amount(trade.commission(), trade.currency()));
        row.put("fees", amount(trade.fees(), trade.currency()));
        row.put("net", amount(trade.net().abs(), trade.currency()) + " " + trade.currency());
        row.put("netLabel", trade.side() == Side.BUY ? "You pay" : "You receive");
        row.put("broker", trade.brokerName());
        row.put("brokerBic", trade.brokerBic());
        row.put("brokerLei", trade.brokerLei());
        row.put("place", given(trade.placeOfSettlement(), "at the venue"));
        row.put("method", trade.isin() == null ? "at the venue" : "delivery versus payment");
        row.put("cash", given(trade.cashAccount(), "none on file"));
        row.put("status", status(trade));
        return row;
    }

    private static String status(ConfirmedTrade trade) {
        String what = switch (trade.status()) {
            case "AFFIRMED" -> "confirmed by the broker, affirmed by us";
            case "CONFIRMED" -> "confirmed by the broker";
            case "MISMATCHED" -> "disputed: the broker's terms differ";
            default -> "not yet confirmed by the broker";
        };
        return trade.reference() == null ? what : what + ", reference " + trade.reference();
    }

    private static String given(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    /** The decimals of the currency, more where the amount has them. */
    private static String amount(BigDecimal amount, String currency) {
        int decimals = Math.min(Currency.of(currency).scale(), 2);
        return Figures.plain(amount, Math.clamp(amount.stripTrailingZeros().scale(), decimals, 8));
    }

    private static String price(BigDecimal price) {
        BigDecimal stripped = price.stripTrailingZeros();
        return Figures.plain(stripped, Math.clamp(stripped.scale(), 2, 8));
    }
}
