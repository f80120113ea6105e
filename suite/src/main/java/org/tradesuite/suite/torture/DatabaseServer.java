package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tradesuite.database.DatabaseRole;
import org.tradesuite.database.LocalDatabase;
import org.tradesuite.database.LocalPostgres;
import org.tradesuite.suite.door.MachineUser;

/**
 * A PostgreSQL server whose processes we hold by their ids. It is installed by the product's own {@link LocalPostgres}
 * and from then on started with the very command that one used, so that it can be killed and started at any instant.
 */
final class DatabaseServer implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int STOP_SECONDS = 30;
    private static final int GLANCE_MILLIS = 20;

    private final LocalDatabase database;
    private final MachineUser user;
    private final List<String> command;
    private final Path log;
    private volatile @Nullable Process postmaster;
    private volatile boolean closed;

    private DatabaseServer(LocalDatabase database, MachineUser user, List<String> command, Path log) {
        this.database = database;
        this.user = user;
        this.command = command;
        this.log = log;
    }

    static DatabaseServer install(Path folder) throws IOException {
        try (var postgres = LocalPostgres.start(folder, 0)) {
            var pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                    .getFirst()
                    .strip());
            var running = ProcessHandle.of(pid).orElseThrow().info();
            var command = new ArrayList<String>();
            // A server refuses to be root's; in a user namespace of its own it is nobody's.
            if (System.getProperty("user.name").equals("root")) command.addAll(List.of("unshare", "-U"));
            command.add(running.command().orElseThrow());
            command.addAll(List.of(running.arguments().orElseThrow()));
            return new DatabaseServer(
                    postgres.database(),
                    MachineUser.signUp(postgres, "torture"),
                    List.copyOf(command),
                    folder.resolve("postgres.log"));
        }
    }

    LocalDatabase database() {
        return database;
    }

    MachineUser user() {
        return user;
    }

    /** Starts it and returns when it takes log-ins again; tries again while it finds traces of the one before it. */
    void start() throws InterruptedException {
        launch();
        awaitReady();
    }

    synchronized void launch() {
        if (closed) return;
        var before = postmaster;
        if (before != null && before.isAlive()) return;
        try {
            postmaster = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the database server cannot be started", e);
        }
    }

    void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline)
                throw new IllegalStateException("the database takes no log-in after " + READY_WITHIN + ", see " + log);
            Thread.sleep(GLANCE_MILLIS);
            launch();
        }
    }

    boolean isAlive() {
        var running = postmaster;
        return running != null && running.isAlive();
    }

    private boolean isReady() {
        try (var connection = database.dataSource(DatabaseRole.REPORTING).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /**
     * SIGKILL to the postmaster; its servers notice and end.
     *
     * @return whether it ran
     */
    boolean kill() throws InterruptedException {
        var running = postmaster;
        if (running == null || !running.isAlive()) return false;
        var servers = running.children().toList();
        running.destroyForcibly().waitFor();
        for (var server : servers) await(server);
        return true;
    }

    private static void await(ProcessHandle server) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (server.isAlive()) {
            // It has lost its postmaster and cannot be of use to anybody any more.
            if (System.nanoTime() > deadline) server.destroyForcibly();
            Thread.sleep(GLANCE_MILLIS);
        }
    }

    /** SIGKILL to one session of the application; the server ends all the others and recovers. */
    boolean killSession(Random random) {
        var sessions = processes()
                .filter(each -> title(each).contains(DatabaseRole.EXECUTION.roleName()))
                .toList();
        return !sessions.isEmpty()
                && sessions.get(random.nextInt(sessions.size())).destroyForcibly();
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /** SIGSTOP: it neither answers nor ends. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kill", signal));
        processes().forEach(each -> command.add(Long.toString(each.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The postmaster first. */
    private Stream<ProcessHandle> processes() {
        var running = postmaster;
        return running == null ? Stream.of() : Stream.concat(Stream.of(running.toHandle()), running.children());
    }

    @Override
    public synchronized void close() {
        closed = true;
        var running = postmaster;
        if (running == null || !running.isAlive()) return;
        try {
            thaw();
            // SIGINT is PostgreSQL's fast shutdown: sessions are ended and the data is written out.
            new ProcessBuilder("kill", "-INT", Long.toString(running.pid()))
                    .start()
                    .waitFor();
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
                running.destroyForcibly().waitFor();
        } catch (IOException e) {
            running.destroyForcibly();
            throw new UncheckedIOException("the database server had to be killed", e);
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
