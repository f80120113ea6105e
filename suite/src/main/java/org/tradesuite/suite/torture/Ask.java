package org.tradesuite.suite.torture;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.market.Listing;
import org.tradesuite.suite.market.Market;
import org.tradesuite.suite.market.Seed;

/**
 * One decision as the desk hands it in, and what it will do about it later. It follows from the seed and its number, but
 * for its limit and its times, which follow from the hour.
 *
 * @param key of idempotency
 * @param body as it is sent, each time the same
 * @param change what the desk asks for afterwards: CANCEL, AMEND, or nothing
 * @param changeAfter how long after the answer
 * @param again whether it is handed in once more although it was answered
 */
record Ask(
        String key,
        String body,
        String account,
        String instrument,
        String side,
        String quantity,
        @Nullable Change change,
        Duration changeAfter,
        boolean again) {

    enum Change {
        CANCEL,
        AMEND
    }

    private static final List<String> ACCOUNTS = List.of("GEQ1", "GEQ2", "PEN1", "PEN2", "FAM1");
    private static final List<String> SYMBOLS =
            List.of("VOD", "HSBA", "AZN", "SHEL", "BP", "GSK", "DGE", "RIO", "LLOY", "BARC");
    private static final Duration SLICED_OVER = Duration.ofSeconds(8);

    static Ask of(Seed seed, int number, Market market, Instant now) {
        var random = seed.random("decision", Integer.toString(number));
        var account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        var listing = market.listing(SYMBOLS.get(random.nextInt(SYMBOLS.size())), "XLON")
                .orElseThrow();
        var buy = random.nextInt(100) < 55;
        // Never the same twice within the window in which the rules look for duplicates.
        var quantity = Integer.toString(100 + (number * 37) % 400 + random.nextInt(30));
        var kind = random.nextInt(100);
        var key = "torture-%08d".formatted(number);
        var terms = kind < 60
                ? "\"orderType\":\"MARKET\",\"algo\":\"IMMEDIATE\""
                : kind < 85
                        ? "\"orderType\":\"LIMIT\",\"limitPrice\":\"%s\",\"algo\":\"IMMEDIATE\""
                                .formatted(limit(market, listing, buy, kind >= 75, now))
                        : "\"orderType\":\"MARKET\",\"algo\":\"TWAP\",\"startTime\":\"%s\",\"endTime\":\"%s\""
                                .formatted(now, now.plus(SLICED_OVER));
        var body = """
            {"accountId":"%s","strategyId":"VALUE","traderId":"apatel","instrumentId":"%s","side":"%s",\
            "quantity":"%s",%s}\
            """.formatted(account, listing.instrumentId(), buy ? "BUY" : "SELL", quantity, terms);
        var waits = kind >= 75 && kind < 85;
        return new Ask(
                key,
                body,
                account,
                listing.instrumentId(),
                buy ? "BUY" : "SELL",
                quantity,
                waits || random.nextInt(100) < 12 ? Change.CANCEL : random.nextInt(100) < 12 ? Change.AMEND : null,
                Duration.ofMillis(random.nextInt(3_000)),
                random.nextInt(100) < 5);
    }

    /** One that the market takes at once, or one percent away from it, where it waits. */
    private static BigDecimal limit(Market market, Listing listing, boolean buy, boolean waits, Instant now) {
        var quote = market.indication(listing, now);
        var near = buy ? quote.ask() : quote.bid();
        var away = near.divide(BigDecimal.valueOf(buy == waits ? -100 : 100), RoundingMode.HALF_EVEN);
        return near.add(away)
                .divide(listing.tickSize(), 0, RoundingMode.HALF_EVEN)
                .multiply(listing.tickSize());
    }

    /** What an amendment asks for: another quantity, above or below. */
    String amended() {
        var random = new Random(key.hashCode());
        return Integer.toString(Integer.parseInt(quantity) / 2 + random.nextInt(Integer.parseInt(quantity)));
    }
}
