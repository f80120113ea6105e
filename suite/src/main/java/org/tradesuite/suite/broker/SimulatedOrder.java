package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.market.Listing;

/**
 * One order as the broker holds it: a fold of what its log says was received and sent. It changes by
 * {@link #sent} only, so that reading the log gives back exactly what the process knew.
 */
final class SimulatedOrder {

    enum State {
        RECEIVED,
        OPEN,
        FILLED,
        CANCELED,
        EXPIRED,
        REJECTED
    }

    enum Step {
        SAY_PENDING_NEW,
        DECIDE_NEW,
        FILL,
        CANCEL_UNASKED,
        SAY_PENDING_REQUEST,
        DECIDE_REQUEST,
        CANCEL_REST,
        EXPIRE
    }

    record Due(Instant at, Step step) {}

    record Execution(String execId, String clOrdId, BigDecimal quantity, BigDecimal price, Instant at) {}

    /** A cancel or replace request not yet decided. */
    static final class Request {
        final Fields fields;
        final Instant at;
        final long line;
        boolean acknowledged;

        Request(Fields fields, Instant at, long line) {
            this.fields = fields;
            this.at = at;
            this.line = line;
        }

        boolean isReplace() {
            return fields.type().equals("G");
        }
    }

    final Fields original;
    final String likeness;
    final int nth;
    final String orderId;
    final @Nullable Listing listing;
    final Instant start;
    final long line;
    final List<Execution> executions = new ArrayList<>();

    State state = State.RECEIVED;
    String clOrdId;
    BigDecimal quantity;

    @Nullable
    BigDecimal limit;

    FillPlan plan;
    int partsDone;

    @Nullable
    Request request;

    boolean saidPendingNew;
    private BigDecimal executed = BigDecimal.ZERO;
    private BigDecimal notional = BigDecimal.ZERO;

    SimulatedOrder(
            Fields original,
            String likeness,
            int nth,
            String orderId,
            @Nullable Listing listing,
            Instant start,
            long line,
            FillPlan plan) {
        this.original = original;
        this.likeness = likeness;
        this.nth = nth;
        this.orderId = orderId;
        this.listing = listing;
        this.start = start;
        this.line = line;
        this.plan = plan;
        this.clOrdId = original.need(11);
        this.quantity = original.decimal(38);
        this.limit = original.get(44) == null ? null : original.decimal(44);
    }

    boolean isBuy() {
        return original.is(54, "1");
    }

    BigDecimal executed() {
        return executed;
    }

    BigDecimal notional() {
        return notional;
    }

    boolean isLive() {
        return state == State.RECEIVED || state == State.OPEN;
    }

    BigDecimal leaves() {
        return isLive() ? quantity.subtract(executed) : BigDecimal.ZERO;
    }

    BigDecimal averagePrice() {
        if (executed.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal average =
                notional.divide(executed, 10, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return average.scale() < 0 ? average.setScale(0) : average;
    }

    /** OrdStatus by the precedence of Appendix D: a pending request shows before everything else. */
    String ordStatus() {
        Request pending = request;
        if (pending != null && pending.acknowledged) {
            return pending.isReplace() ? "E" : "6";
        }
        return statusWithoutRequest();
    }

    String statusWithoutRequest() {
        return switch (state) {
            case RECEIVED -> "A";
            case OPEN -> executed.signum() == 0 ? "0" : "1";
            case FILLED -> "2";
            case CANCELED -> "4";
            case EXPIRED -> "C";
            case REJECTED -> "8";
        };
    }

    /** What this order does next by itself, null when nothing; among things due at once a fill comes first. */
    @Nullable
    Due next(BrokerProfile profile) {
        if (state == State.RECEIVED) {
            return profile.pendingNew() && !saidPendingNew
                    ? new Due(start.plus(plan.latency().dividedBy(2)), Step.SAY_PENDING_NEW)
                    : new Due(start.plus(plan.latency()), Step.DECIDE_NEW);
        }
        Due due = null;
        if (state == State.OPEN) {
            if (partsDone < plan.parts().size()) {
                due = new Due(plan.parts().get(partsDone).at(), Step.FILL);
            }
            due = earlier(due, plan.cancelUnasked(), Step.CANCEL_UNASKED);
            due = earlier(due, plan.cancelRest(), Step.CANCEL_REST);
        }
        Request pending = request;
        if (pending != null) {
            due = profile.acknowledgesPending() && !pending.acknowledged && state == State.OPEN
                    ? earlier(due, pending.at.plus(plan.latency().dividedBy(2)), Step.SAY_PENDING_REQUEST)
                    : earlier(due, pending.at.plus(plan.latency()), Step.DECIDE_REQUEST);
        }
        return state == State.OPEN ? earlier(due, plan.expiry(), Step.EXPIRE) : due;
    }

    private static @Nullable Due earlier(@Nullable Due due, @Nullable Instant at, Step step) {
        return at != null && (due == null || at.isBefore(due.at())) ? new Due(at, step) : due;
    }

    /** Takes in one message about this order as it was written to the log. */
    void sent(Fields fields, Instant at) {
        if (fields.type().equals("9")) {
            request = null;
            return;
        }
        switch (fields.need(150)) {
            case "A" -> saidPendingNew = true;
            case "0" -> state = State.OPEN;
            case "8" -> state = State.REJECTED;
            case "F" -> fill(fields, at);
            case "6", "E" -> {
                Request pending = request;
                if (pending != null) {
                    pending.acknowledged = true;
                }
            }
            case "4" -> {
                state = State.CANCELED;
                if (fields.get(41) != null) {
                    clOrdId = fields.need(11);
                    request = null;
                }
            }
            case "C" -> state = State.EXPIRED;
            case "5" -> replace(fields);
            case "I" -> {
                // A status report tells; it does not do.
            }
            default -> throw new IllegalStateException("The log has an unknown execution type: " + fields);
        }
    }

    private void fill(Fields fields, Instant at) {
        BigDecimal last = fields.decimal(32);
        BigDecimal price = fields.decimal(31);
        executions.add(new Execution(fields.need(17), fields.need(11), last, price, at));
        executed = executed.add(last);
        notional = notional.add(last.multiply(price));
        partsDone++;
        if (executed.compareTo(quantity) >= 0) {
            state = State.FILLED;
        }
    }

    private void replace(Fields fields) {
        clOrdId = fields.need(11);
        quantity = fields.decimal(38);
        limit = fields.get(44) == null ? null : fields.decimal(44);
        request = null;
        partsDone = 0;
        if (executed.compareTo(quantity) >= 0) {
            state = State.FILLED;
        }
    }
}
