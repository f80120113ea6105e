package org.tradesuite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    @TempDir
    Path folder;

    @Test
    void data_and_passwords_are_kept_between_starts() throws SQLException {
        try (var server = LocalPostgres.start(folder, 0)) {
            addUser(server, "first");
            assertThat(onlyValue(server, "show fsync")).isEqualTo("on");
        }
        try (var server = LocalPostgres.start(folder, 0)) {
            assertThat(onlyValue(server, "select username from identity.user_account"))
                    .isEqualTo("first");
        }
    }

    /** The library that starts the server turns each of these off, because it is made for tests. */
    @Test
    void what_is_committed_survives_the_death_of_the_server() throws SQLException {
        try (var server = LocalPostgres.start(folder, 0)) {
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertThat(onlyValue(server, "show " + setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void the_files_of_the_log_are_made_once_and_kept() throws SQLException, IOException {
        assumeTrue(folder.toFile().getUsableSpace() >= ReadyLog.ROOM, "too little room for the log");
        try (var server = LocalPostgres.start(folder, 0)) {
            assertThat(logFiles()).isLessThan(ReadyLog.FILES);
            server.readyLog();
            assertThat(logFiles()).isGreaterThanOrEqualTo(ReadyLog.FILES);
            var file = currentLogFile(server);
            server.readyLog();
            assertThat(currentLogFile(server)).isEqualTo(file);
        }
        try (var server = LocalPostgres.start(folder, 0)) {
            assertThat(server.port()).isPositive();
            assertThat(logFiles()).isGreaterThanOrEqualTo(ReadyLog.FILES);
        }
    }

    private int logFiles() throws IOException {
        try (var files = Files.list(folder.resolve("postgres/pg_wal"))) {
            return (int) files.filter(Files::isRegularFile).count();
        }
    }

    private static String currentLogFile(LocalPostgres server) throws SQLException {
        return onlyValue(server, "select pg_walfile_name(pg_current_wal_lsn())");
    }

    @Test
    void every_log_in_needs_its_password() {
        try (var server = LocalPostgres.start(folder, 0)) {
            var url = server.database().url();
            for (var user : new String[] {"postgres", "tradesuite_owner", "tradesuite_execution"}) {
                assertThatThrownBy(() -> DriverManager.getConnection(url, user, "guessed"))
                        .as(user)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Test
    void a_port_in_use_is_named_and_leaves_the_folder_free() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalPostgres.start(folder, taken.getLocalPort()))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("suite.postgres-port");
        }
        LocalPostgres.start(folder, 0).close();
    }

    @Test
    void a_read_only_folder_is_named() throws IOException {
        var readOnly = folder.resolve("read-only");
        if ("root".equals(System.getProperty("user.name"))) {
            // Permissions do not bind root; a file system of the kernel does.
            readOnly = Path.of("/proc/self/tradesuite");
        } else {
            Files.createDirectory(
                    readOnly, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        }
        var refused = readOnly;
        assertThatThrownBy(() -> LocalPostgres.start(refused, 0))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining(refused.toString())
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("suite.data");
    }

    @Test
    void a_file_in_place_of_the_folder_is_named() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> LocalPostgres.start(file, 0))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_full_disk_is_named_before_anything_is_written() {
        assertThatThrownBy(() -> LocalPostgres.start(folder, 0, Long.MAX_VALUE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("is full")
                .hasMessageContaining("Free some room");
        assertThat(folder).isEmptyDirectory();
    }

    /** A real disk that is too small, and then has not one block left; only root can mount it. */
    @Test
    void a_small_disk_is_named_with_its_room_and_a_disk_without_any_too() throws Exception {
        var mounted = "root".equals(System.getProperty("user.name"))
                && command("mount", "-t", "tmpfs", "-o", "size=8m", "none", folder.toString());
        if (!mounted) {
            System.out.println("skipped: only root can mount a disk that is small enough to fill");
        }
        assumeTrue(mounted, "only root can mount a disk that is small enough to fill");
        try {
            var data = folder.resolve("data");
            assertThatThrownBy(() -> LocalPostgres.start(data, 0))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("is full")
                    .hasMessageContaining("256 MB are needed")
                    .hasMessageContaining("suite.data");
            assertThat(command("sh", "-c", "cat /dev/zero > " + folder.resolve("filler")))
                    .isFalse();
            assertThatThrownBy(() -> LocalPostgres.start(data, 0))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining("free some room");
        } finally {
            command("umount", "-l", folder.toString());
        }
    }

    private static boolean command(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    void a_folder_is_used_by_one_suite_at_a_time() {
        try (var first = LocalPostgres.start(folder, 0)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> LocalPostgres.start(folder, 0))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("in use by a suite that is running");
        }
    }

    @Test
    void a_server_left_behind_by_a_killed_process_is_stopped_and_its_data_is_there() throws Exception {
        var killed = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = killed.inputReader()) {
            assertThat(said.lines().filter(line -> line.equals("ready")).findFirst())
                    .isPresent();
        }
        killed.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        var orphan = ProcessHandle.of(pidOfServer()).orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (var server = LocalPostgres.start(folder, 0)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(onlyValue(server, "select username from identity.user_account"))
                    .isEqualTo("orphan");
        }
    }

    @Test
    void a_process_number_gone_to_another_program_does_not_stop_the_start() throws Exception {
        LocalPostgres.start(folder, 0).close();
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n1\n5432\n\n*\n");
        LocalPostgres.start(folder, 0).close();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void a_cluster_whose_making_was_interrupted_is_kept_aside() throws IOException {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "# half");
        LocalPostgres.start(folder, 0).close();
        assertThat(folder.resolve("postgres.unfinished-1/postgresql.conf")).exists();
    }

    private long pidOfServer() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst());
    }

    private static void addUser(LocalPostgres server, String name) throws SQLException {
        try (var connection =
                        server.database().dataSource(DatabaseRole.EXECUTION).getConnection();
                var insert = connection.prepareStatement(
                        "insert into identity.user_account (username, password_hash, roles, created_at)"
                                + " values (?, 'x', array['TRADER'], now())")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
    }

    private static String onlyValue(LocalPostgres server, String query) throws SQLException {
        try (var connection =
                        server.database().dataSource(DatabaseRole.EXECUTION).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Starts a server on the folder it is given and waits to be killed. */
    static final class StartsAndWaits {
        public static void main(String[] arguments) throws Exception {
            var server = LocalPostgres.start(Path.of(arguments[0]), 0);
            addUser(server, "orphan");
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
