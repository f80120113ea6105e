package org.tradesuite.suite.day;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.tradesuite.suite.SuiteApplication;
import org.tradesuite.suite.house.FreePort;

/** The suite as a process of its own, on ports of its own, so that it can be killed at any instant. */
final class SuiteProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** How often to look for a moment that lasts some tens of milliseconds. */
    private static final Duration BLINK = Duration.ofMillis(5);

    private final Path folder;
    private final List<String> arguments = new ArrayList<>();
    private final JobRepositories repositories;
    private int starts;

    /** @param folder keeps data, outputs and logs between starts */
    SuiteProcess(Path folder, String... arguments) {
        this.folder = folder;
        this.arguments.addAll(List.of(arguments));
        this.arguments.add("--suite.data=" + folder.resolve("data"));
        this.arguments.add("--suite.out=" + folder.resolve("out"));
        for (var port : List.of(
                "port", "alfa-port", "bravo-port", "charlie-port", "drop-copy-port", "market-port", "order-entry-port"))
            this.arguments.add("--suite." + port + "=" + FreePort.next());
        var postgresPort = FreePort.next();
        this.arguments.add("--suite.postgres-port=" + postgresPort);
        this.repositories = new JobRepositories(data(), postgresPort);
    }

    private Path data() {
        return folder.resolve("data");
    }

    /** Starts it and kills it while brokers hold orders of ours; tries again if they had just ended. */
    void killWhileOrdersWork() throws Exception {
        do {
            start().killWhen(
                            "orders work at brokers",
                            () -> OrdersAtWork.in(data()).size() >= 2);
        } while (OrdersAtWork.in(data()).isEmpty());
    }

    /**
     * Starts it and kills it in the middle of a step of one of these jobs; tries again on the next of them if the step
     * had ended before the blow. Fails if the day ends without a hit.
     */
    void killInTheMiddleOf(String application, List<String> jobs) throws Exception {
        var hit = List.<String>of();
        while (hit.isEmpty()) {
            try (var watch = repositories.of(application)) {
                start().killWhen(
                                "a step of " + jobs + " runs",
                                () -> !watch.inTheMiddle(jobs).isEmpty());
                Awaitility.await("what was on its way to the database").until(watch::isQuiet);
                hit = watch.inTheMiddle(jobs);
            }
        }
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
        void killWhen(String moment, BooleanSupplier now) throws InterruptedException {
            Awaitility.await(moment)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(BLINK)
                    .failFast(moment + ": it ended before\n" + tail(), () -> !process.isAlive())
                    .until(now::getAsBoolean);
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

    /** Ends what is left of it: a database server outlives the process that started it. */
    @Override
    public void close() throws IOException {
        var server = data().resolve("postgres/postgres/postmaster.pid");
        if (Files.exists(server))
            ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(server).getFirst().strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
    }
}
