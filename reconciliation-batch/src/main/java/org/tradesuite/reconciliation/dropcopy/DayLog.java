package org.tradesuite.reconciliation.dropcopy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.fix.FixLog;
import org.tradesuite.runsheet.intake.DropFolder;

/**
 * What a broker sent on one day, {@code dropcopy-20261120.fix.part}: raw messages, a line each, which are on disk when
 * {@link #append} returns. It stays when it is handed in, as a copy {@code dropcopy-20261120-001.fix}, so that what comes
 * later can be handed in with it, as {@code -002}. For one thread.
 */
final class DayLog implements AutoCloseable {

    static final String PART = ".fix.part";
    static final String NAME = "dropcopy-";

    private final Path folder;
    private final LocalDate date;
    private final FileChannel channel;
    private long length;
    private long handedIn;
    private int copies;
    private int messages;
    private int first = Integer.MAX_VALUE;
    private boolean more;
    private boolean tells;
    private boolean loggedOut;
    private @Nullable Instant last;

    private DayLog(Path folder, LocalDate date, FileChannel channel) {
        this.folder = folder;
        this.date = date;
        this.channel = channel;
    }

    /** Opens that of a date, or begins it; a message that was not written to its end is cut off, as it was never counted. */
    static DayLog open(Path folder, LocalDate date) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(
                part(folder, date), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var log = new DayLog(folder, date, channel);
        try {
            log.readHandedIn();
            log.read();
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
        return log;
    }

    static Path part(Path folder, LocalDate date) {
        return folder.resolve(NAME + date.format(DateTimeFormatter.BASIC_ISO_DATE) + PART);
    }

    private Path note() {
        return folder.resolve("." + NAME + date.format(DateTimeFormatter.BASIC_ISO_DATE) + ".handed-in");
    }

    private void readHandedIn() throws IOException {
        if (Files.exists(note())) {
            var words = Files.readString(note(), StandardCharsets.US_ASCII).split(" ", -1);
            copies = Integer.parseInt(words[0]);
            handedIn = Long.parseLong(words[1]);
        }
    }

    private void read() throws IOException {
        var log = new FixLog(new BufferedInputStream(Files.newInputStream(part(folder, date))));
        while (log.next()) {
            var message = log.message();
            // Without the end of its line it was not written to its end.
            if (message != null && log.endOffset() < channel.size()) {
                length = log.endOffset() + 1;
                heard(Heard.of(message, new byte[0]), log.offset() >= handedIn);
            }
        }
        channel.truncate(length);
    }

    private void heard(Heard message, boolean isNew) {
        messages++;
        if (message.number() > 0) {
            first = Math.min(first, message.number());
        }
        more |= isNew;
        tells |= isNew && message.tells();
        loggedOut = message.type().equals(Heard.LOGOUT);
    }

    /** @throws IOException if it is not on disk; then it has to be opened again before the next */
    void append(Heard message, Instant now) throws IOException {
        var line = ByteBuffer.allocate(message.raw().remaining() + 1)
                .put(message.raw().duplicate())
                .put((byte) '\n')
                .flip();
        var at = length;
        try {
            while (line.hasRemaining()) {
                at += channel.write(line, at);
            }
            channel.force(false);
        } catch (IOException failed) {
            try {
                channel.truncate(length);
            } catch (IOException stays) {
                // Who opens it again cuts it off then.
                failed.addSuppressed(stays);
            }
            throw failed;
        }
        length = at;
        heard(message, true);
        last = now;
    }

    /** Hands in all that came so far, as a file that takes the place of the one before. */
    Path handIn() {
        var name = "%s%s-%03d.fix".formatted(NAME, date.format(DateTimeFormatter.BASIC_ISO_DATE), copies + 1);
        var file = folder.resolve(name);
        DropFolder.write(file, out -> {
            try (var in = Files.newInputStream(part(folder, date))) {
                var left = length;
                while (left > 0) {
                    var some = in.readNBytes((int) Math.min(1 << 16, left));
                    if (some.length == 0) {
                        throw new IOException(part(folder, date) + " is shorter than what was written to it");
                    }
                    out.write(some);
                    left -= some.length;
                }
            }
        });
        // A kill before this hands the same in again, under the same name.
        DropFolder.write(note(), (copies + 1 + " " + length).getBytes(StandardCharsets.US_ASCII));
        copies++;
        handedIn = length;
        more = false;
        tells = false;
        return file;
    }

    LocalDate date() {
        return date;
    }

    Path file() {
        return part(folder, date);
    }

    /** Octets of the messages in it, which stay as they are. */
    long length() {
        return length;
    }

    /** How many lie in it. */
    int messages() {
        return messages;
    }

    /** How often it was handed in. */
    int copies() {
        return copies;
    }

    /** The lowest sequence number in it, the highest there is if it has none. */
    int first() {
        return first;
    }

    /** Whether something came since it was handed in. */
    boolean hasMore() {
        return more;
    }

    /** Whether what came since it was handed in may change what it says. */
    boolean tells() {
        return tells;
    }

    /** Whether the last that came is the broker's logout. */
    boolean isLoggedOut() {
        return loggedOut;
    }

    /** When the last message was written to it, null if not since it was opened. */
    @Nullable
    Instant last() {
        return last;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Takes it away, when its last copy has been in the archive for long. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(note());
        Files.delete(file());
    }
}
