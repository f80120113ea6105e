package org.tradesuite.reconciliation.iso;

import org.tradesuite.reconciliation.statement.Feed;
import org.tradesuite.reconciliation.statement.UnreadableException;

/** Which messages are read here. */
final class Families {

    private Families() {}

    /**
     * @param message such as camt.053.001.08
     * @param sender BIC of eight characters from the envelope, empty without one
     */
    static Family of(String message, String sender) throws UnreadableException {
        if (message.startsWith("camt.05") && message.endsWith(".01")) {
            throw new UnreadableException(
                    "Version " + message + " is not read here. Ask the custodian for 02 or newer.");
        }
        return switch (message.substring(0, 8)) {
            case "camt.052" -> new CashReport(message, sender, Feed.CUSTODIAN_INTRADAY, "BkToCstmrAcctRpt", "Rpt");
            case "camt.053" -> new CashReport(message, sender, Feed.CUSTODIAN_CASH, "BkToCstmrStmt", "Stmt");
            case "camt.054" ->
                new CashReport(message, sender, Feed.CUSTODIAN_ADVICE, "BkToCstmrDbtCdtNtfctn", "Ntfctn");
            case "semt.002" -> new HoldingsReport(message, sender, "SctiesBalCtdyRpt");
            case "semt.003" -> new HoldingsReport(message, sender, "SctiesBalAcctgRpt");
            case "semt.017" -> new MovementsReport(message, sender);
            case "semt.018" -> new PendingReport(message, sender);
            default ->
                throw new UnreadableException(message + " is no statement that is read here: camt.052, 053, 054 and"
                        + " semt.002, 003, 017, 018 are.");
        };
    }
}
