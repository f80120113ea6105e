package org.tradesuite.reconciliation.dropcopy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.statement.DropFolders;

/** The sessions with all brokers that send a drop copy live. Thread-safe. */
public final class DropCopyLines implements AutoCloseable {

    private static final int SECONDS_BETWEEN_LOOKS = 5;

    private final Map<String, DropCopyLine> lines = new TreeMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("drop-copy-days").factory());

    private @Nullable ScheduledFuture<?> look;

    /**
     * @param terms by broker: its keys as they are written
     * @param store where the sessions keep their sequence numbers
     * @param checkLatency refuse messages whose sending time is more than two minutes off
     * @throws IllegalArgumentException if a key is missing, unknown or cannot be used
     */
    DropCopyLines(
            Map<String, Map<String, String>> terms, DropFolders drop, Path store, boolean checkLatency, Clock clock) {
        terms.forEach((broker, keys) -> {
            var agreed = DropCopyTerms.of(broker, keys);
            try {
                var log = new DropCopyLog(drop.broker(broker), agreed.day(), clock);
                lines.put(broker, new DropCopyLine(agreed, log, store, checkLatency, clock));
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "The drop folder " + drop.broker(broker) + " of " + broker + " cannot be used (" + failed
                                + "): give us the right to write there, or set another in tradesuite.drop.",
                        failed);
            }
        });
    }

    /** Calls those who are to be called and waits for the others; one that cannot be reached is called again. */
    void start() {
        lines.values().forEach(DropCopyLine::start);
        look = looks.scheduleWithFixedDelay(
                () -> lines.values().forEach(DropCopyLine::endDays),
                SECONDS_BETWEEN_LOOKS,
                SECONDS_BETWEEN_LOOKS,
                TimeUnit.SECONDS);
    }

    /** Whose they are. */
    Set<String> brokers() {
        return Set.copyOf(lines.keySet());
    }

    /** How it stands with that broker's; none if it has none. */
    Optional<DropCopyLineState> state(String broker) {
        return Optional.ofNullable(lines.get(broker)).map(DropCopyLine::state);
    }

    /** By broker. */
    public List<DropCopyLineState> states() {
        return lines.values().stream().map(DropCopyLine::state).toList();
    }

    /**
     * Hands in what came so far, as the run that begins is to take it.
     *
     * @return the files that lie in the drop folders now
     */
    public List<Path> handIn(LocalDate businessDate) throws IOException {
        var files = new ArrayList<Path>();
        for (var line : lines.values()) {
            files.addAll(line.handIn(businessDate));
        }
        return files;
    }

    /** By broker, what came so far of a date; it stays where it is and is not handed in. */
    public List<HeardSoFar> heardSoFar(LocalDate date) throws IOException {
        var all = new ArrayList<HeardSoFar>();
        for (var line : lines.values()) {
            all.add(line.heardSoFar(date));
        }
        return all;
    }

    @Override
    public void close() {
        if (look != null) {
            look.cancel(false);
        }
        looks.shutdown();
        lines.values().forEach(DropCopyLine::close);
    }
}
