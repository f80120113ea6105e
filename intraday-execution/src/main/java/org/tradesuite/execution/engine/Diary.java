package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** When an order, a route or an order that is not ours is to be looked at again. */
final class Diary {

    private enum Of {
        ORDER,
        ROUTE,
        EXTERNAL
    }

    private record Entry(Instant at, String id, Of of) {}

    private final Desk desk;
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparing(Entry::id));
    private final Map<String, Instant> nextLook = new HashMap<>();
    private final Map<String, Instant> nextLookAtRoute = new HashMap<>();

    Diary(Desk desk) {
        this.desk = desk;
    }

    /** Its plan may have something to do then. An earlier look that is still to come is enough: it notes the next one. */
    void order(String orderId, Instant at) {
        var before = nextLook.get(orderId);
        if (before != null && !before.isAfter(at) && before.isAfter(desk.now())) {
            return;
        }
        nextLook.put(orderId, at);
        entries.add(new Entry(at, orderId, Of.ORDER));
    }

    /** Its broker should have said something by then. An earlier look is enough here too. */
    void route(String routeId, Instant at) {
        var before = nextLookAtRoute.get(routeId);
        if (before == null || at.isBefore(before)) {
            nextLookAtRoute.put(routeId, at);
            entries.add(new Entry(at, routeId, Of.ROUTE));
        }
    }

    /** Its order had time to turn up until then. */
    void external(String externalId, Instant at) {
        entries.add(new Entry(at, externalId, Of.EXTERNAL));
    }

    void tick() {
        while (!entries.isEmpty() && !entries.peek().at().isAfter(desk.now())) {
            var next = entries.poll();
            switch (next.of()) {
                case ROUTE -> {
                    // One that was put before it has been there already.
                    if (nextLookAtRoute.remove(next.id(), next.at())) {
                        desk.questions().routeIsDue(next.id());
                    }
                }
                case EXTERNAL -> desk.strays().isDue(next.id());
                case ORDER -> {
                    nextLook.remove(next.id());
                    var work = desk.state().order(next.id());
                    if (work != null) {
                        desk.working().settle(work);
                    }
                }
            }
        }
    }
}
