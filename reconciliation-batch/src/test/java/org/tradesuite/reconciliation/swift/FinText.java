package org.tradesuite.reconciliation.swift;

import java.util.List;

/** Custodian messages as text, written out by hand. */
public final class FinText {

    private FinText() {}

    public static String message(String type, String body) {
        return "{1:F01TRSUGB2LAXXX0000000000}{2:O" + type + "1800261124CUSTGB2LAXXX00000000002611241800N}{4:\n" + body
                + "-}";
    }

    /** One page of holdings; each is an ISIN, a blank and a balance such as {@code UNIT/100,}. */
    public static String holdings(String account, String date, String page, List<String> holdings) {
        var text = new StringBuilder(":16R:GENL\n:28E:" + page + "\n:13A::STAT//328\n:20C::SEME//H" + account
                + page.charAt(0) + "\n:23G:NEWM\n:98A::STAT//" + date
                + "\n:22F::CODE//COMP\n:22F::STBA//SETT\n:97A::SAFE//" + account + "\n:17B::ACTI//Y\n:16S:GENL\n");
        text.append(":16R:SUBSAFE\n");
        for (var holding : holdings) {
            var parts = holding.split(" ", 2);
            text.append(":16R:FIN\n:35B:ISIN ")
                    .append(parts[0])
                    .append("\n:93B::AGGR//")
                    .append(parts[1])
                    .append("\n:16S:FIN\n");
        }
        return message("535", text.append(":16S:SUBSAFE\n").toString());
    }

    /** One page of cash. */
    public static String cash(
            String account, String statementAndPage, String opening, List<String> entries, String closing) {
        var text = new StringBuilder(":20:S" + statementAndPage.replace("/", "P") + "\n:25:" + account + "\n:28C:"
                + statementAndPage + "\n:" + opening + "\n");
        entries.forEach(entry -> text.append(":61:").append(entry).append('\n'));
        return message("950", text.append(":").append(closing).append("\n").toString());
    }
}
