package org.tradesuite.suite.door;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalPostgres;

/**
 * A machine user in whose name the day is narrated or the machine is measured. Its password is made anew at each start
 * and known to this process alone; it signs in through the front door like any other.
 */
public record MachineUser(String name, String password) {

    // The owner of the laptop's own database enters the user; an application may not change a password.
    private static final String ENTER_OR_RENEW = """
        insert into identity.user_account (username, password_hash, roles, enabled, created_at)
        values (?, ?, array['TRADER', 'OPERATIONS', 'COMPLIANCE', 'RISK', 'ADMINISTRATOR'], true, now())
        on conflict (username) do update set password_hash = excluded.password_hash
        """;

    /** Enters the user, or gives it a new password. */
    public static MachineUser signUp(LocalPostgres postgres, String name) {
        var secret = new byte[18];
        new SecureRandom().nextBytes(secret);
        var user = new MachineUser(name, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        try (var connection = postgres.database().dataSource(DatabaseRole.OWNER).getConnection();
                var statement = connection.prepareStatement(ENTER_OR_RENEW)) {
            statement.setString(1, user.name());
            statement.setString(2, new BCryptPasswordEncoder().encode(user.password()));
            statement.executeUpdate();
            return user;
        } catch (SQLException e) {
            throw new IllegalStateException("the machine user cannot be entered", e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}
