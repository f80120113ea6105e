package org.tradesuite.suite.broker;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.Quote;
import org.tradesuite.suite.market.Seed;

/**
 * An order's whole fate if nobody touches it, settled when it arrives: refused or not, in which parts it fills, when and
 * at what price, and what happens to the rest. Chance draws on the seed and on what is asked, never on an id, since ids
 * differ from run to run; times and prices follow from the order's own transaction time and the simulated market.
 * Threads, restarts and the speed of the clock change none of it; a cancel or replace only cuts it short.
 *
 * @param refusal why the order is refused, null when it is taken
 * @param cancelUnasked when the broker cancels what is left of its own accord
 * @param cancelRest when what an IOC or FOK order could not fill is cancelled
 * @param expiry the close of the market's day
 */
record FillPlan(
        Duration latency,
        @Nullable Refusal refusal,
        List<Part> parts,
        @Nullable Instant cancelUnasked,
        @Nullable Instant cancelRest,
        Instant expiry) {

    /** {@code code} is OrdRejReason (103) of FIX 4.4. */
    record Refusal(String code, String text) {}

    record Part(Instant at, BigDecimal quantity, BigDecimal price) {}

    /**
     * What is wanted: {@code orderType} as tag 40, {@code limit} null for a market order, {@code timeInForce} as tag 59.
     *
     * @param likeness what is asked, in words that are the same in every run of the day
     * @param nth how many orders that were like it have come to this broker, itself included
     */
    record Wish(
            String likeness,
            int nth,
            boolean buy,
            BigDecimal quantity,
            String orderType,
            @Nullable BigDecimal limit,
            String timeInForce,
            Instant start,
            boolean replacement) {}

    private static final String MARKET_ORDER = "1";
    private static final String DAY = "0";
    private static final String IMMEDIATE_OR_CANCEL = "3";
    private static final String FILL_OR_KILL = "4";

    static FillPlan of(BrokerProfile profile, Seed seed, Market market, @Nullable Listing listing, Wish wish) {
        Random random = seed.random(profile.brokerId(), wish.likeness(), Integer.toString(wish.nth()));
        Duration latency =
                between(random, profile.pace().latencyShortest(), profile.pace().latencyLongest());
        boolean refuse = wish.nth() == 1 && !wish.replacement() && profile.declines(draw(seed, wish));
        if (listing == null) {
            return refused(latency, wish, "1", "Unknown symbol");
        }
        Instant at = wish.start().plus(latency);
        Refusal refusal = fault(market, listing, wish, at);
        if (refusal == null && refuse) {
            refusal = new Refusal("0", "Broker option: desk declined");
        }
        if (refusal != null) {
            return refused(latency, wish, refusal.code(), refusal.text());
        }
        return wish.timeInForce().equals(DAY)
                ? throughTheDay(profile, random, market, listing, wish, latency)
                : atOnce(profile, random, market, listing, wish, latency);
    }

    /** One draw for all brokers, so that what one of them declines is not declined by the next as well. */
    private static int draw(Seed seed, Wish wish) {
        return (int) Math.floorMod(seed.number("declined", wish.likeness()), 1_000L);
    }

    private static FillPlan refused(Duration latency, Wish wish, String code, String text) {
        return new FillPlan(latency, new Refusal(code, text), List.of(), null, null, wish.start());
    }

    private static @Nullable Refusal fault(Market market, Listing listing, Wish wish, Instant at) {
        if (!wish.orderType().equals(MARKET_ORDER) && wish.limit() == null) {
            return new Refusal("11", "Only market and limit orders are offered");
        }
        if (!List.of(DAY, IMMEDIATE_OR_CANCEL, FILL_OR_KILL).contains(wish.timeInForce())) {
            return new Refusal("11", "TimeInForce " + wish.timeInForce() + " is not offered");
        }
        if (wish.quantity().signum() <= 0
                || wish.quantity().remainder(listing.lotSize()).signum() != 0) {
            return new Refusal("13", "Quantity must be a positive multiple of " + listing.lotSize());
        }
        BigDecimal limit = wish.limit();
        if (limit != null
                && (limit.signum() <= 0 || limit.remainder(listing.tickSize()).signum() != 0)) {
            return new Refusal("0", "Price is not on the tick of " + listing.tickSize());
        }
        if (market.firstTradable(listing, wish.buy(), null, at).isEmpty()) {
            return new Refusal("2", "Exchange closed");
        }
        return null;
    }

    private static FillPlan throughTheDay(
            BrokerProfile profile, Random random, Market market, Listing listing, Wish wish, Duration latency) {
        List<BigDecimal> quantities = split(
                random,
                wish.quantity(),
                listing.lotSize(),
                1 + random.nextInt(profile.pace().mostParts()));
        int stopAfter = random.nextInt(1_000) < profile.whims().cancelsPerThousand() && quantities.size() > 1
                ? 1 + random.nextInt(quantities.size() - 1)
                : quantities.size();
        List<Part> parts = new ArrayList<>();
        Instant cancelUnasked = null;
        Instant at = wish.start().plus(latency);
        for (BigDecimal quantity : quantities) {
            Instant wanted = at.plus(
                    between(random, profile.pace().gapShortest(), profile.pace().gapLongest()));
            Optional<Instant> tradable = market.firstTradable(listing, wish.buy(), wish.limit(), wanted);
            if (tradable.isEmpty()) {
                break;
            }
            at = tradable.get();
            if (parts.size() == stopAfter) {
                cancelUnasked = at;
                break;
            }
            parts.add(new Part(at, quantity, price(market, listing, wish, at)));
        }
        return new FillPlan(
                latency,
                null,
                parts,
                cancelUnasked,
                null,
                market.close(listing, wish.start().plus(latency)));
    }

    private static FillPlan atOnce(
            BrokerProfile profile, Random random, Market market, Listing listing, Wish wish, Duration latency) {
        Instant at = wish.start().plus(latency);
        boolean all = random.nextInt(100) < 70;
        List<Part> parts = new ArrayList<>();
        boolean tradable = market.firstTradable(listing, wish.buy(), wish.limit(), at)
                .filter(at::equals)
                .isPresent();
        if (tradable) {
            BigDecimal quantity = all
                    ? wish.quantity()
                    : split(random, wish.quantity(), listing.lotSize(), 2).getFirst();
            boolean enough = quantity.compareTo(wish.quantity()) == 0;
            if (enough || wish.timeInForce().equals(IMMEDIATE_OR_CANCEL)) {
                parts.add(new Part(at, quantity, price(market, listing, wish, at)));
            }
        }
        Instant end = at.plus(profile.pace().latencyShortest());
        return new FillPlan(latency, null, parts, null, end, market.close(listing, at));
    }

    private static BigDecimal price(Market market, Listing listing, Wish wish, Instant at) {
        Quote quote = market.quote(listing, at).orElseThrow();
        return wish.buy() ? quote.ask() : quote.bid();
    }

    /** Cuts a quantity into parts of whole lots, at least one each, that add up to it. */
    private static List<BigDecimal> split(Random random, BigDecimal quantity, BigDecimal lot, int wanted) {
        BigDecimal lots = quantity.divide(lot, 0, RoundingMode.UNNECESSARY);
        int count = lots.min(BigDecimal.valueOf(wanted)).intValueExact();
        double[] weights = new double[count];
        double total = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = 0.3 + random.nextDouble();
            total += weights[i];
        }
        List<BigDecimal> parts = new ArrayList<>(count);
        BigDecimal left = lots;
        for (int i = 0; i < count - 1; i++) {
            BigDecimal share = lots.multiply(BigDecimal.valueOf(weights[i] / total))
                    .setScale(0, RoundingMode.DOWN)
                    .max(BigDecimal.ONE)
                    .min(left.subtract(BigDecimal.valueOf(count - 1 - i)));
            parts.add(share.multiply(lot));
            left = left.subtract(share);
        }
        parts.add(left.multiply(lot));
        return parts;
    }

    private static Duration between(Random random, Duration shortest, Duration longest) {
        long micros = shortest.toNanos() / 1_000;
        long span = longest.toNanos() / 1_000 - micros;
        return Duration.ofNanos((micros + (long) (random.nextDouble() * span)) * 1_000);
    }
}
