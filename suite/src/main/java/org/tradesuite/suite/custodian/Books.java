package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.market.ReferenceFiles;

/**
 * Holdings by safekeeping account and cash by cash account, from the opening balances on. Securities cannot go below
 * zero; cash can, the custodian lends.
 */
final class Books {

    enum Kind {
        BOOKED,
        /** Left out of an earlier statement, or wrong in it, and now right. */
        LATE,
        /** Takes back a line that was wrong. */
        REVERSAL
    }

    /** A line of an account; a credit is above zero. */
    record Entry(LocalDate date, BigDecimal amount, String reference, String ourReference, Kind kind) {}

    /** One cash account, what its last statement said of it and what the next one has to tell. */
    static final class Cash {
        final String account;
        final String number;
        final String currency;
        final List<Entry> unreported = new ArrayList<>();
        BigDecimal balance;
        BigDecimal reported;
        int statements;

        Cash(String account, String number, String currency, BigDecimal opening) {
            this.account = account;
            this.number = number;
            this.currency = currency;
            this.balance = opening;
            this.reported = opening;
        }
    }

    private final TreeMap<String, TreeMap<String, BigDecimal>> holdings = new TreeMap<>();
    private final Map<String, String> clients = new HashMap<>();
    private final TreeMap<String, Cash> cash = new TreeMap<>();

    Books(ReferenceFiles files) {
        Map<String, String> safes = new HashMap<>();
        for (Map<String, String> row : files.rows("accounts")) {
            String account = String.valueOf(row.get("account_id"));
            String safe = String.valueOf(row.get("safekeeping_account"));
            safes.put(account, safe);
            clients.put(safe, account);
            holdings.put(safe, new TreeMap<>());
        }
        Map<String, String> isins = new HashMap<>();
        for (Map<String, String> row : files.rows("instruments")) {
            isins.put(String.valueOf(row.get("instrument_id")), row.getOrDefault("isin", ""));
        }
        for (Map<String, String> row : files.rows("opening_positions")) {
            String isin = isins.getOrDefault(String.valueOf(row.get("instrument_id")), "");
            String safe = safes.get(String.valueOf(row.get("account_id")));
            if (!isin.isBlank() && safe != null) {
                move(safe, isin, new BigDecimal(String.valueOf(row.get("quantity"))));
            }
        }
        Map<String, BigDecimal> opening = new HashMap<>();
        for (Map<String, String> row : files.rows("opening_cash")) {
            opening.put(
                    row.get("account_id") + " " + row.get("currency"),
                    new BigDecimal(String.valueOf(row.get("balance"))));
        }
        for (Map<String, String> row : files.rows("cash_accounts")) {
            String key = row.get("account_id") + " " + row.get("currency");
            cash.put(
                    key,
                    new Cash(
                            String.valueOf(row.get("account_id")),
                            String.valueOf(row.get("number")),
                            String.valueOf(row.get("currency")),
                            opening.getOrDefault(key, BigDecimal.ZERO)));
        }
    }

    boolean knows(String safe) {
        return clients.containsKey(safe);
    }

    String client(String safe) {
        return clients.getOrDefault(safe, "");
    }

    Collection<String> safes() {
        return holdings.keySet();
    }

    /** Quantities above zero, by ISIN. */
    Map<String, BigDecimal> holdings(String safe) {
        TreeMap<String, BigDecimal> held = new TreeMap<>(holdings.getOrDefault(safe, new TreeMap<>()));
        held.values().removeIf(quantity -> quantity.signum() == 0);
        return held;
    }

    BigDecimal held(String safe, String isin) {
        return holdings.getOrDefault(safe, new TreeMap<>()).getOrDefault(isin, BigDecimal.ZERO);
    }

    Collection<Cash> cash() {
        return cash.values();
    }

    @Nullable
    Cash cash(String safe, String currency) {
        return cash.get(client(safe) + " " + currency);
    }

    void settle(Order order, BigDecimal quantity, BigDecimal amount, LocalDate date, String ourReference) {
        move(order.safekeepingAccount(), order.isin(), order.receive() ? quantity : quantity.negate());
        String currency = order.currency();
        if (currency == null) {
            return;
        }
        Cash account = cash(order.safekeepingAccount(), currency);
        if (account == null) {
            throw new IllegalStateException("No " + currency + " account for " + order);
        }
        BigDecimal signed = order.receive() ? amount.negate() : amount;
        account.balance = account.balance.add(signed);
        account.unreported.add(new Entry(date, signed, order.reference(), ourReference, Kind.BOOKED));
    }

    private void move(String safe, String isin, BigDecimal quantity) {
        holdings.computeIfAbsent(safe, s -> new TreeMap<>()).merge(isin, quantity, BigDecimal::add);
    }
}
