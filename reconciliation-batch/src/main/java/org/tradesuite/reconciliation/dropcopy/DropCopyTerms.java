package org.tradesuite.reconciliation.dropcopy;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed with a broker about its drop copy: who calls whom, in which version of FIX, and when its day ends.
 *
 * @param broker its id
 * @param host where it listens, or the address of ours that we listen at
 * @param sender SenderCompID (49) of what we send
 * @param target TargetCompID (56) of what we send
 * @param username what we log on with, or, if it calls us, what it has to; null for none
 * @param allowed addresses from which it may call us; empty for all
 */
record DropCopyTerms(
        String broker,
        Version version,
        Role role,
        String host,
        int port,
        String sender,
        String target,
        int heartbeatSeconds,
        int reconnectSeconds,
        @Nullable String username,
        @Nullable String password,
        String allowed,
        BrokerDay day,
        @Nullable Hours hours) {

    /** Of the keys of a session, without its name. */
    static final String KEYS = "tradesuite.reconciliation.drop-copy.session.";

    enum Role {
        /** We call the broker. */
        INITIATOR,
        /** The broker calls us. */
        ACCEPTOR
    }

    enum Version {
        FIX42("FIX.4.2", "FIX.4.2"),
        FIX44("FIX.4.4", "FIX.4.4"),
        FIX50SP2("FIX.5.0SP2", "FIXT.1.1");

        final String application;
        final String beginString;

        Version(String application, String beginString) {
            this.application = application;
            this.beginString = beginString;
        }
    }

    /** From when to when the session is up, in the zone of the day; its numbers begin with 1 each time. */
    record Hours(LocalTime from, LocalTime to) {}

    /** @throws IllegalArgumentException if a key is missing, unknown or has no value that can be used, with what to write */
    static DropCopyTerms of(String broker, Map<String, String> written) {
        var keys = new Keys(broker, new HashMap<>(written));
        var version = keys.oneOf(
                "version",
                "FIX.4.4",
                Arrays.stream(Version.values()).collect(Collectors.toMap(each -> each.application, each -> each)));
        var role = keys.oneOf(
                "role",
                "initiator",
                Arrays.stream(Role.values())
                        .collect(Collectors.toMap(each -> each.name().toLowerCase(Locale.ROOT), each -> each)));
        var zone = keys.zone();
        var terms = new DropCopyTerms(
                broker,
                version,
                role,
                role == Role.ACCEPTOR ? keys.text("host", "0.0.0.0") : keys.required("host"),
                keys.number("port", null, 65_535),
                keys.required("sender"),
                keys.required("target"),
                keys.number("heartbeat-seconds", "30", 3600),
                keys.number("reconnect-seconds", "10", 3600),
                keys.values.remove("username"),
                keys.values.remove("password"),
                keys.text("allowed-addresses", ""),
                new BrokerDay(
                        zone,
                        keys.time("day-ends", keys.text("day-ends", "00:00")),
                        Boolean.parseBoolean(keys.text("weekends", "false"))),
                keys.hours());
        keys.nothingLeft();
        return terms;
    }

    private record Keys(String broker, Map<String, String> values) {

        private String required(String key) {
            var value = values.remove(key);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("The drop-copy session of " + broker + " needs " + KEYS + broker
                        + "." + key + ": ask the broker for it and write it down there.");
            }
            return value.strip();
        }

        private String text(String key, String otherwise) {
            var value = values.remove(key);
            return value == null ? otherwise : value.strip();
        }

        private <T> T oneOf(String key, String otherwise, Map<String, T> known) {
            var text = text(key, otherwise);
            var value = known.get(text);
            if (value == null) {
                throw wrong(key, text, "one of " + String.join(", ", known.keySet()));
            }
            return value;
        }

        private int number(String key, @Nullable String otherwise, int most) {
            var text = otherwise == null ? required(key) : text(key, otherwise);
            if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > most || Integer.parseInt(text) == 0) {
                throw wrong(key, text, "a number from 1 to " + most);
            }
            return Integer.parseInt(text);
        }

        private ZoneId zone() {
            var text = text("zone", "UTC");
            try {
                return ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(
                        wrong("zone", text, "a time zone such as America/New_York")
                                .getMessage(),
                        unknown);
            }
        }

        private LocalTime time(String key, String text) {
            try {
                return LocalTime.parse(text);
            } catch (DateTimeException unreadable) {
                throw new IllegalArgumentException(
                        wrong(key, text, "a time such as 18:30").getMessage(), unreadable);
            }
        }

        private @Nullable Hours hours() {
            var text = text("hours", "");
            if (text.isEmpty()) {
                return null;
            }
            var both = text.split("-", -1);
            if (both.length != 2) {
                throw wrong("hours", text, "two times such as 07:00-21:30");
            }
            return new Hours(time("hours", both[0]), time("hours", both[1]));
        }

        private void nothingLeft() {
            if (!values.isEmpty()) {
                throw new IllegalArgumentException("The drop-copy session of " + broker
                        + " has keys that nobody reads: "
                        + String.join(", ", values.keySet().stream().sorted().toList())
                        + ". Correct their names or take them out.");
            }
        }

        private IllegalArgumentException wrong(String key, String value, String wanted) {
            return new IllegalArgumentException(
                    KEYS + broker + "." + key + " is '" + value + "': it has to be " + wanted + ".");
        }
    }
}
