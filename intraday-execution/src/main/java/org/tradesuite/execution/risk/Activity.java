package org.tradesuite.execution.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What was done lately: accepted orders, to recognise a repetition.
 * Nothing older than an hour is kept. Belongs to one thread.
 */
public final class Activity {

    private static final Duration KEPT = Duration.ofHours(1);

    /** What two orders have in common if one is a repetition of the other. */
    public record Likeness(
            AccountId account,
            InstrumentId instrument,
            Side side,
            Quantity quantity,
            @Nullable Price limit) {

        static Likeness of(Proposal proposal) {
            return new Likeness(
                    proposal.account(), proposal.instrument(), proposal.side(), proposal.quantity(), proposal.limit());
        }
    }

    /** One accepted order. */
    public record Accepted(Likeness likeness, Instant at) {}

    /** All of it as values, oldest first. */
    public record Content(List<Accepted> accepted) {}

    private final Map<Likeness, Instant> lastAccepted = new HashMap<>();
    private final Deque<Accepted> acceptedInOrder = new ArrayDeque<>();

    /** What is known at this moment; later changes do not reach it. */
    public Content content() {
        return new Content(List.copyOf(acceptedInOrder));
    }

    /** The activity that had this content. */
    public static Activity of(Content content) {
        var activity = new Activity();
        for (var accepted : content.accepted()) {
            activity.acceptedInOrder.addLast(accepted);
            activity.lastAccepted.put(accepted.likeness(), accepted.at());
        }
        return activity;
    }

    /** An order was accepted. */
    public void accepted(Proposal proposal) {
        var likeness = Likeness.of(proposal);
        lastAccepted.put(likeness, proposal.at());
        acceptedInOrder.addLast(new Accepted(likeness, proposal.at()));
        var oldest = proposal.at().minus(KEPT);
        while (!acceptedInOrder.isEmpty() && acceptedInOrder.getFirst().at().isBefore(oldest)) {
            var gone = acceptedInOrder.removeFirst();
            lastAccepted.remove(gone.likeness(), gone.at());
        }
    }

    /** When the same account last ordered the same quantity of the same instrument, side and price. */
    Optional<Instant> lastLike(Proposal proposal) {
        return Optional.ofNullable(lastAccepted.get(Likeness.of(proposal)));
    }
}
