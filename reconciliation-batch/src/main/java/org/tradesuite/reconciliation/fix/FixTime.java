package org.tradesuite.reconciliation.fix;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as messages write them (UTCTimestamp), to the nanosecond. */
public final class FixTime {

    private static final int DIGITS_OF_SECOND = 9;

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMdd-HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, DIGITS_OF_SECOND, true)
            .toFormatter(Locale.ROOT);

    private FixTime() {}

    /** Null of none, and of one that cannot be read: whoever asks goes by the neighbours or by the clock. */
    public static @Nullable Instant of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
