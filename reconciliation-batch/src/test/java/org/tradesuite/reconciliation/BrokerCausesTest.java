package org.tradesuite.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tradesuite.reconciliation.Desk.FRI_20_NOV_2026;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tradesuite.reconciliation.rules.RuleBook;
import org.tradesuite.reconciliation.rules.RuleSet;

/**
 * Why the net amount is another: ALFA tells tax, accrued interest and the rate of a conversion as well. 723.00 for 1000 VOD
 * with 5.00 commission and 0.03 fees are 728.03, 11840.00 for 100 AZN less 5.53 are 11834.47; two hundredths are the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerCausesTest {

    private Desk desk;
    private int run;

    @BeforeAll
    void open(@TempDir Path folder) {
        desk = new Desk(folder);
        desk.trade("T1", "ALFA", "GEQ1", "VOD.XLON", "BUY", "723.00 5.00 0.03 728.03", "2026-11-24", new Object[][] {
            {"AE1", 1000, "0.7230"}
        });
        desk.trade(
                "T2", "ALFA", "GEQ1", "AZN.XLON", "SELL", "11840.00 5.00 0.53 11834.47", "2026-11-24", new Object[][] {
                    {"AE2", 100, "118.40"}
                });
        desk.open();
        var draft = RuleDrafts.layout();
        var layout = draft.substring(draft.indexOf("{\"headings\""), draft.length() - 1)
                .replace(
                        "{\"heading\":\"net\"",
                        "{\"heading\":\"tax\",\"column\":\"TAX\"},{\"heading\":\"accrued\",\"column\":\"ACCRUED\"},"
                                + "{\"heading\":\"rate\",\"column\":\"FX_RATE\"},{\"heading\":\"net\"");
        var book = desk.bean(RuleBook.class);
        var alfa = RuleSet.layout("ALFA");
        book.draft(alfa, LocalDate.of(2026, 11, 1), null, layout, "anna", "ALFA tells more.");
        book.propose(alfa, 2, 1, "anna", "Tried.");
        book.approve(alfa, 2, 2, "bert", "Seen.");
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.00,0.03,,,,728.05 | none",
                "5.00,0.03,,,,728.051 | AMOUNT null 0.021",
                "6.00,0.03,,,,729.03 | AMOUNT COMMISSION 1",
                "6.00,0.03,,,,729.051 | AMOUNT null 1.021",
                "5.00,1.03,,,,729.03 | AMOUNT FEE 1",
                "5.00,0.03,3.62,,,731.65 | AMOUNT TAX 3.62",
                "5.00,0.03,3.62,,,728.03 | none",
                "5.00,0.03,0.02,,,728.05 | none",
                "5.00,0.03,0.03,,,728.06 | AMOUNT TAX 0.03",
                "5.00,0.03,,1.50,,729.53 | AMOUNT ACCRUED_INTEREST 1.5",
                "5.00,0.03,,1.50,,728.03 | none",
                "5.00,0.03,,-1.50,,729.53 | AMOUNT null 1.5",
                "6.00,0.03,3.62,,,732.65 | AMOUNT TAX 4.62",
                "5.00,0.03,,,1.25,728.0589 | AMOUNT FX_ROUNDING 0.0289",
                "5.00,0.03,,,1.25,728.0590 | AMOUNT null 0.029",
                "5.00,0.03,,,,728.0589 | AMOUNT null 0.0289",
                "5.00,0.03,,,0,728.03 | MISSING_THEIRS null -1000",
                "5.00,0.03,x,,,728.03 | MISSING_THEIRS null -1000",
            })
    void of_what_is_bought(String amounts, String expected) {
        reconcile("A1,,,GEQ1,VOD,XLON,GB00BH4HKS39,BUY,1000,0.7230,723.00," + amounts, "T1", expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.00,0.53,59.20,,,11775.27 | AMOUNT TAX -59.2",
                "5.00,0.53,59.20,,,11893.67 | AMOUNT null 59.2",
                "5.00,0.53,,10.00,,11844.47 | AMOUNT ACCRUED_INTEREST 10",
                "5.00,0.53,,10.00,,11824.47 | AMOUNT null -10",
                "6.00,0.53,,,,11833.47 | AMOUNT COMMISSION -1",
            })
    void of_what_is_sold(String amounts, String expected) {
        reconcile("A2,,,GEQ1,AZN,XLON,GB0009895292,SELL,100,118.40,11840.00," + amounts, "T2", expected);
    }

    private void reconcile(String row, String trade, String expected) {
        run++;
        desk.drop(
                "brokers/ALFA/trades-20261120-" + run + ".csv",
                "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,quantity,average_price,gross,"
                        + "commission,fees,tax,accrued,rate,net,trade_date,settle_date,currency\n"
                        + row + ",2026-11-20,2026-11-24,GBP\n"
                        + "A" + run
                        + ",,,GEQ2,SAP,XETR,DE0007164600,BUY,10,170,1700,0,0,,,,1700,2026-11-20,2026-11-24,EUR\n"
                        + "TOTAL,2\n");
        desk.complete("reconcile-brokers", FRI_20_NOV_2026, run);
        var found = desk.rows(
                "select break_class, cause_code, difference from reconciliation.found_break where our_item = '" + trade
                        + "'");
        if (expected.equals("none")) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).containsExactly(expected);
        }
    }
}
