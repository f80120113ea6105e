package org.tradesuite.web;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The users of a fresh database: one person per role and the machine user desk, with random passwords. Only the hashes
 * are kept, so whoever calls this shows the passwords once. When several applications start at once, one of them makes
 * the users and the others get an empty list.
 */
public final class FirstUsers {

    private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('identity.user_account'))";
    private static final String ANY_USER = "select exists (select from identity.user_account)";
    private static final String ADD_USER = """
        insert into identity.user_account (username, password_hash, roles, enabled, created_at)
        values (?, ?, ?, true, now())
        """;

    /** Without letters and digits that look like one another. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /**
     * A user of a fresh database.
     *
     * @param password in clear, to be shown once and never kept
     */
    public record FirstUser(String userName, String password, Role role) {}

    private FirstUsers() {}

    /**
     * Makes the first users if there are none.
     *
     * @return the new users with their passwords, empty if there were users already
     * @throws SQLException if the database cannot be asked
     */
    public static List<FirstUser> create(DataSource dataSource) throws SQLException {
        SecureRandom random = new SecureRandom();
        List<FirstUser> users = List.of(
                new FirstUser("trader", password(random), Role.TRADER),
                new FirstUser("operations", password(random), Role.OPERATIONS),
                new FirstUser("compliance", password(random), Role.COMPLIANCE),
                new FirstUser("risk", password(random), Role.RISK),
                new FirstUser("administrator", password(random), Role.ADMINISTRATOR),
                new FirstUser("desk", password(random), Role.TRADER));
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<FirstUser> made = addIfNone(connection, users);
                connection.commit();
                return made;
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    private static List<FirstUser> addIfNone(Connection connection, List<FirstUser> users) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
            try (ResultSet answer = statement.executeQuery(ANY_USER)) {
                answer.next();
                if (answer.getBoolean(1)) {
                    return List.of();
                }
            }
        }
        BCryptPasswordEncoder hash = new BCryptPasswordEncoder();
        try (PreparedStatement insert = connection.prepareStatement(ADD_USER)) {
            for (FirstUser user : users) {
                insert.setString(1, user.userName());
                insert.setString(2, hash.encode(user.password()));
                insert.setArray(3, connection.createArrayOf("text", new String[] {
                    user.role().name()
                }));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return users;
    }

    /** What is shown on the terminal. */
    public static String notice(List<FirstUser> users) {
        List<String> lines = new ArrayList<>();
        lines.add("First users, shown this once; only hashes are kept:");
        users.forEach(
                user -> lines.add(String.format("  %-14s %s  (%s)", user.userName(), user.password(), user.role())));
        return String.join(System.lineSeparator(), lines);
    }

    /** Four groups of four: 93 bits, and readable over the telephone. */
    private static String password(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
