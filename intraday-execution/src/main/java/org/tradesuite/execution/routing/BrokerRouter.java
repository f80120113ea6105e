package org.tradesuite.execution.routing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.Broker;
import org.tradesuite.execution.reference.BrokerRate;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.reference.Standing;
import org.tradesuite.market.BasisPoints;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * Chooses the broker with the lowest expected total cost: commission or its minimum, fees, slippage as measured, and
 * what its rejects are expected to cost. At equal cost the name decides, so that the same question has one answer.
 */
public final class BrokerRouter {

    private static final BasisPoints NOTHING = BasisPoints.of(BigDecimal.ZERO);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(
                    (Candidate each) -> each.excluded() != null)
            .thenComparing(Candidate::total)
            .thenComparing(Candidate::broker);

    private BrokerRouter() {}

    /**
     * @param price at which the order is expected to trade
     * @param reachable brokers whose session is up
     */
    public static BrokerChoice choose(
            Instrument instrument,
            Quantity quantity,
            Price price,
            ReferenceData reference,
            Scorecards scorecards,
            RoutingPolicy policy,
            Set<BrokerId> reachable) {
        var gross = price.value().multiply(quantity.value()).abs();
        var candidates = reference.brokers().stream()
                .map(broker -> candidate(
                        broker,
                        reference.rate(broker.id(), instrument.mic()).orElse(null),
                        reachable.contains(broker.id()),
                        instrument,
                        gross,
                        scorecards,
                        policy))
                .sorted(BEST_FIRST)
                .toList();
        var able = candidates.stream().filter(each -> each.excluded() == null).toList();
        if (able.isEmpty()) {
            return new BrokerChoice(null, candidates, "No broker can take it: " + reasons(candidates) + ".");
        }
        var best = able.getFirst();
        var reason = best.broker() + " is expected to cost " + shown(best.total()) + " bp"
                + (able.size() == 1
                        ? " and is the only one able"
                        : ", " + able.get(1).broker() + " " + shown(able.get(1).total()) + " bp")
                + ".";
        return new BrokerChoice(best.broker(), candidates, reason);
    }

    private static String reasons(Iterable<Candidate> candidates) {
        var text = new StringBuilder();
        for (var each : candidates) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(each.broker())
                    .append(' ')
                    .append(each.excluded());
        }
        return text.isEmpty() ? "none is known" : text.toString();
    }

    private static String shown(BasisPoints points) {
        return points.value().setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    private static Candidate candidate(
            Broker broker,
            @Nullable BrokerRate rate,
            boolean reachable,
            Instrument instrument,
            BigDecimal gross,
            Scorecards scorecards,
            RoutingPolicy policy) {
        if (rate == null) {
            return new Candidate(
                    broker.id(), NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "has no rate on " + instrument.mic());
        }
        var card = scorecards.of(broker.id(), instrument.mic());
        var commission = commission(rate, gross);
        var halfSpread = BasisPoints.of(instrument.spread().value().divide(TWO));
        var slippage = card.slippage(halfSpread, policy.slippageWeight());
        var rejects = BasisPoints.of(policy.costOfReject()
                .value()
                .multiply(card.rejectRate(policy.usualRejectRate(), policy.rejectWeight()), MathContext.DECIMAL64));
        var total = BasisPoints.of(
                commission.value().add(rate.fee().value()).add(slippage.value()).add(rejects.value()));
        var excluded = broker.status() != Standing.ACTIVE
                ? "is " + broker.status().name().toLowerCase(java.util.Locale.ROOT)
                : reachable ? null : "is not connected";
        return new Candidate(broker.id(), commission, rate.fee(), slippage, rejects, total, excluded);
    }

    private static BasisPoints commission(BrokerRate rate, BigDecimal gross) {
        if (gross.signum() == 0) {
            return rate.commission();
        }
        var atMinimum = BasisPoints.ofFraction(rate.minimumCommission().divide(gross, MathContext.DECIMAL64));
        return atMinimum.compareTo(rate.commission()) > 0 ? atMinimum : rate.commission();
    }
}
