package org.tradesuite.execution.order;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * One execution of an order that is not ours.
 *
 * @param root ExecID of the execution that a chain of corrections began with; its own if nothing was corrected
 * @param charges commission and fees it was booked with, null while it is booked nowhere
 * @param live false once it was cancelled or corrected away
 */
public record ExternalExecution(
        String fillId,
        String execId,
        String root,
        LocalDate tradeDate,
        Quantity quantity,
        Price price,
        Instant transactTime,
        Instant receivedAt,
        @Nullable Money charges,
        boolean live) {

    public boolean isBooked() {
        return charges != null;
    }

    ExternalExecution booked(Money at) {
        return new ExternalExecution(
                fillId, execId, root, tradeDate, quantity, price, transactTime, receivedAt, at, live);
    }

    ExternalExecution takenBack() {
        return new ExternalExecution(
                fillId, execId, root, tradeDate, quantity, price, transactTime, receivedAt, charges, false);
    }
}
