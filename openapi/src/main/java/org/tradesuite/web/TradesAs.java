package org.tradesuite.web;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * As which traders of the reference data a user trades: those that identity.user_trader names, else the one of the same
 * name. Known also while the database is away, for whoever has to stop trading then. Thread-safe.
 */
public final class TradesAs {

    private final UsersInForce users;

    TradesAs(UsersInForce users) {
        this.users = users;
    }

    /** Never empty. */
    public List<String> of(String userName) {
        var name = userName.toLowerCase(Locale.ROOT);
        UserAccounts.@Nullable Account user = users.user(name);
        return user == null || user.traders().isEmpty() ? List.of(name) : user.traders();
    }
}
