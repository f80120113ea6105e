package org.tradesuite.reconciliation.dropcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a broker's days, as a crash leaves them and as they are found again. */
class DropCopyLogTest {

    private static final BrokerDay UTC = new BrokerDay(ZoneOffset.UTC, LocalTime.MIDNIGHT, false);
    private static final Clock FRIDAY = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
    private static final String PART = "dropcopy-20261120.fix.part";

    @TempDir
    Path folder;

    private static String said(int number, String more) {
        return message("35=8|34=" + number + "|49=ALFA|56=DESK|52=20261120-10:00:00|17=E" + number + more);
    }

    private DropCopyLog log() throws IOException {
        return new DropCopyLog(folder, UTC, FRIDAY);
    }

    @Test
    void a_file_that_ends_anywhere_within_a_message_loses_that_message_only_and_takes_it_again() throws IOException {
        try (var log = log()) {
            log.record(Heard.of(said(1, "")));
            log.record(Heard.of(said(2, "|354=3|355=a\nb")));
        }
        var whole = Files.readAllBytes(folder.resolve(PART));
        var first = said(1, "").length() + 1;
        for (var cut = first; cut < whole.length; cut++) {
            Files.write(folder.resolve(PART), Arrays.copyOf(whole, cut));
            try (var log = log()) {
                assertThat(log.newest()).isNotNull().returns(1, DropCopyLog.Newest::messages);
                log.record(Heard.of(said(2, "|354=3|355=a\nb")));
            }
            assertThat(Files.readAllBytes(folder.resolve(PART)))
                    .as("cut at " + cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    void what_was_handed_in_before_a_restart_is_not_handed_in_again() throws IOException {
        var date = LocalDate.of(2026, 11, 20);
        try (var log = log()) {
            log.record(Heard.of(said(1, "")));
            assertThat(log.handIn(date)).hasSize(1);
        }
        try (var log = log()) {
            assertThat(log.handIn(date)).isEmpty();
            log.record(Heard.of(said(2, "")));
        }
        try (var log = log()) {
            assertThat(log.handIn(date)).containsExactly(folder.resolve("dropcopy-20261120-002.fix"));
        }
        assertThat(Files.readString(folder.resolve("dropcopy-20261120-002.fix"), StandardCharsets.UTF_8))
                .isEqualTo(said(1, "") + "\n" + said(2, "") + "\n");
    }

    @Test
    void what_fills_a_gap_lies_where_the_gap_is_and_what_comes_again_on_the_day_it_was_said() throws IOException {
        try (var log = log()) {
            log.record(Heard.of(said(1, "")));
            log.record(Heard.of(message("35=0|34=9|49=ALFA|56=DESK|52=20261123-08:00:00")));
            log.record(Heard.of(
                    message("35=8|34=2|49=ALFA|56=DESK|52=20261123-08:00:01|43=Y|122=20261120-16:00:00|17=E2")));
            log.record(Heard.of(
                    message("35=4|34=3|49=ALFA|56=DESK|52=20261123-08:00:01|43=Y|122=20261123-08:00:01|123=Y|36=8")));
            log.record(Heard.of(
                    message("35=8|34=8|49=ALFA|56=DESK|52=20261123-08:00:01|43=Y|122=20261123-07:00:00|17=E8")));
            log.record(Heard.of(
                    message("35=4|34=9|49=ALFA|56=DESK|52=20261123-08:00:01|43=Y|122=20261123-08:00:01|123=Y|36=10")));
        }
        assertThat(numbers(PART)).isEqualTo("1 2 3");
        assertThat(numbers("dropcopy-20261123.fix.part")).isEqualTo("9 8 9");
    }

    private String numbers(String name) throws IOException {
        return Files.readString(folder.resolve(name))
                .lines()
                .map(line -> line.replaceAll(".*\\x0134=([0-9]+)\\x01.*", "$1"))
                .collect(Collectors.joining(" "));
    }
}
