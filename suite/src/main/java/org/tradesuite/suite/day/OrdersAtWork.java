package org.tradesuite.suite.day;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tradesuite.suite.broker.BrokerLog;

/** The orders that brokers have received and not yet ended, by the brokers' own logs. */
public final class OrdersAtWork {

    private static final int CL_ORD_ID = 11;
    private static final int MSG_TYPE = 35;
    private static final int ORDER_ID = 37;
    private static final int LEAVES_QTY = 151;
    private static final List<String> BROKERS = List.of("ALFA", "BRAVO", "CHARLIE");

    private OrdersAtWork() {}

    /** @param data the suite's data folder */
    public static Set<String> in(Path data) {
        var open = new HashSet<String>();
        for (var broker : BROKERS) {
            var clOrdIds = new HashSet<String>();
            for (var entry : BrokerLog.read(data.resolve("simulators/" + broker + "/log.jsonl"))) {
                var fields = entry.fields();
                var type = fields.getOrDefault(MSG_TYPE, "");
                // The broker names an order after the line on which it came.
                if (type.equals("D") && clOrdIds.add(fields.getOrDefault(CL_ORD_ID, "")))
                    open.add(broker + "-O" + entry.n());
                else if (type.equals("8") && fields.getOrDefault(LEAVES_QTY, "").equals("0"))
                    open.remove(fields.getOrDefault(ORDER_ID, ""));
            }
        }
        return open;
    }
}
