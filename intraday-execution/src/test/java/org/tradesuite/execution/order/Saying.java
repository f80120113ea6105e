package org.tradesuite.execution.order;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** An execution report put together from what a broker says in it; what it does not say is absent. */
public final class Saying {

    private final String execId;
    private final ExecType type;
    private final OrdStatus status;
    private LocalDate tradeDate = LocalDate.of(2026, 3, 2);
    private Instant transactTime = Instant.parse("2026-03-02T10:00:00Z");
    private @Nullable String execRefId;
    private @Nullable String clOrdId;
    private @Nullable String origClOrdId;
    private @Nullable String brokerOrderId;
    private @Nullable Side side;
    private @Nullable Quantity orderQuantity;
    private @Nullable Price limit;
    private @Nullable Quantity lastQuantity;
    private @Nullable Price lastPrice;
    private @Nullable Quantity cumulative;
    private @Nullable Quantity leaves;
    private @Nullable Price average;
    private @Nullable String lastMarket;
    private @Nullable String lastCapacity;
    private @Nullable String lastLiquidity;
    private @Nullable String restatement;
    private @Nullable String rejectReason;
    private @Nullable String text;

    private Saying(String execId, ExecType type, OrdStatus status) {
        this.execId = execId;
        this.type = type;
        this.status = status;
    }

    public static Saying of(String execId, ExecType type, OrdStatus status) {
        return new Saying(execId, type, status);
    }

    /** The same words again, to change some of them. */
    public static Saying like(ExecutionReport report) {
        var saying = of(report.execId(), report.execType(), report.ordStatus());
        saying.tradeDate = report.tradeDate();
        saying.transactTime = report.transactTime();
        saying.execRefId = report.execRefId();
        saying.clOrdId = report.clOrdId();
        saying.origClOrdId = report.origClOrdId();
        saying.brokerOrderId = report.brokerOrderId();
        saying.side = report.side();
        saying.orderQuantity = report.orderQuantity();
        saying.limit = report.price();
        saying.lastQuantity = report.lastQuantity();
        saying.lastPrice = report.lastPrice();
        saying.cumulative = report.cumQuantity();
        saying.leaves = report.leavesQuantity();
        saying.average = report.averagePrice();
        saying.lastMarket = report.lastMarket();
        saying.lastCapacity = report.lastCapacity();
        saying.lastLiquidity = report.lastLiquidity();
        saying.restatement = report.restatementReason();
        saying.rejectReason = report.rejectReason();
        saying.text = report.text();
        return saying;
    }

    public Saying on(LocalDate date) {
        tradeDate = date;
        return this;
    }

    public Saying at(Instant time) {
        transactTime = time;
        return this;
    }

    /** ExecRefID (19). */
    public Saying about(@Nullable String reference) {
        execRefId = reference;
        return this;
    }

    public Saying id(@Nullable String id) {
        clOrdId = id;
        return this;
    }

    public Saying id(@Nullable String id, @Nullable String original) {
        clOrdId = id;
        origClOrdId = original;
        return this;
    }

    /** OrderID (37). */
    public Saying knownAs(@Nullable String orderId) {
        brokerOrderId = orderId;
        return this;
    }

    public Saying side(@Nullable Side is) {
        side = is;
        return this;
    }

    public Saying order(@Nullable Quantity quantity, @Nullable Price price) {
        orderQuantity = quantity;
        limit = price;
        return this;
    }

    public Saying order(String quantity, String price) {
        return order(Quantity.of(quantity), Price.of(price));
    }

    public Saying last(@Nullable Quantity quantity, @Nullable Price price) {
        lastQuantity = quantity;
        lastPrice = price;
        return this;
    }

    public Saying last(@Nullable String quantity, @Nullable String price) {
        return last(quantity == null ? null : Quantity.of(quantity), price == null ? null : Price.of(price));
    }

    public Saying counts(@Nullable Quantity executed) {
        cumulative = executed;
        return this;
    }

    public Saying counts(String executed) {
        return counts(Quantity.of(executed));
    }

    public Saying leaves(Quantity open) {
        leaves = open;
        return this;
    }

    public Saying averages(@Nullable Price price) {
        average = price;
        return this;
    }

    public Saying market(@Nullable String mic) {
        lastMarket = mic;
        return this;
    }

    /** LastMkt (30), LastCapacity (29) and LastLiquidityInd (851). */
    public Saying market(String mic, String capacity, String liquidity) {
        lastMarket = mic;
        lastCapacity = capacity;
        lastLiquidity = liquidity;
        return this;
    }

    public Saying restated(String reason) {
        restatement = reason;
        return this;
    }

    public Saying why(@Nullable String reason, @Nullable String words) {
        rejectReason = reason;
        text = words;
        return this;
    }

    public ExecutionReport report() {
        return new ExecutionReport(
                tradeDate,
                execId,
                execRefId,
                type,
                status,
                clOrdId,
                origClOrdId,
                brokerOrderId,
                side,
                orderQuantity,
                limit,
                lastQuantity,
                lastPrice,
                cumulative,
                leaves,
                average,
                transactTime,
                lastMarket,
                lastCapacity,
                lastLiquidity,
                restatement,
                rejectReason,
                text);
    }
}
