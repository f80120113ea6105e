package org.tradesuite.suite.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.database.DatabaseUnavailableException;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.suite.SuiteApplication;

/** A start that cannot be: it says why and what to do, ends, and leaves nothing running. */
class SuiteStartTest {

    @TempDir
    private Path folder;

    private final Map<String, Integer> ports = new TreeMap<>();

    private SuiteSettings settings(Path data) throws IOException {
        return SuiteSettings.of(arguments(data).toArray(String[]::new));
    }

    private List<String> arguments(Path data) throws IOException {
        var arguments = new ArrayList<>(List.of("--suite.data=" + data, "--suite.out=" + folder.resolve("out")));
        for (var key : List.of(
                "port",
                "postgres-port",
                "alfa-port",
                "bravo-port",
                "charlie-port",
                "drop-copy-port",
                "market-port",
                "order-entry-port")) {
            ports.computeIfAbsent(key, _ -> Ports.chosen(0));
            arguments.add("--suite." + key + "=" + port(key));
        }
        return arguments;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        port,         the console with all APIs
        alfa-port,    the simulated broker ALFA
        bravo-port,   the simulated broker BRAVO
        charlie-port, the simulated broker CHARLIE
        drop-copy-port, the drop copy of BRAVO
        market-port,  the simulated market data feed
        order-entry-port, order entry by FIX
        """)
    void a_taken_port_is_named_with_who_needs_it_and_the_key_before_anything_starts(String key, String who)
            throws Exception {
        var data = folder.resolve("data");
        var settings = settings(data);
        try (var _ = taken(key)) {
            assertThatThrownBy(() -> Suite.start(settings, Clock.systemUTC()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("Port " + port(key) + " is in use by another program; " + who
                            + " needs it. Stop that program, or choose another port with --suite." + key + "=<port>.");
        }
        assertThat(data).doesNotExist();
        everyPortIsFree();
    }

    @Test
    void the_databases_port_is_named_and_nothing_else_starts() throws Exception {
        var settings = settings(folder.resolve("data"));
        try (var _ = taken("postgres-port")) {
            assertThatThrownBy(() -> Suite.start(settings, Clock.systemUTC()))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("Port " + port("postgres-port"))
                    .hasMessageContaining("suite.postgres-port");
        }
        everyPortIsFree();
    }

    @Test
    void all_taken_ports_are_told_at_once() throws Exception {
        var settings = settings(folder.resolve("data"));
        try (var _ = taken("alfa-port");
                var _ = taken("market-port")) {
            assertThatThrownBy(() -> Suite.start(settings, Clock.systemUTC()))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("--suite.alfa-port")
                    .hasMessageContaining("--suite.market-port")
                    .hasMessageEndingWith("Is another suite running?");
        }
    }

    @Test
    void a_part_that_does_not_start_takes_the_database_and_the_brokers_down_with_it() throws Exception {
        var data = folder.resolve("data");
        var settings = settings(data);
        // Execution starts after the database, the brokers and the console, and finds a file where its folder should
        // be.
        Files.createDirectories(data);
        Files.writeString(data.resolve("fix"), "in the way");
        assertThatThrownBy(() -> Suite.start(settings, Clock.systemUTC()))
                .hasStackTraceContaining(data.resolve("fix").toString());
        everyPortIsFree();

        Files.delete(data.resolve("fix"));
        try (var database = LocalPostgres.start(data.resolve("postgres"), 0)) {
            assertThat(database.port()).isPositive();
        }
    }

    @Test
    void the_command_ends_with_the_message_and_exit_code_1() throws Exception {
        var data = folder.resolve("data");
        var arguments = arguments(data);
        try (var _ = taken("port")) {
            assertThat(said(arguments)).isEqualTo("""
                Port %d is in use by another program; the console with all APIs needs it. Stop that program, or choose\
                 another port with --suite.port=<port>.
                exit code 1\
                """.formatted(port("port")));
        }
        assertThat(data.resolve("postgres")).doesNotExist();
    }

    @Test
    void the_command_says_which_folder_cannot_be_written_and_which_key_names_another() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "no folder");
        assertThat(said(arguments(file)))
                .contains("The data folder " + file.resolve("postgres") + " cannot be written")
                .contains("suite.data")
                .endsWith("exit code 1");
    }

    @Test
    void asked_to_end_while_it_starts_it_leaves_no_database_server_behind() throws Exception {
        var data = folder.resolve("data");
        var server = data.resolve("postgres/postgres/postmaster.pid");
        var process = new ProcessBuilder(command(arguments(data)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said.txt").toFile())
                .start();
        try {
            await("the database server to start").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(server));
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("said.txt"))).doesNotContain("The suite is up");
        assertThat(server).doesNotExist();
        everyPortIsFree();
    }

    private int port(String key) {
        return Objects.requireNonNull(ports.get(key), key);
    }

    private ServerSocket taken(String key) throws IOException {
        return new ServerSocket(port(key), 1, InetAddress.getLoopbackAddress());
    }

    private void everyPortIsFree() throws IOException {
        for (var port : ports.values()) {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SuiteApplication.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String said(List<String> arguments) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            var said = String.join("\n", output.lines().toList());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return said + "\nexit code " + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
