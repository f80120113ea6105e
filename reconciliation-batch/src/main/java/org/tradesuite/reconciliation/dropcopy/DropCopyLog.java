package org.tradesuite.reconciliation.dropcopy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one broker sent, in a file for each of its days. A message belongs to the day on which it was first sent; what fills
 * a gap, to the day it lies in by its number. Thread-safe.
 */
final class DropCopyLog implements AutoCloseable {

    /** Nothing more comes for a day that is over, if nothing came for so long. */
    private static final Duration QUIET = Duration.ofSeconds(10);
    /** Later messages of a day find its file for so long. */
    private static final int DAYS_KEPT = 10;
    /** The session holds what comes too early as well, so there is no more of it than the broker sends behind a gap. */
    private static final int MOST_EARLY = 100_000;

    private final Path folder;
    private final BrokerDay day;
    private final Clock clock;
    private final TreeMap<LocalDate, DayLog> days = new TreeMap<>();
    /** What came before its turn and was not taken by the session yet, by number. */
    private final TreeMap<Integer, Heard> early = new TreeMap<>();

    private @Nullable Instant lastEarly;

    /** Reads what is there. */
    DropCopyLog(Path folder, BrokerDay day, Clock clock) throws IOException {
        this.folder = folder;
        this.day = day;
        this.clock = clock;
        Files.createDirectories(folder);
        open();
    }

    private void open() throws IOException {
        for (var date : dates()) {
            if (!days.containsKey(date)) {
                days.put(date, DayLog.open(folder, date));
            }
        }
    }

    private List<LocalDate> dates() throws IOException {
        var dates = new ArrayList<LocalDate>();
        try (var parts = Files.newDirectoryStream(folder, DayLog.NAME + "*" + DayLog.PART)) {
            for (var part : parts) {
                var name = part.getFileName().toString();
                try {
                    dates.add(LocalDate.parse(
                            name.substring(DayLog.NAME.length(), name.length() - DayLog.PART.length()),
                            DateTimeFormatter.BASIC_ISO_DATE));
                } catch (DateTimeException notOurs) {
                    throw new IOException(
                            part + " has no date in its name: move it away, it is no log of ours", notOurs);
                }
            }
        }
        return dates;
    }

    /**
     * Writes a message down; it is on disk when this returns.
     *
     * @throws IOException if it is not
     */
    synchronized void record(Heard message) throws IOException {
        var now = clock.instant();
        write(date(message, now), message, now);
        early.remove(message.number());
    }

    private void write(LocalDate date, Heard message, Instant now) throws IOException {
        var log = days.get(date);
        if (log == null) {
            log = DayLog.open(folder, date);
            days.put(date, log);
        }
        try {
            log.append(message, now);
        } catch (IOException failed) {
            // What of it is there is looked at anew before the next is written.
            days.remove(date);
            log.close();
            throw failed;
        }
    }

    private LocalDate date(Heard message, Instant now) {
        var sent = message.sent();
        if (sent != null) {
            return day.of(sent);
        }
        return message.again()
                ? days.descendingMap().values().stream()
                        .filter(log -> log.first() <= message.number())
                        .map(DayLog::date)
                        .findFirst()
                        .orElse(day.of(now))
                : day.of(now);
    }

    /** Keeps a message that came before its turn, until the session takes it or the day ends without the one before. */
    synchronized void early(Heard message) {
        if (message.number() > 0 && early.size() < MOST_EARLY) {
            early.put(message.number(), message);
            lastEarly = clock.instant();
        }
    }

    /** The numbers begin anew: what came early is not sent again. */
    synchronized void numbersBeginAnew() throws IOException {
        var now = clock.instant();
        for (var message : early.values()) {
            write(date(message, now), message, now);
        }
        early.clear();
    }

    /** How many wait for their turn, which is after that number. */
    synchronized int early(int expected) {
        return early.tailMap(expected).size();
    }

    /** How many stretches are missing from that number on, before those that wait for their turn. */
    synchronized int gaps(int expected) {
        var gaps = 0;
        var next = expected;
        for (var number : early.tailMap(expected).keySet()) {
            gaps += number > next ? 1 : 0;
            next = number + 1;
        }
        return gaps;
    }

    /**
     * Hands in what came so far, for a run within the day: that of each day up to the date of which something came that may
     * change what it says.
     */
    synchronized List<Path> handIn(LocalDate upTo) throws IOException {
        open();
        return days.headMap(upTo, true).values().stream()
                .filter(DayLog::tells)
                .map(DayLog::handIn)
                .toList();
    }

    /**
     * Hands in the days that are over, and what came for them later. A gap that no resend has closed until then is in the file
     * as it is: what came behind it is written down, too.
     *
     * @param givenUp told the last number behind such a gap; what it misses is not waited for any longer
     */
    synchronized List<Path> endDays(IntConsumer givenUp) throws IOException {
        open();
        var now = clock.instant();
        var today = day.of(now);
        writeEarly(now, today, givenUp);
        var over = new ArrayList<Path>();
        for (var log : days.values()) {
            var last = log.last();
            if (log.hasMore()
                    && (log.date().isBefore(today) || log.isLoggedOut())
                    && (last == null || last.plus(QUIET).isBefore(now))) {
                over.add(log.handIn());
            }
        }
        for (var old : days.headMap(today.minusDays(DAYS_KEPT)).values().stream()
                .filter(log -> !log.hasMore())
                .toList()) {
            days.remove(old.date());
            old.delete();
        }
        return over;
    }

    private void writeEarly(Instant now, LocalDate today, IntConsumer givenUp) throws IOException {
        if (lastEarly == null || lastEarly.plus(QUIET).isAfter(now)) {
            return;
        }
        var highest = 0;
        for (var message : List.copyOf(early.values())) {
            var date = date(message, now);
            if (date.isBefore(today)) {
                write(date, message, now);
                early.remove(message.number());
                highest = message.number();
            }
        }
        if (highest > 0) {
            givenUp.accept(highest);
        }
    }

    /** What is on disk of a day; null if there is nothing. */
    synchronized @Nullable SoFar soFar(LocalDate date) throws IOException {
        open();
        var log = days.get(date);
        return log == null || log.messages() == 0 ? null : new SoFar(log.file(), log.length());
    }

    /** The first octets of a file, to which more is written at its end. */
    record SoFar(Path file, long length) {}

    /** Of the newest day, or null if there is none. */
    synchronized @Nullable Newest newest() {
        var last = days.lastEntry();
        return last == null
                ? null
                : new Newest(
                        last.getKey(),
                        last.getValue().file(),
                        last.getValue().messages(),
                        last.getValue().copies());
    }

    /**
     * What there is of the newest day.
     *
     * @param messages in its file
     * @param handedIn how often it was handed in
     */
    record Newest(LocalDate date, Path file, int messages, int handedIn) {}

    @Override
    public synchronized void close() throws IOException {
        for (var log : days.values()) {
            log.close();
        }
        days.clear();
    }
}
