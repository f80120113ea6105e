package org.tradesuite.web;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The users of the database, the same for every application. */
final class UserAccounts {

    private static final String USER_BY_NAME = """
        select username, password_hash, roles, enabled
        from identity.user_account
        where username = :username
        """;

    private static final String ALL_USERS = """
        select username, roles, enabled,
            array(select trader_id from identity.user_trader as of where of.username = each.username order by 1) as traders
        from identity.user_account as each
        order by username
        """;

    /** @param traders as whom the user trades, if not under the own name */
    record Account(String userName, List<Role> roles, boolean enabled, List<String> traders) {}

    private final JdbcClient jdbc;

    UserAccounts(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Not a UserDetailsService bean: Spring Security would add it to what it checks passwords with by itself. */
    UserDetails byName(String userName) {
        return jdbc.sql(USER_BY_NAME)
                .param("username", userName.toLowerCase(Locale.ROOT))
                .query((row, number) -> User.withUsername(row.getString("username"))
                        .password(row.getString("password_hash"))
                        .roles((String[]) row.getArray("roles").getArray())
                        .disabled(!row.getBoolean("enabled"))
                        .build())
                .optional()
                .orElseThrow(() -> new UsernameNotFoundException("There is no user " + userName + "."));
    }

    List<Account> all() {
        return jdbc.sql(ALL_USERS)
                .query((row, number) -> new Account(
                        Objects.requireNonNull(row.getString("username")),
                        Arrays.stream((String[]) row.getArray("roles").getArray())
                                .map(Role::valueOf)
                                .toList(),
                        row.getBoolean("enabled"),
                        List.of((String[]) row.getArray("traders").getArray())))
                .list();
    }
}
