package org.tradesuite.market;

import com.opengamma.strata.basics.ReferenceData;
import com.opengamma.strata.basics.ReferenceDataNotFoundException;
import com.opengamma.strata.basics.date.HolidayCalendar;
import com.opengamma.strata.basics.date.HolidayCalendarId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The business days of a place or a currency: the holidays of OpenGamma Strata (GBLO, DEFR, EUTA, NYSE, USNY, JPTO;
 * 1950 to 2099, NoHolidays for a market that never closes), departed from by the overrides of the database. Immutable.
 *
 * <p>Settlement counts days on the place of settlement and, against payment, on the currency as well: combine the two.
 */
public final class BusinessCalendar {

    private static final int LONGEST_CLOSURE_DAYS = 400;

    private final String id;
    private final HolidayCalendar published;
    private final Map<LocalDate, Boolean> openByOverride;
    private final List<BusinessCalendar> parts;

    private BusinessCalendar(
            String id,
            HolidayCalendar published,
            Map<LocalDate, Boolean> openByOverride,
            List<BusinessCalendar> parts) {
        this.id = id;
        this.published = published;
        this.openByOverride = openByOverride;
        this.parts = parts;
    }

    /** The published calendar, without overrides. */
    public static BusinessCalendar of(String id) {
        return of(id, List.of());
    }

    /**
     * The published calendar with those of the overrides that name it. Two names joined by a plus sign are combined.
     *
     * @throws IllegalArgumentException if no calendar of that name is known, or two overrides of it disagree about a day
     */
    public static BusinessCalendar of(String id, Collection<CalendarOverride> overrides) {
        var plus = id.indexOf('+');
        if (plus > 0) {
            return of(id.substring(0, plus), overrides).combined(of(id.substring(plus + 1), overrides));
        }
        var open = new HashMap<LocalDate, Boolean>();
        for (var override : overrides) {
            if (override.calendar().equals(id)) {
                var before = open.put(override.date(), override.open());
                if (before != null && before != override.open()) {
                    throw new IllegalArgumentException("Calendar " + id + " has two overrides for " + override.date()
                            + ", one open and one closed: withdraw one of them.");
                }
            }
        }
        return new BusinessCalendar(id, published(id), Map.copyOf(open), List.of());
    }

    private static HolidayCalendar published(String id) {
        try {
            return HolidayCalendarId.of(id).resolve(ReferenceData.standard());
        } catch (ReferenceDataNotFoundException | IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "Calendar '" + id
                            + "' is not known: name one of OpenGamma Strata, such as GBLO, DEFR, NYSE or JPTO.",
                    unknown);
        }
    }

    /** Open when both are open. */
    public BusinessCalendar combined(BusinessCalendar other) {
        return id.equals(other.id)
                ? this
                : new BusinessCalendar(id + "+" + other.id, published, Map.of(), List.of(this, other));
    }

    public boolean isBusinessDay(LocalDate date) {
        if (!parts.isEmpty()) {
            return parts.stream().allMatch(part -> part.isBusinessDay(date));
        }
        var byOverride = openByOverride.get(date);
        return byOverride != null ? byOverride : published.isBusinessDay(date);
    }

    /** The first business day after the date. */
    public LocalDate next(LocalDate date) {
        return plusBusinessDays(date, 1);
    }

    /** The first business day on or after the date. */
    public LocalDate nextOrSame(LocalDate date) {
        return isBusinessDay(date) ? date : next(date);
    }

    /** The last business day before the date. */
    public LocalDate previous(LocalDate date) {
        return plusBusinessDays(date, -1);
    }

    /**
     * That many business days later, or earlier if negative. Zero gives the date itself, business day or not: a trade
     * that settles the same day settles on its trade date.
     */
    public LocalDate plusBusinessDays(LocalDate date, int days) {
        var step = Integer.signum(days);
        var reached = date;
        for (var left = Math.abs(days); left > 0; left--) {
            var searched = 0;
            do {
                reached = reached.plusDays(step);
                if (++searched > LONGEST_CLOSURE_DAYS) {
                    throw new IllegalArgumentException("Calendar " + id + " has no business day within "
                            + LONGEST_CLOSURE_DAYS + " days of " + date + ": the calendars combined never meet.");
                }
            } while (!isBusinessDay(reached));
        }
        return reached;
    }

    /** How many business days lie after the first date up to and including the second; negative if the second is earlier. */
    public int businessDaysBetween(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -businessDaysBetween(to, from);
        }
        var days = 0;
        for (var date = from.plusDays(1); !date.isAfter(to); date = date.plusDays(1)) {
            if (isBusinessDay(date)) {
                days++;
            }
        }
        return days;
    }

    @Override
    public String toString() {
        return id;
    }
}
