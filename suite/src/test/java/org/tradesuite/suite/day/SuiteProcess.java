package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.tradesuite.suite.SuiteApplication;

/** The suite as a process of its own, on ports of its own, so that it can be killed at any instant. */
final class SuiteProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final List<String> arguments = new ArrayList<>();
    private int starts;

    /** @param folder keeps data, outputs and logs between starts */
    SuiteProcess(Path folder, String... arguments) {
        this.folder = folder;
        this.arguments.addAll(List.of(arguments));
        this.arguments.add("--suite.data=" + folder.resolve("data"));
        this.arguments.add("--suite.out=" + folder.resolve("out"));
        for (var port : List.of("port", "postgres-port", "alfa-port", "bravo-port", "charlie-port", "market-port"))
            this.arguments.add("--suite." + port + "=" + freePort());
    }

    /** One start of it. */
    static final class Running {

        private final Process process;
        private final Path log;

        private Running(Process process, Path log) {
            this.process = process;
            this.log = log;
        }

        String log() {
            try {
                return Files.exists(log) ? Files.readString(log) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Kills it with SIGKILL at the first moment at which {@code now} holds. */
        void killWhen(String moment, Predicate<String> now) throws InterruptedException {
            Awaitility.await(moment)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(moment + ": it ended before\n" + tail(), () -> !process.isAlive())
                    .until(() -> now.test(log()));
            process.destroyForcibly().waitFor();
        }

        int exitCode() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("it did not end within " + PATIENCE + "\n" + tail());
            }
            return process.exitValue();
        }

        String tail() {
            var text = log();
            return text.substring(Math.max(0, text.length() - 6000));
        }
    }

    Running start() throws IOException {
        var log = folder.resolve("start-" + ++starts + ".log");
        Files.createDirectories(folder);
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                SuiteApplication.class.getName()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Running(process, log);
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
