package org.tradesuite.execution.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.risk.Breaker;
import org.tradesuite.execution.risk.Switch;
import org.tradesuite.execution.risk.SwitchScope;

/**
 * What other threads must know of a stop at once, before it is in the journal: which orders that were decided before it may
 * not leave any more, and how all switches stand. The engine's thread writes, anybody reads.
 *
 * <p>An order on its way to the wire waits for its commit and then for its line. A stop that comes meanwhile is later in the
 * journal, and yet the order must not leave after it: so the engine names the orders of its scope that no broker has
 * acknowledged, and the line asks here with each new order in its hand. What had left before is not asked about any more.
 */
public final class Brake {

    /** What an order that was held on its way out says for itself. */
    public static final String NEVER_LEFT = "it never left: trading was stopped";

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Map<Long, Input.SwitchRequested> unwritten = new ConcurrentHashMap<>();
    private volatile List<Switch> switches = List.of();
    private volatile List<Breaker> breakers = List.of();

    // The engine's thread

    void hold(Collection<String> routeIds) {
        held.addAll(routeIds);
    }

    /** Its broker has it, or it has ended. */
    void forget(String routeId) {
        if (!held.isEmpty()) {
            held.remove(routeId);
        }
    }

    void show(Collection<Switch> all) {
        switches = List.copyOf(all);
    }

    void showBreakers(Collection<Breaker> all) {
        breakers = List.copyOf(all);
    }

    /** This request acts, and its record follows. */
    void acts(Input.SwitchRequested stop) {
        unwritten.put(stop.requestId(), stop);
    }

    /** The stop that this request asked for, if it is one. */
    Input.@Nullable SwitchRequested written(long requestId) {
        return unwritten.remove(requestId);
    }

    // Anybody

    /** Whether this order must not leave. */
    public boolean holds(String routeId) {
        return held.contains(routeId);
    }

    /** As the engine decides by them at this moment. */
    public List<Switch> switches() {
        return switches;
    }

    /** Those that ever were open. */
    public List<Breaker> breakers() {
        return breakers;
    }

    /** The stop that was asked for with this key, if it is in force and not yet in the journal. */
    public Input.@Nullable SwitchRequested unwritten(String key) {
        for (var stop : unwritten.values()) {
            if (stop.key().equals(key)) {
                return stop;
            }
        }
        return null;
    }

    /** Whether what is in force for a scope is not yet in the journal. */
    public boolean isUnwritten(SwitchScope scope) {
        return unwritten.values().stream().anyMatch(stop -> stop.scope().equals(scope));
    }
}
