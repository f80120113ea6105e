package org.tradesuite.execution.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All permissions by trader, account and instrument, each of which may be {@code *}: the rows that can be about an order
 * are found by eight look-ups, however many there are. Immutable.
 */
final class Permissions {

    private final Map<String, Map<String, Map<String, List<Permission>>>> byTrader = new HashMap<>();

    Permissions(List<Permission> permissions) {
        for (var permission : permissions) {
            byTrader.computeIfAbsent(permission.trader(), trader -> new HashMap<>())
                    .computeIfAbsent(permission.account(), account -> new HashMap<>())
                    .computeIfAbsent(permission.instrument(), instrument -> new ArrayList<>(1))
                    .add(permission);
        }
    }

    /** One that covers the order, if there is one. */
    @Nullable
    Permission covering(String trader, String account, String strategy, Instrument instrument) {
        var own = ofTrader(byTrader.get(trader), account, strategy, instrument);
        return own != null ? own : ofTrader(byTrader.get(Permission.ANY), account, strategy, instrument);
    }

    private static @Nullable Permission ofTrader(
            @Nullable Map<String, Map<String, List<Permission>>> permissions,
            String account,
            String strategy,
            Instrument instrument) {
        if (permissions == null) {
            return null;
        }
        var own = ofAccount(permissions.get(account), strategy, instrument);
        return own != null ? own : ofAccount(permissions.get(Permission.ANY), strategy, instrument);
    }

    private static @Nullable Permission ofAccount(
            @Nullable Map<String, List<Permission>> permissions, String strategy, Instrument instrument) {
        if (permissions == null) {
            return null;
        }
        var own = first(permissions.get(instrument.id().value()), strategy, instrument);
        return own != null ? own : first(permissions.get(Permission.ANY), strategy, instrument);
    }

    private static @Nullable Permission first(
            @Nullable List<Permission> permissions, String strategy, Instrument instrument) {
        if (permissions != null) {
            for (var permission : permissions) {
                if (permission.covers(strategy, instrument)) {
                    return permission;
                }
            }
        }
        return null;
    }
}
