package org.tradesuite.reconciliation.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.match.Item;
import org.tradesuite.reconciliation.statement.Refusal;

/** Which executions of a drop copy count, as FIX 4.2 to 5.0SP2 and several engines say them. */
class DropCopyTest {

    private static final KnownHere KNOWN = new KnownHere(
            Set.of("GEQ1", "GEQ2"),
            Map.of(
                    "GB00BH4HKS39@XLON", "VOD.XLON",
                    "VOD@XLON", "VOD.XLON",
                    "US0378331005@XNYS", "AAPL.XNYS",
                    "US0378331005@XBRU", "AAPL.XBRU",
                    "AAPL@XNYS", "AAPL.XNYS"),
            Map.of("VOD.XLON", "GB00BH4HKS39"));

    private static String report(String exec) {
        return "35=8|49=ALFA|56=DESK|37=O1|11=C1|39=1|1=GEQ1|55=VOD|48=GB00BH4HKS39|22=4|207=XLON|54=1|15=GBP|75=20261120|"
            + "64=20261124|60=20261120-10:00:00|" + exec;
    }

    private static String fill(String id, String quantity, String price) {
        return message(report("150=F|17=" + id + "|32=" + quantity + "|31=" + price));
    }

    private static String bust(String id, String of) {
        return message(report("150=H|17=" + id + "|19=" + of));
    }

    private static String correct(String id, String of, String quantity, String price) {
        return message(report("150=G|17=" + id + "|19=" + of + "|32=" + quantity + "|31=" + price));
    }

    @Test
    void fills_are_rows_and_what_happens_to_orders_is_none() {
        var read = read(
                message(report("150=0|17=N1|39=0")),
                fill("E1", "500", "0.722"),
                fill("E2", "500", "0.724"),
                message(report("150=4|17=N2|39=4")),
                message("35=0|49=ALFA|56=DESK"));
        assertThat(read.rows()).containsExactly("E1 500 0.722 BUY", "E2 500 0.724 BUY");
        assertThat(read.statement().refused()).isEmpty();
        assertThat(read.statement().heading()).contains("FIX messages 5", "executions that count 2");
    }

    @Test
    void a_row_says_what_the_message_says_and_its_line_is_the_number_of_the_message() {
        read(message("35=0|49=ALFA|56=DESK"), fill("E1", "500", "0.722"));
        assertThat(items)
                .containsExactly("line 2: reference=E1 references=E1 account=GEQ1 instrument=VOD.XLON isin=GB00BH4HKS39"
                        + " listing=VOD.XLON side=BUY currency=GBP trade=- quantity=500 price=0.722 gross=361"
                        + " costs=- fees=- tax=- accrued=- fxRate=- net=- settles=2026-11-24 traded=2026-11-20");
    }

    @ParameterizedTest
    @CsvSource({
        "FIX.4.2, 150=1|20=0, row",
        "FIX.4.2, 150=2|20=0, row",
        "FIX.4.2, 150=2|20=3, none",
        "FIX.4.0, 20=0, row",
        "FIX.4.4, 150=F, row",
        "FIX.4.4, 150=2, row",
        "FIX.4.4, 150=I, none",
        "FIXT.1.1, 1128=9|150=F, row",
    })
    void each_version_says_it_in_its_way(String version, String said, String expected) {
        var read = read(message(version, report(said + "|17=E1|32=100|31=0.7")));
        assertThat(read.rows()).hasSize(expected.equals("row") ? 1 : 0);
        assertThat(read.statement().refused()).isEmpty();
    }

    @Test
    void an_acknowledgement_that_says_150_2_without_a_quantity_is_no_fill_and_a_trade_without_one_is_held() {
        var read = read(message(report("150=2|17=A1|39=0")), message(report("150=F|17=E1|31=0.7")));
        assertThat(read.rows()).isEmpty();
        assertThat(read.held()).containsExactly("VALUE_WRONG 2");
    }

    @Test
    void what_was_sent_again_counts_once() {
        var again = report("150=F|17=E1|32=500|31=0.722").replace("56=DESK|", "56=DESK|43=Y|34=2|97=Y|");
        var read = read(fill("E1", "500", "0.722"), message(again), fill("E1", "500.00", "0.7220"));
        assertThat(read.rows()).containsExactly("E1 500 0.722 BUY");
        assertThat(read.statement().refused()).isEmpty();
        assertThat(read.statement().heading()).contains("sent again 2");
    }

    @Test
    void two_executions_under_one_id_are_held_both() {
        var read = read(fill("E1", "500", "0.722"), fill("E2", "10", "1"), fill("E1", "400", "0.722"));
        assertThat(read.rows()).containsExactly("E2 10 1 BUY");
        assertThat(read.held()).containsExactly("EXECUTIONS_DIFFER 1", "EXECUTIONS_DIFFER 3");
    }

    /** FIX 4.4 appendix D, J.1.a: fills, a bust, a correction, a correction of it, another fill. */
    @Test
    void busts_and_corrections_of_corrections_leave_what_counts_in_any_order() {
        var day = new ArrayList<>(List.of(
                fill("B", "1000", "100"),
                fill("D", "9000", "110"),
                bust("E", "B"),
                correct("F", "D", "9000", "100"),
                fill("G", "1000", "120"),
                correct("H", "F", "9000", "120"),
                correct("I", "H", "9500", "120")));
        for (var seed = 0; seed < 20; seed++) {
            var read = read(day.toArray(String[]::new));
            assertThat(read.rows()).containsExactlyInAnyOrder("G 1000 120 BUY", "I 9500 120 BUY");
            assertThat(read.statement().refused()).isEmpty();
            Collections.shuffle(day, new Random(seed));
        }
    }

    @Test
    void a_bust_takes_what_corrected_the_execution_with_it() {
        assertThat(read(fill("A", "100", "1"), correct("B", "A", "90", "1"), bust("C", "A"))
                        .rows())
                .isEmpty();
        assertThat(read(fill("A", "100", "1"), correct("B", "A", "90", "1"), bust("C", "B"))
                        .rows())
                .isEmpty();
        assertThat(read(bust("C", "A"), bust("C", "A"), fill("A", "100", "1")).rows())
                .isEmpty();
    }

    @Test
    void busts_and_corrections_of_4_2_are_told_by_20() {
        var rows = read(
                        message("FIX.4.2", report("20=0|150=2|17=A|32=100|31=1")),
                        message("FIX.4.2", report("20=2|150=2|17=B|19=A|32=90|31=1")),
                        message("FIX.4.2", report("20=0|150=2|17=C|32=7|31=1")),
                        message("FIX.4.2", report("20=1|150=2|17=D|19=C|32=0|31=0")))
                .rows();
        assertThat(rows).containsExactly("B 90 1 BUY");
    }

    @Test
    void a_change_of_what_is_not_there_and_two_corrections_of_the_same_are_held() {
        var read = read(
                bust("X", "YESTERDAY"),
                correct("Y", "YESTERDAY", "5", "1"),
                fill("A", "100", "1"),
                correct("B", "A", "90", "1"),
                correct("C", "A", "80", "1"));
        assertThat(read.rows()).isEmpty();
        assertThat(read.held())
                .containsExactly(
                        "EXECUTION_UNKNOWN 1", "EXECUTION_UNKNOWN 2", "CORRECTIONS_DIFFER 4", "CORRECTIONS_DIFFER 5");
    }

    @Test
    void captured_trades_count_with_reports_of_the_same_execution_once() {
        var captured =
                "35=AE|49=ALFA|56=DESK|571=T1|487=0|55=VOD|48=GB00BH4HKS39|22=4|32=500|31=0.722|75=20261120|207=XLON|"
                        + "552=2|54=2|1=STREET|54=1|1=GEQ1";
        var read = read(
                fill("E1", "500", "0.722"),
                message(captured.replace("571=T1", "571=T1|17=E1").replace("552=2|54=2|1=STREET|", "552=1|")),
                message(captured.replace("T1", "T2")),
                message(captured.replace("T1", "T3")),
                message(captured.replace("571=T1|487=0", "571=T4|487=1|572=T3")));
        assertThat(read.rows()).containsExactly("E1 500 0.722 BUY", "T2 500 0.722 BUY");
        assertThat(read.statement().refused()).isEmpty();
    }

    @Test
    void an_execution_elsewhere_is_one_in_the_only_listing_and_of_several_the_one_that_is_named() {
        read(message(report("150=F|17=E1|32=1|31=1").replace("207=XLON", "30=CHIX")));
        assertThat(items).singleElement().asString().contains("instrument=VOD.XLON");
        var apple = report("150=F|17=E1|32=1|31=1")
                .replace("55=VOD|48=GB00BH4HKS39|22=4", "55=AAPL|454=1|455=US0378331005|456=4");
        read(message(apple.replace("207=XLON", "30=CHIX|100=XBRU")));
        assertThat(items).singleElement().asString().contains("instrument=AAPL.XBRU");
        read(message(apple.replace("207=XLON", "30=CHIX")));
        assertThat(items).singleElement().asString().contains("instrument=- isin=US0378331005");
    }

    @ParameterizedTest
    @CsvSource({
        "32=500, 32=0, LastQty (32)",
        "32=500, 32=-5, LastQty (32)",
        "31=0.722, 31=x, LastPx (31)",
        "31=0.722, 31=0.1234567890123456789, more than 18 digits",
        "75=20261120, 75=20260230, TradeDate (75)",
        "54=1, 54=9, Side (54)",
        "1=GEQ1, 1=ZZZ9, not one of ours",
        "17=E1, 16=E1, ExecID (17)",
        "15=GBP, 15=pounds, pounds",
    })
    void what_cannot_be_understood_is_held_with_its_reason(String right, String wrong, String reason) {
        var read = read(
                fill("E2", "1", "1"),
                message(report("150=F|17=E1|32=500|31=0.722").replace(right, wrong)));
        assertThat(read.rows()).containsExactly("E2 1 1 BUY");
        assertThat(read.statement().refused()).singleElement().satisfies(held -> {
            assertThat(held.line()).isEqualTo(2);
            assertThat(held.text()).contains("8=FIX.4.4|").contains(wrong);
            assertThat(held.reason()).contains(reason);
        });
    }

    @Test
    void a_garbled_message_is_held_and_the_others_are_rows() {
        var read = read(fill("E1", "500", "0.722"), fill("E2", "7", "1").replace("32=7", "32=8"), fill("E3", "9", "1"));
        assertThat(read.rows()).containsExactly("E1 500 0.722 BUY", "E3 9 1 BUY");
        assertThat(read.held()).containsExactly("MESSAGE_GARBLED 2");
    }

    @Test
    void a_log_that_is_not_whole_is_refused() {
        var cut = fill("E2", "7", "1");
        assertThat(verdict(fill("E1", "5", "1") + "\n" + cut.substring(0, cut.length() - 20)))
                .contains("STATEMENT_GAP", "cut off");
        assertThat(verdict("")).contains("STATEMENT_GAP", "no message");
        assertThat(verdict("trade_ref,account=GEQ1\nA1=2\n"))
                .contains("STATEMENT_UNREADABLE", "no log of FIX messages");
        assertThat(verdict(fill("E1", "5", "1") + fill("E2", "5", "1").replace("49=ALFA", "49=ALFB")))
                .doesNotContain("SENDER");
        assertThat(verdict(fill("E1", "5", "1")
                        + message(report("150=F|17=E2|32=1|31=1").replace("49=ALFA", "49=BETA"))))
                .contains("SENDER", "ALFA, BETA");
        assertThat(verdict(message(report("150=F|17=E1|32=1|31=1").replace("1=GEQ1", "1=ZZZ9"))))
                .contains("ACCOUNT", "somebody else");
    }

    @Test
    void a_session_has_to_have_all_its_messages_and_a_list_of_executions_need_not() {
        var third = "34=3|150=F|17=E3|32=1|31=1";
        var seventh = "34=7|150=F|17=E7|32=1|31=1";
        assertThat(verdict(message(report(third)) + message(report(seventh)))).isEqualTo("none");
        var logon = message("35=A|49=ALFA|56=DESK|34=1");
        assertThat(verdict(logon + message(report(third)) + message(report(seventh))))
                .contains("STATEMENT_GAP", "message 2 from ALFA to DESK, messages 4 to 6 from ALFA to DESK");
        var filled = message("35=4|49=ALFA|56=DESK|34=4|123=Y|36=7");
        var second = message("35=0|49=ALFA|56=DESK|34=2");
        assertThat(verdict(message(report(seventh)) + filled + message(report(third)) + second + logon))
                .isEqualTo("none");
    }

    @Test
    void a_session_that_began_anew_with_1_within_the_day_misses_nothing_between_the_two() {
        var evening = message(report("34=500|150=F|17=E5|32=1|31=1")) + message("35=0|49=ALFA|56=DESK|34=501");
        var logon = message("35=A|49=ALFA|56=DESK|34=1");
        var second = message("35=0|49=ALFA|56=DESK|34=2");
        assertThat(verdict(evening + logon + second)).isEqualTo("none");
        assertThat(verdict(evening + logon + message("35=0|49=ALFA|56=DESK|34=3")))
                .contains("STATEMENT_GAP", "misses message 2 from ALFA to DESK.");
        assertThat(verdict(evening + message("35=0|49=ALFA|56=DESK|34=503") + logon + second))
                .contains("STATEMENT_GAP", "misses message 502 from ALFA to DESK.");
    }

    private final List<String> items = new ArrayList<>();
    private DropCopyLayout layout = AgreedRules.shippedDropCopyLayout();

    private record Read(BrokerStatement statement, List<String> rows) {

        List<String> held() {
            return statement.refused().stream()
                    .map(row -> row.errorClass() + " " + row.line())
                    .toList();
        }
    }

    private Read read(String... messages) {
        items.clear();
        var log = String.join("\n", messages).getBytes(StandardCharsets.UTF_8);
        var rows = new ArrayList<String>();
        var window = new Item(TradeColumns.SHAPE);
        try {
            var statement = DropCopy.first(new ByteArrayInputStream(log), layout)
                    .read(new ByteArrayInputStream(log), KNOWN, 0, row -> {
                        var item = row.look(window);
                        items.add("line " + item.line() + ": " + item);
                        rows.add(item.text(TradeColumns.REFERENCE) + " " + item.value(TradeColumns.QUANTITY) + " "
                                + item.value(TradeColumns.PRICE) + " " + item.text(TradeColumns.SIDE));
                    });
            assertThat(statement.rows()).isEqualTo(rows.size());
            return new Read(statement, rows);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String verdict(String log) {
        var verdict = read(log).statement().verdict();
        return verdict == null ? "none" : verdict.refusal() + ": " + verdict.reason();
    }

    @Test
    void a_good_one_clears_what_was_cut_off_and_a_stray_one_is_left_to_a_person() {
        assertThat(Refusal.STATEMENT_GAP.clearedByAGoodStatement()).isTrue();
        assertThat(Refusal.SENDER.clearedByAGoodStatement()).isFalse();
        assertThat(Objects.requireNonNull(
                                DropCopy.row(bust("X", "A"), 1, 0, layout, KNOWN, 0, row -> items.add("never")))
                        .errorClass())
                .isEqualTo("NO_EXECUTION");
        assertThat(DropCopy.row(
                        fill("E1", "5", "1").replace("32=5", "32=6"), 1, 0, layout, KNOWN, 0, row -> items.add("row")))
                .isNull();
        assertThat(items).containsExactly("row");
    }
}
