package org.tradesuite.reconciliation.broker;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tradesuite.reconciliation.statement.Feed;

/**
 * What the name of a broker's file tells: {@code trades-20261120.csv} is its statement of that date, {@code
 * dropcopy-20261120.log} its drop copy; what follows the date does not matter.
 */
public record BrokerFileName(Feed feed, LocalDate date) {

    private static final Pattern NAME = Pattern.compile("(trades|dropcopy)-([0-9]{8})(?![0-9]).*", Pattern.DOTALL);

    /** Empty if it tells neither, or a date that no calendar has. */
    public static Optional<BrokerFileName> of(String name) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BrokerFileName(
                    parts.group(1).equals("trades") ? Feed.BROKER_TRADE : Feed.BROKER_DROP_COPY,
                    LocalDate.parse(parts.group(2), DateTimeFormatter.BASIC_ISO_DATE)));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /** By the name of the member of an archive, else by that of the file. */
    static Optional<BrokerFileName> of(String file, String member) {
        return of(member.substring(member.lastIndexOf('/') + 1)).or(() -> of(file));
    }
}
