package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.tradesuite.reconciliation.breaks.SignOffs;
import org.tradesuite.runsheet.intake.Quarantine;

/** A broker's file that comes late, or again, is matched with its date; what it does not touch stays as it is. */
class LateFilesTest {

    private static final String JOB = "reconcile-brokers";
    private static final LocalDate MON_23_NOV_2026 = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUE_24_NOV_2026 = LocalDate.of(2026, 11, 24);
    private static final String HEADING = FridaysTrades.ALFA_HEADING + "\n";
    private static final String VOD = "A1,C1,AE1,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7230,723.00,5.00,0.03,728.03,"
            + "2026-11-20,2026-11-24,GBP\n";
    private static final String AZN =
            "A2,C2,AE3,GEQ1,AZN,XLON,GB0009895292,SELL,100,118.40,11840.00,5.00,0.53,11834.47,"
                    + "2026-11-20,2026-11-24,GBP\n";
    private static final String BRAVO = """
        Referenz;Konto;ISIN;Symbol;Handelsplatz;Kauf/Verkauf;Menge;Durchschnittskurs;Waehrung;Kurswert;Provision;Gebuehren;\
        Endbetrag;Handelstag;Valuta;Kundenreferenzen;Ausfuehrungen
        B1;GEQ2;DE0007164600;SAP;XETR;Kauf;50;170,50;EUR;8525,00;6,00;0,51;8531,51;20.11.2026;24.11.2026;C3;BE1
        SUMME;1
        """;

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void trade() {
        desk = new Desk(folder);
        fridaysTrades(desk);
        desk.open();
    }

    private static void fridaysTrades(Desk desk) {
        FridaysTrades.vod(desk);
        FridaysTrades.azn(desk);
        FridaysTrades.sap(desk);
        desk.sql("insert into execution.business_day values ('2026-11-23', 'CLOSED', now(), now()),"
                + " ('2026-11-24', 'CLOSED', now(), now())");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String statement(String... rows) {
        return HEADING + String.join("", rows) + "TOTAL," + rows.length + "\n";
    }

    /** The transaction that matched them last, so that a run that made the same again shows. */
    private List<String> matchings() {
        return desk.rows("select reconciled_on, feed, broker_id, xmin from reconciliation.match_run order by 1, 2, 3");
    }

    @Test
    void brokers_of_which_nothing_has_changed_are_not_matched_again() {
        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD));
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var first = matchings();
        assertThat(desk.openBreaks()).containsExactly("MISSING_THEIRS ALFA GEQ1 AZN.XLON -100");

        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(matchings()).isEqualTo(first);

        desk.drop("brokers/ALFA/trades-20261120-corrected.csv", statement(VOD, AZN));
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(matchings()).hasSize(2).doesNotContain(first.getFirst()).contains(first.getLast());
        assertThat(desk.rows("select item_id from reconciliation.matched order by 1"))
                .containsExactly("T1", "T2", "T3");
    }

    @Test
    void a_trade_or_a_rule_that_changed_is_matched_again_and_another_brokers_is_not() {
        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD, AZN));
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var first = matchings();
        desk.sql("update execution.confirmed_trade set quantity = 60 where trade_id = 'T3'");
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).contains("QUANTITY BRAVO GEQ2 SAP.XETR -10");
        assertThat(matchings()).contains(first.getFirst()).doesNotContain(first.getLast());

        var second = matchings();
        desk.sql("update execution.fill set live = false where exec_id = 'AE3'");
        desk.complete(JOB, FRI_20_NOV_2026, 3);
        assertThat(matchings()).doesNotContain(second.getFirst()).contains(second.getLast());

        var third = matchings();
        desk.sql("update reference.instrument set isin = 'DE0007164618' where instrument_id = 'SAP.XETR'");
        desk.complete(JOB, FRI_20_NOV_2026, 4);
        assertThat(matchings()).doesNotContainAnyElementsOf(third);
    }

    @Test
    void a_late_file_of_an_earlier_date_is_matched_with_that_date_and_touches_no_other() {
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO.replace(";50;", ";60;"));
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var friday = matchings();
        assertThat(desk.openBreaks()).containsExactly("QUANTITY BRAVO GEQ2 SAP.XETR 10", "STALE_STATEMENT ALFA - - -");
        sign("olsen");
        sign("okafor");
        var bravo = desk.rows("select * from reconciliation.break where broker_id = 'BRAVO'");

        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD.replace("728.03", "738.03"), AZN));
        desk.drop("brokers/ALFA/trades-20261123.csv", statement());
        desk.complete(JOB, MON_23_NOV_2026, 1);
        assertThat(desk.openBreaks())
                .containsExactly("AMOUNT ALFA GEQ1 VOD.XLON 10", "QUANTITY BRAVO GEQ2 SAP.XETR 10");
        assertThat(matchings()).hasSize(3).containsAll(friday);
        assertThat(desk.rows("select * from reconciliation.break where broker_id = 'BRAVO'"))
                .isEqualTo(bravo);
        assertThat(desk.rows("select break_class, business_date, first_seen from reconciliation.break"
                        + " where broker_id = 'ALFA' and status = 'OPEN'"))
                .containsExactly("AMOUNT 2026-11-20 2026-11-20");
        assertThat(desk.rows("select status, reopened_why from reconciliation.sign_off"))
                .singleElement()
                .asString()
                .startsWith("REOPENED Statement ")
                .contains("(trades-20261120.csv) of 2026-11-20 came later.");
        assertThat(sheet("2026-11-20")).anyMatch(line -> line.contains("AMOUNT,ALFA"));

        var late = matchings();
        desk.complete(JOB, MON_23_NOV_2026, 2);
        assertThat(matchings()).isEqualTo(late);
    }

    private void sign(String by) {
        new TransactionTemplate(desk.bean(PlatformTransactionManager.class))
                .executeWithoutResult(status ->
                        desk.bean(SignOffs.class).sign(FRI_20_NOV_2026, "BROKER_TRADE", List.of(JOB), by, "As it is."));
        // The clock of the desk stands still.
        desk.sql("update reconciliation.sign_off set signed_at = signed_at - interval '1 hour'");
    }

    private List<String> sheet(String date) {
        try {
            return Files.readAllLines(folder.resolve("out/" + date + "/reconciliation/broker-breaks.csv"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_row_of_an_earlier_date_that_is_released_is_matched_with_that_date() {
        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD, AZN.replace("11840.00", "11x40.00"), VOD));
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        var friday = matchings();
        assertThat(desk.openBreaks()).contains("MISSING_THEIRS ALFA GEQ1 AZN.XLON -100");
        var row = Long.parseLong(
                desk.rows("select row_id from reconciliation.quarantined_row").getFirst());
        desk.bean(Quarantine.class).release(row, AZN.strip(), "anna", "As ALFA says");
        desk.complete(JOB, MON_23_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("DUPLICATE_THEIRS ALFA GEQ1 VOD.XLON 1000");
        assertThat(matchings()).doesNotContain(friday.getFirst()).contains(friday.getLast());
    }

    @Test
    void a_late_file_does_not_open_again_what_a_later_statement_has_cleared() {
        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD));
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        desk.drop("brokers/ALFA/trades-20261123.csv", statement(AZN));
        desk.complete(JOB, MON_23_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        var events = desk.rows("select type from journal.event where stream like 'break/%' order by seq");

        desk.drop("brokers/ALFA/trades-20261120-again.csv", statement(VOD.replace("A1,", "A1X,")));
        desk.complete(JOB, TUE_24_NOV_2026, 1);
        assertThat(desk.openBreaks()).isEmpty();
        assertThat(desk.rows("select type from journal.event where stream like 'break/%' order by seq"))
                .isEqualTo(events);
    }

    @Test
    void two_refused_files_of_a_date_are_findings_each_and_the_good_one_clears_both() {
        desk.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        desk.drop("brokers/ALFA/trades-20261120.csv", HEADING + VOD);
        desk.drop("brokers/ALFA/trades-20261120-again.csv", HEADING + VOD + AZN);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.openBreaks()).containsExactly("STATEMENT_GAP ALFA - - -", "STATEMENT_GAP ALFA - - -");
        assertThat(desk.rows("select reference from reconciliation_api.open_break order by 1"))
                .containsExactly("trades-20261120-again.csv", "trades-20261120.csv");
        desk.drop("brokers/ALFA/trades-20261120.csv", statement(VOD, AZN));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.openBreaks()).isEmpty();
    }

    /** The run is killed in every step, with a late file of the date before in the folder. */
    @Test
    void a_run_that_is_killed_in_every_step_and_restarted_ends_as_an_unbroken_one() {
        // One desk at a time: the schedulers of a process tell their databases apart by the application's name.
        desk.shut();
        final List<String> unbroken;
        try (var whole = onMonday("unbroken")) {
            whole.open().complete(JOB, MON_23_NOV_2026, 1);
            unbroken = left(whole);
            assertThat(unbroken.toString())
                    .contains("PRICE", "MISSING_OURS", "STATEMENT_GAP", "2026-11-20 BROKER_TRADE ALFA");
        }
        try (var broken = onMonday("broken")) {
            Killing.inEachOf(
                    broken,
                    JOB,
                    MON_23_NOV_2026,
                    List.of(
                            "commit take-broker-statements",
                            "update statement_file",
                            "commit file-broker-statements",
                            "commit reopen-earlier-dates",
                            "commit match-broker-trades",
                            "commit find-broker-breaks",
                            "commit carry-broker-breaks",
                            "commit write-broker-break-sheet"));
            assertThat(left(broken)).isEqualTo(unbroken);
        }
    }

    private Desk onMonday(String name) {
        var files = folder.resolve(name);
        var at = new Desk(files);
        fridaysTrades(at);
        at.drop("brokers/BRAVO/trades-20261120.csv", BRAVO);
        at.open().complete(JOB, FRI_20_NOV_2026, 1);
        at.shut();
        at.drop("brokers/ALFA/trades-20261120.csv", statement(VOD.replace("0.7230", "0.7330"), AZN));
        at.drop("brokers/ALFA/trades-20261123.csv", statement(VOD.replace("A1,C1,AE1", "A9,C9,AE9")));
        at.drop("brokers/BRAVO/trades-20261123.csv", BRAVO.replace("SUMME;1\n", ""));
        return at;
    }

    /** All that matters of what a run leaves. */
    private static List<String> left(Desk desk) {
        var all = new ArrayList<String>();
        for (var query : List.of(
                "select file_name, sender, status, rows, refusal from reconciliation.statement order by 1, 2",
                "select file_name, job, refused is null, archived is null from reconciliation.statement_file order by"
                        + " 1, 2, 3",
                "select feed, break_class, reference, ours, theirs, difference, status, first_seen, last_seen from"
                        + " reconciliation.break order by 1, 2, 3, 4",
                "select reconciled_on, feed, broker_id, ours, theirs, pairs, inputs <> '' from reconciliation.match_run"
                        + " order by 1, 2, 3",
                "select reconciled_on, broker_id, item_id, pass, line from reconciliation.matched order by 1, 2, 3",
                "select type, count(*) from journal.event where stream like 'break/%' or stream like 'statement/%'"
                        + " group by 1 order by 1")) {
            all.addAll(desk.rows(query));
        }
        try (var tree = Files.walk(desk.folder())) {
            tree.filter(file -> Files.isRegularFile(file) && !file.endsWith("process.log"))
                    .map(file -> desk.folder().relativize(file).toString())
                    .sorted()
                    .forEach(all::add);
            for (var date : List.of("2026-11-20", "2026-11-23")) {
                // Without the number of the break: numbers that a killed run has drawn are not given again.
                Files.readAllLines(desk.folder().resolve("out/" + date + "/reconciliation/broker-breaks.csv"))
                        .forEach(line -> all.add(line.substring(line.indexOf(',') + 1)));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return all;
    }
}
