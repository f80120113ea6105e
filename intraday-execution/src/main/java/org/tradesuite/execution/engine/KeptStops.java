package org.tradesuite.execution.engine;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tradesuite.execution.risk.SwitchScope;
import org.tradesuite.execution.risk.TradingState;

/**
 * Stops that act and that the journal does not have yet, on disk: the database is away, and whoever stopped was told that it
 * is done. If we end before the database is back, the next start finds them here, and nothing leaves before they act again.
 *
 * <p>One line for each stop, with a checksum before it; a line is on the disk before {@link #keep} returns. The file is emptied
 * when the journal has all of them; one that it has already does nothing again, because its key is known. What cannot be read
 * back is set aside for a person once everything is halted on its account. Thread-safe.
 */
public final class KeptStops {

    private static final Logger LOG = LoggerFactory.getLogger(KeptStops.class);
    private static final String FILE = "not-in-the-journal";
    private static final int CHECKSUM = 8;
    private static final int FIELDS = 8;

    /**
     * What the last process left.
     *
     * @param stops those that can be read, oldest first
     * @param damage what cannot, in words for a person; null if all can
     * @param digest of the whole file, so that the same damage is the same again
     */
    record Left(List<Input.SwitchRequested> stops, @Nullable String damage, String digest) {}

    private final Path folder;
    private final Path file;
    /** By key, those in the file. */
    private final Map<String, Input.SwitchRequested> kept = new LinkedHashMap<>();

    private boolean damaged;

    private KeptStops(Path folder) {
        this.folder = folder;
        this.file = folder.resolve(FILE);
    }

    /**
     * Made if it is not there, so that it is known now and not in an emergency whether it can be.
     *
     * @throws IOException if it cannot be made
     */
    public static KeptStops in(Path folder) throws IOException {
        var normal = folder.toAbsolutePath().normalize();
        Files.createDirectories(normal);
        var stops = new KeptStops(normal);
        if (!Files.exists(stops.file)) {
            Files.createFile(stops.file);
            stops.forceFolder();
        }
        return stops;
    }

    private void forceFolder() throws IOException {
        try (var opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    Path file() {
        return file;
    }

    /**
     * Returns when it is on the disk.
     *
     * @throws IOException if it cannot be; then nothing of it is
     */
    public synchronized void keep(Input.SwitchRequested stop) throws IOException {
        if (kept.containsKey(stop.key())) {
            return;
        }
        var bytes = ByteBuffer.wrap((line(stop) + '\n').getBytes(StandardCharsets.UTF_8));
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var end = out.size();
            out.position(end);
            try {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            } catch (IOException failed) {
                out.truncate(end);
                throw failed;
            }
        }
        kept.put(stop.key(), stop);
    }

    /** The journal has it: when it has all, the file is emptied. */
    public synchronized void recorded(String key) {
        if (kept.remove(key) == null || !kept.isEmpty()) {
            return;
        }
        try {
            if (damaged) {
                var aside = folder.resolve("broken-"
                        + Instant.EPOCH.until(
                                Files.getLastModifiedTime(file).toInstant(), java.time.temporal.ChronoUnit.MILLIS));
                Files.move(file, aside);
                Files.createFile(file);
                forceFolder();
                damaged = false;
                LOG.warn("What cannot be read of {} is now {}.", file, aside);
            } else {
                try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    out.truncate(0);
                    out.force(true);
                }
            }
        } catch (IOException failed) {
            // It would be read again at the next start and do nothing: its keys are known.
            LOG.warn("{} cannot be emptied: {}", file, failed.toString());
        }
    }

    /**
     * Read once, at start. What cannot be read is no reason to forget the rest.
     *
     * @throws IOException if there is nothing to be read from
     */
    synchronized Left left() throws IOException {
        var bytes = Files.readAllBytes(file);
        var stops = new ArrayList<Input.SwitchRequested>();
        var wrong = new ArrayList<String>();
        var from = 0;
        for (var number = 1; from < bytes.length; number++) {
            var end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                wrong.add("line " + number + " is cut off");
            } else {
                try {
                    stops.add(stop(new String(bytes, from, end - from, StandardCharsets.UTF_8)));
                } catch (RuntimeException unreadable) {
                    wrong.add("line " + number + " " + unreadable.getMessage());
                }
            }
            from = end + 1;
        }
        stops.forEach(stop -> kept.put(stop.key(), stop));
        damaged = !wrong.isEmpty();
        var left = new Left(
                List.copyOf(stops),
                damaged ? file + ": " + String.join(", ", wrong) : null,
                HexFormat.of().formatHex(StateCodec.sha256().digest(bytes)));
        if (damaged) {
            LOG.error("Trading is halted for the firm, because nobody knows what was stopped: {}.", left.damage());
            var halt = standIn(left, Instant.EPOCH, 0, "", "");
            kept.put(halt.key(), halt);
        }
        return left;
    }

    /** Everything is halted on account of what cannot be read; once, however often that is found. */
    static Input.SwitchRequested standIn(Left left, Instant at, long requestId, String by, String why) {
        return new Input.SwitchRequested(
                at,
                requestId,
                by,
                why,
                SwitchScope.FIRM,
                TradingState.HALTED,
                false,
                "stops-" + left.digest(),
                left.digest());
    }

    private static String line(Input.SwitchRequested stop) {
        var fields = String.join(
                "&",
                written(stop.at().toString()),
                written(stop.actor()),
                written(stop.reason()),
                written(stop.scope().id()),
                written(stop.state().name()),
                written(Boolean.toString(stop.cancelling())),
                written(stop.key()),
                written(stop.bodyHash()));
        return checksum(fields) + ' ' + fields;
    }

    private static String written(String field) {
        return URLEncoder.encode(field, StandardCharsets.UTF_8);
    }

    private static String checksum(String fields) {
        var sum = new CRC32C();
        sum.update(fields.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static Input.SwitchRequested stop(String line) {
        if (line.length() < CHECKSUM + 1
                || !line.substring(0, CHECKSUM).equals(checksum(line.substring(CHECKSUM + 1)))) {
            throw new IllegalArgumentException("is not what was written");
        }
        var fields = line.substring(CHECKSUM + 1).split("&", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("has " + fields.length + " fields, not " + FIELDS);
        }
        for (var place = 0; place < FIELDS; place++) {
            fields[place] = URLDecoder.decode(fields[place], StandardCharsets.UTF_8);
        }
        return new Input.SwitchRequested(
                Instant.parse(fields[0]),
                0,
                fields[1],
                fields[2],
                SwitchScope.of(fields[3]),
                TradingState.valueOf(fields[4]),
                Boolean.parseBoolean(fields[5]),
                fields[6],
                fields[7]);
    }
}
