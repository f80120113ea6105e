package org.tradesuite.suite.console;

import java.util.Map;
import quickfix.Message;
import quickfix.Session;
import quickfix.SessionID;
import quickfix.SessionNotFound;
import quickfix.field.MsgType;

/** BRAVO executes what nobody here ordered: it has bought 300 HSBA at 9.20 for us. */
public final class StrangeFill {

    private StrangeFill() {}

    /** @param clOrdId that BRAVO says is ours */
    public static void execute(String clOrdId) throws SessionNotFound {
        var report = new Message();
        report.getHeader().setString(MsgType.FIELD, MsgType.EXECUTION_REPORT);
        Map.ofEntries(
                        Map.entry(37, "B-" + clOrdId),
                        Map.entry(11, clOrdId),
                        Map.entry(17, "E-" + clOrdId),
                        Map.entry(150, "F"),
                        Map.entry(39, "2"),
                        Map.entry(55, "HSBA"),
                        Map.entry(48, "GB0005405286"),
                        Map.entry(22, "4"),
                        Map.entry(207, "XLON"),
                        Map.entry(54, "1"),
                        Map.entry(38, "300"),
                        Map.entry(32, "300"),
                        Map.entry(31, "9.20"),
                        Map.entry(151, "0"),
                        Map.entry(14, "300"),
                        Map.entry(6, "9.20"),
                        Map.entry(60, "20261118-10:00:00.000"))
                .forEach(report::setString);
        Session.sendToTarget(report, new SessionID("FIX.4.4", "BRAVO", "TRADESUITE"));
    }
}
