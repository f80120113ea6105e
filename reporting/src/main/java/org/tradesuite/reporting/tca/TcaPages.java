package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reporting.document.Figures;
import org.tradesuite.reporting.document.PdfTemplate;

/** Sets the TCA report as pages: summary and charts first, then scorecards, then every order. */
final class TcaPages {

    private static final int DEAREST = 10;

    private final PdfTemplate scorecards = PdfTemplate.beside(TcaPages.class, "scorecard.jrxml");
    private final PdfTemplate dearest = PdfTemplate.beside(TcaPages.class, "dearest.jrxml");
    private final PdfTemplate template = PdfTemplate.beside(TcaPages.class, "tca.jrxml");

    byte[] print(TcaReport report) {
        Scorecard total = report.total();
        Map<String, Object> values = new HashMap<>();
        values.put("scorecardPart", scorecards.asPart());
        values.put("dearestPart", dearest.asPart());
        values.put("businessDate", report.businessDate().toString());
        values.put("currency", report.currency());
        values.put("orders", Integer.toString(total.orders()));
        values.put("executedNotional", Figures.money(total.executedNotional()));
        values.put("fillRate", Figures.plain(total.fillRatePercent(), 1) + " %");
        values.put("shortfall", Figures.money(report.shortfall()));
        values.put("shortfallBps", Figures.plain(report.shortfallBps(), 2) + " bps");
        values.put("arrivalBps", bps(total.arrivalBps()));
        values.put("vwapBps", bps(total.vwapBps()));
        values.put("delay", Figures.money(report.delay()));
        values.put("trading", Figures.money(report.trading()));
        values.put("opportunity", Figures.money(report.opportunity()));
        values.put("fees", Figures.money(report.fees()));
        values.put(
                "components",
                PdfTemplate.source(List.of(
                        Map.of("name", "Delay", "value", report.delay()),
                        Map.of("name", "Trading", "value", report.trading()),
                        Map.of("name", "Opportunity", "value", report.opportunity()),
                        Map.of("name", "Fees", "value", report.fees()))));
        values.put("brokerBps", PdfTemplate.source(chart(report.byBroker())));
        values.put("marketBps", PdfTemplate.source(chart(report.byMarket())));
        values.put("brokers", PdfTemplate.source(scorecards(report.byBroker(), total)));
        values.put("markets", PdfTemplate.source(scorecards(report.byMarket(), total)));
        values.put("algorithms", PdfTemplate.source(scorecards(report.byAlgorithm(), total)));
        values.put(
                "dearest",
                PdfTemplate.source(Scorecard.dearest(report.orders(), DEAREST).stream()
                        .map(order -> row(order, report.currency()))
                        .toList()));
        return template.print(
                "Transaction cost analysis " + report.businessDate(),
                values,
                report.orders().stream()
                        .map(order -> row(order, report.currency()))
                        .toList(),
                report.businessDate().atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
    }

    private static List<Map<String, ?>> chart(List<Scorecard> cards) {
        return cards.stream()
                .<Map<String, ?>>map(card -> Map.of(
                        "name",
                        card.name(),
                        "arrival",
                        zeroIfNone(card.arrivalBps()),
                        "vwap",
                        zeroIfNone(card.vwapBps())))
                .toList();
    }

    private static BigDecimal zeroIfNone(@Nullable BigDecimal bps) {
        return bps == null ? BigDecimal.ZERO : bps;
    }

    private static List<Map<String, ?>> scorecards(List<Scorecard> cards, Scorecard total) {
        List<Map<String, ?>> rows =
                new ArrayList<>(cards.stream().map(TcaPages::scorecard).toList());
        rows.add(scorecard(total));
        return rows;
    }

    private static Map<String, ?> scorecard(Scorecard card) {
        Map<String, Object> row = new HashMap<>();
        row.put("name", card.name());
        row.put("orders", Integer.toString(card.orders()));
        row.put("measured", Integer.toString(card.measured()));
        row.put("notional", Figures.money(card.executedNotional()));
        row.put("fillRate", Figures.plain(card.fillRatePercent(), 1));
        row.put("cost", Figures.money(card.totalCost()));
        row.put("fees", Figures.money(card.fees()));
        row.put("arrival", Figures.optional(card.arrivalBps(), 2));
        row.put("median", Figures.optional(card.medianArrivalBps(), 2));
        row.put("vwap", Figures.optional(card.vwapBps(), 2));
        row.put("participation", Figures.optional(card.participationPercent(), 2));
        row.put("capture", Figures.optional(card.spreadCapture(), 2));
        return row;
    }

    private static Map<String, ?> row(OrderCost order, String reportingCurrency) {
        Map<String, Object> row = new HashMap<>();
        row.put("order", order.orderId());
        row.put("account", order.accountId());
        row.put("instrument", order.instrumentId());
        row.put("side", order.side().name());
        row.put("algo", order.algo());
        row.put("broker", order.brokerId() == null ? "" : order.brokerId());
        row.put("ordered", Figures.quantity(order.ordered()));
        row.put("executed", Figures.quantity(order.executed()));
        row.put("average", Figures.optional(order.averagePrice(), 4));
        row.put("arrival", Figures.optional(order.arrivalPrice(), 4));
        row.put("vwapPrice", Figures.optional(order.intervalVwap(), 4));
        row.put("currency", order.currency());
        row.put("arrivalBps", Figures.optional(order.arrivalBps(), 1));
        row.put("vwapBps", Figures.optional(order.vwapBps(), 1));
        row.put(
                "participation",
                order.participation() == null
                        ? ""
                        : Figures.plain(order.participation().movePointRight(2), 2));
        row.put("shortfall", Figures.money(order.convertedTotal()));
        row.put("shortfallBps", Figures.plain(order.shortfallBps(), 1));
        row.put("reportingCurrency", reportingCurrency);
        return row;
    }

    private static String bps(@Nullable BigDecimal value) {
        return value == null ? "not measured" : Figures.plain(value, 2) + " bps";
    }
}
