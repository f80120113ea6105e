package org.tradesuite.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which our own server keeps its data between starts, used by one process at a time: the cluster, its
 * passwords, its log, and a mark that the cluster was made completely.
 */
final class DataFolder implements AutoCloseable {

    /** A new cluster takes 40 MB and its first log segments 32 MB; below this the first busy minute would fail. */
    static final long ROOM_TO_START = 256L << 20;

    private static final String OTHER_FOLDER = " Or choose another folder; in the suite that is suite.data.";
    private static final int STOP_LIMIT_SECONDS = 60;

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static DataFolder open(Path folder, long roomNeeded) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            var probe = Files.createTempFile(path, "probe", null);
            Files.write(probe, new byte[8192]);
            Files.delete(probe);
        } catch (IOException refused) {
            throw new DatabaseUnavailableException(
                    "The data folder " + path + " cannot be written (" + refused
                            + "). Make it writable for this user and free some room on its disk." + OTHER_FOLDER,
                    refused);
        }
        try {
            var room = room(path);
            if (room < roomNeeded) {
                throw new DatabaseUnavailableException(
                        "The disk of the data folder " + path + " is full: " + (room >> 20) + " MB are free, "
                                + (roomNeeded >> 20) + " MB are needed to start. Free some room." + OTHER_FOLDER,
                        null);
            }
            return lock(path);
        } catch (IOException failed) {
            throw new DatabaseUnavailableException(
                    "The data folder " + path + " cannot be read (" + failed + ").", failed);
        }
    }

    private static DataFolder lock(Path path) throws IOException {
        var file = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = file.tryLock();
            if (lock != null) {
                return new DataFolder(path, file, lock);
            }
        } catch (OverlappingFileLockException sameProcess) {
            file.close();
            throw inUse(path, sameProcess);
        }
        file.close();
        throw inUse(path, null);
    }

    private static DatabaseUnavailableException inUse(Path path, @Nullable Exception cause) {
        return new DatabaseUnavailableException(
                "The data folder " + path + " is in use by a suite that is running. Stop that one first."
                        + OTHER_FOLDER,
                cause);
    }

    Path path() {
        return path;
    }

    /** What is free on its disk, in octets. */
    long room() {
        try {
            return room(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static long room(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    Path cluster() {
        return path.resolve("postgres");
    }

    Path log() {
        return path.resolve("postgres.log");
    }

    RolePasswords passwords() {
        return RolePasswords.keptIn(path.resolve("passwords.properties"));
    }

    boolean isComplete() {
        return Files.exists(path.resolve("complete"));
    }

    void markComplete() {
        try {
            Files.writeString(path.resolve("complete"), "The cluster in postgres/ was made completely.\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A cluster whose making was interrupted holds nothing of ours; it is kept aside, not removed. */
    void setUnfinishedClusterAside() {
        if (isComplete() || !Files.exists(cluster())) {
            return;
        }
        try {
            var number = 1;
            while (Files.exists(path.resolve("postgres.unfinished-" + number))) {
                number++;
            }
            Files.move(cluster(), path.resolve("postgres.unfinished-" + number));
        } catch (IOException failed) {
            throw new DatabaseUnavailableException(
                    "The making of " + cluster() + " was interrupted and it cannot be moved aside (" + failed
                            + "). Move it away, then start again.",
                    failed);
        }
    }

    /**
     * Stops the server of this folder if it still runs: the end of a JVM by kill -9 leaves it behind. We hold the lock of
     * the folder, so nobody else uses it.
     */
    void stopServerLeftBehind() {
        var pidFile = cluster().resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return;
            }
            var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            var process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
            if (process.isEmpty()) {
                return;
            }
            if (!servesThisFolder(process.get())) {
                // The number has gone to another program since, and the server would refuse to start because of it.
                Files.delete(pidFile);
                return;
            }
            stop(process.get());
        } catch (IOException | NumberFormatException | ExecutionException | TimeoutException failed) {
            throw notStopped(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notStopped(interrupted);
        }
    }

    private DatabaseUnavailableException notStopped(Exception cause) {
        return new DatabaseUnavailableException(
                "A database server left behind by an earlier run still uses " + cluster()
                        + " and does not stop. End the postgres process named in its file postmaster.pid, then start"
                        + " again.",
                cause);
    }

    private boolean servesThisFolder(ProcessHandle process) {
        var command = process.info().commandLine();
        if (command.isEmpty()) {
            throw new DatabaseUnavailableException(
                    "Process " + process.pid() + " may be a database server left behind on " + cluster()
                            + ". If it is, end it; if not, delete the file postmaster.pid there; then start again.",
                    null);
        }
        return command.get().contains("postgres")
                && command.get().contains(cluster().toString());
    }

    private static void stop(ProcessHandle server)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        } else {
            // SIGINT is PostgreSQL's fast shutdown: sessions are ended and the data is written out.
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
        server.onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    String endOfLog() {
        try {
            var lines = Files.readAllLines(log());
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
        } catch (IOException unreadable) {
            return "(not readable: " + unreadable + ")";
        }
    }

    /** A second time does nothing, so that what went wrong before is not hidden by it. */
    @Override
    public void close() {
        if (!lock.isValid()) {
            return;
        }
        try {
            lock.release();
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
