package org.tradesuite.suite.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * When one market trades: one or more windows a day in its own zone (Tokyo breaks for lunch), Monday to Friday, or round
 * the clock. Public holidays are not known here: on a holiday nobody sends orders.
 */
record TradingHours(String mic, ZoneId zone, List<Window> windows, boolean roundTheClock) {

    record Window(LocalTime open, LocalTime close) {
        int minutes() {
            return (close.toSecondOfDay() - open.toSecondOfDay()) / 60;
        }
    }

    static TradingHours of(String mic, List<Map<String, String>> rows) {
        List<Window> windows = new ArrayList<>();
        ZoneId zone = ZoneId.of("UTC");
        boolean always = false;
        for (Map<String, String> row : rows) {
            if (mic.equals(row.get("mic"))) {
                zone = ZoneId.of(String.valueOf(row.get("zone")));
                LocalTime open = LocalTime.parse(String.valueOf(row.get("open_time")));
                LocalTime close = LocalTime.parse(String.valueOf(row.get("close_time")));
                always |= open.equals(close);
                windows.add(new Window(open, close));
            }
        }
        windows.sort(Comparator.comparing(Window::open));
        return new TradingHours(mic, zone, List.copyOf(windows), always);
    }

    LocalDate day(Instant time) {
        return time.atZone(zone).toLocalDate();
    }

    boolean tradesOn(LocalDate day) {
        return roundTheClock || (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY);
    }

    boolean isOpen(Instant time) {
        if (roundTheClock) {
            return true;
        }
        LocalTime local = time.atZone(zone).toLocalTime();
        return tradesOn(day(time))
                && windows.stream().anyMatch(w -> !local.isBefore(w.open()) && local.isBefore(w.close()));
    }

    /** The end of the last window of that day. */
    Instant close(LocalDate day) {
        if (roundTheClock) {
            return day.plusDays(1).atStartOfDay(zone).toInstant();
        }
        return day.atTime(windows.getLast().close()).atZone(zone).toInstant();
    }

    Instant open(LocalDate day) {
        if (roundTheClock) {
            return day.atStartOfDay(zone).toInstant();
        }
        return day.atTime(windows.getFirst().open()).atZone(zone).toInstant();
    }

    int tradingMinutes() {
        return windows.stream().mapToInt(Window::minutes).sum();
    }

    /** Which trading minute of the day this is, counted through the breaks; before the open -1, after the close the last. */
    int minuteOfSession(Instant time) {
        LocalTime local = time.atZone(zone).toLocalTime();
        int before = 0;
        for (Window window : windows) {
            if (local.isBefore(window.open())) {
                return before - 1;
            }
            if (local.isBefore(window.close())) {
                return before + (local.toSecondOfDay() - window.open().toSecondOfDay()) / 60;
            }
            before += window.minutes();
        }
        return before - 1;
    }

    /** When the given trading minute of that day begins. */
    Instant startOfMinute(LocalDate day, int minute) {
        int left = minute;
        for (Window window : windows) {
            if (left < window.minutes()) {
                return day.atTime(window.open().plusMinutes(left)).atZone(zone).toInstant();
            }
            left -= window.minutes();
        }
        throw new IllegalArgumentException(mic + " has no trading minute " + minute);
    }
}
