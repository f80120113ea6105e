package org.tradesuite.reconciliation.breaks;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.tradesuite.database.BusinessCalendars;
import org.tradesuite.market.BusinessCalendar;

/**
 * Numbers the days of the calendars in use in the database, so that an age is a subtraction there and not a loop. Done
 * again when a calendar gets an override, or when a break is older than the first day.
 */
final class BusinessDays {

    private static final String IN_USE = """
        select calendar from reconciliation.calendar_state
        union
        select reconciliation.calendar_of(account_id, base_currency) from reference_api.account
        union
        select reconciliation.calendar_of(null, currency) from (
            select distinct currency from reconciliation.found_break
            where job = :job and reconciled_on = :date and account_id is null) unaccounted
        union
        select calendar from reconciliation.break_rollup where open_breaks > 0
        union
        select 'Sat/Sun'
        """;
    private static final String OLDEST = """
        select least(:date, (select min(first_seen) from reconciliation.break_card where open))
        """;
    private static final String STATE = """
        select coalesce(string_agg(calendar || date || open, ' ' order by calendar, date), '')
        from reference_api.calendar_override where approved_by is not null
        """;
    private static final String REMEMBER = """
        insert into reconciliation.calendar_state as s (calendar, state) values (:calendar, :state)
        on conflict (calendar) do update set state = excluded.state where s.state <> excluded.state
        """;
    private static final String FORGET = "delete from reconciliation.business_date where calendar = :calendar";
    private static final String NUMBER = """
        insert into reconciliation.business_date (calendar, date, open, number)
        select :calendar, d.date, d.open, d.number
        from unnest(cast(:dates as date[]), cast(:open as boolean[]), cast(:numbers as integer[])) as d (date, open, number)
        """;

    private final JdbcClient jdbc;
    private final DataSource dataSource;

    BusinessDays(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSource = dataSource;
    }

    /** Makes sure that what a run finds can be aged and given a due date; joins the caller's transaction. */
    void prepare(String job, LocalDate date) {
        var oldest = jdbc.sql(OLDEST).param("date", date).query(LocalDate.class).single();
        var from = LocalDate.of(oldest.getYear() - 1, 1, 1);
        var to = LocalDate.of(date.getYear() + 1, 12, 31);
        var state = from + " " + to + " " + jdbc.sql(STATE).query(String.class).single();
        var calendars = jdbc.sql(IN_USE)
                .param("job", job)
                .param("date", date)
                .query((row, number) -> row.getString(1))
                .list();
        var known = calendars();
        for (var calendar : calendars) {
            if (jdbc.sql(REMEMBER)
                            .param("calendar", calendar)
                            .param("state", state)
                            .update()
                    > 0) {
                number(calendar, known.calendar(calendar), from, to);
            }
        }
    }

    /** Numbers the days of a calendar that a rule has named, as far as the others are numbered. */
    void prepare(String calendar) {
        var state = jdbc.sql("select state from reconciliation.calendar_state where calendar = 'Sat/Sun'")
                .query(String.class)
                .optional();
        if (state.isPresent()
                && jdbc.sql(REMEMBER)
                                .param("calendar", calendar)
                                .param("state", state.get())
                                .update()
                        > 0) {
            var span = state.get().split(" ", 3);
            number(calendar, calendars().calendar(calendar), LocalDate.parse(span[0]), LocalDate.parse(span[1]));
        }
    }

    private BusinessCalendars calendars() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return BusinessCalendars.read(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException("The calendars cannot be read", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private void number(String id, BusinessCalendar calendar, LocalDate from, LocalDate to) {
        jdbc.sql(FORGET).param("calendar", id).update();
        List<LocalDate> dates = from.datesUntil(to.plusDays(1)).toList();
        var open = new Boolean[dates.size()];
        var numbers = new Integer[dates.size()];
        var number = 0;
        for (var day = 0; day < open.length; day++) {
            open[day] = calendar.isBusinessDay(dates.get(day));
            number += open[day] ? 1 : 0;
            numbers[day] = number;
        }
        jdbc.sql(NUMBER)
                .param("calendar", id)
                .param("dates", dates.stream().map(LocalDate::toString).toArray(String[]::new))
                .param("open", open)
                .param("numbers", numbers)
                .update();
    }
}
