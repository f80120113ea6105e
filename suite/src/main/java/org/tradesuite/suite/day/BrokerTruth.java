package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.suite.broker.BrokerLog;
import org.tradesuite.suite.broker.BrokerLog.Entry;

/** What the brokers' own logs say, against what the suite says. The logs are right. */
final class BrokerTruth {

    /** An execution, whoever tells of it. */
    record Executed(String broker, String execId, BigDecimal quantity, BigDecimal price) {

        Executed {
            quantity = quantity.stripTrailingZeros();
            price = price.stripTrailingZeros();
        }
    }

    private static final int MSG_TYPE = 35;
    private static final int CL_ORD_ID = 11;
    private static final int EXEC_ID = 17;
    private static final int LAST_PX = 31;
    private static final int LAST_QTY = 32;
    private static final int POSS_RESEND = 97;
    private static final int EXEC_TYPE = 150;

    private final Set<Executed> executions = new HashSet<>();
    private final Map<String, Integer> ordersReceived = new TreeMap<>();

    private BrokerTruth() {}

    static BrokerTruth of(Map<String, Path> logs, LocalDate date) {
        var truth = new BrokerTruth();
        logs.forEach((broker, log) -> BrokerLog.read(log).stream()
                .filter(entry ->
                        !entry.at().isBefore(date.minusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC)))
                .forEach(entry -> truth.take(broker, entry)));
        return truth;
    }

    private void take(String broker, Entry entry) {
        var fields = entry.fields();
        switch (fields.getOrDefault(MSG_TYPE, "")) {
            case "D" -> {
                if (!"Y".equals(fields.get(POSS_RESEND)))
                    ordersReceived.merge(broker + " " + need(fields, CL_ORD_ID), 1, Integer::sum);
            }
            case "8" -> {
                if (isTrade(fields))
                    executions.add(new Executed(
                            broker,
                            need(fields, EXEC_ID),
                            new BigDecimal(need(fields, LAST_QTY)),
                            new BigDecimal(need(fields, LAST_PX))));
            }
            default -> {}
        }
    }

    /** FIX 4.2 reports a trade as partial fill (150=1) or fill (150=2), later versions as trade (150=F). */
    private static boolean isTrade(Map<Integer, String> fields) {
        var type = fields.getOrDefault(EXEC_TYPE, "");
        return Set.of("1", "2", "F").contains(type) && new BigDecimal(fields.getOrDefault(LAST_QTY, "0")).signum() > 0;
    }

    private static String need(Map<Integer, String> fields, int tag) {
        return Objects.requireNonNull(fields.get(tag), () -> "the broker's log lacks tag " + tag + ": " + fields);
    }

    int executions() {
        return executions.size();
    }

    int orders() {
        return ordersReceived.size();
    }

    /** Orders that reached a broker more than once without being marked as a possible resend. */
    Set<String> sentTwice() {
        return ordersReceived.entrySet().stream()
                .filter(order -> order.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Routes that the suite takes for sent and no broker has seen. */
    Set<String> lost(Iterable<Route> routes) {
        var lost = new HashSet<String>();
        for (var route : routes) {
            var first = ordersReceived.keySet().stream()
                    .anyMatch(order -> order.startsWith(route.getBrokerId() + " " + route.getRouteId()));
            if (!first) lost.add(route.getBrokerId() + " " + route.getRouteId());
        }
        return lost;
    }

    /** Executions that only one side knows, or knows otherwise. */
    Set<Executed> differences(Iterable<Fill> fills) {
        var ours = new HashSet<Executed>();
        for (var fill : fills)
            ours.add(new Executed(
                    fill.getBrokerId(),
                    fill.getExecId(),
                    new BigDecimal(fill.getQuantity()),
                    new BigDecimal(fill.getPrice())));
        var differences = new HashSet<>(executions);
        differences.removeAll(ours);
        ours.removeAll(executions);
        differences.addAll(ours);
        return differences;
    }
}
