package org.tradesuite.suite.day;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.suite.day.Decision.Algo;
import org.tradesuite.suite.day.Decision.Change;
import org.tradesuite.suite.day.Decision.Wrong;

/**
 * The desk's decisions of one business date, in the order of their time. The same seed and date give the same tape, so
 * that a day which was broken off goes on where it stood: a decision that was sent already has the same key and gets the
 * same answer.
 */
final class DecisionTape {

    /** When a market trades on the business date, as instants. */
    record Session(Instant open, Instant close) {}

    private static final Map<String, Integer> SHARE_OF_DAY_IN_PERCENT =
            Map.of("XTKS", 20, "XETR", 24, "XLON", 26, "XNYS", 24, "XBTS", 6);
    private static final Map<String, String> TRADER_OF_MARKET =
            Map.of("XTKS", "sito", "XETR", "mweber", "XLON", "apatel", "XNYS", "jdoe", "XBTS", "jdoe");
    private static final List<String> MARKETS = List.of("XTKS", "XETR", "XLON", "XNYS", "XBTS");
    private static final List<String> STRATEGIES = List.of("VALUE", "MOMENTUM", "REBALANCE");

    /** Before a close: breaks in the day, ten minutes of it each, must not make a good decision one for a closed market. */
    private static final Duration LATEST = Duration.ofMinutes(60);

    /** US dollars per unit, near enough to size an order. */
    private static final Map<String, Double> DOLLARS = Map.of("USD", 1.0, "GBP", 1.31, "EUR", 1.16, "JPY", 0.0065);

    private final LocalDate date;
    private final SplittableRandom random;
    /** From the first opening to the last closing. */
    private final Map<String, Session> sessions = new HashMap<>();

    /** With the lunch break. */
    private final Map<String, List<Session>> hours = new HashMap<>();

    private final Map<String, List<Instrument>> instruments;
    private final Map<String, Map<String, BigDecimal>> holdings = new HashMap<>();

    private DecisionTape(long seed, LocalDate date, Map<Holding, BigDecimal> opening) {
        this.date = date;
        this.random = new SplittableRandom(seed ^ date.toEpochDay());
        this.instruments = ReferenceFiles.instruments().stream().collect(Collectors.groupingBy(Instrument::mic));
        for (var row : ReferenceFiles.rows("trading_sessions")) {
            var zone = ZoneId.of(row.getField("zone"));
            var open = LocalTime.parse(row.getField("open_time"));
            var close = LocalTime.parse(row.getField("close_time"));
            var session = new Session(
                    date.atTime(open).atZone(zone).toInstant(),
                    (close.equals(LocalTime.MIDNIGHT) ? date.plusDays(1) : date)
                            .atTime(close)
                            .atZone(zone)
                            .toInstant());
            hours.computeIfAbsent(row.getField("mic"), _ -> new ArrayList<>()).add(session);
            sessions.merge(row.getField("mic"), session, (first, second) -> new Session(first.open(), second.close()));
        }
        opening.forEach((holding, quantity) -> holdings.computeIfAbsent(holding.account(), _ -> new HashMap<>())
                .put(holding.instrument(), quantity));
    }

    /**
     * {@code count} decisions, about one in nine of them meant to be refused.
     *
     * @param opening what the accounts hold as the day begins
     */
    static List<Decision> of(long seed, LocalDate date, int count, Map<Holding, BigDecimal> opening) {
        var tape = new DecisionTape(seed, date, opening);
        var wrongs = List.of(Wrong.values());
        var decisions = new ArrayList<Decision>(count);
        for (var i = 0; i < count; i++) {
            var wrong = i % 9 == 4 ? wrongs.get((i / 9) % wrongs.size()) : null;
            decisions.add(tape.decision(i, wrong));
        }
        decisions.sort(Comparator.comparing(Decision::at).thenComparing(Decision::key));
        return List.copyOf(decisions);
    }

    /** When the first market opens and the last equity market closes. */
    static Session day(LocalDate date) {
        var sessions = new HashMap<>(new DecisionTape(0, date, Map.of()).sessions);
        sessions.remove("XBTS");
        return new Session(
                sessions.values().stream()
                        .map(Session::open)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                sessions.values().stream()
                        .map(Session::close)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private Decision decision(int number, @Nullable Wrong wrong) {
        var mic = wrong == null ? market() : marketFor(wrong);
        var instrument = pick(of(instruments, mic));
        var account = instrument.crypto()
                ? pick(List.of("FAM1", "FAM2"))
                : pick(List.of("GEQ1", "GEQ2", "PEN1", "PEN2", "FAM1"));
        var buy = random.nextInt(100) < 55;
        var quantity = quantity(instrument, mic);
        if (!buy && wrong == null) {
            var held = holdings.getOrDefault(account, Map.of()).getOrDefault(instrument.id(), BigDecimal.ZERO);
            // A day's sells never exceed what the account started with.
            if (held.compareTo(quantity) < 0) buy = true;
            else of(holdings, account).merge(instrument.id(), quantity.negate(), BigDecimal::add);
        }
        var algo = wrong != null ? Algo.IMMEDIATE : pick(List.of(Algo.IMMEDIATE, Algo.IMMEDIATE, Algo.TWAP, Algo.VWAP));
        var at = at(mic, wrong);
        var window = algo == Algo.IMMEDIATE ? null : Duration.ofMinutes(40 + random.nextInt(6) * 10);
        var limit = algo == Algo.IMMEDIATE && (wrong != null || random.nextInt(100) < 40)
                ? marketable(instrument, buy)
                : null;
        Change change = null;
        if (window != null && number % 7 == 3) {
            change = number % 2 == 0 ? Change.CANCEL : Change.REDUCE;
        }
        var decision = new Decision(
                "%s-%04d".formatted(date.format(DateTimeFormatter.BASIC_ISO_DATE), number),
                at,
                account,
                instrument.crypto() ? "CRYPTO" : pick(STRATEGIES),
                of(TRADER_OF_MARKET, mic),
                instrument,
                buy,
                quantity.toPlainString(),
                limit,
                algo,
                window,
                wrong,
                change);
        return wrong == null ? decision : spoil(decision, wrong);
    }

    private String market() {
        var draw = random.nextInt(100);
        for (var mic : MARKETS) {
            draw -= of(SHARE_OF_DAY_IN_PERCENT, mic);
            if (draw < 0) return mic;
        }
        throw new IllegalStateException("the markets' shares of the day do not add up to 100 percent");
    }

    private String marketFor(Wrong wrong) {
        return wrong == Wrong.SHORT_SALE ? "XLON" : pick(List.of("XETR", "XLON", "XNYS"));
    }

    /** A time in the first two thirds of the session, so that the algorithms can finish; the tape's crypto pair anywhere. */
    private Instant at(String mic, @Nullable Wrong wrong) {
        var session = of(sessions, mic);
        if (wrong == Wrong.MARKET_CLOSED) return session.close().plus(Duration.ofMinutes(7 + random.nextInt(20)));
        if (mic.equals("XBTS"))
            return date.atTime(2, 0).toInstant(ZoneOffset.UTC).plusSeconds(random.nextInt(14 * 3600));
        var seconds = Duration.between(session.open(), session.close()).toSeconds();
        while (true) {
            var at = session.open().plusSeconds(300 + random.nextLong(seconds * 2 / 3 - 300));
            if (isOpen(mic, at)) return at;
        }
    }

    private boolean isOpen(String mic, Instant at) {
        return of(hours, mic).stream()
                .anyMatch(session ->
                        !at.isBefore(session.open()) && at.plus(LATEST).isBefore(session.close()));
    }

    /** Worth 20,000 to 900,000 dollars, at most one percent of a day's volume. */
    private BigDecimal quantity(Instrument instrument, String mic) {
        if (mic.equals("XBTS")) return instrument.wholeLots(new BigDecimal(50 + random.nextInt(2000)).movePointLeft(2));
        var dollars = 20_000 * Math.pow(45, random.nextDouble());
        var units = BigDecimal.valueOf(dollars / of(DOLLARS, instrument.currency()))
                .divide(instrument.referencePrice(), MathContext.DECIMAL64);
        return instrument.wholeLots(units.min(instrument.adv().movePointLeft(2)));
    }

    /** One percent through the reference price: it fills unless the market runs away. */
    private static BigDecimal marketable(Instrument instrument, boolean buy) {
        return instrument.onTick(instrument.referencePrice().multiply(new BigDecimal(buy ? "1.01" : "0.99")));
    }

    private Decision spoil(Decision good, Wrong wrong) {
        var instrument = good.instrument();
        return switch (wrong) {
            case QUANTITY_ZERO -> with(good, "0", good.limitPrice());
            case QUANTITY_NEGATIVE -> with(good, "-" + good.quantity(), good.limitPrice());
            case QUANTITY_TOO_PRECISE -> with(good, good.quantity() + ".5", good.limitPrice());
            case PRICE_OFF_TICK ->
                with(
                        good,
                        good.quantity(),
                        marketable(instrument, good.buy()).add(instrument.tick().multiply(new BigDecimal("0.3"))));
            case NOTIONAL_TOO_LARGE ->
                with(
                        good,
                        instrument
                                .wholeLots(new BigDecimal(40_000_000)
                                        .divide(instrument.referencePrice(), MathContext.DECIMAL64))
                                .toPlainString(),
                        good.limitPrice());
            case SHARE_OF_ADV ->
                with(
                        good,
                        instrument
                                .wholeLots(instrument.adv().multiply(new BigDecimal("0.4")))
                                .toPlainString(),
                        good.limitPrice());
            case PRICE_COLLAR ->
                with(
                        good,
                        good.quantity(),
                        instrument.onTick(
                                instrument.referencePrice().multiply(new BigDecimal(good.buy() ? "1.40" : "0.60"))));
            case SHORT_SALE -> notHeld(good);
            case ISIN_CHECK_DIGIT,
                    ISIN_UNKNOWN,
                    ACCOUNT_UNKNOWN,
                    FIELD_UNKNOWN,
                    CONTENT_TYPE,
                    BODY_TOO_LARGE,
                    KEY_AGAIN_SAME_BODY,
                    KEY_AGAIN_OTHER_BODY,
                    MARKET_CLOSED -> good;
        };
    }

    /** The family office's digital account holds no shares: it sells some. */
    private static Decision notHeld(Decision good) {
        return new Decision(
                good.key(),
                good.at(),
                "FAM2",
                good.strategyId(),
                good.traderId(),
                good.instrument(),
                false,
                good.quantity(),
                marketable(good.instrument(), false),
                good.algo(),
                good.window(),
                good.wrong(),
                good.change());
    }

    private static Decision with(Decision good, String quantity, @Nullable BigDecimal limit) {
        return new Decision(
                good.key(),
                good.at(),
                good.accountId(),
                good.strategyId(),
                good.traderId(),
                good.instrument(),
                good.buy(),
                quantity,
                limit,
                good.algo(),
                good.window(),
                good.wrong(),
                good.change());
    }

    private static <T> T of(Map<String, T> table, String key) {
        var value = table.get(key);
        if (value != null) return value;
        throw new IllegalStateException("the sample files and the desk's tables disagree: nothing for " + key);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
