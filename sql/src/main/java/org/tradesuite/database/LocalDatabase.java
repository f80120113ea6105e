package org.tradesuite.database;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One installed database of our own server. */
public final class LocalDatabase {

    private final String name;
    private final int port;
    private final RolePasswords passwords;

    LocalDatabase(String name, int port, RolePasswords passwords) {
        this.name = name;
        this.port = port;
        this.passwords = passwords;
    }

    public String name() {
        return name;
    }

    public String url() {
        return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    public String username(DatabaseRole role) {
        return role.roleName();
    }

    public String password(DatabaseRole role) {
        return passwords.of(role);
    }

    /** Every connection is a new log-in; an application puts a pool in front of it. */
    public DataSource dataSource(DatabaseRole role) {
        var source = new PGSimpleDataSource();
        source.setURL(url());
        source.setUser(role.roleName());
        source.setPassword(passwords.of(role));
        return source;
    }

    @Override
    public String toString() {
        return url();
    }
}
