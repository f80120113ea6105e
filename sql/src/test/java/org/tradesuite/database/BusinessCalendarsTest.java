package org.tradesuite.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BusinessCalendarsTest {

    private static final LocalDate MON_19_SEP_2022_STATE_FUNERAL = LocalDate.of(2022, 9, 19);

    @Test
    void an_override_in_the_database_closes_the_day_for_every_application() throws SQLException {
        var database = LocalPostgres.shared().newDatabase();
        try (var connection = database.dataSource(DatabaseRole.OWNER).getConnection();
                var insert = connection.prepareStatement(
                        "insert into reference.calendar_override values ('XTST', ?, false, 'test', 'anna', 'bert'),"
                                + " ('GBLO', '2026-11-25', false, 'test', 'anna', 'bert')")) {
            insert.setObject(1, MON_19_SEP_2022_STATE_FUNERAL);
            insert.executeUpdate();
        }
        try (var connection = database.dataSource(DatabaseRole.SETTLEMENT).getConnection()) {
            var calendars = BusinessCalendars.read(connection);
            assertThat(calendars.calendar("GBLO").isBusinessDay(LocalDate.of(2026, 11, 25)))
                    .isFalse();
            assertThat(calendars.calendar("GBLO+USNY").next(LocalDate.of(2026, 11, 24)))
                    .isEqualTo(LocalDate.of(2026, 11, 27)); // Thanksgiving on the 26th
            assertThat(calendars.calendar("NYSE").isBusinessDay(LocalDate.of(2026, 11, 25)))
                    .isTrue();
        }
        LocalPostgres.shared().drop(database);
    }
}
