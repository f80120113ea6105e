package org.tradesuite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.tradesuite.market.BusinessCalendar;
import org.tradesuite.market.CalendarOverride;

/** The business calendars with the overrides that the database held when they were read. Immutable. */
public final class BusinessCalendars {

    /** An override counts once a second person has approved it. */
    private static final String APPROVED_OVERRIDES =
            "select calendar, date, open from reference_api.calendar_override where approved_by is not null";

    private final List<CalendarOverride> overrides;

    private BusinessCalendars(List<CalendarOverride> overrides) {
        this.overrides = overrides;
    }

    public static BusinessCalendars read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(APPROVED_OVERRIDES);
                var rows = select.executeQuery()) {
            var overrides = new ArrayList<CalendarOverride>();
            while (rows.next()) {
                overrides.add(new CalendarOverride(
                        rows.getString(1), rows.getObject(2, LocalDate.class), rows.getBoolean(3)));
            }
            return new BusinessCalendars(List.copyOf(overrides));
        }
    }

    /**
     * @param id such as GBLO, or GBLO+USNY for the days on which both are open
     * @throws IllegalArgumentException if no such calendar is known
     */
    public BusinessCalendar calendar(String id) {
        return BusinessCalendar.of(id, overrides);
    }
}
