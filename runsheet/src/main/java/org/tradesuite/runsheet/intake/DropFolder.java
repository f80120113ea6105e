package org.tradesuite.runsheet.intake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that somebody drops files into. Files are taken in the order of their names. One that was worked off is
 * moved to {@code done/} beside it, one that was refused to {@code refused/} with its reason in a text file of the
 * same name; a file of the same name and other content that is already there is not overwritten. Names beginning with
 * a dot or ending in .tmp or .part are still being written and are left alone.
 */
public final class DropFolder {

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    private DropFolder(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder, which is made if it is not there. */
    public static DropFolder at(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the drop folder " + folder + " cannot be made: " + e + ". Check path and rights.", e);
        }
        return new DropFolder(folder);
    }

    /**
     * The files that wait.
     *
     * @param glob such as {@code *.fin}
     */
    public List<DroppedFile> waiting(String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> complete(file.getFileName().toString()))
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .map(DropFolder::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the drop folder " + folder + " cannot be read: " + e, e);
        }
    }

    private static boolean complete(String name) {
        return !name.startsWith(".") && !name.endsWith(".tmp") && !name.endsWith(".part");
    }

    private static DroppedFile read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return new DroppedFile(file, file.getFileName().toString(), sha256(content), content);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file + " cannot be read: " + e, e);
        }
    }

    /** Moves a file that was worked off to done/; returns where it is now. */
    public Path done(DroppedFile file) {
        return move(file, folder.resolve("done"));
    }

    /** Moves a file that was refused to refused/, with the reason beside it; returns where it is now. */
    public Path refused(DroppedFile file, String reason) {
        Path moved = move(file, folder.resolve("refused"));
        write(
                moved.resolveSibling(moved.getFileName() + ".reason.txt"),
                (reason + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        return moved;
    }

    private static Path move(DroppedFile file, Path to) {
        try {
            Files.createDirectories(to);
            Path target = to.resolve(file.name());
            if (Files.exists(target)) {
                if (!Files.exists(file.path())) {
                    return target; // moved by a run that died before it could say so
                }
                target = to.resolve(file.sha256().substring(0, 12) + "-" + file.name());
            }
            return Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + file.path() + " cannot be moved to " + to + ": " + e, e);
        }
    }

    /** What is written to a file, as it comes. */
    @FunctionalInterface
    public interface Content {
        void to(OutputStream file) throws IOException;
    }

    /** Writes a file so that a reader sees all of it or none: beside it under another name, forced to disk, renamed. */
    public static void write(Path file, byte[] content) {
        write(file, out -> out.write(content));
    }

    /** The same, of any size; what breaks off leaves nothing. */
    public static void write(Path file, Content content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IllegalArgumentException("not a file: " + file);
            }
            Files.createDirectories(folder);
            Path part = folder.resolve("." + file.getFileName() + ".part");
            try {
                try (FileChannel channel = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                    content.to(out);
                    out.flush();
                    channel.force(true);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the file " + file + " cannot be written: " + e + ". Free space or rights, then restart the run.",
                    e);
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
