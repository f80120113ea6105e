package org.tradesuite.execution.risk;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All switches, and the strictest that an order falls under. An order is looked up once for every combination of parts that
 * some switch names, not once for every switch: a thousand accounts that are halted one by one cost one look. Belongs to
 * one thread.
 */
public final class Switches {

    /** How many keys of callers are remembered. */
    private static final int KEYS = 1_000;

    /** What a caller's key was used for. */
    public record KeyUse(SwitchScope scope, String bodyHash) {}

    public record Content(Map<SwitchScope, Switch> switches, Map<String, KeyUse> keys) {
        public static Content empty() {
            return new Content(new LinkedHashMap<>(), new LinkedHashMap<>());
        }
    }

    private final Map<SwitchScope, Switch> all;
    private final Map<String, KeyUse> keys;
    private final Map<SwitchScope, Switch> restricting = new HashMap<>();
    private int[] combinations = {};

    public Switches() {
        this(Content.empty());
    }

    /** Takes over the maps. */
    public Switches(Content content) {
        all = content.switches();
        keys = content.keys();
        all.values().stream().filter(Switch::restricts).forEach(each -> restricting.put(each.scope(), each));
        combine();
    }

    public Content content() {
        return new Content(new LinkedHashMap<>(all), new LinkedHashMap<>(keys));
    }

    public void put(Switch changed) {
        all.put(changed.scope(), changed);
        if (changed.restricts()) {
            restricting.put(changed.scope(), changed);
        } else {
            restricting.remove(changed.scope());
        }
        combine();
    }

    private void combine() {
        combinations = restricting.keySet().stream()
                .mapToInt(SwitchScope::named)
                .distinct()
                .sorted()
                .toArray();
    }

    public void used(String key, KeyUse use) {
        keys.put(key, use);
        if (keys.size() > KEYS) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    public @Nullable KeyUse key(String key) {
        return keys.get(key);
    }

    public @Nullable Switch of(SwitchScope scope) {
        return all.get(scope);
    }

    public Collection<Switch> all() {
        return List.copyOf(all.values());
    }

    /** How many times an order is looked up. */
    public int looks() {
        return combinations.length;
    }

    public boolean free() {
        return combinations.length == 0;
    }

    /** Null if nothing restricts the order. */
    public @Nullable Switch strictest(SwitchScope order) {
        if (free()) {
            return null;
        }
        var known = order.named();
        @Nullable Switch strictest = null;
        for (var named : combinations) {
            if ((known & named) == named) {
                var found = restricting.get(order.only(named));
                if (found != null && (strictest == null || found.state().stricterThan(strictest.state()))) {
                    strictest = found;
                }
            }
        }
        return strictest;
    }
}
