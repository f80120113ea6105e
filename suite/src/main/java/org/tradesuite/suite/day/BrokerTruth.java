package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tradesuite.openapi.execution.model.Fill;
import org.tradesuite.openapi.execution.model.Route;
import org.tradesuite.openapi.settlement.model.Direction;
import org.tradesuite.openapi.settlement.model.Instruction;
import org.tradesuite.suite.broker.BrokerLog;
import org.tradesuite.suite.broker.BrokerLog.Entry;

/** What the brokers' own logs say, against what the suite says. The logs are right. */
public final class BrokerTruth {

    /** An execution, whoever tells of it. */
    public record Executed(String broker, String execId, BigDecimal quantity, BigDecimal price) {

        public Executed {
            quantity = quantity.stripTrailingZeros();
            price = price.stripTrailingZeros();
        }
    }

    /** An execution with what it was for. */
    public record Deal(String account, String instrument, boolean buy, Executed execution) {

        /** What it adds to the holding; sold is below zero. */
        public BigDecimal signed() {
            return buy ? execution.quantity() : execution.quantity().negate();
        }
    }

    private static final int ACCOUNT = 1;
    private static final int CL_ORD_ID = 11;
    private static final int EXEC_ID = 17;
    private static final int LAST_MKT = 30;
    private static final int LAST_PX = 31;
    private static final int LAST_QTY = 32;
    private static final int MSG_TYPE = 35;
    private static final int SIDE = 54;
    private static final int SYMBOL = 55;
    private static final int POSS_DUP = 43;
    private static final int POSS_RESEND = 97;
    private static final int EXEC_TYPE = 150;
    private static final String BUY = "1";

    private final List<Deal> deals = new ArrayList<>();
    private final Map<String, BigDecimal> bySubject = new TreeMap<>();
    private final Map<String, Instant> ordersReceived = new TreeMap<>();
    private final Map<String, Integer> requestsReceived = new TreeMap<>();
    private int recognised;

    private BrokerTruth() {}

    /** @param logs by broker */
    public static BrokerTruth of(Map<String, Path> logs, LocalDate date) {
        var truth = new BrokerTruth();
        // The first market opens at midnight, the last one closes in the evening.
        var from = date.atStartOfDay().minusHours(1).toInstant(ZoneOffset.UTC);
        logs.forEach((broker, log) -> BrokerLog.read(log).stream()
                .filter(entry -> !entry.at().isBefore(from))
                .forEach(entry -> truth.take(broker, entry)));
        return truth;
    }

    private void take(String broker, Entry entry) {
        var fields = entry.fields();
        switch (fields.getOrDefault(MSG_TYPE, "")) {
            case "D" -> {
                ordersReceived.putIfAbsent(broker + " " + need(fields, CL_ORD_ID), entry.at());
                request(broker, fields);
            }
            case "F", "G" -> request(broker, fields);
            case "8" -> {
                if (isTrade(fields)) {
                    var quantity = new BigDecimal(need(fields, LAST_QTY));
                    var deal = new Deal(
                            need(fields, ACCOUNT),
                            need(fields, SYMBOL) + "." + need(fields, LAST_MKT),
                            need(fields, SIDE).equals(BUY),
                            new Executed(
                                    broker, need(fields, EXEC_ID), quantity, new BigDecimal(need(fields, LAST_PX))));
                    deals.add(deal);
                    bySubject.merge(
                            subject(broker, deal.account(), deal.instrument(), deal.buy()), quantity, BigDecimal::add);
                }
            }
            default -> {}
        }
    }

    /** The first of its id counts, whatever it says; a later one is only excused if it says that it is a repetition. */
    private void request(String broker, Map<Integer, String> fields) {
        var id = broker + " " + need(fields, CL_ORD_ID);
        var repeated = "Y".equals(fields.get(POSS_RESEND)) || "Y".equals(fields.get(POSS_DUP));
        if (repeated && requestsReceived.containsKey(id)) recognised++;
        else requestsReceived.merge(id, 1, Integer::sum);
    }

    /** FIX 4.2 reports a trade as partial fill (150=1) or fill (150=2), later versions as trade (150=F). */
    private static boolean isTrade(Map<Integer, String> fields) {
        var type = fields.getOrDefault(EXEC_TYPE, "");
        return Set.of("1", "2", "F").contains(type) && new BigDecimal(fields.getOrDefault(LAST_QTY, "0")).signum() > 0;
    }

    /** How many executions that broker reported. */
    long executions(String broker) {
        return deals.stream()
                .filter(deal -> deal.execution().broker().equals(broker))
                .count();
    }

    private static String need(Map<Integer, String> fields, int tag) {
        return Objects.requireNonNull(fields.get(tag), () -> "the broker's log lacks tag " + tag + ": " + fields);
    }

    public int executions() {
        return deals.size();
    }

    public List<Deal> deals() {
        return List.copyOf(deals);
    }

    public int orders() {
        return ordersReceived.size();
    }

    /** When each order came first, by broker and ClOrdID. */
    public Map<String, Instant> ordersReceived() {
        return Map.copyOf(ordersReceived);
    }

    /** Orders, cancels and replaces that came again, said so, and changed nothing. */
    public int recognised() {
        return recognised;
    }

    /** Orders, cancels and replaces that reached a broker more than once without being marked as repeated. */
    public Set<String> sentTwice() {
        return requestsReceived.entrySet().stream()
                .filter(order -> order.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Orders that only one side knows: the suite by its route, the broker by its log. */
    public Set<String> strangers(Iterable<Route> routes) {
        var strangers = new TreeSet<String>();
        for (var order : ordersReceived.keySet()) strangers.add(order.substring(0, order.lastIndexOf('-')));
        for (var route : routes) {
            var ours = route.getBrokerId() + " " + route.getRouteId();
            if (!strangers.remove(ours)) strangers.add(ours);
        }
        return strangers;
    }

    /** Executions that only one side knows, that it knows otherwise, or that it has more than once. */
    public List<Executed> differences(Iterable<Fill> fills) {
        var left = new HashMap<Executed, Integer>();
        for (var deal : deals) left.merge(deal.execution(), 1, Integer::sum);
        var differences = new ArrayList<Executed>();
        for (var fill : fills) {
            var ours = new Executed(
                    fill.getBrokerId(),
                    fill.getExecId(),
                    new BigDecimal(fill.getQuantity()),
                    new BigDecimal(fill.getPrice()));
            if (left.getOrDefault(ours, 0) == 0) differences.add(ours);
            else left.merge(ours, -1, Integer::sum);
        }
        left.forEach((execution, count) -> differences.addAll(Collections.nCopies(count, execution)));
        return differences;
    }

    /** What was instructed that is not what a broker executed, all of it and once. */
    List<String> differences(Collection<Instruction> instructions) {
        var brokers = new HashMap<String, String>();
        for (var row : ReferenceFiles.rows("brokers")) brokers.put(row.getField("bic"), row.getField("broker_id"));
        var crypto = ReferenceFiles.instruments().stream()
                .filter(Instrument::crypto)
                .map(Instrument::id)
                .collect(Collectors.toSet());
        var left = new TreeMap<>(bySubject);
        // The venue settles what has no ISIN.
        left.keySet().removeIf(subject -> crypto.stream().anyMatch(each -> subject.contains(" " + each + " ")));
        var differences = new ArrayList<String>();
        for (var each : instructions) {
            var subject = subject(
                    String.valueOf(brokers.get(each.getCounterpartyBic())),
                    each.getAccountId(),
                    each.getInstrumentId(),
                    each.getDirection() == Direction.RECE);
            var executed = left.remove(subject);
            if (executed == null || executed.compareTo(new BigDecimal(each.getQuantity())) != 0)
                differences.add("%s: %s instructed, %s executed".formatted(subject, each.getQuantity(), executed));
        }
        left.forEach((subject, executed) ->
                differences.add("%s: nothing instructed, %s executed".formatted(subject, executed)));
        return differences;
    }

    private static String subject(String broker, String account, String instrument, boolean buy) {
        return String.join(" ", broker, account, instrument, buy ? "BUY" : "SELL");
    }
}
