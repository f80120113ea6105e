package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.plan.EndBehaviour;
import org.tradesuite.execution.plan.Immediate;
import org.tradesuite.execution.plan.Plan;
import org.tradesuite.execution.plan.Twap;
import org.tradesuite.execution.plan.Vwap;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.market.Quantity;

/** Makes the plan of an order from what was asked and from the market's sessions of the day. */
final class Planner {

    /** @param plan null if there is none, and then why */
    record Planned(@Nullable Plan plan, String why) {}

    private static final BigDecimal LARGEST_NUMBER_OF_CHILDREN = new BigDecimal(50);

    private final EngineSettings settings;

    Planner(EngineSettings settings) {
        this.settings = settings;
    }

    /** What makes no sense whatever the market does; null if it does make sense. */
    static @Nullable String wrong(Input.DecisionSubmitted input) {
        if (input.type() == OrderType.LIMIT && input.limit() == null) {
            return "A limit order needs a limit.";
        }
        if (input.type() == OrderType.MARKET && input.limit() != null) {
            return "A market order has no limit: leave it out or send a limit order.";
        }
        if (input.algo() != Algo.IMMEDIATE && input.timeInForce() != TimeInForce.DAY) {
            return input.algo() + " takes its time and " + input.timeInForce()
                    + " does not wait: send it with IMMEDIATE, or for the DAY.";
        }
        if (input.algo() != Algo.IMMEDIATE && input.end() == null) {
            return input.algo() + " needs an end time.";
        }
        if (input.end() != null && input.start() != null && !input.end().isAfter(input.start())) {
            return "The end time is not after the start time.";
        }
        return input.end() != null && !input.end().isAfter(input.at())
                ? "The end time " + input.end() + " has passed."
                : null;
    }

    /** @param end null for the session's end */
    Planned plan(
            ReferenceData reference,
            Instrument instrument,
            LocalDate date,
            Algo algo,
            Quantity quantity,
            Instant start,
            @Nullable Instant end) {
        var sessions = reference.sessionsOn(instrument.mic(), date);
        var meets = sessions.stream()
                .anyMatch(session -> session.close().isAfter(start)
                        && (end == null || session.open().isBefore(end)));
        if (!meets) {
            return new Planned(
                    null,
                    instrument.mic() + " is not open between " + start + " and "
                            + (end == null ? "the end of " + date : end) + ".");
        }
        var open = Plan.windows(start, end, sessions);
        var lot = instrument.lotSize();
        // With the market's close nothing can be finished any more.
        var goesOn = sessions.stream()
                .anyMatch(session -> session.close().isAfter(open.getLast().to()));
        var atEnd = goesOn ? EndBehaviour.FINISH : EndBehaviour.CANCEL;
        return switch (algo) {
            case IMMEDIATE -> new Planned(new Immediate(quantity, open), "");
            case TWAP ->
                new Planned(
                        Twap.of(quantity, lot, smallestChild(quantity, lot), settings.twapInterval(), open, atEnd), "");
            case VWAP -> {
                var profile = reference.volumeProfile(instrument.mic(), date);
                var covers = profile.stream()
                        .anyMatch(bin -> bin.share().signum() > 0
                                && open.stream()
                                        .anyMatch(window -> window.from().isBefore(bin.to())
                                                && bin.from().isBefore(window.to())));
                yield covers
                        ? new Planned(
                                Vwap.of(
                                        quantity,
                                        lot,
                                        smallestChild(quantity, lot),
                                        settings.participation(),
                                        settings.vwapInterval(),
                                        profile,
                                        open,
                                        EndBehaviour.CANCEL),
                                "")
                        : new Planned(null, instrument.mic() + " has no volume profile for that time.");
            }
        };
    }

    /** A fiftieth of the order in whole lots: a broker is not asked to work crumbs, however small a lot is. */
    private static Quantity smallestChild(Quantity quantity, Quantity lot) {
        var lots = quantity.value()
                .divide(LARGEST_NUMBER_OF_CHILDREN, MathContext.DECIMAL64)
                .divideToIntegralValue(lot.value());
        return Quantity.of(lots.max(BigDecimal.ONE).multiply(lot.value()));
    }
}
