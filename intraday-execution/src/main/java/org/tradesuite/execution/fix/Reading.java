package org.tradesuite.execution.fix;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import quickfix.FieldMap;
import quickfix.FieldNotFound;
import quickfix.IncorrectDataFormat;

/** Fields of a message as values; a field that is not there is null, one that cannot be read is refused by its tag. */
public final class Reading {
    private Reading() {}

    public static @Nullable String text(FieldMap fields, int tag) throws FieldNotFound {
        return fields.isSetField(tag) ? fields.getString(tag) : null;
    }

    public static @Nullable BigDecimal decimal(FieldMap fields, int tag) throws FieldNotFound, IncorrectDataFormat {
        @Nullable String text = text(fields, tag);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IncorrectDataFormat(tag, text);
        }
    }

    public static int number(FieldMap fields, int tag, int otherwise) throws FieldNotFound, IncorrectDataFormat {
        @Nullable String text = text(fields, tag);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IncorrectDataFormat(tag, text);
        }
    }

    public static @Nullable Instant time(FieldMap fields, int tag) throws FieldNotFound {
        return fields.isSetField(tag)
                ? fields.getUtcTimeStamp(tag).toInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS)
                : null;
    }

    /** The day and the time of day that market data gives in two fields. */
    public static @Nullable Instant time(FieldMap fields, int dateTag, int timeTag) throws FieldNotFound {
        if (!fields.isSetField(dateTag) || !fields.isSetField(timeTag)) {
            return null;
        }
        LocalDate day = LocalDate.parse(fields.getString(dateTag), DateTimeFormatter.BASIC_ISO_DATE);
        return day.atTime(fields.getUtcTimeOnly(timeTag))
                .toInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS);
    }
}
