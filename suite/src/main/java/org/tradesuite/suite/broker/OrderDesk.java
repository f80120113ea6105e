package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.broker.SimulatedOrder.Due;
import org.tradesuite.suite.broker.SimulatedOrder.Request;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.Seed;

/**
 * The broker's order desk by FIX Appendix D. What comes in is taken into the state by {@link #received}; what is due by
 * the clock is decided by {@link #due} and becomes state by {@link #sent}: the same two calls replay the log at start.
 * Not thread-safe: the broker calls it under one lock.
 */
final class OrderDesk {

    /** A message to send, in business time; {@code answers} is the log line it answers, 0 when none. */
    record Outgoing(Instant at, Fields fields, long answers) {}

    /** A request that is answered and changes nothing: an unknown order, a second pending request, a status question. */
    private record Question(BrokerLog.Entry entry, Fields fields, Instant at, String why) {}

    private static final DateTimeFormatter UTC_TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyyMMdd-HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter OUT_TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss.SSS", Locale.ROOT);
    /** Business time on an order further away than this is another clock's, and not believed. */
    private static final Duration BELIEVABLE = Duration.ofMinutes(10);

    private static final String UNKNOWN_ORDER = "1";
    private static final String TOO_LATE = "0";
    private static final String ALREADY_PENDING = "3";
    private static final String DUPLICATE = "6";
    private static final String STATUS = "status";

    private final BrokerProfile profile;
    private final Market market;
    private final Seed seed;
    private final Map<String, SimulatedOrder> byClOrdId = new HashMap<>();
    private final Map<String, SimulatedOrder> byOrderId = new LinkedHashMap<>();
    private final Set<SimulatedOrder> active = new LinkedHashSet<>();
    private final Set<String> requestIds = new HashSet<>();
    /** How many orders of a kind have come. */
    private final Map<String, Integer> alike = new HashMap<>();

    private final Map<Long, Question> questions = new LinkedHashMap<>();
    private long reports;

    OrderDesk(BrokerProfile profile, Market market, Seed seed) {
        this.profile = profile;
        this.market = market;
        this.seed = seed;
    }

    Collection<SimulatedOrder> orders() {
        return byOrderId.values();
    }

    @Nullable
    SimulatedOrder order(String clOrdId) {
        return byClOrdId.get(clOrdId);
    }

    static String timestamp(Instant at) {
        return OUT_TIMESTAMP.format(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
    }

    // What comes in

    void received(BrokerLog.Entry entry) {
        Fields fields = Fields.of(entry.fields());
        Instant at = believed(fields, entry.at());
        switch (fields.type()) {
            case "D" -> newOrder(entry, fields, at);
            case "F", "G" -> request(entry, fields, at);
            case "H", "AF" -> questions.put(entry.n(), new Question(entry, fields, at, STATUS));
            default -> throw new IllegalStateException("Not an order message: " + fields);
        }
    }

    private static Instant believed(Fields fields, Instant receivedAt) {
        String text = fields.get(60);
        if (text == null) {
            return receivedAt;
        }
        Instant stated = LocalDateTime.parse(text, UTC_TIMESTAMP).toInstant(ZoneOffset.UTC);
        return Duration.between(stated, receivedAt).abs().compareTo(BELIEVABLE) > 0 ? receivedAt : stated;
    }

    private void newOrder(BrokerLog.Entry entry, Fields fields, Instant at) {
        String clOrdId = fields.need(11);
        if (byClOrdId.containsKey(clOrdId)) {
            if (!fields.is(43, "Y")) {
                questions.put(entry.n(), new Question(entry, fields, at, fields.is(97, "Y") ? STATUS : DUPLICATE));
            }
            return;
        }
        Listing listing = market.listing(fields.need(55), fields.get(207, fields.get(100, "")))
                .orElse(null);
        String likeness = likeness(fields, at);
        int nth = alike.merge(likeness, 1, Integer::sum);
        FillPlan plan = plan(fields, likeness, nth, listing, fields.decimal(38), at, false);
        SimulatedOrder order = new SimulatedOrder(
                fields, likeness, nth, profile.brokerId() + "-O" + entry.n(), listing, at, entry.n(), plan);
        byClOrdId.put(clOrdId, order);
        byOrderId.put(order.orderId, order);
        active.add(order);
    }

    /** What an order is about, without its ids and its time of day. */
    private static String likeness(Fields fields, Instant at) {
        return String.join(
                "|",
                LocalDate.ofInstant(at, ZoneOffset.UTC).toString(),
                fields.get(1, ""),
                fields.need(55),
                fields.get(207, fields.get(100, "")),
                fields.need(54),
                fields.decimal(38).stripTrailingZeros().toPlainString(),
                fields.need(40),
                fields.get(44, ""),
                fields.get(59, "0"));
    }

    /** What a replacement asks for of the rest. */
    private FillPlan replacement(SimulatedOrder order, Request request, BigDecimal rest) {
        return plan(
                request.fields,
                order.likeness + "|" + rest.toPlainString(),
                order.nth,
                order.listing,
                rest,
                request.at,
                true);
    }

    private FillPlan plan(
            Fields fields,
            String likeness,
            int nth,
            @Nullable Listing listing,
            BigDecimal quantity,
            Instant at,
            boolean replacement) {
        return FillPlan.of(
                profile,
                seed,
                market,
                listing,
                new FillPlan.Wish(
                        likeness,
                        nth,
                        fields.is(54, "1"),
                        quantity,
                        fields.need(40),
                        fields.is(40, "2") ? fields.decimal(44) : null,
                        fields.get(59, "0"),
                        at,
                        replacement));
    }

    private void request(BrokerLog.Entry entry, Fields fields, Instant at) {
        String id = fields.need(11);
        SimulatedOrder order = byClOrdId.get(fields.get(41, ""));
        boolean known = requestIds.contains(id) || byClOrdId.containsKey(id);
        if (known && fields.is(43, "Y")) {
            return;
        }
        String why = known
                ? (fields.is(97, "Y") ? STATUS : DUPLICATE)
                : order == null ? UNKNOWN_ORDER : order.request != null ? ALREADY_PENDING : null;
        if (why != null || order == null) {
            questions.put(entry.n(), new Question(entry, fields, at, why == null ? UNKNOWN_ORDER : why));
            return;
        }
        requestIds.add(id);
        order.request = new Request(fields, at, entry.n());
        active.add(order);
    }

    // What is due

    /** Everything due by that time, one message at a time: call again after {@link #sent} until it is null. */
    @Nullable
    Outgoing due(Instant now) {
        Outgoing answer = answerDue(now);
        if (answer != null) {
            return answer;
        }
        SimulatedOrder first = null;
        Due earliest = null;
        for (SimulatedOrder order : active) {
            Due due = order.next(profile);
            if (due != null
                    && !due.at().isAfter(now)
                    && (earliest == null || due.at().isBefore(earliest.at()))) {
                first = order;
                earliest = due;
            }
        }
        return first == null || earliest == null ? null : act(first, earliest);
    }

    private Outgoing act(SimulatedOrder order, Due due) {
        Instant at = due.at();
        return switch (due.step()) {
            case SAY_PENDING_NEW -> new Outgoing(at, report(order, "A", "A", at), 0);
            case DECIDE_NEW -> {
                FillPlan.Refusal refusal = order.plan.refusal();
                yield refusal == null
                        ? new Outgoing(at, report(order, "0", "0", at), order.line)
                        : new Outgoing(
                                at,
                                report(order, "8", "8", at)
                                        .put(103, refusal.code())
                                        .put(58, refusal.text())
                                        .put(151, "0"),
                                order.line);
            }
            case FILL -> fill(order, order.plan.parts().get(order.partsDone), at);
            case CANCEL_UNASKED ->
                new Outgoing(
                        at, closed(order, "4", "4", at).put(378, "4").put(58, "Unsolicited cancel by the broker"), 0);
            case CANCEL_REST -> new Outgoing(at, closed(order, "4", "4", at).put(58, "Rest not available at once"), 0);
            case EXPIRE -> new Outgoing(at, closed(order, "C", "C", at).put(58, "Market closed"), 0);
            case SAY_PENDING_REQUEST, DECIDE_REQUEST -> decide(order, due);
        };
    }

    private Outgoing fill(SimulatedOrder order, FillPlan.Part part, Instant at) {
        BigDecimal executed = order.executed().add(part.quantity());
        BigDecimal leaves = order.quantity.subtract(executed);
        Request pending = order.request;
        String status = pending != null && pending.acknowledged ? order.ordStatus() : leaves.signum() == 0 ? "2" : "1";
        BigDecimal notional = order.notional().add(part.quantity().multiply(part.price()));
        Fields report = report(order, "F", status, at)
                .put(32, part.quantity())
                .put(31, part.price())
                .put(30, order.original.get(207, order.original.get(100, "")))
                .put(29, "1")
                .put(14, executed)
                .put(151, leaves)
                .put(6, average(notional, executed));
        return new Outgoing(at, profile.isFix42() ? report : report.put(851, "2"), 0);
    }

    private static BigDecimal average(BigDecimal notional, BigDecimal executed) {
        BigDecimal average =
                notional.divide(executed, 10, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return average.scale() < 0 ? average.setScale(0) : average;
    }

    private Outgoing decide(SimulatedOrder order, Due due) {
        Request request = order.request;
        if (request == null) {
            throw new IllegalStateException("No request to decide on " + order.orderId);
        }
        Fields asked = request.fields;
        Instant at = due.at();
        String replacing = request.isReplace() ? "E" : "6";
        if (due.step() == SimulatedOrder.Step.SAY_PENDING_REQUEST) {
            return new Outgoing(at, answering(report(order, replacing, replacing, at), asked, order), 0);
        }
        if (!order.isLive()) {
            return new Outgoing(at, refuse(asked, order, TOO_LATE, "Too late: the order is closed"), request.line);
        }
        if (!request.isReplace()) {
            return new Outgoing(at, answering(closed(order, "4", "4", at), asked, order), request.line);
        }
        BigDecimal wanted = asked.decimal(38).max(order.executed());
        FillPlan plan = replacement(order, request, wanted.subtract(order.executed()));
        if (plan.refusal() != null && wanted.compareTo(order.executed()) > 0) {
            return new Outgoing(at, refuse(asked, order, "2", plan.refusal().text()), request.line);
        }
        BigDecimal leaves = wanted.subtract(order.executed());
        String status = leaves.signum() == 0 ? "2" : order.executed().signum() == 0 ? "0" : "1";
        Fields report = answering(report(order, "5", status, at), asked, order)
                .copy(asked, 40, 44, 59)
                .put(38, wanted)
                .put(151, leaves);
        return new Outgoing(at, report, request.line);
    }

    private static Fields answering(Fields report, Fields asked, SimulatedOrder order) {
        return report.put(11, asked.need(11)).put(41, order.clOrdId);
    }

    private @Nullable Outgoing answerDue(Instant now) {
        for (Question question : questions.values()) {
            Instant at = question.at().plus(profile.pace().latencyShortest());
            if (!at.isAfter(now)) {
                return answer(question, at);
            }
        }
        return null;
    }

    private Outgoing answer(Question question, Instant at) {
        Fields asked = question.fields();
        long line = question.entry().n();
        if (asked.type().equals("AF")) {
            return new Outgoing(at, massStatus(asked, line, at), massLeft(line) > 1 ? 0 : line);
        }
        SimulatedOrder order = byClOrdId.get(asked.get(11, ""));
        if (question.why().equals(STATUS)) {
            if (order == null) {
                order = byClOrdId.get(asked.get(41, ""));
            }
            return new Outgoing(
                    at, order == null ? unknown(asked, at) : report(order, "I", order.ordStatus(), at), line);
        }
        if (asked.type().equals("D") && order != null) {
            Fields report = report(order, "8", order.ordStatus(), at)
                    .put(103, "6")
                    .put(58, "ClOrdID was used before: its order is not touched");
            return new Outgoing(at, report, line);
        }
        SimulatedOrder named = byClOrdId.get(asked.get(41, ""));
        String text = switch (question.why()) {
            case UNKNOWN_ORDER -> "Unknown order";
            case ALREADY_PENDING -> "Another request for this order is pending";
            default -> "ClOrdID was used before";
        };
        return new Outgoing(at, refuse(asked, named, question.why(), text), line);
    }

    // Mass status: one report a message, the last one answers the question

    private final Map<Long, List<SimulatedOrder>> massAnswers = new HashMap<>();
    private final Map<Long, Integer> massTotals = new HashMap<>();

    private int massLeft(long line) {
        List<SimulatedOrder> left = massAnswers.get(line);
        return left == null ? 0 : left.size();
    }

    private Fields massStatus(Fields asked, long line, Instant at) {
        List<SimulatedOrder> left = massAnswers.computeIfAbsent(
                line,
                l -> new ArrayList<>(
                        active.stream().filter(SimulatedOrder::isLive).toList()));
        if (left.isEmpty()) {
            return unknown(asked, at)
                    .put(55, "[N/A]")
                    .put(54, "7")
                    .put(584, asked.need(584))
                    .put(911, "0")
                    .put(912, "Y");
        }
        SimulatedOrder order = left.getFirst();
        return report(order, "I", order.ordStatus(), at)
                .put(584, asked.need(584))
                .put(911, String.valueOf(massTotals.computeIfAbsent(line, l -> left.size())))
                .put(912, left.size() == 1 ? "Y" : "N");
    }

    // What is said

    private String nextExecId() {
        return profile.brokerId() + "-E" + (reports + 1);
    }

    private Fields report(SimulatedOrder order, String execType, String status, Instant at) {
        return new Fields("8")
                .copy(order.original, 1, 15, 22, 40, 48, 54, 55, 59, 207)
                .put(37, order.orderId)
                .put(17, nextExecId())
                .put(11, order.clOrdId)
                .put(150, execType)
                .put(39, status)
                .put(38, order.quantity)
                .put(44, order.limit == null ? null : order.limit.toPlainString())
                .put(14, order.executed())
                .put(151, order.leaves())
                .put(6, order.averagePrice())
                .put(60, timestamp(at));
    }

    private Fields closed(SimulatedOrder order, String execType, String status, Instant at) {
        return report(order, execType, status, at).put(151, "0");
    }

    private Fields unknown(Fields asked, Instant at) {
        return new Fields("8")
                .copy(asked, 1, 11, 54, 55, 207)
                .put(37, "NONE")
                .put(17, nextExecId())
                .put(150, "I")
                .put(39, "8")
                .put(103, "5")
                .put(58, "Unknown order")
                .put(14, "0")
                .put(151, "0")
                .put(6, "0")
                .put(60, timestamp(at));
    }

    private Fields refuse(Fields asked, @Nullable SimulatedOrder order, String reason, String text) {
        return new Fields("9")
                .put(37, order == null ? "NONE" : order.orderId)
                .put(11, asked.need(11))
                .put(41, order == null ? asked.get(41, "NONE") : order.clOrdId)
                .put(39, order == null ? "8" : statusAfterRefusal(asked, order))
                .put(434, asked.type().equals("F") ? "1" : "2")
                .put(102, reason)
                .put(58, text);
    }

    /** The refused request no longer shows; another one that is still pending does. */
    private static String statusAfterRefusal(Fields asked, SimulatedOrder order) {
        Request pending = order.request;
        boolean own = pending != null && pending.fields.need(11).equals(asked.need(11));
        return own ? order.statusWithoutRequest() : order.ordStatus();
    }

    /** Takes a message into the state after it was written to the log. */
    void sent(BrokerLog.Entry entry) {
        Fields fields = Fields.of(entry.fields());
        if (fields.type().equals("8")) {
            reports++;
        }
        Question answered = questions.get(entry.re());
        if (answered != null) {
            questions.remove(entry.re());
            massAnswers.remove(entry.re());
            massTotals.remove(entry.re());
            return;
        }
        if (fields.get(584) != null) {
            massAnswers.values().forEach(left -> left.removeIf(o -> o.orderId.equals(fields.get(37))));
            return;
        }
        SimulatedOrder order = byOrderId.get(fields.need(37));
        if (order == null) {
            throw new IllegalStateException("The log reports on an order it never received: " + fields);
        }
        Request request = order.request;
        order.sent(fields, entry.at());
        if (fields.is(150, "5") && request != null) {
            byClOrdId.put(order.clOrdId, order);
            BigDecimal rest = order.quantity.subtract(order.executed());
            order.plan = replacement(order, request, rest);
        }
        if (fields.is(150, "4") && fields.get(41) != null) {
            byClOrdId.put(order.clOrdId, order);
        }
        if (!order.isLive() && order.request == null) {
            active.remove(order);
        }
    }
}
