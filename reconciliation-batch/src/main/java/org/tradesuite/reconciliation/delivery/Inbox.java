package org.tradesuite.reconciliation.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.tradesuite.runsheet.intake.DropFolder;

/**
 * A drop folder whose files may be of any size: nothing is read into memory. Files that were worked off are renamed into
 * {@code done/<date>/} beside them and are the archive; refused ones into {@code refused/} with their reason in a text
 * file. Names that begin with a dot or end in .tmp or .part, and files that change while they are looked at, are still
 * being written and wait.
 */
public final class Inbox {

    private final Path folder;

    private Inbox(Path folder) {
        this.folder = folder;
    }

    /** Opens the folder, which is made if it is not there. */
    public static Inbox at(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "The drop folder " + folder + " cannot be made: " + failed + ". Check path and rights.", failed);
        }
        return new Inbox(folder);
    }

    /** The files that are whole, in the order of their names. */
    public List<Delivery> waiting() {
        return waiting(name -> true);
    }

    /**
     * The files that are whole, in the order of their names.
     *
     * @param wanted which names to look at; others are not even opened
     */
    public List<Delivery> waiting(Predicate<String> wanted) {
        var whole = new ArrayList<Delivery>();
        for (var path : files(wanted)) {
            var before = look(path);
            var delivery = Delivery.of(path);
            var after = look(path);
            if (before.size() == after.size()
                    && before.size() == delivery.bytes()
                    && before.lastModifiedTime().equals(after.lastModifiedTime())) {
                whole.add(delivery);
            }
        }
        return whole;
    }

    private List<Path> files(Predicate<String> wanted) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> complete(file.getFileName().toString()))
                    .filter(file -> wanted.test(file.getFileName().toString()))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("The drop folder " + folder + " cannot be read: " + failed, failed);
        }
    }

    private static boolean complete(String name) {
        return !name.startsWith(".") && !name.endsWith(".tmp") && !name.endsWith(".part");
    }

    private static BasicFileAttributes look(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException failed) {
            throw new UncheckedIOException("The file " + path + " cannot be read: " + failed, failed);
        }
    }

    /** Moves a file that was worked off into the archive; returns where it is now. */
    public Path done(Delivery file, LocalDate businessDate) {
        return move(file, folder.resolve("done").resolve(businessDate.toString()));
    }

    /** Moves a file that was refused to refused/, with the reason beside it; returns where it is now. */
    public Path refused(Delivery file, String reason) {
        var moved = move(file, folder.resolve("refused"));
        DropFolder.write(
                moved.resolveSibling(moved.getFileName() + ".reason.txt"),
                (reason + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        return moved;
    }

    /** Where a file is that was moved before, if it is still in the archive under the name it came with. */
    public Optional<Path> archived(Delivery file, LocalDate businessDate) {
        var hashed = file.sha256().substring(0, 12) + "-" + file.name();
        var done = folder.resolve("done").resolve(businessDate.toString());
        var refused = folder.resolve("refused");
        return Stream.of(
                        done.resolve(hashed),
                        done.resolve(file.name()),
                        refused.resolve(hashed),
                        refused.resolve(file.name()))
                .filter(path -> new Delivery(path, file.name(), file.bytes(), file.sha256()).stillThere())
                .findFirst();
    }

    private static Path move(Delivery file, Path to) {
        try {
            Files.createDirectories(to);
            var target = to.resolve(file.name());
            if (Files.exists(target)) {
                if (!Files.exists(file.path())) {
                    return target; // moved by a run that died before it could say so
                }
                target = to.resolve(file.sha256().substring(0, 12) + "-" + file.name());
            }
            return Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "The file " + file.path() + " cannot be moved to " + to + ": " + failed, failed);
        }
    }
}
