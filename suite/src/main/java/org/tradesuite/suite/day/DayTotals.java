package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tradesuite.openapi.execution.model.Order;
import org.tradesuite.openapi.reconciliation.model.ModelBreak;
import org.tradesuite.openapi.settlement.model.Direction;
import org.tradesuite.openapi.settlement.model.Instruction;
import org.tradesuite.suite.market.Market;

/**
 * The day's totals, each with the rule by which two tellings of the same day may differ, however often one of them was
 * broken off. {@code equal} must not differ at all; {@code least..most} is what the decisions allow. Rules follow from
 * the tape of decisions and the market's prices ({@link Expected}), not from the outcome, so that no day excuses itself.
 *
 * <p>Nothing here is counted by broker: which broker gets an order follows from what the brokers did before, to the
 * minute, and so does how many executions and trades it comes in.
 */
final class DayTotals {

    private static final String EQUAL = "equal";

    private record Row(String total, String of, String value, String rule) {

        @Override
        public String toString() {
            return String.join(",", total, of, value, rule);
        }
    }

    /** What is certain, and what can come on top of it or be sold on top of it. */
    private static final class Bounds {
        private BigDecimal least = BigDecimal.ZERO;
        private BigDecimal most = BigDecimal.ZERO;

        void add(BigDecimal atLeast, BigDecimal atMost) {
            least = least.add(atLeast);
            most = most.add(atMost);
        }

        String rule() {
            return least.compareTo(most) == 0 ? EQUAL : Expected.plain(least) + ".." + Expected.plain(most);
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final List<Decision> tape;
    private final Market market;
    private final Map<String, Order> orders;

    /** @param orders by the key of their decision */
    DayTotals(List<Decision> tape, Market market, Map<String, Order> orders) {
        this.tape = tape;
        this.market = market;
        this.orders = orders;
    }

    /** What became of each decision, what was asked for in the end and what was executed. */
    void decisions(Collection<String> refused) {
        for (var decision : tape) {
            var order = orders.get(decision.key());
            var became = order != null
                    ? String.join(
                            " ",
                            order.getAlgo().getValue(),
                            order.getAccountId(),
                            order.getSide().getValue(),
                            order.getInstrumentId())
                    : refused.contains(decision.key()) ? "refused" : "none";
            add("decision", decision.key(), became, EQUAL);
            if (order == null) continue;
            add("ordered", decision.key(), order.getQuantity(), Expected.ordered(decision));
            add("executed", decision.key(), order.getExecutedQuantity(), Expected.of(decision, market));
        }
    }

    private void add(String total, String of, String quantity, Expected expected) {
        add(total, of, Expected.plain(new BigDecimal(quantity)), expected.isCertain() ? EQUAL : expected.toString());
    }

    void positions(Map<Holding, BigDecimal> opening, Map<Holding, BigDecimal> closing) {
        var bounds = new TreeMap<Holding, Bounds>();
        opening.forEach((holding, quantity) -> bounds(bounds, holding).add(quantity, quantity));
        for (var decision : ordered()) {
            var expected = Expected.of(decision, market);
            var line = bounds(bounds, holding(decision));
            if (decision.buy()) line.add(expected.least(), expected.most());
            else line.add(expected.most().negate(), expected.least().negate());
        }
        bounds.forEach((holding, allowed) -> add(
                "position",
                holding.toString(),
                Expected.plain(closing.getOrDefault(holding, BigDecimal.ZERO)),
                allowed.rule()));
    }

    /** What was instructed to the custodian and what has settled, by account, security and direction. */
    void settlement(Collection<Instruction> instructions) {
        var bounds = new TreeMap<String, Bounds>();
        for (var decision : ordered()) {
            if (decision.instrument().crypto()) continue;
            var expected = Expected.of(decision, market);
            bounds.computeIfAbsent(
                            holding(decision) + (decision.buy() ? " " + Direction.RECE : " " + Direction.DELI),
                            _ -> new Bounds())
                    .add(expected.least(), expected.most());
        }
        var instructed = new TreeMap<String, BigDecimal>();
        var settled = new TreeMap<String, BigDecimal>();
        for (var each : instructions) {
            var subject = each.getAccountId() + " " + each.getInstrumentId() + " " + each.getDirection();
            instructed.merge(subject, new BigDecimal(each.getQuantity()), BigDecimal::add);
            if (each.getSettledQuantity() != null)
                settled.merge(subject, new BigDecimal(each.getSettledQuantity()), BigDecimal::add);
            bounds.computeIfAbsent(subject, _ -> new Bounds());
        }
        bounds.forEach((subject, allowed) -> {
            add("instructed", subject, Expected.plain(of(instructed, subject)), allowed.rule());
            // Some settle by half or not at all, by the seed.
            add(
                    "settled",
                    subject,
                    Expected.plain(of(settled, subject)),
                    allowed.rule().equals(EQUAL) ? EQUAL : "0.." + Expected.plain(allowed.most));
        });
    }

    void breaks(Collection<ModelBreak> breaks) {
        var counts = new TreeMap<String, Integer>();
        breaks.forEach(each -> counts.merge(each.getFeed() + " " + each.getBreakClass(), 1, Integer::sum));
        counts.forEach((kind, count) -> add("breaks", kind, Integer.toString(count), EQUAL));
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    "total,of,value,rule\n"
                            + String.join("\n", rows.stream().map(Row::toString).toList()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the totals into " + file, e);
        }
    }

    private void add(String total, String of, String value, String rule) {
        rows.add(new Row(total, of, value, rule));
    }

    private List<Decision> ordered() {
        return tape.stream()
                .filter(decision -> orders.containsKey(decision.key()))
                .toList();
    }

    private static Holding holding(Decision decision) {
        return new Holding(decision.accountId(), decision.instrument().id());
    }

    private static Bounds bounds(Map<Holding, Bounds> bounds, Holding holding) {
        return bounds.computeIfAbsent(holding, _ -> new Bounds());
    }

    private static BigDecimal of(Map<String, BigDecimal> quantities, String subject) {
        return quantities.getOrDefault(subject, BigDecimal.ZERO);
    }
}
