package org.tradesuite.suite.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The price of every listing at every instant, as a pure function of the seed, the listing and the minute: shares walk
 * at random around their reference price during their market's session, the crypto pair repeats a recorded tape. Every
 * simulator asks the same market, in one process or in several, and gets the same answer. Thread-safe.
 */
public final class Market {

    private record DayOf(String instrumentId, LocalDate day) {}

    private final Map<String, Listing> listings = new HashMap<>();
    private final Map<String, TradingHours> hours = new HashMap<>();
    private final Map<DayOf, EquityDay> days = new ConcurrentHashMap<>();
    private final Tape tape;
    private final Seed seed;

    private Market(List<Listing> all, List<Map<String, String>> sessions, Tape tape, Seed seed) {
        for (Listing listing : all) {
            listings.put(listing.key(), listing);
            hours.computeIfAbsent(listing.mic(), mic -> TradingHours.of(mic, sessions));
        }
        this.tape = tape;
        this.seed = seed;
    }

    /** @param anchor the date on which the crypto pair replays the first day of the recorded tape */
    public static Market of(ReferenceFiles files, long seed, LocalDate anchor) {
        return new Market(
                Listing.read(files), files.rows("trading_sessions"), Tape.replayedFrom(anchor), new Seed(seed));
    }

    public Optional<Listing> listing(String symbol, String mic) {
        return Optional.ofNullable(listings.get(Listing.key(symbol, mic)));
    }

    public Collection<Listing> listings() {
        return List.copyOf(listings.values());
    }

    public boolean isOpen(Listing listing, Instant time) {
        return hours(listing).isOpen(time);
    }

    /** When the market's day around that time ends: the last close of that local date. */
    public Instant close(Listing listing, Instant time) {
        return hours(listing).close(hours(listing).day(time));
    }

    /** The firm quote at that time; empty while the market is closed. */
    public Optional<Quote> quote(Listing listing, Instant time) {
        return isOpen(listing, time) ? Optional.of(indication(listing, time)) : Optional.empty();
    }

    /** The quote at that time or, while the market is closed, what the vendor's screen still shows. */
    public Quote indication(Listing listing, Instant time) {
        if (listing.crypto()) {
            BigDecimal last = tape.lastPrice(time);
            BigDecimal half =
                    last.multiply(listing.spreadBps()).divide(BigDecimal.valueOf(20_000), 12, RoundingMode.HALF_EVEN);
            BigDecimal tick = listing.tickSize();
            return new Quote(
                    last.subtract(half)
                            .divide(tick, 0, RoundingMode.FLOOR)
                            .multiply(tick)
                            .max(tick),
                    last.add(half).divide(tick, 0, RoundingMode.CEILING).multiply(tick),
                    last);
        }
        TradingHours session = hours(listing);
        LocalDate day = session.day(time);
        int minute = session.minuteOfSession(time);
        EquityDay equity = day(listing, session, day);
        return minute < 0 || !session.tradesOn(day) ? equity.indication() : equity.quote(minute);
    }

    /** What printed on the tape after {@code from} up to and including {@code to}, oldest first. */
    public List<Print> prints(Listing listing, Instant from, Instant to) {
        if (listing.crypto()) {
            return tape.between(from, to);
        }
        TradingHours session = hours(listing);
        List<Print> prints = new ArrayList<>();
        LocalDate last = session.day(to);
        for (LocalDate day = session.day(from); !day.isAfter(last); day = day.plusDays(1)) {
            if (!session.tradesOn(day)) {
                continue;
            }
            EquityDay equity = day(listing, session, day);
            int first = from.isBefore(session.open(day)) ? 0 : Math.max(0, session.minuteOfSession(from));
            int end = to.isBefore(session.open(day))
                    ? -1
                    : to.isAfter(session.close(day)) ? session.tradingMinutes() - 1 : session.minuteOfSession(to);
            for (int minute = first; minute <= end; minute++) {
                for (Print print : equity.prints(minute)) {
                    if (print.time().isAfter(from) && !print.time().isAfter(to)) {
                        prints.add(print);
                    }
                }
            }
        }
        return prints;
    }

    /**
     * The first minute, from that time to the close of its day, in which the market would trade at the limit or better;
     * empty when it never does. A null limit, that of a market order, trades whenever the market is open.
     */
    public Optional<Instant> firstTradable(Listing listing, boolean buy, @Nullable BigDecimal limit, Instant from) {
        Instant close = close(listing, from);
        Instant time = from;
        while (time.isBefore(close)) {
            Optional<Quote> quote = quote(listing, time);
            if (quote.isPresent() && (limit == null || reaches(quote.get(), buy, limit))) {
                return Optional.of(time);
            }
            time = Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), 60L) * 60L)
                    .plus(Duration.ofMinutes(1));
        }
        return Optional.empty();
    }

    /** Whether the market, whenever it is open in that time, trades at the limit or better; null for any price. */
    public boolean tradesThroughout(
            Listing listing, boolean buy, @Nullable BigDecimal limit, Instant from, Instant to) {
        boolean open = false;
        for (Instant time = from; time.isBefore(to); time = time.plus(Duration.ofMinutes(1))) {
            Optional<Quote> quote = quote(listing, time);
            open |= quote.isPresent();
            if (quote.isPresent() && limit != null && !reaches(quote.get(), buy, limit)) {
                return false;
            }
        }
        return open;
    }

    private static boolean reaches(Quote quote, boolean buy, BigDecimal limit) {
        return buy ? quote.ask().compareTo(limit) <= 0 : quote.bid().compareTo(limit) >= 0;
    }

    private EquityDay day(Listing listing, TradingHours session, LocalDate day) {
        return days.computeIfAbsent(
                new DayOf(listing.instrumentId(), day), d -> new EquityDay(listing, session, day, seed));
    }

    private TradingHours hours(Listing listing) {
        TradingHours session = hours.get(listing.mic());
        if (session == null) {
            throw new IllegalArgumentException("No trading hours for " + listing.mic());
        }
        return session;
    }
}
