package org.tradesuite.suite.benchmark;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect;
import org.tradesuite.execution.engine.Input;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What reaches the engine on a busy morning: decisions, and of each order that leaves an acknowledgement and fills of
 * single shares, the last one for the rest. Times, ids and quantities follow from the numbers, so the same inputs can be
 * given again.
 */
final class EngineDay {

    /** One decision each so often, by the clock of the desk: five thousand a second. */
    private static final long MICROS_BETWEEN = 200;

    private static final BrokerId BROKER = BrokerId.of(SampleFirm.BROKER);
    private static final AccountId ACCOUNT = AccountId.of(SampleFirm.ACCOUNT);
    private static final InstrumentId INSTRUMENT = InstrumentId.of(SampleFirm.INSTRUMENT);
    private static final Price PRICE = Price.of("0.7210");

    private final int fillsEach;
    private long decisions;
    private long messages;

    EngineDay(int fillsEach) {
        this.fillsEach = fillsEach;
    }

    /** The day is open, the broker is there and the market has a price. */
    static List<Input> opening() {
        return List.of(
                new Input.TradingDayOpenRequested(SampleFirm.MORNING, 1, "benchmark", SampleFirm.DATE),
                new Input.BrokerSessionUp(SampleFirm.MORNING, BROKER),
                new Input.MarketQuote(SampleFirm.MORNING, INSTRUMENT, Price.of("0.7209"), Price.of("0.7211")));
    }

    Input decision() {
        var number = ++decisions;
        var id = "D" + number;
        return new Input.DecisionSubmitted(
                now(),
                number + 1,
                "benchmark",
                id,
                id,
                "hash of " + id,
                ACCOUNT,
                "VALUE",
                "apatel",
                INSTRUMENT,
                Side.BUY,
                Quantity.of(Long.toString(fillsEach + number)),
                OrderType.MARKET,
                null,
                Algo.IMMEDIATE,
                null,
                null);
    }

    /**
     * What the broker answers to an order.
     *
     * @param filled down to its last fill, else half way
     */
    List<Input> answers(Effect.SendNewOrder order, boolean filled) {
        var fills = filled ? fillsEach : fillsEach / 2;
        var answers = new ArrayList<Input>(fills + 1);
        answers.add(report(order.clOrdId(), "A" + order.clOrdId(), ExecType.NEW, null));
        for (var fill = 1; fill <= fills; fill++) {
            var quantity = fill < fillsEach
                    ? Quantity.of("1")
                    : Quantity.of(order.terms().quantity().value().subtract(BigDecimal.valueOf(fillsEach - 1L)));
            answers.add(report(order.clOrdId(), fill + "/" + order.clOrdId(), ExecType.TRADE, quantity));
        }
        return answers;
    }

    private Input report(String clOrdId, String execId, ExecType type, @Nullable Quantity quantity) {
        var at = now();
        return new Input.BrokerExecutionReport(
                at,
                BROKER,
                ++messages,
                new ExecutionReport(
                        SampleFirm.DATE,
                        execId,
                        null,
                        type,
                        quantity == null ? OrdStatus.NEW : OrdStatus.PARTIALLY_FILLED,
                        clOrdId,
                        null,
                        "B" + clOrdId,
                        null,
                        null,
                        null,
                        quantity,
                        quantity == null ? null : PRICE,
                        null,
                        null,
                        null,
                        at,
                        "XLON",
                        "A",
                        "1",
                        null,
                        null,
                        null));
    }

    private Instant now() {
        return SampleFirm.MORNING.plus(decisions * MICROS_BETWEEN, ChronoUnit.MICROS);
    }
}
