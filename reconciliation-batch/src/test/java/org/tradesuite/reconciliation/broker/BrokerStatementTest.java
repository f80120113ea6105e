package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.statement.Refusal;
import org.tradesuite.reconciliation.statement.Verdict;

class BrokerStatementTest {

    private static final Map<String, BrokerLayout> LAYOUTS = AgreedRules.shipped();
    private static final KnownHere KNOWN = new KnownHere(
            Set.of("GEQ1", "GEQ2"), Map.of("GB00BH4HKS39@XLON", "VOD.XLON"), Map.of("VOD.XLON", "GB00BH4HKS39"));
    private static final String ALFA_HEADING = "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,"
            + "quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency\n";
    private static final String ALFA_ROW = "A1,C1 C2,E1 E2,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7210,721.00,5.00,0.03,"
            + "726.03,2026-11-20,2026-11-24,GBP\n";

    @Test
    void alfa_writes_commas_iso_dates_and_a_decimal_point() {
        var read = alfa(ALFA_HEADING + ALFA_ROW + "TOTAL,1\n");
        assertThat(read.verdict()).isNull();
        var row = read.rows().getFirst();
        assertThat(row).containsEntry("references", "A1 E1 E2 C1 C2").containsEntry("instrument", "VOD.XLON");
        assertThat(row).containsEntry("side", "BUY");
        assertThat(row).containsEntry("price", "0.721");
        assertThat(row).containsEntry("settles", "2026-11-24");
        assertThat(row).containsEntry("line", "2");
    }

    @Test
    void bravo_writes_semicolons_german_dates_and_a_decimal_comma() {
        var read = read("BRAVO", """
            Referenz;Konto;ISIN;Symbol;Handelsplatz;Kauf/Verkauf;Menge;Durchschnittskurs;Waehrung;Kurswert;Provision;\
            Gebuehren;Endbetrag;Handelstag;Valuta;Kundenreferenzen;Ausfuehrungen
            B1;GEQ2;DE0007164600;SAP;XETR;Verkauf;50;171,255;EUR;8562,75;6,00;0,51;8556,24;20.11.2026;24.11.2026;C9;E9
            SUMME;1
            """);
        var row = read.rows().getFirst();
        assertThat(row).containsEntry("side", "SELL");
        assertThat(row).containsEntry("price", "171.255");
        assertThat(row).containsEntry("traded", "2026-11-20");
    }

    @Test
    void charlie_writes_a_row_per_fill_and_crypto_has_no_isin() {
        var read = read("CHARLIE", """
            TRDDT|STLDT|ACCT|EXECID|CLORDID|BS|QTY|SYM|MIC|ISIN|PX|CCY|GROSS|COMM|FEES|NET
            20261120|20261120|GEQ1|X7|C7|B|0.5|BTC/USD|XBTS||800.10|USD|400.05|0.40|0.00|400.45
            TRL|1
            """);
        var row = read.rows().getFirst();
        assertThat(row).doesNotContainKey("isin");
        assertThat(row).containsEntry("reference", "X7");
        assertThat(row).containsEntry("listing", "BTC/USD.XBTS");
    }

    @Test
    void a_file_that_was_cut_off_is_refused_wherever_it_was_cut() {
        var whole = ALFA_HEADING + ALFA_ROW + ALFA_ROW.replace("A1", "A2") + "TOTAL,2\n";
        // Behind the count only the line end is missing, which loses nothing.
        for (var length = 1; length < whole.length() - 1; length++) {
            assertThat(alfa(whole.substring(0, length)).verdict())
                    .as("cut at %s", length)
                    .isNotNull();
        }
        assertThat(refusal(whole.substring(0, whole.length() - 20))).isEqualTo(Refusal.STATEMENT_GAP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOTAL,3 | STATEMENT_GAP | says 3 rows and has 1",
                "SUMME,1 | STATEMENT_GAP | cut off",
                "'' | STATEMENT_GAP | cut off",
            })
    void the_last_line_counts_the_rows(String trailer, Refusal refusal, String words) {
        var verdict = alfa(ALFA_HEADING + ALFA_ROW + trailer + "\n").verdict();
        assertThat(verdict).isNotNull();
        assertThat(Objects.requireNonNull(verdict).refusal()).isEqualTo(refusal);
        assertThat(verdict.reason()).contains(words).contains("Ask the broker");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "average_price | px | 'average_price' (price) is missing, 'px' stands in its place; 'px' is new",
                "symbol,mic | mic,symbol | 'symbol' moved from column 5 to 6",
                "fees, | fees,tax, | 'tax' is new",
                "fees, | | 'fees' (fees) is missing",
                "isin | account | 'isin' (isin) is missing; 'account' is there more than once",
            })
    void a_heading_line_that_is_not_as_agreed_is_refused_and_every_heading_named(
            String right, @Nullable String wrong, String words) {
        var verdict = alfa(ALFA_HEADING.replace(right, wrong == null ? "" : wrong) + ALFA_ROW + "TOTAL,1\n")
                .verdict();
        assertThat(Objects.requireNonNull(verdict).refusal()).isEqualTo(Refusal.LAYOUT_CHANGED);
        assertThat(verdict.reason()).contains(words).contains("dry-run it against this file", "second person");
    }

    @Test
    void the_first_column_moved_to_the_end_is_one_heading_that_moved() {
        var moved = ALFA_HEADING.replace("trade_ref,", "").replace("currency", "currency,trade_ref");
        assertThat(Objects.requireNonNull(alfa(moved + "TOTAL,0\n").verdict()).reason())
                .contains("agreed: 'trade_ref' moved from column 1 to 17. Nothing");
    }

    @Test
    void a_layout_in_any_order_wants_only_what_it_needs() {
        var alfa = layout("ALFA");
        var any = new BrokerLayout(
                alfa.headings(),
                true,
                alfa.separator(),
                alfa.dates(),
                alfa.decimalMark(),
                alfa.buy(),
                alfa.sell(),
                false,
                alfa.trailer());
        var moved = "new," + ALFA_HEADING.replace("trade_ref,", "").replace("currency", "currency,trade_ref");
        assertThat(HeadingDifferences.of(any, List.of(moved.strip().split(","))).none())
                .isTrue();
        var missing = HeadingDifferences.of(
                any, List.of(moved.replace("fees,", "").strip().split(",")));
        assertThat(missing.told()).isEqualTo("'fees' (fees) is missing");
    }

    @Test
    void another_file_altogether_is_no_change_of_the_layout() {
        assertThat(refusal("PK,this,is,nothing\n1,2,3,4\n")).isEqualTo(Refusal.STATEMENT_UNREADABLE);
    }

    @Test
    void a_file_of_somebody_elses_accounts_is_refused_as_a_whole() {
        assertThat(refusal(ALFA_HEADING + ALFA_ROW.replace("GEQ1", "ZZZ9") + "TOTAL,1\n"))
                .isEqualTo(Refusal.ACCOUNT);
    }

    @ParameterizedTest
    @CsvSource({
        "GEQ1, ZZZ9, ACCOUNT_UNKNOWN, ZZZ9",
        "GB00BH4HKS39, GB00BH4HKS38, VALUE_WRONG, ISIN",
        "'0.7210', '0,7210', COLUMNS_WRONG, values under",
        "BUY, B, VALUE_WRONG, neither",
        "2026-11-24, 2026-11-31, VALUE_WRONG, Settlement date",
        "',1000,', ',-5,', VALUE_WRONG, above zero",
        "726.03, 726.03x, VALUE_WRONG, Net amount",
        "XLON, XLONX, VALUE_WRONG, MIC",
        "GBP, GBX, VALUE_WRONG, Currency",
    })
    void a_wrong_row_is_refused_alone_with_its_line_and_reason(
            String right, String wrong, String errorClass, String words) {
        var read = alfa(ALFA_HEADING + ALFA_ROW + ALFA_ROW.replace(right, wrong) + "TOTAL,2\n");
        assertThat(read.verdict()).isNull();
        assertThat(read.rows()).hasSize(1);
        var refused = read.refused().getFirst();
        assertThat(refused.line()).isEqualTo(3);
        assertThat(refused.errorClass()).isEqualTo(errorClass);
        assertThat(refused.reason()).contains(words);
        assertThat(refused.text() + "\n").isEqualTo(ALFA_ROW.replace(right, wrong));
    }

    /** Several stretches; what is wrong stands at their ends, too. */
    @Test
    void a_long_file_is_judged_row_by_row_whatever_thread_reads_it() {
        var text = new StringBuilder(ALFA_HEADING);
        for (var row = 1; row <= 10_000; row++) {
            text.append(
                    switch (row % 1_000) {
                        case 1 -> ALFA_ROW.replace("1000,", "none,");
                        case 2 -> ALFA_ROW.replace("A1", "\"A\n1\"");
                        case 3 -> ALFA_ROW.replace("GEQ1", "OTHER");
                        case 4 -> "TOTAL,3\n";
                        case 5 -> "\n" + ALFA_ROW;
                        default -> ALFA_ROW;
                    });
        }
        var read = alfa(text + "TOTAL,10000\n");
        assertThat(read.verdict()).isNull();
        assertThat(read.rows()).hasSize(9_970);
        assertThat(read.refused()).hasSize(30);
        assertThat(read.refused())
                .extracting(BrokerStatement.Refused::errorClass)
                .startsWith("VALUE_WRONG", "ACCOUNT_UNKNOWN", "COLUMNS_WRONG", "VALUE_WRONG");
        assertThat(read.refused()).extracting(BrokerStatement.Refused::line).startsWith(2L, 5L, 6L, 1_004L);
        assertThat(refusal(text + "TOTAL,9999\n")).isEqualTo(Refusal.STATEMENT_GAP);
    }

    private static Refusal refusal(String text) {
        return Objects.requireNonNull(alfa(text).verdict()).refusal();
    }

    private static Read alfa(String text) {
        return read("ALFA", text);
    }

    /** What was read, its rows as a person reads them. */
    private record Read(BrokerStatement statement, List<Map<String, String>> rows) {

        @Nullable
        Verdict verdict() {
            return statement.verdict();
        }

        List<BrokerStatement.Refused> refused() {
            return statement.refused();
        }
    }

    private static Read read(String broker, String text) {
        var rows = new ArrayList<Map<String, String>>();
        var item = new Item(TradeColumns.SHAPE);
        try {
            var read = BrokerStatement.read(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    layout(broker),
                    KNOWN,
                    0,
                    row -> rows.add(said(row.look(item))));
            assertThat(onThreads(broker, text)).isEqualTo(new Read(read, rows));
            return new Read(read, rows);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same in stretches; its rows are put into the order of the file again. */
    private static Read onThreads(String broker, String text) throws IOException {
        var rows = Collections.synchronizedList(new ArrayList<Map<String, String>>());
        var read = BrokerStatement.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), layout(broker), KNOWN, 0, 3, () -> {
                    var item = new Item(TradeColumns.SHAPE);
                    return row -> rows.add(said(row.look(item)));
                });
        rows.sort(Comparator.comparing(row -> Integer.valueOf(row.get("line"))));
        return new Read(read, List.copyOf(rows));
    }

    private static Map<String, String> said(Item row) {
        var said = new HashMap<String, String>();
        for (var column = 0; column < TradeColumns.SHAPE.size(); column++) {
            var value = row.value(column);
            if (value != null) {
                said.put(TradeColumns.SHAPE.column(column).name(), value);
            }
        }
        said.put("line", Integer.toString(row.line()));
        return said;
    }

    private static BrokerLayout layout(String broker) {
        return Objects.requireNonNull(LAYOUTS.get(broker));
    }
}
