package org.tradesuite.reconciliation.iso;

import java.util.List;

/** ISO 20022 documents as text, written out by hand. */
public final class IsoText {

    private IsoText() {}

    public static String document(String message, String body) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:" + message
                + "\">\n" + body + "\n</Document>\n";
    }

    /** One page of holdings; each is an ISIN, a blank, LONG or SHOR, a blank and a quantity. */
    public static String holdings(String account, String date, int page, boolean last, List<String> holdings) {
        var text = new StringBuilder("<SctiesBalCtdyRpt><Pgntn><PgNb>" + page + "</PgNb><LastPgInd>" + last
                + "</LastPgInd></Pgntn>\n<StmtGnlDtls><StmtId>H1</StmtId><StmtDtTm><Dt>" + date
                + "</Dt></StmtDtTm><Frqcy><Cd>DAIL</Cd></Frqcy><UpdTp><Cd>COMP</Cd></UpdTp><StmtBsis><Cd>SETT</Cd></StmtBsis><ActvtyInd>true</ActvtyInd><SubAcctInd>false</SubAcctInd></StmtGnlDtls>\n"
                + "<AcctSvcr><Id><AnyBIC>CUSTGB2LXXX</AnyBIC></Id></AcctSvcr><SfkpgAcct><Id>" + account
                + "</Id></SfkpgAcct>\n");
        for (var holding : holdings) {
            var parts = holding.split(" ", 3);
            text.append("<BalForAcct><FinInstrmId><ISIN>")
                    .append(parts[0])
                    .append("</ISIN></FinInstrmId><AggtBal><ShrtLngInd>")
                    .append(parts[1])
                    .append("</ShrtLngInd><Qty><Qty><Qty><Unit>")
                    .append(parts[2])
                    .append("</Unit></Qty></Qty></Qty></AggtBal></BalForAcct>\n");
        }
        return document("semt.002.001.11", text.append("</SctiesBalCtdyRpt>").toString());
    }

    /** A statement of cash; balances are {@code OPBD CRDT 10000.00}. */
    public static String statement(
            String account, String currency, String date, List<String> balances, List<String> entries) {
        var text = new StringBuilder("<Stmt><Id>S1</Id><CreDtTm>" + date + "T18:00:00Z</CreDtTm><Acct><Id><Othr><Id>"
                + account + "</Id></Othr></Id><Ccy>" + currency
                + "</Ccy><Svcr><FinInstnId><BICFI>CUSTGB2LXXX</BICFI></FinInstnId></Svcr></Acct>\n");
        for (var balance : balances) {
            var parts = balance.split(" ", 3);
            text.append("<Bal><Tp><CdOrPrtry><Cd>")
                    .append(parts[0])
                    .append("</Cd></CdOrPrtry></Tp><Amt Ccy=\"")
                    .append(currency)
                    .append("\">")
                    .append(parts[2])
                    .append("</Amt><CdtDbtInd>")
                    .append(parts[1])
                    .append("</CdtDbtInd><Dt><Dt>")
                    .append(date)
                    .append("</Dt></Dt></Bal>\n");
        }
        entries.forEach(text::append);
        return text.append("</Stmt>\n").toString();
    }

    public static String entry(
            String currency, String amount, String mark, String status, String valueDate, String ours, String theirs) {
        return "<Ntry><Amt Ccy=\"" + currency + "\">" + amount + "</Amt><CdtDbtInd>" + mark + "</CdtDbtInd><Sts><Cd>"
                + status
                + "</Cd></Sts><BookgDt><Dt>" + valueDate + "</Dt></BookgDt><ValDt><Dt>" + valueDate
                + "</Dt></ValDt><BkTxCd><Prtry><Cd>SECU</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs>"
                + "<AcctOwnrTxId>" + ours
                + "</AcctOwnrTxId><AcctSvcrTxId>" + theirs + "</AcctSvcrTxId></Refs></TxDtls></NtryDtls></Ntry>\n";
    }

    public static String cash(String... statements) {
        return document(
                "camt.053.001.08",
                "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-24T18:00:00Z</CreDtTm></GrpHdr>\n"
                        + String.join("", statements) + "</BkToCstmrStmt>");
    }
}
