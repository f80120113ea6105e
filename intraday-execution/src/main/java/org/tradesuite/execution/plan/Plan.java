package org.tradesuite.execution.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.reference.OpenInterval;
import org.tradesuite.market.Quantity;

/**
 * How a parent order is worked. A plan is a plain value fixed when the order is accepted and kept in its event; what to
 * do at an instant follows from it and from the order's {@link Progress} alone. Nothing is remembered between two
 * questions, so that a restart asks the same question and gets the same answer, and a child that came back unexecuted
 * returns to the order by itself: it is no longer working, so it is missing.
 *
 * <p>An amended order gets a new plan over the time that is left; the executed quantity stays in the progress.
 */
public sealed interface Plan permits Immediate, Twap, Vwap {

    Quantity quantity();

    /** When the market is open within the plan's time, in order. */
    List<Window> open();

    /** What should be executed or working by then: never falling with time, never above {@link #quantity()}. */
    Quantity target(Instant at);

    Step step(Instant now, Progress progress);

    default Instant start() {
        return open().getFirst().from();
    }

    default Instant end() {
        return open().getLast().to();
    }

    /**
     * The part of the sessions that lies between two instants.
     *
     * @param end absent for no end but the sessions'
     * @throws IllegalArgumentException if none does
     */
    static List<Window> windows(Instant start, @Nullable Instant end, Collection<OpenInterval> sessions) {
        var windows = new ArrayList<Window>();
        for (var session : sessions) {
            var from = session.open().isBefore(start) ? start : session.open();
            var to = end != null && end.isBefore(session.close()) ? end : session.close();
            if (from.isBefore(to)) {
                windows.add(new Window(from, to));
            }
        }
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("The market is not open at any time between " + start + " and "
                    + (end == null ? "the end of its day" : end) + ".");
        }
        windows.sort(java.util.Comparator.comparing(Window::from));
        return List.copyOf(windows);
    }

    /** How much of the windows has passed by then. */
    static Duration openTime(List<Window> windows, Instant until) {
        var passed = Duration.ZERO;
        for (var window : windows) {
            if (until.isAfter(window.from())) {
                var to = until.isBefore(window.to()) ? until : window.to();
                passed = passed.plus(Duration.between(window.from(), to));
            }
        }
        return passed;
    }

    /** The instant at which so much of the windows has passed. */
    static Instant afterOpenTime(List<Window> windows, Duration passed) {
        var left = passed;
        for (var window : windows) {
            var length = Duration.between(window.from(), window.to());
            if (left.compareTo(length) < 0) {
                return window.from().plus(left);
            }
            left = left.minus(length);
        }
        return windows.getLast().to();
    }

    static boolean isOpen(List<Window> windows, Instant at) {
        return windows.stream().anyMatch(window -> window.contains(at));
    }

    /** The first instant from then on at which the market is open; absent after the last window. */
    static @Nullable Instant nextOpen(List<Window> windows, Instant at) {
        for (var window : windows) {
            if (window.contains(at)) {
                return at;
            }
            if (window.from().isAfter(at)) {
                return window.from();
            }
        }
        return null;
    }
}
