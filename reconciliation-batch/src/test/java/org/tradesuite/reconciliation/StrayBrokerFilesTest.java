package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;
import static org.tradesuite.reconciliation.fix.FixText.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the drop folder of a broker that nobody knows: on somebody's list, kept, and the rest goes on. */
class StrayBrokerFilesTest {

    private static final String JOB = "reconcile-brokers";
    private static final String DELTA =
            message("35=8|49=DELTA|56=DESK|17=DE1|150=F|1=GEQ1|55=VOD|207=XLON|54=1|32=5|31=0.7");
    private static final String OF_ALFA =
            FridaysTrades.ALFA_HEADING + "\nA1,C1,AE1,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,"
                    + "0.7230,723.00,5.00,0.03,728.03,2026-11-20,2026-11-24,GBP\nTOTAL,1\n";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void trade() {
        desk = new Desk(folder);
        FridaysTrades.vod(desk);
        desk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void a_file_of_a_broker_that_nobody_knows_is_named_with_its_hash_and_the_others_are_compared() throws IOException {
        desk.drop("brokers/DELTA/dropcopy-20261120.log", DELTA);
        desk.drop("brokers/DELTA/trades-20261123.csv", "of Monday\n");
        desk.drop("brokers/trades-20261120.csv", "whose?\n");
        desk.drop("brokers/ALFA/trades-20261120.csv", OF_ALFA);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        assertThat(desk.rows("select break_class, broker_id, reference from reconciliation_api.open_break order by 2"))
                .containsExactly(
                        "BROKER_UNKNOWN DELTA dropcopy-20261120.log", "BROKER_UNKNOWN UNKNOWN trades-20261120.csv");
        assertThat(desk.rows("select item_id from reconciliation.matched")).containsExactly("T1");
        assertThat(desk.rows("""
            select s.feed, s.sender, s.status, s.sha256 = f.sha256, f.origin
            from reconciliation.statement s join reconciliation.statement_file f on f.sha256 = s.sha256
            where s.refusal = 'BROKER_UNKNOWN' order by 2
            """))
                .containsExactly(
                        "BROKER_DROP_COPY DELTA REFUSED t DROP_FOLDER", "BROKER_TRADE UNKNOWN REFUSED t DROP_FOLDER");
        var refused = folder.resolve("drop/brokers/DELTA/refused");
        assertThat(refused.resolve("dropcopy-20261120.log")).hasContent(DELTA);
        assertThat(Files.readString(refused.resolve("dropcopy-20261120.log.reason.txt")))
                .contains("knows no broker DELTA", "enter the broker");
        assertThat(folder.resolve("drop/brokers/refused/trades-20261120.csv")).exists();
        assertThat(folder.resolve("drop/brokers/DELTA/trades-20261123.csv")).exists();

        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select count(*) from reconciliation_api.open_break"))
                .containsExactly("2");
        assertThat(desk.rows("select count(*) from reconciliation.statement")).containsExactly("3");
    }

    @Test
    void once_the_broker_is_entered_and_the_file_handed_in_again_it_is_compared_and_the_finding_is_cleared()
            throws IOException {
        desk.drop("brokers/DELTA/dropcopy-20261120.log", DELTA);
        desk.drop("brokers/ALFA/trades-20261120.csv", OF_ALFA);
        desk.complete(JOB, FRI_20_NOV_2026, 1);
        desk.sql("insert into reference.broker values"
                + " ('DELTA', 'Delta Brokers', '9845TSALPHAFND000137', 'DELTGB2LXXX', 'ACTIVE')");
        var delta = folder.resolve("drop/brokers/DELTA");
        Files.move(delta.resolve("refused/dropcopy-20261120.log"), delta.resolve("dropcopy-20261120-again.log"));
        desk.complete(JOB, FRI_20_NOV_2026, 2);
        assertThat(desk.rows("select break_class, broker_id, reference from reconciliation_api.open_break"))
                .containsExactly("MISSING_OURS DELTA DE1");
    }
}
