package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** A client of the desk, and what it hears, a line for each report: what/status ids 38 14 151. */
final class ClientStory {
    static final String CLIENT = "ALGO1";

    final DeskStory desk = new DeskStory();
    private int heard;
    private long sequence;

    ClientStory gets(ClientMessage message) {
        desk.gets(new Input.FromClient(desk.now, message));
        return this;
    }

    ClientStory sends(String clOrdId, String quantity, @Nullable String limit) {
        return gets(order(clOrdId, quantity, limit, false, 10));
    }

    ClientMessage.NewOrder order(
            String clOrdId, String quantity, @Nullable String limit, boolean possResend, int openOrders) {
        return new ClientMessage.NewOrder(
                CLIENT,
                ++sequence,
                clOrdId,
                possResend,
                terms(quantity, limit),
                decision(clOrdId, quantity, limit, Algo.IMMEDIATE, null),
                null,
                openOrders);
    }

    ClientMessage.NewOrder wrong(String clOrdId, int reason, String text) {
        return new ClientMessage.NewOrder(
                CLIENT, ++sequence, clOrdId, false, terms("10", null), null, new ClientMessage.Wrong(reason, text), 10);
    }

    static ClientReport.Terms terms(String quantity, @Nullable String limit) {
        return new ClientReport.Terms(
                "CORE",
                "VOD",
                "XLON",
                null,
                "GBP",
                Side.BUY,
                Quantity.of(quantity),
                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                limit == null ? null : Price.of(limit),
                TimeInForce.DAY);
    }

    private Input.DecisionSubmitted decision(
            String clOrdId, String quantity, @Nullable String limit, Algo algo, @Nullable Instant end) {
        return new Input.DecisionSubmitted(
                desk.now,
                0,
                "client:" + CLIENT,
                "D" + clOrdId,
                "fix/" + CLIENT + "/" + clOrdId,
                "hash",
                House.ACCOUNT,
                "VALUE",
                "apatel",
                House.VOD,
                Side.BUY,
                Quantity.of(quantity),
                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                limit == null ? null : Price.of(limit),
                algo,
                null,
                end);
    }

    ClientStory cancels(String clOrdId, String orig) {
        return gets(new ClientMessage.Cancel(CLIENT, ++sequence, clOrdId, orig, false));
    }

    ClientStory replaces(String clOrdId, String orig, String quantity, @Nullable String limit) {
        return gets(new ClientMessage.Replace(
                CLIENT,
                ++sequence,
                clOrdId,
                orig,
                false,
                Side.BUY,
                Quantity.of(quantity),
                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                limit == null ? null : Price.of(limit),
                null));
    }

    ClientStory replaced(String clOrdId, String original) {
        desk.reports(clOrdId, original, ExecType.REPLACED, OrdStatus.NEW, null, null, null);
        return this;
    }

    /** What was told since the last time it was asked. */
    List<String> hears() {
        var lines = new ArrayList<String>();
        for (var recorded : desk.journal.subList(heard, desk.journal.size())) {
            switch (recorded.fact()) {
                case ClientFact.Told told -> lines.add(line(told.report()));
                case ClientFact.RequestRefused refused ->
                    lines.add("REFUSED/" + refused.status() + " " + refused.clOrdId() + "," + refused.origClOrdId()
                            + " 434=" + (refused.toReplace() ? 2 : 1) + " 102=" + refused.reason());
                default -> {
                    // The desk's own.
                }
            }
        }
        heard = desk.journal.size();
        return lines;
    }

    List<String> isAnswered() {
        return desk.effects.stream()
                .filter(Effect.TellClient.class::isInstance)
                .map(effect -> {
                    var tell = (Effect.TellClient) effect;
                    var asked = tell.asked();
                    return line(tell.report())
                            + (asked == null
                                    ? ""
                                    : " " + asked.questionId() + " " + asked.total() + (asked.last() ? " last" : ""));
                })
                .toList();
    }

    static String line(ClientReport report) {
        return report.what() + "/" + report.status() + " " + report.clOrdId()
                + (report.origClOrdId() == null ? "" : "," + report.origClOrdId())
                + " 38=" + report.terms().quantity() + " 14=" + report.cumulative() + " 151=" + report.leaves()
                + (report.average() == null ? "" : " 6=" + report.average())
                + (report.lastQuantity() == null ? "" : " 32=" + report.lastQuantity() + " 31=" + report.lastPrice())
                + (report.execRefId() == null ? "" : " 19=" + report.execRefId())
                + (report.reason() == null ? "" : " 103=" + report.reason());
    }
}
