package org.tradesuite.reconciliation.dropcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written down about a session: what is wrong is named with what to write, and a day ends when the broker's does. */
class DropCopyTermsTest {

    private static DropCopyTerms terms(String... more) {
        var keys =
                new HashMap<>(Map.of("host", "fix.alfa.example", "port", "9900", "sender", "DESK", "target", "ALFA"));
        for (var at = 0; at < more.length; at += 2) {
            keys.put(more[at], more[at + 1]);
        }
        return DropCopyTerms.of("ALFA", keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "port;99999;a number from 1 to 65535",
                "version;FIX.4.3;one of",
                "role;server;one of",
                "zone;Mars;a time zone such as America/New_York",
                "day-ends;25:00;a time such as 18:30",
                "hours;07:00;two times such as 07:00-21:30",
                "sender;'';needs tradesuite.reconciliation.drop-copy.session.ALFA.sender",
                "sendr;DESK;keys that nobody reads: sendr"
            })
    void what_is_wrong_is_named_with_what_to_write(String key, String value, String said) {
        assertThatThrownBy(() -> terms(key, value)).hasMessageContaining(said).hasMessageContaining("ALFA");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T21:59:59Z, 2026-11-20",
        "2026-11-20T22:00:00Z, 2026-11-23",
        "2026-11-22T15:00:00Z, 2026-11-23",
        "2026-11-23T21:59:59Z, 2026-11-23",
        "2026-11-23T22:00:00Z, 2026-11-24"
    })
    void five_in_the_afternoon_of_new_york_begins_the_next_date_and_friday_evening_is_mondays(
            Instant sent, LocalDate date) {
        assertThat(terms("zone", "America/New_York", "day-ends", "17:00").day().of(sent))
                .isEqualTo(date);
    }

    @Test
    void where_trading_never_stops_a_saturday_is_a_date() {
        assertThat(terms("weekends", "true").day().of(Instant.parse("2026-11-21T23:59:59Z")))
                .isEqualTo(LocalDate.of(2026, 11, 21));
    }
}
