package org.tradesuite.suite.day;

import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Tells the day on the console, each line with the day's own time. */
final class Narrator {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE dd MMM HH:mm", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Clock clock;

    Narrator(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void say(String text, Object... values) {
        out.println(TIME.format(clock.instant()) + "  " + text.formatted(values));
    }

    void print(String block) {
        out.println(block);
    }
}
