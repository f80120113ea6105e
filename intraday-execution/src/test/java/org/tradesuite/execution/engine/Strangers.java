package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.List;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Saying;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Side;

/** What a broker executes that the desk of a story never ordered, and the two persons who say whose it is. */
final class Strangers {

    private final DeskStory desk;
    private long sequence = 7_000_000;

    Strangers(DeskStory desk) {
        this.desk = desk;
    }

    /** 50 Vodafone bought at 100. */
    void execute(String execId, String clOrdId, LocalDate tradeDate) {
        desk.gets(new Input.BrokerExecutionReport(
                desk.now,
                House.ALFA,
                ++sequence,
                Saying.of(execId, ExecType.TRADE, OrdStatus.FILLED)
                        .on(tradeDate)
                        .at(desk.now)
                        .id(clOrdId)
                        .knownAs("B-" + clOrdId)
                        .side(Side.BUY)
                        .last("50", "100")
                        .report(),
                new ExternalOrder.Named("VOD", "GB00BH4HKS39", "XLON", null)));
    }

    void areClaimed(String externalId, AccountId account) {
        for (var who : List.of("olga", "otto")) {
            desk.gets(new Input.ExternalOrderClaimRequested(
                    desk.now, ++sequence, who, "called back", externalId, account));
        }
    }
}
