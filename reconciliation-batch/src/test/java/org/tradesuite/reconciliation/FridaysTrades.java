package org.tradesuite.reconciliation;

/** What the house traded with its brokers on Friday 20 November, and how ALFA heads its statement of it. */
final class FridaysTrades {

    static final String ALFA_HEADING = "trade_ref,client_order_ids,execution_ids,account,symbol,mic,isin,side,"
            + "quantity,average_price,gross,commission,fees,net,trade_date,settle_date,currency";

    private FridaysTrades() {}

    /** T1: GEQ1 bought 1,000 VOD of ALFA, in one fill. */
    static void vod(Desk desk) {
        vod(desk, new Object[] {"AE1", 1000, "0.7230"});
    }

    /** T1, of two fills at different prices. */
    static void vodInTwoFills(Desk desk) {
        vod(desk, new Object[] {"AE1", 500, "0.7220"}, new Object[] {"AE2", 500, "0.7240"});
    }

    private static void vod(Desk desk, Object[]... fills) {
        desk.trade("T1", "ALFA", "GEQ1", "VOD.XLON", "BUY", "723.00 5.00 0.03 728.03", "2026-11-24", fills);
    }

    /** T2: GEQ1 sold 100 AZN to ALFA. */
    static void azn(Desk desk) {
        desk.trade(
                "T2", "ALFA", "GEQ1", "AZN.XLON", "SELL", "11840.00 5.00 0.53 11834.47", "2026-11-24", new Object[][] {
                    {"AE3", 100, "118.40"}
                });
    }

    /** T3: GEQ2 bought 50 SAP of BRAVO. */
    static void sap(Desk desk) {
        desk.trade("T3", "BRAVO", "GEQ2", "SAP.XETR", "BUY", "8525.00 6.00 0.51 8531.51", "2026-11-24", new Object[][] {
            {"BE1", 50, "170.50"}
        });
    }
}
