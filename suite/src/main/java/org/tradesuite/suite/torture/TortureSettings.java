package org.tradesuite.suite.torture;

import java.time.Duration;
import java.util.List;

/**
 * What can be set about the torture.
 *
 * @param rounds in which something is killed; between them lines are cut, the database freezes and the disk fills up
 * @param seed who is hit when, and what the desk decides, follows from it
 * @param within no round begins later than this after the first
 * @param perSecond decisions that the desk makes a second
 * @param checkEvery rounds after which all books are compared in the middle of it
 * @param freeze how long the database stands still when it does
 * @param trained whether to spend half a minute first on what makes every later start quicker
 */
record TortureSettings(
        int rounds, long seed, Duration within, int perSecond, int checkEvery, Duration freeze, boolean trained) {

    private static final String ROUNDS = "--torture.rounds=";
    private static final String SEED = "--torture.seed=";
    private static final String MINUTES = "--torture.minutes=";
    private static final String PER_SECOND = "--torture.per-second=";

    /** @throws IllegalArgumentException if a value is no number or out of bounds, saying which */
    static TortureSettings of(List<String> arguments, long otherwiseSeed) {
        return new TortureSettings(
                (int) number(arguments, ROUNDS, 200, 1, 100_000),
                number(arguments, SEED, otherwiseSeed, Long.MIN_VALUE, Long.MAX_VALUE),
                Duration.ofMinutes(number(arguments, MINUTES, 90, 1, 300)),
                (int) number(arguments, PER_SECOND, 12, 1, 200),
                25,
                Duration.ofSeconds(30),
                true);
    }

    private static long number(List<String> arguments, String key, long otherwise, long least, long most) {
        var given = arguments.stream().filter(each -> each.startsWith(key)).findFirst();
        if (given.isEmpty()) return otherwise;
        var text = given.get().substring(key.length());
        try {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + text + ": give a whole number", e);
        }
        throw new IllegalArgumentException(key + text + ": give a number from " + least + " to " + most);
    }
}
