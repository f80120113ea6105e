package org.tradesuite.reporting.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitReportTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final Instant TEN = Instant.parse("2026-11-20T10:00:00.123456Z");
    private static final LimitDay EMPTY = new LimitDay(FRIDAY, 0, List.of(), List.of(), List.of(), List.of());

    private static LimitDay.Utilisation used(String rule, String scopeId, String limit, String peak) {
        return used(rule, scopeId, limit, peak, "GBP");
    }

    private static LimitDay.Utilisation used(String rule, String scopeId, String limit, String peak, String unit) {
        return new LimitDay.Utilisation(
                rule,
                scopeId.equals("*") ? "FIRM" : "ACCOUNT",
                scopeId,
                unit,
                new BigDecimal(limit),
                new BigDecimal(peak),
                "OD0P8G5V2K7WM",
                TEN,
                1200,
                31,
                4,
                1);
    }

    static LimitDay day() {
        var utilisations = new ArrayList<LimitDay.Utilisation>();
        for (var rule : List.of(
                "MAX_ORDER_NOTIONAL", "POSITION_LIMIT", "GROSS_EXPOSURE", "NET_EXPOSURE", "REPEATED_EXECUTION")) {
            utilisations.add(used(rule, "*", "5000000000.00", "4312345678.90"));
            for (var account : List.of("GEQ1", "PEN1", "UKIN1", "CRYP1")) {
                utilisations.add(used(rule, account, "25000000", "12500000.5"));
            }
        }
        utilisations.add(used("PRICE_COLLAR", "*", "5", "116.3"));
        var exceptions = new ArrayList<LimitDay.Exceeded>();
        for (var i = 0; i < 60; i++) {
            exceptions.add(new LimitDay.Exceeded(
                    TEN.plusSeconds(i),
                    i % 7 == 0 ? "AMENDMENT" : "DECISION",
                    "OD0P8G5V2K7" + i,
                    "GEQ1",
                    "BTC/USD.XBTS",
                    "PRICE_COLLAR",
                    "PRICE_OUTSIDE_COLLAR",
                    new BigDecimal("116.3"),
                    new BigDecimal("5"),
                    "PERCENT",
                    i % 3 == 0 ? "ACCEPTED" : i % 3 == 1 ? "HELD" : "REFUSED",
                    i % 3 == 0 ? "riley" : null,
                    i % 3 == 0 ? "The client confirmed the size and the price by phone." : null));
        }
        return new LimitDay(
                FRIDAY,
                1234,
                utilisations,
                exceptions,
                List.of(
                        new LimitDay.Change(
                                TEN,
                                TEN.plusSeconds(3600),
                                "FIRM",
                                "*",
                                "MAX_GROSS_EXPOSURE",
                                new BigDecimal("6000000000"),
                                "GBP",
                                new BigDecimal("5000000000"),
                                "riley",
                                "casey",
                                "Index rebalance this afternoon."),
                        new LimitDay.Change(
                                TEN,
                                null,
                                "INSTRUMENT",
                                "VOD.XLON",
                                "REPEATED_EXECUTION_WINDOW_SECONDS",
                                new BigDecimal("60"),
                                null,
                                null,
                                "riley",
                                null,
                                null)),
                List.of(new LimitDay.Stop(
                        TEN, "switch-set", "switch/STRATEGY:VALUE", "riley", "The strategy trades against itself.")));
    }

    private static String text(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8);
    }

    @Test
    void the_page_and_the_files_count_the_same() {
        var day = day();
        assertThat(text(day.utilisationCsv()).lines())
                .hasSize(1 + day.utilisations().size());
        assertThat(text(day.exceptionsCsv()).lines()).hasSize(1 + day.blocks());
        assertThat(text(day.changesCsv()).lines())
                .hasSize(1 + day.changes().size() + day.stops().size());
        assertThat(day.overrides()).isEqualTo(20);
        assertThat(day.warnings()).isEqualTo(26 * 31);
    }

    @Test
    void the_files_say_every_column() {
        assertThat(text(day().utilisationCsv()).lines().limit(2))
                .containsExactly(
                        "business_date,rule,scope,scope_id,unit,limit,peak,peak_percent,peak_order_id,peak_at,asked,"
                                + "warnings,blocks,overrides",
                        "2026-11-20,MAX_ORDER_NOTIONAL,FIRM,*,GBP,5000000000.00,4312345678.90,86.2,OD0P8G5V2K7WM,"
                                + "2026-11-20T10:00:00.123456Z,1200,31,4,1");
        assertThat(text(day().exceptionsCsv()).lines().skip(1).findFirst())
                .hasValue("2026-11-20,2026-11-20T10:00:00.123456Z,AMENDMENT,OD0P8G5V2K70,GEQ1,BTC/USD.XBTS,"
                        + "PRICE_COLLAR,PRICE_OUTSIDE_COLLAR,116.3,5,PERCENT,ACCEPTED,riley,"
                        + "The client confirmed the size and the price by phone.");
        assertThat(text(day().changesCsv()).lines().skip(1))
                .containsExactly(
                        "2026-11-20,LIMIT,2026-11-20T10:00:00.123456Z,2026-11-20T11:00:00.123456Z,FIRM,*,"
                                + "MAX_GROSS_EXPOSURE,6000000000,GBP,5000000000,riley,casey,"
                                + "Index rebalance this afternoon.",
                        "2026-11-20,LIMIT,2026-11-20T10:00:00.123456Z,,INSTRUMENT,VOD.XLON,"
                                + "REPEATED_EXECUTION_WINDOW_SECONDS,60,,,riley,,",
                        "2026-11-20,switch-set,2026-11-20T10:00:00.123456Z,,switch/STRATEGY:VALUE,,,,,,riley,,"
                                + "The strategy trades against itself.");
    }

    @Test
    void an_empty_day_has_headings_and_nothing_below_them() {
        assertThat(text(EMPTY.utilisationCsv()).lines()).hasSize(1);
        assertThat(text(EMPTY.exceptionsCsv()).lines()).hasSize(1);
        assertThat(text(EMPTY.changesCsv()).lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 100.0", "100, 0, 0.0", "3, 1, 33.3", "0, 5,"})
    void the_share_of_a_limit_is_to_one_decimal_and_none_of_nothing(String limit, String peak, String percent) {
        assertThat(used("A_RULE", "*", limit, peak).percent())
                .isEqualTo(percent == null ? null : new BigDecimal(percent));
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 100.0", "10, 5, 200.0", "10, 744, 1.3", "10, 0, 1000000.0", "0, 5,"})
    void a_window_of_seconds_is_fuller_the_sooner_the_same_came_again(String limit, String peak, String percent) {
        assertThat(used("A_RULE", "*", limit, peak, "SECONDS").percent())
                .isEqualTo(percent == null ? null : new BigDecimal(percent));
    }

    @Test
    void equal_input_gives_equal_bytes_and_pages_that_can_be_looked_at() throws IOException {
        var pages = new LimitPages();
        byte[] pdf = pages.print(day());
        assertThat(pages.print(day())).isEqualTo(pdf);
        Path folder = Path.of("target", "looked-at");
        Files.createDirectories(folder);
        Files.write(folder.resolve("limits.pdf"), pdf);
        Files.write(folder.resolve("limits-empty.pdf"), pages.print(EMPTY));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
}
