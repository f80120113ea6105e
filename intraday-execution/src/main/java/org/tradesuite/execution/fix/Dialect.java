package org.tradesuite.execution.fix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One counterparty's way of speaking FIX, as data: where it listens, which version it speaks, which messages it
 * understands, and how what we send must differ from the standard before this counterparty accepts it.
 *
 * @param name the session's name; for a broker its broker id
 * @param supports message types it understands besides 35=D
 * @param additions tag and value to set, by message type
 * @param removals tags to leave out, by message type
 * @param mappings by message type and tag, our value to theirs
 */
record Dialect(
        String name,
        Kind kind,
        Version version,
        String host,
        int port,
        String sender,
        String target,
        int heartbeatSeconds,
        int reconnectSeconds,
        Precision timestamps,
        boolean destination,
        boolean unknownTags,
        ExecIds execIds,
        Set<String> supports,
        Map<String, Map<Integer, String>> additions,
        Map<String, List<Integer>> removals,
        Map<String, Map<Integer, Map<String, String>>> mappings) {

    enum Kind {
        BROKER,
        MARKET_DATA
    }

    enum Precision {
        MILLIS,
        MICROS
    }

    /** Within what a broker's ExecIDs (17) are unique. Some begin at 1 again whenever they start. */
    enum ExecIds {
        PER_DAY,
        PER_ORDER
    }

    /** A version of FIX, with the string that opens each message and the dictionary of its application messages. */
    enum Version {
        FIX42("FIX.4.2", "FIX.4.2", "FIX42.xml"),
        FIX44("FIX.4.4", "FIX.4.4", "FIX44.xml"),
        FIX50("FIX.5.0", "FIXT.1.1", "FIX50.xml"),
        FIX50SP2("FIX.5.0SP2", "FIXT.1.1", "FIX50SP2.xml");

        final String application;
        final String beginString;
        final String dictionary;

        Version(String application, String beginString, String dictionary) {
            this.application = application;
            this.beginString = beginString;
            this.dictionary = dictionary;
        }

        static Version of(String text) {
            return Arrays.stream(values())
                    .filter(v -> v.application.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("version=" + text
                            + " is not a version of FIX we speak; write FIX.4.2, FIX.4.4, FIX.5.0 or FIX.5.0SP2"));
        }
    }

    boolean supports(String msgType) {
        return "D".equals(msgType) || supports.contains(msgType);
    }

    /** Reads a dialect file; an unknown or missing key is refused with its name, so that a typing error is not a habit. */
    static Dialect of(String name, Map<String, String> file) {
        Map<String, String> keys = new LinkedHashMap<>(file);
        Map<String, Map<Integer, String>> additions = new HashMap<>();
        Map<String, List<Integer>> removals = new HashMap<>();
        Map<String, Map<Integer, Map<String, String>>> mappings = new HashMap<>();
        for (String key : file.keySet()) {
            String[] part = key.split("\\.", 4);
            String value = file.getOrDefault(key, "").strip();
            if (part[0].equals("add") && part.length == 3) {
                additions.computeIfAbsent(part[1], t -> new LinkedHashMap<>()).put(number(name, key, part[2]), value);
            } else if (part[0].equals("remove") && part.length == 2) {
                for (String tag : value.split(",", -1)) {
                    removals.computeIfAbsent(part[1], t -> new ArrayList<>()).add(number(name, key, tag));
                }
            } else if (part[0].equals("map") && part.length == 4) {
                mappings.computeIfAbsent(part[1], t -> new HashMap<>())
                        .computeIfAbsent(number(name, key, part[2]), t -> new HashMap<>())
                        .put(part[3], value);
            } else {
                continue;
            }
            keys.remove(key);
        }
        var dialect = new Dialect(
                name,
                Kind.valueOf(take(name, keys, "kind")),
                Version.of(take(name, keys, "version")),
                take(name, keys, "host"),
                number(name, "port", take(name, keys, "port")),
                take(name, keys, "sender"),
                take(name, keys, "target"),
                number(name, "heartbeat-seconds", take(name, keys, "heartbeat-seconds")),
                number(name, "reconnect-seconds", take(name, keys, "reconnect-seconds")),
                Precision.valueOf(take(name, keys, "timestamps")),
                Boolean.parseBoolean(take(name, keys, "destination")),
                Boolean.parseBoolean(take(name, keys, "unknown-tags")),
                ExecIds.valueOf(take(name, keys, "exec-ids")),
                Arrays.stream(take(name, keys, "supports").split(",", -1))
                        .map(String::strip)
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                additions,
                removals,
                mappings);
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException("dialect " + name + " has keys nobody reads: " + keys.keySet()
                    + "; remove them or correct their names");
        }
        return dialect;
    }

    private static String take(String name, Map<String, String> keys, String key) {
        @Nullable String value = keys.remove(key);
        if (value == null) {
            throw new IllegalArgumentException("dialect " + name + " lacks the key " + key);
        }
        return value.strip();
    }

    private static int number(String name, String key, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "dialect " + name + ": " + key + " needs a number where it says '" + text + "'", e);
        }
    }
}
