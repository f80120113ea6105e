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

    private static String general(String account, String period) {
        return ":16R:GENL\n:28E:1/ONLY\n:20C::SEME//M" + account + "\n:23G:NEWM\n" + period + "\n:97A::SAFE//" + account
                + "\n:17B::ACTI//Y\n:16S:GENL\n";
    }

    private static String links(String ours, String theirs) {
        return (ours.isEmpty() ? "" : ":16R:LINK\n:20C::RELA//" + ours + "\n:16S:LINK\n")
                + (theirs.isEmpty() ? "" : ":16R:LINK\n:20C::ASRF//" + theirs + "\n:16S:LINK\n");
    }

    /**
     * Statement of transactions from one date to another; each is our reference, theirs, RECE or DELI, ISIN, quantity,
     * currency and amount, effective date, and REVE where it is taken back, parted by blanks; a minus for none.
     */
    public static String movements(String account, String from, String to, String... movements) {
        var text = new StringBuilder(general(account, ":69A::STAT//" + from + "/" + to) + ":16R:SUBSAFE\n");
        for (var movement : movements) {
            var parts = movement.replace("- ", " ").split(" ", -1);
            text.append(":16R:FIN\n:35B:ISIN ")
                    .append(parts[3])
                    .append("\n:16R:TRAN\n")
                    .append(links(parts[0], parts[1]))
                    .append(":16R:TRANSDET\n:36B::PSTA//UNIT/")
                    .append(parts[4])
                    .append("\n:19A::PSTA//")
                    .append(parts[5])
                    .append("\n:22F::TRAN//SETT\n:22H::REDE//")
                    .append(parts[2])
                    .append("\n:22H::PAYM//APMT\n:98A::ESET//")
                    .append(parts[6])
                    .append("\n")
                    .append(parts.length > 7 ? ":25D::MOVE//REVE\n" : "")
                    .append(":16S:TRANSDET\n:16S:TRAN\n:16S:FIN\n");
        }
        return message("536", text.append(":16S:SUBSAFE\n").toString());
    }

    /**
     * Pending instructions on a date; each is our reference, theirs, RECE or DELI, ISIN, quantity, currency and amount,
     * settlement date, status such as SETT//PENF, and a reason, parted by blanks; a minus for none.
     */
    public static String pending(String account, String date, String... instructions) {
        var text = new StringBuilder(general(account, ":98A::STAT//" + date));
        for (var instruction : instructions) {
            var parts = instruction.replace("- ", " ").split(" ", -1);
            text.append(":16R:TRANS\n")
                    .append(links(parts[0], parts[1]))
                    .append(":16R:TRANSDET\n:35B:ISIN ")
                    .append(parts[3])
                    .append("\n:36B::SETT//UNIT/")
                    .append(parts[4])
                    .append("\n:19A::SETT//")
                    .append(parts[5])
                    .append("\n:22H::REDE//")
                    .append(parts[2])
                    .append("\n:22H::PAYM//APMT\n:98A::SETT//")
                    .append(parts[6])
                    .append("\n:98A::TRAD//20261120\n:16S:TRANSDET\n:16R:STAT\n:25D::")
                    .append(parts[7])
                    .append("\n")
                    .append(
                            parts.length > 8
                                    ? ":16R:REAS\n:24B::" + parts[7].substring(6) + "//" + parts[8] + "\n:16S:REAS\n"
                                    : "")
                    .append(":16S:STAT\n:16S:TRANS\n");
        }
        return message("537", text.toString());
    }

    /** Cash within a day of one account; entries as in field 61. */
    public static String intraday(String account, String number, String currency, String time, List<String> entries) {
        var text = new StringBuilder(":20:I" + number.replace("/", "P") + "\n:25:" + account + "\n:28C:" + number
                + "\n:34F:" + currency + "0,\n:13D:" + time + "+0000\n");
        entries.forEach(entry -> text.append(":61:").append(entry).append('\n'));
        return message("942", text.toString());
    }
}
