package org.tradesuite.suite.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of ours in a process of its own, that can be killed at any instant and started again. It ends when we do,
 * however we end: it holds the other end of a pipe ({@link Leash}).
 */
final class JavaChild implements AutoCloseable {

    private static final int STOP_SECONDS = 20;
    private static final int TRAINED_SECONDS = 180;

    private final String name;
    private final List<String> program;
    private final List<String> jvm;
    private final @Nullable Path kept;
    private final Map<String, String> secrets;
    private final Path log;
    private @Nullable Process process;

    /**
     * @param classPath of jars only, if something is kept
     * @param kept where to keep what a start has loaded, so that the next ones are quick; null for nowhere
     * @param secrets environment variables, which no list of processes shows
     * @param folder of its logs
     */
    JavaChild(
            String name,
            int megabytes,
            String classPath,
            @Nullable Path kept,
            Class<?> program,
            List<String> arguments,
            Map<String, String> secrets,
            Path folder) {
        this.name = name;
        this.kept = kept;
        this.secrets = secrets;
        this.log = folder.resolve(name + ".out");
        this.jvm = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "-Dsuite.logs=" + folder.resolve(name));
        this.program = new ArrayList<>();
        this.program.add(program.getName());
        this.program.addAll(arguments);
    }

    /** Ends it in order; what it has loaded is kept, if it shall be, and later starts take it from there. */
    synchronized void train() throws InterruptedException {
        var running = process;
        if (kept == null || running == null) return;
        running.destroy();
        if (!running.waitFor(TRAINED_SECONDS, TimeUnit.SECONDS))
            running.destroyForcibly().waitFor();
    }

    private List<String> command() {
        var command = new ArrayList<>(jvm);
        if (kept != null) command.add((Files.exists(kept) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + kept);
        command.addAll(program);
        return command;
    }

    synchronized void start() {
        if (isAlive()) throw new IllegalStateException(name + " runs already");
        var builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(secrets);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * SIGKILL; what it was doing stays half done.
     *
     * @return whether it ran
     */
    synchronized boolean kill() throws InterruptedException {
        var running = process;
        if (running == null || !running.isAlive()) return false;
        running.destroyForcibly().waitFor();
        return true;
    }

    /** Asks it to end and, if it does not, kills it. */
    @Override
    public synchronized void close() {
        var running = process;
        if (running == null) return;
        running.destroy();
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS))
                running.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
