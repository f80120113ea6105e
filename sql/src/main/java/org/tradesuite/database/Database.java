package org.tradesuite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Installs the database contract: roles, the journal and the users first, then each application's schemas, every one
 * with a history of its own. Run again it adds what is new and changes nothing else.
 */
public final class Database {

    /** The schemas in the order of the data: an application reads what those before it publish. */
    private static final List<String> APPLICATIONS = List.of("execution", "settlement", "reconciliation", "reporting");

    /** These run jobs, so they hold the tables of the job repository and the scheduler as well. */
    private static final List<String> WITH_JOBS = List.of("settlement", "reconciliation", "reporting");

    private Database() {}

    /**
     * @param owner logs in as {@link DatabaseRole#OWNER}, which owns the database and may create roles
     * @throws org.flywaydb.core.api.FlywayException if a migration fails; those before it stay installed
     */
    public static void install(DataSource owner, RolePasswords passwords) {
        migrate(owner, "base", "public", "flyway_schema_history");
        for (var application : APPLICATIONS) {
            if (WITH_JOBS.contains(application)) {
                migrate(owner, "runsheet", application, "runsheet_schema_history");
            }
            migrate(owner, application, application, "flyway_schema_history");
        }
        secure(owner, passwords);
    }

    private static void migrate(DataSource owner, String folder, String schema, String history) {
        if (Database.class.getClassLoader().getResource("db/" + folder) == null) {
            return;
        }
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(owner)
                .locations("classpath:db/" + folder)
                .defaultSchema(schema)
                .table(history)
                .createSchemas(false)
                // The schema exists before its history does, and runsheet's tables before the application's own.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholders(Map.of("schema", schema))
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    private static void secure(DataSource owner, RolePasswords passwords) {
        try (var connection = owner.getConnection()) {
            for (var role : DatabaseRole.applications()) {
                setPassword(connection, role, passwords.of(role));
                try (var statement = connection.createStatement()) {
                    for (var history : List.of("flyway_schema_history", "runsheet_schema_history")) {
                        var table = role.name().toLowerCase(Locale.ROOT) + "." + history;
                        // An application must not rewrite the history of its own schema.
                        statement.execute("do $$ begin if to_regclass('" + table + "') is not null then revoke all on "
                                + table + " from " + role.roleName() + "; end if; end $$");
                    }
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(
                    "The passwords of the roles cannot be set: the owner must have made the roles or be their"
                            + " administrator.",
                    failed);
        }
    }

    /** The driver sends the password as a SCRAM verifier, so it never appears in a statement or a server log. */
    static void setPassword(Connection connection, DatabaseRole role, String password) throws SQLException {
        var characters = password.toCharArray();
        connection.unwrap(PGConnection.class).alterUserPassword(role.roleName(), characters, "scram-sha-256");
        Arrays.fill(characters, ' ');
    }

    /**
     * Installs into a PostgreSQL server of the firm's own. Reads the environment: TRADESUITE_DATABASE_URL,
     * TRADESUITE_OWNER_PASSWORD and the password for each application, TRADESUITE_EXECUTION_PASSWORD and so on.
     */
    public static void main(String[] arguments) {
        var environment = System.getenv();
        var url = environment.getOrDefault("TRADESUITE_DATABASE_URL", "jdbc:postgresql://localhost:5432/tradesuite");
        var passwords = new EnumMap<DatabaseRole, String>(DatabaseRole.class);
        for (var role : DatabaseRole.values()) {
            var name = "TRADESUITE_" + role.name() + "_PASSWORD";
            var password = environment.get(name);
            if (password == null) {
                throw new IllegalArgumentException("Set " + name + " to the password of " + role.roleName() + ".");
            }
            passwords.put(role, password);
        }
        var owner = new PGSimpleDataSource();
        owner.setURL(url);
        owner.setUser(DatabaseRole.OWNER.roleName());
        owner.setPassword(passwords.get(DatabaseRole.OWNER));
        install(owner, new RolePasswords(passwords));
        System.out.println("The contract is installed in " + url + ", and every role has its password.");
    }
}
