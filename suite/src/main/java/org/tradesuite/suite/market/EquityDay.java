package org.tradesuite.suite.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One share's trading day. The mid price walks at random around the reference price and is pulled gently back to it; the
 * volume of a minute is the daily volume times a U over the session (busy at the open and the close) times noise.
 */
final class EquityDay {

    private static final double PULL = 0.002;
    /** Far inside any price collar, so that no day of this market is unusual enough to stop trading. */
    private static final double FURTHEST = 0.04;

    private final Listing listing;
    private final TradingHours hours;
    private final LocalDate day;
    private final Seed seed;
    private final double[] mid;
    private final double[] share;

    EquityDay(Listing listing, TradingHours hours, LocalDate day, Seed seed) {
        this.listing = listing;
        this.hours = hours;
        this.day = day;
        this.seed = seed;
        int minutes = hours.tradingMinutes();
        this.mid = new double[minutes];
        this.share = new double[minutes];
        Random random = seed.random("path", listing.instrumentId(), day.toString());
        double reference = listing.referencePrice().doubleValue();
        double perMinute = listing.volatilityDaily() / StrictMath.sqrt(minutes);
        double drift = perMinute * 3 * random.nextGaussian();
        double total = 0;
        for (int i = 0; i < minutes; i++) {
            drift = drift * (1 - PULL) + perMinute * random.nextGaussian();
            drift = Math.max(-FURTHEST, Math.min(FURTHEST, drift));
            mid[i] = reference * StrictMath.exp(drift);
            double x = 2.0 * i / Math.max(1, minutes - 1) - 1;
            share[i] = (0.6 + 1.4 * x * x) * StrictMath.exp(0.25 * random.nextGaussian());
            total += share[i];
        }
        for (int i = 0; i < minutes; i++) {
            share[i] /= total;
        }
    }

    Quote quote(int minute) {
        BigDecimal middle = BigDecimal.valueOf(mid[minute]);
        BigDecimal half =
                middle.multiply(listing.spreadBps()).divide(BigDecimal.valueOf(20_000), 12, RoundingMode.HALF_EVEN);
        return around(middle, half, onTick(middle, RoundingMode.HALF_EVEN));
    }

    /** Before the open there is only an indication around the reference price. */
    Quote indication() {
        BigDecimal middle = listing.referencePrice();
        BigDecimal half =
                middle.multiply(listing.spreadBps()).divide(BigDecimal.valueOf(10_000), 12, RoundingMode.HALF_EVEN);
        return around(middle, half, middle);
    }

    private Quote around(BigDecimal middle, BigDecimal half, BigDecimal last) {
        BigDecimal bid = onTick(middle.subtract(half), RoundingMode.FLOOR);
        BigDecimal ask = onTick(middle.add(half), RoundingMode.CEILING);
        if (bid.signum() <= 0) {
            bid = listing.tickSize();
        }
        if (ask.compareTo(bid) <= 0) {
            ask = bid.add(listing.tickSize());
        }
        return new Quote(bid, ask, last);
    }

    private BigDecimal onTick(BigDecimal price, RoundingMode rounding) {
        return price.divide(listing.tickSize(), 0, rounding).multiply(listing.tickSize());
    }

    List<Print> prints(int minute) {
        Random random = seed.random("prints", listing.instrumentId(), day.toString(), Integer.toString(minute));
        Quote quote = quote(minute);
        Instant start = hours.startOfMinute(day, minute);
        int count = 1 + random.nextInt(3);
        BigDecimal volume = listing.adv().multiply(BigDecimal.valueOf(share[minute] / count));
        List<Print> prints = new ArrayList<>(count);
        int millis = 0;
        for (int i = 0; i < count; i++) {
            millis += 1 + random.nextInt(59_000 / count);
            BigDecimal lots = volume.multiply(BigDecimal.valueOf(0.5 + random.nextDouble()))
                    .divide(listing.lotSize(), 0, RoundingMode.DOWN)
                    .max(BigDecimal.ONE);
            prints.add(new Print(
                    start.plusMillis(millis),
                    random.nextBoolean() ? quote.ask() : quote.bid(),
                    lots.multiply(listing.lotSize())));
        }
        return prints;
    }
}
