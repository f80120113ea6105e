package org.tradesuite.suite.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small disk of its own for one folder, so that it can be filled to the last byte and nothing else suffers. Needs the
 * right to mount; without it the folder stays on the disk it is on and is never filled.
 */
final class Disk implements AutoCloseable {

    private static final String SIZE = "size=96m";
    private static final int PIECE = 64 * 1024;

    private final Path folder;
    private final String why;
    private final boolean own;

    private Disk(Path folder, boolean own, String why) {
        this.folder = folder;
        this.own = own;
        this.why = why;
    }

    static Disk at(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var refusal = run(List.of("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString()));
        return new Disk(folder, refusal.isEmpty(), refusal);
    }

    boolean canBeFilled() {
        return own;
    }

    /** Why it cannot be filled. */
    String why() {
        return why;
    }

    /** Until no byte is left. */
    void fill() throws IOException {
        if (!own) throw new IllegalStateException("this disk is everybody's");
        try (var filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (var piece = PIECE; piece > 0; piece /= 2) fill(filler, piece);
        }
    }

    private static void fill(FileChannel filler, int piece) {
        var bytes = ByteBuffer.allocate(piece);
        while (true) {
            try {
                bytes.clear();
                if (filler.write(bytes) < piece) return;
            } catch (IOException full) {
                return;
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        if (!own) return;
        try {
            // Lazily: whoever still has a file open there loses it when it closes it.
            var refusal = run(List.of("umount", "-l", folder.toString()));
            if (!refusal.isEmpty()) throw new IOException(folder + " stays mounted: " + refusal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a command and answers with what it complained about. */
    private static String run(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(10, TimeUnit.SECONDS)) return command.getFirst() + " does not end";
            return process.exitValue() == 0 ? "" : command.getFirst() + " refuses: " + said.strip();
        } catch (IOException notThere) {
            return notThere.toString();
        }
    }
}
