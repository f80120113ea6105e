package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientResponseException;
import org.tradesuite.openapi.execution.model.Algo;
import org.tradesuite.openapi.execution.model.DecisionStatus;
import org.tradesuite.openapi.execution.model.NewDecision;
import org.tradesuite.openapi.execution.model.OrderAmendment;
import org.tradesuite.openapi.execution.model.OrderCancel;
import org.tradesuite.openapi.execution.model.OrderType;
import org.tradesuite.openapi.execution.model.Refusal;
import org.tradesuite.openapi.execution.model.Side;
import org.tradesuite.suite.day.Decision.Change;
import org.tradesuite.suite.day.Decision.Wrong;
import org.tradesuite.suite.door.FrontDoor;

/**
 * The trading desk: sends each decision of the tape at its time, the wrong ones by hand, and changes its mind about a
 * few. Sending the same tape again after a break changes nothing, because every decision has its key.
 */
final class Desk {

    /** How many decisions the front door took, how many risk refused, and how many were malformed. */
    record Tally(
            int sent, int accepted, int refused, int malformed, int cancelled, int reduced, List<String> surprises) {}

    /** A change that waits for its order to get somewhere. */
    private record Wish(String orderId, Decision decision) {}

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final FrontDoor door;
    private final Clock clock;
    private final List<Wish> wishes = new ArrayList<>();
    private long glancedAt = System.nanoTime();
    private final List<String> surprises = new ArrayList<>();
    private final Map<String, Integer> count = new TreeMap<>();

    private final Consumer<String> astonished;

    /** What an earlier start of this day has sent, by key. */
    private final Map<String, org.tradesuite.openapi.execution.model.Decision> sent = new HashMap<>();

    /** @param astonished hears at once of every answer that was not to be expected */
    Desk(FrontDoor door, Clock clock, LocalDate date, Consumer<String> astonished) {
        this.door = door;
        this.clock = clock;
        for (var each : Pages.decisions(door, date)) sent.put(each.getIdempotencyKey(), each);
        this.astonished = astonished;
    }

    private void surprise(String what) {
        surprises.add(what);
        astonished.accept(what);
    }

    /** Sends what is due by now from {@code tape}, starting at {@code from}; answers where to go on. */
    int sendDue(List<Decision> tape, int from) throws InterruptedException {
        var next = from;
        while (next < tape.size() && !tape.get(next).at().isAfter(clock.instant())) {
            var decision = tape.get(next++);
            count.merge("sent", 1, Integer::sum);
            if (decision.wrong() == null) send(decision);
            else sendWrong(decision, decision.wrong());
        }
        if (!wishes.isEmpty() && System.nanoTime() - glancedAt > GLANCE.toNanos()) {
            wishes.removeIf(this::isServed);
            glancedAt = System.nanoTime();
        }
        return next;
    }

    Tally tally() {
        return new Tally(
                counted("sent"),
                counted("accepted"),
                counted("refused"),
                counted("malformed"),
                counted("cancelled"),
                counted("reduced"),
                List.copyOf(surprises));
    }

    private int counted(String what) {
        return count.getOrDefault(what, 0);
    }

    private void send(Decision decision) {
        try {
            var answer = door.decisions().submitDecision(decision.key(), body(decision));
            if (answer.getStatus() != DecisionStatus.ACCEPTED) {
                surprise(decision.key() + " " + decision.instrument().id() + " was not accepted: "
                        + DaySummary.counts(answer.getRefusals(), Refusal::getCode));
                count.merge("refused", 1, Integer::sum);
                return;
            }
            count.merge("accepted", 1, Integer::sum);
            var order = answer.getOrderId();
            if (decision.change() != null && order != null) wishes.add(new Wish(order, decision));
        } catch (RestClientResponseException e) {
            surprise(decision.key() + " " + decision.instrument().id() + " was not taken: "
                    + e.getResponseBodyAsString());
        }
    }

    /** Changes the order if it has got far enough; answers whether nothing is left to wait for. */
    private boolean isServed(Wish wish) {
        var order = door.orders().getOrder(wish.orderId()).getOrder();
        if (order.getEndedAt() != null) return true;
        var executed = new BigDecimal(order.getExecutedQuantity());
        var decision = wish.decision();
        return switch (decision.change()) {
            case CANCEL -> {
                var due = executed.add(executed).compareTo(new BigDecimal(order.getQuantity())) >= 0;
                if (due) change(wish, "cancelled");
                yield due;
            }
            case REDUCE -> {
                // In an earlier start of this day it was asked for already.
                if (new BigDecimal(order.getQuantity()).compareTo(decision.reduced()) == 0) yield true;
                if (executed.signum() > 0) change(wish, "reduced");
                yield executed.signum() > 0;
            }
            case null -> throw new IllegalStateException("nothing to change about " + decision.key());
        };
    }

    private void change(Wish wish, String counted) {
        try {
            if (wish.decision().change() == Change.CANCEL)
                door.orders().cancelOrder(wish.orderId(), new OrderCancel().reason("The portfolio manager withdrew."));
            else
                door.orders()
                        .amendOrder(
                                wish.orderId(),
                                new OrderAmendment()
                                        .quantity(wish.decision().reduced().toPlainString())
                                        .reason("A quarter less after the morning meeting."));
            count.merge(counted, 1, Integer::sum);
        } catch (RestClientResponseException e) {
            // It ended, or went too far, before the desk changed its mind.
            var answer = e.getResponseBodyAsString();
            if (!answer.contains("ORDER_NOT_WORKING") && !answer.contains("AMEND_BELOW_EXECUTED"))
                surprise("change of " + wish.decision().key() + ": " + answer);
        }
    }

    private void sendWrong(Decision decision, Wrong wrong) throws InterruptedException {
        var body = json(decision, wrong);
        var key = decision.key();
        switch (wrong) {
            case KEY_AGAIN_SAME_BODY -> door.post("/execution/decisions", body, headers(key, wrong));
            case KEY_AGAIN_OTHER_BODY ->
                door.post(
                        "/execution/decisions",
                        body.replace("\"side\"", "\"reason\":\"First thought.\",\"side\""),
                        headers(key, wrong));
            default -> {}
        }
        var answer = door.post("/execution/decisions", body, headers(key, wrong));
        var expected = Answer.expected(wrong);
        if (!expected.is(answer.statusCode(), answer.body()))
            surprise("%s %s: expected %s but got %d %s"
                    .formatted(key, wrong, expected, answer.statusCode(), answer.body()));
        else if (answer.statusCode() != 201) count.merge("malformed", 1, Integer::sum);
        else count.merge(expected.word().equals("ACCEPTED") ? "accepted" : "refused", 1, Integer::sum);
    }

    private static Map<String, String> headers(String key, Wrong wrong) {
        return Map.of(
                "Content-Type",
                wrong == Wrong.CONTENT_TYPE ? "text/plain" : "application/json",
                "Accept",
                "application/json, application/problem+json",
                "Idempotency-Key",
                key);
    }

    private NewDecision body(Decision decision) {
        var body = new NewDecision(
                        decision.accountId(),
                        decision.strategyId(),
                        decision.traderId(),
                        decision.buy() ? Side.BUY : Side.SELL,
                        decision.quantity(),
                        decision.limitPrice() == null ? OrderType.MARKET : OrderType.LIMIT,
                        Algo.fromValue(decision.algo().name()))
                .instrumentId(decision.instrument().id());
        if (decision.limitPrice() != null) body.limitPrice(decision.limitPrice().toPlainString());
        if (decision.window() == null) return body;
        var before = sent.get(decision.key());
        if (before != null) return body.startTime(before.getStartTime()).endTime(before.getEndTime());
        // Late, when the machine is slow or was away: the algorithm gets its time all the same.
        var start = clock.instant().isAfter(decision.at()) ? clock.instant() : decision.at();
        return body.startTime(start).endTime(start.plus(decision.window()));
    }

    private static String json(Decision decision, Wrong wrong) {
        var isin = decision.instrument().isin();
        var named = switch (wrong) {
            case ISIN_CHECK_DIGIT -> "\"isin\":\"" + wrongCheckDigit(isin) + "\"";
            case ISIN_UNKNOWN -> "\"isin\":\"US5949181045\"";
            default -> "\"instrumentId\":\"" + decision.instrument().id() + "\"";
        };
        var limit = decision.limitPrice();
        return "{\"accountId\":\"%s\",\"strategyId\":\"%s\",\"traderId\":\"%s\",%s,\"side\":\"%s\",\"quantity\":\"%s\",%s\"algo\":\"IMMEDIATE\"%s}"
                .formatted(
                        wrong == Wrong.ACCOUNT_UNKNOWN ? "NOBODY" : decision.accountId(),
                        decision.strategyId(),
                        decision.traderId(),
                        named,
                        decision.buy() ? "BUY" : "SELL",
                        decision.quantity(),
                        limit == null
                                ? "\"orderType\":\"MARKET\","
                                : "\"orderType\":\"LIMIT\",\"limitPrice\":\"" + limit.toPlainString() + "\",",
                        switch (wrong) {
                            case FIELD_UNKNOWN -> ",\"urgency\":\"high\"";
                            case BODY_TOO_LARGE -> ",\"reason\":\"" + "x".repeat(2_000_000) + "\"";
                            default -> "";
                        });
    }

    private static String wrongCheckDigit(@Nullable String isin) {
        if (isin == null) throw new IllegalStateException("a wrong check digit needs an ISIN to be wrong about");
        var digit = isin.charAt(11);
        return isin.substring(0, 11) + (char) (digit == '9' ? '0' : digit + 1);
    }
}
