package org.tradesuite.execution.fix.entry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Algo;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.AccountId;

/**
 * A client's session and what it may do, as its file says.
 *
 * @param compId what the client calls itself: SenderCompID (49) of what it sends
 * @param ourCompId what it calls us
 * @param user the identity user it logs on as, Username (553); null if it has a password of its own
 * @param passwordHash bcrypt of its own password; null if it logs on as a user
 * @param accounts ours by what the client calls them in Account (1)
 * @param traders ours by SenderSubID (50)
 * @param markets where it may trade; empty for everywhere
 * @param instruments what it may trade; empty for everything
 * @param openOrders how many it may have
 * @param nextExpected whether NextExpectedMsgSeqNum (789) is said and heeded
 * @param mayReset whether it may begin its sequence numbers again (141=Y), and lose what it has not asked for
 * @param copies for a drop copy: the accounts it hears of, empty for all; null for a client that trades
 */
record Client(
        String name,
        Version version,
        String compId,
        String ourCompId,
        @Nullable String user,
        @Nullable String passwordHash,
        Map<String, AccountId> accounts,
        String strategy,
        String trader,
        Map<String, String> traders,
        Set<String> markets,
        Set<String> instruments,
        Set<OrderType> orderTypes,
        Set<Algo> algos,
        int openOrders,
        boolean cancelOnDisconnect,
        boolean nextExpected,
        boolean mayReset,
        @Nullable Set<AccountId> copies) {

    enum Version {
        FIX42("FIX.4.2", "FIX.4.2", "FIX42.xml"),
        FIX44("FIX.4.4", "FIX.4.4", "FIX44.xml"),
        FIX50SP2("FIX.5.0SP2", "FIXT.1.1", "FIX50SP2.xml");

        final String application;
        final String beginString;
        final String dictionary;

        Version(String application, String beginString, String dictionary) {
            this.application = application;
            this.beginString = beginString;
            this.dictionary = dictionary;
        }
    }

    boolean takesCopies() {
        return copies != null;
    }

    /** Reads a client's file; an unknown or missing key is refused with its name. */
    static Client of(String name, Map<String, String> file) {
        if (!name.matches("[A-Z][A-Z0-9_]{0,15}")) {
            throw new IllegalArgumentException("Client '" + name
                    + "' is not 1 to 16 capital letters, digits or underscores that begin with a letter.");
        }
        Map<String, String> keys = new LinkedHashMap<>(file);
        Map<String, AccountId> accounts = new LinkedHashMap<>();
        Map<String, String> traders = new LinkedHashMap<>();
        file.forEach((key, value) -> {
            if (key.startsWith("account.")) {
                accounts.put(key.substring("account.".length()), AccountId.of(value.strip()));
                keys.remove(key);
            } else if (key.startsWith("trader.")) {
                traders.put(key.substring("trader.".length()), value.strip());
                keys.remove(key);
            }
        });
        boolean dropCopy = flag(name, keys, "drop-copy");
        Set<String> copied = names(take(name, keys, "drop-copy-accounts", ""));
        @Nullable String user = orNull(take(name, keys, "user", ""));
        @Nullable String hash = orNull(take(name, keys, "password-hash", ""));
        if ((user == null) == (hash == null)) {
            throw new IllegalArgumentException(
                    "Client " + name + ": give either user (an identity user) or password-hash (bcrypt).");
        }
        if (!dropCopy && accounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "Client " + name + " may trade for no account: add account.<theirs>=<ours>, or drop-copy=true.");
        }
        String version = take(name, keys, "version", null);
        var client = new Client(
                name,
                Arrays.stream(Version.values())
                        .filter(each -> each.application.equals(version))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("Client " + name + ": version=" + version
                                + " is not one we speak; write FIX.4.2, FIX.4.4 or FIX.5.0SP2.")),
                take(name, keys, "comp-id", name),
                take(name, keys, "our-comp-id", "TRADESUITE"),
                user,
                hash,
                Map.copyOf(accounts),
                take(name, keys, "strategy", dropCopy ? "" : null),
                take(name, keys, "trader", dropCopy ? "" : null),
                Map.copyOf(traders),
                names(take(name, keys, "markets", "")),
                names(take(name, keys, "instruments", "")),
                names(take(name, keys, "order-types", "MARKET,LIMIT")).stream()
                        .map(OrderType::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                names(take(name, keys, "algos", "IMMEDIATE")).stream()
                        .map(Algo::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                Integer.parseInt(take(name, keys, "open-orders", "1000")),
                flag(name, keys, "cancel-on-disconnect"),
                flag(name, keys, "next-expected"),
                flag(name, keys, "may-reset"),
                dropCopy ? copied.stream().map(AccountId::of).collect(Collectors.toUnmodifiableSet()) : null);
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "Client " + name + " has unknown keys " + keys.keySet() + ": correct or remove them.");
        }
        return client;
    }

    private static String take(String name, Map<String, String> keys, String key, @Nullable String otherwise) {
        @Nullable String value = keys.remove(key);
        if (value == null || value.isBlank()) {
            if (otherwise == null) {
                throw new IllegalArgumentException("Client " + name + " lacks the key " + key + ".");
            }
            return otherwise;
        }
        return value.strip();
    }

    private static boolean flag(String name, Map<String, String> keys, String key) {
        String value = take(name, keys, key, "false").toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("Client " + name + ": " + key + " is true or false, not " + value + ".");
        }
        return value.equals("true");
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
