package org.tradesuite.database;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server of our own, for a laptop or a test: nothing to install, reached on the loopback address only,
 * every log-in with a password. Stopping it is the caller's: it is not stopped by the end of the JVM, so that the
 * applications which use it can end first.
 */
public final class LocalPostgres implements AutoCloseable {

    private static final String DATABASE = "tradesuite";
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = DatabaseRole.OWNER.roleName();
    private static final String LOG_IN_RULES = """
        # Every log-in needs a password, from this machine only.
        local all all scram-sha-256
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128 scram-sha-256
        """;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static @Nullable LocalPostgres shared;

    private final EmbeddedPostgres server;
    private final @Nullable DataFolder folder;
    private final RolePasswords passwords;
    private final AtomicInteger copies = new AtomicInteger();

    private LocalPostgres(EmbeddedPostgres server, @Nullable DataFolder folder, RolePasswords passwords) {
        this.server = server;
        this.folder = folder;
        this.passwords = passwords;
    }

    /**
     * Starts the server on the data kept in the folder and installs what is new of the contract. A server that an
     * earlier run left behind in this folder is stopped first.
     *
     * @param port 0 for any free one
     * @throws DatabaseUnavailableException if the folder cannot be used or the port is taken; the message says what to do
     */
    public static LocalPostgres start(Path dataFolder, int port) {
        return start(dataFolder, port, DataFolder.ROOM_TO_START);
    }

    static LocalPostgres start(Path dataFolder, int port, long roomNeeded) {
        var folder = DataFolder.open(dataFolder, roomNeeded);
        try {
            folder.stopServerLeftBehind();
            folder.setUnfinishedClusterAside();
            return start(folder, freePort(port));
        } catch (RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    private static LocalPostgres start(DataFolder folder, int port) {
        var started = launch(folder, port);
        try {
            if (!folder.isComplete()) {
                started.requirePasswords();
                folder.markComplete();
            }
            started.install();
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    /** The server that all tests of this JVM share; it forgets everything at the end. */
    public static synchronized LocalPostgres shared() {
        if (shared == null) {
            shared = launchForgetful();
        }
        return shared;
    }

    /** The database of the suite, kept between starts. */
    public LocalDatabase database() {
        return new LocalDatabase(DATABASE, port(), passwords);
    }

    /** A new installed database with nothing in it but the contract. */
    public LocalDatabase newDatabase() {
        var name = DATABASE + "_" + copies.incrementAndGet();
        asSuperuser(connection -> copy(connection, DATABASE, name));
        return new LocalDatabase(name, port(), passwords);
    }

    /**
     * Makes a database of {@link #newDatabase} what another one is. Whoever is logged in to it is cut off and finds it so
     * when logging in again; to the other one nobody may be logged in.
     */
    public void renew(LocalDatabase database, LocalDatabase other) {
        drop(database);
        asSuperuser(connection -> copy(connection, other.name(), database.name()));
    }

    private static void copy(Connection connection, String from, String name) throws SQLException {
        run(connection, "create database " + name + " template " + from + " owner " + OWNER);
    }

    /** Ends a database made by {@link #newDatabase}, whoever is still logged in to it. */
    public void drop(LocalDatabase database) {
        asSuperuser(connection -> run(connection, "drop database if exists " + database.name() + " with (force)"));
    }

    /**
     * Has the server make the files of its log before they are needed: a file made in the middle of a commit holds up
     * every order of that commit for as long as the disk takes to write 16 MB. Does nothing if they are there, or if the
     * disk has little room. To be called before the work begins.
     */
    public void readyLog() {
        if (folder != null && folder.room() >= ReadyLog.ROOM) {
            asSuperuser(ReadyLog::make);
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
            if (folder != null) {
                // The library waits five seconds; a busy server takes longer to write its data out.
                folder.stopServerLeftBehind();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The database server did not stop", failed);
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }

    private static int freePort(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            throw new DatabaseUnavailableException(
                    "Port " + port + " for the database is in use by another program. Stop that program, or give the"
                            + " database another port (0 takes a free one); in the suite that is"
                            + " suite.postgres-port.",
                    taken);
        }
    }

    private static LocalPostgres launch(DataFolder folder, int port) {
        var passwords = folder.passwords();
        var log = Redirect.appendTo(folder.log().toFile());
        var builder = keepingBooks(settings(passwords))
                .setDataDirectory(folder.cluster())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        try {
            return new LocalPostgres(builder.start(), folder, passwords);
        } catch (IOException | RuntimeException failed) {
            throw new DatabaseUnavailableException(
                    "The database server did not start on the data in " + folder.path() + ". Its log " + folder.log()
                            + " ends: " + folder.endOfLog(),
                    failed);
        }
    }

    /**
     * The library starts servers for tests and forgets the last moments of a server that dies; ours keeps the books: what
     * it says is committed is on disk. The sizes fit the machine and keep checkpoints away from the middle of a busy hour.
     */
    private static EmbeddedPostgres.Builder keepingBooks(EmbeddedPostgres.Builder builder) {
        return builder.setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", sharedBuffers() + "MB")
                .setServerConfig("wal_buffers", "16MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("min_wal_size", ReadyLog.SIZE)
                .setServerConfig("checkpoint_timeout", "15min");
    }

    /**
     * A sixteenth of the machine's memory, in MB, at least 256 and at most 1,024: with less, the connection that commits
     * the orders of a busy minute writes other people's pages out to have room for its own.
     */
    private static long sharedBuffers() {
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.clamp(machine.getTotalMemorySize() >> 24, 256, 1024);
    }

    private static LocalPostgres launchForgetful() {
        var passwords = RolePasswords.same("test");
        try {
            // Tests log in thousands of times; the strength of a test password is no secret.
            var server =
                    settings(passwords).setServerConfig("scram_iterations", "1").start();
            var started = new LocalPostgres(server, null, passwords);
            started.requirePasswords();
            started.install();
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException("The test server did not start", failed);
        }
    }

    private static EmbeddedPostgres.Builder settings(RolePasswords passwords) {
        return EmbeddedPostgres.builder()
                .setPGStartupWait(START_LIMIT)
                .setConnectConfig("password", passwords.of(DatabaseRole.OWNER))
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("log_timezone", "UTC")
                .setServerConfig("max_connections", "200");
    }

    /** A server is made trusting every log-in; before it holds anything, each is made to need a password. */
    private void requirePasswords() {
        asSuperuser(connection -> {
            setSuperuserPassword(connection);
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("show hba_file")) {
                row.next();
                Files.writeString(Path.of(row.getString(1)), LOG_IN_RULES);
            }
            run(connection, "select pg_reload_conf()");
        });
    }

    private void setSuperuserPassword(Connection connection) throws SQLException {
        connection
                .unwrap(PGConnection.class)
                .alterUserPassword(SUPERUSER, passwords.of(DatabaseRole.OWNER).toCharArray(), "scram-sha-256");
    }

    private void install() {
        asSuperuser(connection -> {
            if (isAbsent(connection, "select 1 from pg_roles where rolname = '" + OWNER + "'")) {
                run(connection, "create role " + OWNER + " login createrole");
            }
            Database.setPassword(connection, DatabaseRole.OWNER, passwords.of(DatabaseRole.OWNER));
            if (isAbsent(connection, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                run(connection, "create database " + DATABASE + " owner " + OWNER);
            }
        });
        Database.install(database().dataSource(DatabaseRole.OWNER), passwords);
    }

    /** The administrator of the server, whom no privilege binds; for tests of what the triggers refuse. */
    DataSource superuserOf(LocalDatabase database) {
        return superuser(database.name());
    }

    private DataSource superuser(String database) {
        var source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://localhost:" + port() + "/" + database);
        source.setUser(SUPERUSER);
        source.setPassword(passwords.of(DatabaseRole.OWNER));
        return source;
    }

    private void asSuperuser(Work work) {
        try (var connection = superuser(SUPERUSER).getConnection()) {
            work.on(connection);
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException("The database server refused its own administrator", failed);
        }
    }

    private static boolean isAbsent(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private static void run(Connection connection, String command) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException, IOException;
    }
}
