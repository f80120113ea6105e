package org.tradesuite.execution.position;

import java.math.BigDecimal;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;

/** Is told what changes in a {@link Book}, as it changes: for whoever adds up over accounts what the book keeps by line. */
public interface Watcher {

    /** A line as it is now. Units; held below zero is short. */
    void line(
            AccountId account,
            InstrumentId instrument,
            BigDecimal held,
            BigDecimal workingBuys,
            BigDecimal workingSells);

    /** The order works with these leaves from now on. */
    void pending(PendingOrder order);

    /** The order works no more with these leaves. */
    void released(PendingOrder order);

    void booked(BookedFill fill);

    void takenBack(BookedFill fill);

    /** An account's cash as it is now. */
    void cash(AccountId account, Money balance);
}
