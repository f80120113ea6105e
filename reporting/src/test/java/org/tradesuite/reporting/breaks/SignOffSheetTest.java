package org.tradesuite.reporting.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tradesuite.reporting.breaks.SignOffSheet.Feed;
import org.tradesuite.reporting.breaks.SignOffSheet.Open;
import org.tradesuite.reporting.breaks.SignOffSheet.Sheet;

class SignOffSheetTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final Instant EIGHT = Instant.parse("2026-11-20T20:00:00.123456Z");

    private static final SignOffSheet SHEET = new SignOffSheet(
            FRIDAY,
            List.of(
                    new Feed(
                            "BROKER_TRADE",
                            "SIGNED",
                            "okafor",
                            EIGHT,
                            "olsen",
                            EIGHT.plusSeconds(60),
                            "ALFA books the fee on Monday.",
                            "USD",
                            List.of(
                                    new Open("PRICE", "0-1", 12, 2, 0, 0, new BigDecimal("15250.00")),
                                    new Open("PRICE", "31+", 1, 0, 1, 1, new BigDecimal("0.50"))),
                            null,
                            null,
                            null),
                    new Feed(
                            "CUSTODIAN_CASH",
                            "REOPENED",
                            "okafor",
                            EIGHT,
                            "okafor",
                            EIGHT,
                            null,
                            "USD",
                            List.of(),
                            "reconcile-custodian",
                            EIGHT.plusSeconds(3600),
                            "Statement 17 (mt940-late.fin) of 2026-11-20 came later."),
                    Feed.notSigned("CUSTODIAN_POSITION")),
            List.of(new Sheet("breaks-2026-11-20.pdf", "9f86d081884c7d659a2feaa0c55ad015".repeat(2))));

    private static String text(byte[] csv) {
        return new String(csv, StandardCharsets.UTF_8);
    }

    @Test
    void every_feed_is_named_signed_or_not_and_what_is_not_known_is_empty() {
        assertThat(text(SHEET.csv()).lines().skip(1))
                .containsExactly(
                        "2026-11-20,BROKER_TRADE,SIGNED,okafor,2026-11-20T20:00:00.123456Z,olsen,"
                                + "2026-11-20T20:01:00.123456Z,ALFA books the fee on Monday.,13,2,15250.50,USD,,,",
                        "2026-11-20,CUSTODIAN_CASH,REOPENED,okafor,2026-11-20T20:00:00.123456Z,okafor,"
                                + "2026-11-20T20:00:00.123456Z,,0,0,0,USD,reconcile-custodian,"
                                + "2026-11-20T21:00:00.123456Z,Statement 17 (mt940-late.fin) of 2026-11-20 came later.",
                        "2026-11-20,CUSTODIAN_POSITION,NOT_SIGNED,,,,,,,,,,,,");
    }

    @Test
    void what_stayed_open_is_said_by_class_and_age() {
        assertThat(text(SHEET.openCsv()).lines().skip(1))
                .containsExactly(
                        "2026-11-20,BROKER_TRADE,PRICE,0-1,12,2,0,0,15250.00,USD",
                        "2026-11-20,BROKER_TRADE,PRICE,31+,1,0,1,1,0.50,USD");
    }

    /** A signature that was overtaken is no signature. */
    @Test
    void only_a_feed_that_is_signed_now_counts_as_signed() {
        assertThat(SHEET.feeds())
                .filteredOn(Feed::signed)
                .extracting(Feed::name)
                .containsExactly("BROKER_TRADE");
    }

    @Test
    void equal_input_gives_equal_bytes_and_pages_that_can_be_looked_at() throws IOException {
        var pages = new SignOffPages();
        byte[] pdf = pages.print(SHEET);
        assertThat(pages.print(SHEET)).isEqualTo(pdf);
        var folder = Path.of("target", "looked-at");
        Files.createDirectories(folder);
        Files.write(folder.resolve("sign-off.pdf"), pdf);
        Files.write(folder.resolve("sign-off-none.pdf"), pages.print(new SignOffSheet(FRIDAY, List.of(), List.of())));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
}
