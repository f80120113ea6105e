package org.tradesuite.reporting.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakSheetTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);
    private static final List<String> CLASSES = List.of("PRICE", "QUANTITY", "MISSING_THEIRS", "SETTLEMENT_DATE");

    /** Where the rows of the sheet at hand went. */
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();

    private static OpenBreak one(
            long number, String feed, String breakClass, @Nullable String risk, boolean material, int age) {
        var bucket = age > 30 ? "31+" : age > 7 ? "8-30" : age > 3 ? "4-7" : age > 1 ? "2-3" : "0-1";
        return new OpenBreak(
                number,
                feed,
                breakClass,
                "GEQ1",
                feed.equals("BROKER_TRADE") ? "ALFA" : null,
                "VOD.XLON",
                "GB00BH4HKS39",
                "GBP",
                "BUY",
                "T_20261120_00017",
                "70.98",
                "71.98",
                "1",
                risk == null ? null : new BigDecimal(risk),
                "GBP",
                risk == null ? null : new BigDecimal(risk).multiply(new BigDecimal("1.25")),
                material,
                FRIDAY.minusDays(age),
                FRIDAY,
                age,
                bucket,
                FRIDAY.plusDays(1L - age),
                age > 1,
                number % 3 == 0 ? "BOOKED_LATE_BY_THEM" : null,
                number % 7 == 0 ? 2 : 0,
                number % 2 == 0 ? "operations" : null,
                number % 5 == 0 ? "CLOSING" : "OPEN",
                number % 5 == 0 ? "operations" : null,
                "=1+1");
    }

    private BreakSheet sheet() {
        return new BreakSheet(FRIDAY, rows)
                .add(one(5, "BROKER_TRADE", "PRICE", "1000.00", true, 0), "USD")
                .add(one(6, "CUSTODIAN_CASH", "CASH_BALANCE", "80.40", false, 5), "USD")
                .add(one(7, "BROKER_TRADE", "PRICE", "20.20", false, 40), "USD")
                .add(one(8, "CUSTODIAN_POSITION", "QUANTITY", null, true, 2), "USD");
    }

    private BreakSheet of(int breaks) {
        var sheet = new BreakSheet(FRIDAY, rows);
        for (var number = 1; number <= breaks; number++) {
            sheet.add(
                    one(
                            number,
                            number % 2 == 0 ? "BROKER_TRADE" : "CUSTODIAN_POSITION",
                            CLASSES.get(number % CLASSES.size()),
                            String.valueOf((breaks - number) * 1234.56),
                            number % 4 == 0,
                            number % 45),
                    "USD");
        }
        return sheet;
    }

    /** What brokers, custodians and clerks may write at its longest. */
    private BreakSheet withLongNames() {
        var sheet = new BreakSheet(FRIDAY, rows);
        for (var number = 1_000_000_001L; number <= 1_000_000_010L; number++) {
            sheet.add(
                    new OpenBreak(
                            number,
                            "CUSTODIAN_INTRADAY",
                            "A_CLASS_OF_BREAKS_WITH_A_VERY_LONG_NAME",
                            "ACCOUNT-WITH-A-LONG-NAME-AND-A-NUMBER-00001",
                            "BROKER-WITH-A-LONG-NAME",
                            "INSTRUMENT-WITH-A-LONG-SYMBOL.XLON",
                            "GB00BH4HKS39",
                            "JPY",
                            "SELL",
                            "REFERENCEOFTHIRTYFIVECHARACTERSLONG",
                            "999999999999999999.123456",
                            "-999999999999999999.123456",
                            "1999999999999999998.246912",
                            new BigDecimal("1999999999999999998.25"),
                            "JPY",
                            new BigDecimal("13333333333333333.32"),
                            number % 2 == 0,
                            FRIDAY,
                            FRIDAY,
                            1234,
                            "31+",
                            FRIDAY,
                            true,
                            "UNKNOWN_INSTRUMENT",
                            9,
                            "somebody.with.a.long.name@example.com",
                            "CLOSING",
                            "somebody.else.with.a.long.name@example.com",
                            "Their statement says what ours does not, at length. ".repeat(5)),
                    "USD");
        }
        return sheet;
    }

    private String file(BreakSheet sheet) throws IOException {
        sheet.end();
        return rows.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_totals_are_of_all_and_each_kind_counts_its_own() {
        var sheet = sheet();
        assertThat(sheet.all().open()).isEqualTo(4);
        assertThat(sheet.all().material()).isEqualTo(2);
        assertThat(sheet.all().overdue()).isEqualTo(3);
        assertThat(sheet.all().oldest()).isEqualTo(40);
        assertThat(sheet.waiting()).isEqualTo(1);
        assertThat(sheet.unowned()).isEqualTo(2);
        assertThat(sheet.byKind()).hasSize(3);
        var prices = Objects.requireNonNull(sheet.byKind().get(new BreakSheet.Kind("BROKER_TRADE", "PRICE")));
        assertThat(prices.money()).isEqualByComparingTo("1275.25");
        assertThat(prices.open("0-1")).isEqualTo(1);
        assertThat(prices.open("31+")).isEqualTo(1);
        assertThat(prices.money("31+")).isEqualByComparingTo("25.25");
        assertThat(sheet.byKind().values().stream().mapToLong(Total::open).sum())
                .isEqualTo(sheet.all().open());
    }

    /** A value that is not known is no zero: it is counted, and said. */
    @Test
    void a_break_of_unknown_value_is_counted_and_not_added() {
        var sheet = sheet();
        assertThat(sheet.all().unvalued()).isEqualTo(1);
        assertThat(sheet.all().money()).isEqualByComparingTo("1375.75");
        var book = new BreakSheet.Book("GEQ1", "GBP");
        assertThat(sheet.inBase(book).money()).isEqualByComparingTo("1100.60");
        assertThat(sheet.byBook()).containsOnlyKeys(book);
    }

    @Test
    void a_difference_in_units_or_days_is_not_told_in_a_currency() {
        assertThat(one(1, "BROKER_TRADE", "PRICE", "1", false, 0).differsInMoney())
                .isTrue();
        assertThat(one(1, "CUSTODIAN_CASH", "MISSING_THEIRS", "1", false, 0).differsInMoney())
                .isTrue();
        assertThat(one(1, "BROKER_TRADE", "MISSING_THEIRS", "1", false, 0).differsInMoney())
                .isFalse();
        assertThat(one(1, "BROKER_TRADE", "SETTLE_DATE", "1", false, 0).differsInMoney())
                .isFalse();
        assertThat(one(1, "CUSTODIAN_POSITION", "POSITION_QTY", "1", false, 0).differsInMoney())
                .isFalse();
    }

    @Test
    void the_file_has_every_break_with_every_column_and_no_formula() throws IOException {
        var lines = file(sheet()).lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("business_date,break_id,feed,class,account_id,broker_id,");
        assertThat(lines.get(1))
                .isEqualTo("2026-11-20,5,BROKER_TRADE,PRICE,GEQ1,ALFA,VOD.XLON,GB00BH4HKS39,GBP,BUY,T_20261120_00017,"
                               + "70.98,71.98,1,1000.00,GBP,1250.0000,USD,true,2026-11-20,2026-11-20,0,0-1,2026-11-21,false,,0,,"
                               + "CLOSING,operations,'=1+1");
        assertThat(lines.get(4)).contains(",1,,GBP,,USD,true,");
    }

    @Test
    void two_thousand_breaks_are_all_in_the_file_and_the_worst_on_the_pages() throws IOException {
        var sheet = of(2_000);
        assertThat(sheet.all().open()).isEqualTo(2_000);
        assertThat(sheet.material()).hasSize(300);
        assertThat(sheet.others()).hasSize(300);
        assertThat(file(sheet).lines()).hasSize(2_001);
    }

    @Test
    void without_a_break_there_are_headings_and_nothing_below_them() throws IOException {
        var sheet = new BreakSheet(FRIDAY, rows);
        assertThat(sheet.all().open()).isZero();
        assertThat(file(sheet).lines()).hasSize(1);
    }

    @Test
    void equal_input_gives_equal_bytes_and_pages_that_can_be_looked_at() throws IOException {
        var pages = new BreakPages();
        var folder = Path.of("target", "looked-at");
        Files.createDirectories(folder);
        byte[] pdf = pages.print(of(2_000));
        assertThat(pages.print(of(2_000))).isEqualTo(pdf);
        Files.write(folder.resolve("breaks.pdf"), pdf);
        Files.write(folder.resolve("breaks-few.pdf"), pages.print(sheet()));
        Files.write(folder.resolve("breaks-none.pdf"), pages.print(new BreakSheet(FRIDAY, rows)));
        Files.write(folder.resolve("breaks-long.pdf"), pages.print(withLongNames()));
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    }
}
