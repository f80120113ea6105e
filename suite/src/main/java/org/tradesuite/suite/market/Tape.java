package org.tradesuite.suite.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * One hundred thousand Bitcoin trades as Bitstamp printed them from Monday 25 November 2013, 00:00 UTC, to Sunday 1
 * December: the CSV of the ta4j examples (MIT licence).
 *
 * <p>How a date of ours maps to the tape: the anchor date replays 25 November, the day after it 26 November and so on
 * through the six days the tape holds in full, then again from the start. The time of day is kept: what printed at
 * 09:31:07 UTC on the tape prints at 09:31:07 UTC of the replayed date. Prices and quantities are as recorded.
 */
final class Tape {

    private static final String RESOURCE = "/bitstamp_trades_from_20131125_usd.csv";
    private static final LocalDate FIRST_DAY = LocalDate.of(2013, 11, 25);
    private static final int FULL_DAYS = 6;

    private final long[] seconds;
    private final BigDecimal[] prices;
    private final BigDecimal[] quantities;
    private final LocalDate anchor;

    private Tape(long[] seconds, BigDecimal[] prices, BigDecimal[] quantities, LocalDate anchor) {
        this.seconds = seconds;
        this.prices = prices;
        this.quantities = quantities;
        this.anchor = anchor;
    }

    static Tape replayedFrom(LocalDate anchor) {
        InputStream resource = Tape.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("The recorded tape " + RESOURCE + " is not on the class path");
        }
        List<Long> seconds = new ArrayList<>(100_000);
        List<BigDecimal> prices = new ArrayList<>(100_000);
        List<BigDecimal> quantities = new ArrayList<>(100_000);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int first = line.indexOf(',');
                int second = line.indexOf(',', first + 1);
                seconds.add(Long.parseLong(line.substring(0, first)));
                prices.add(plain(line.substring(first + 1, second)));
                quantities.add(plain(line.substring(second + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
        return new Tape(
                seconds.stream().mapToLong(Long::longValue).toArray(),
                prices.toArray(BigDecimal[]::new),
                quantities.toArray(BigDecimal[]::new),
                anchor);
    }

    private static BigDecimal plain(String text) {
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    int size() {
        return seconds.length;
    }

    /** The last recorded price at or before that time; the day's first print if none came before. */
    BigDecimal lastPrice(Instant time) {
        return prices[Math.max(0, upTo(onTape(time)) - 1)];
    }

    /** The prints after {@code from} up to and including {@code to}, in our time. */
    List<Print> between(Instant from, Instant to) {
        List<Print> prints = new ArrayList<>();
        LocalDate day = from.atOffset(ZoneOffset.UTC).toLocalDate();
        LocalDate last = to.atOffset(ZoneOffset.UTC).toLocalDate();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant end = start.plus(Duration.ofDays(1)).minusNanos(1);
            long shift = start.getEpochSecond() - onTape(start);
            boolean firstDay = from.isAfter(start) || from.equals(start);
            int index = firstDay ? upTo(onTape(from)) : upTo(onTape(start) - 1);
            int stop = upTo(onTape(to.isBefore(end) ? to : end));
            for (; index < stop; index++) {
                prints.add(new Print(Instant.ofEpochSecond(seconds[index] + shift), prices[index], quantities[index]));
            }
        }
        return prints;
    }

    private long onTape(Instant time) {
        LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
        long tapeDay = Math.floorMod(day.toEpochDay() - anchor.toEpochDay(), (long) FULL_DAYS);
        long secondOfDay = Math.floorMod(time.getEpochSecond(), 86_400L);
        return (FIRST_DAY.toEpochDay() + tapeDay) * 86_400L + secondOfDay;
    }

    /** How many prints the tape has up to and including that second. */
    private int upTo(long second) {
        int low = 0;
        int high = seconds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (seconds[middle] <= second) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
