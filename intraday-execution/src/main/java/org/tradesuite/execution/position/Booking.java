package org.tradesuite.execution.position;

import org.tradesuite.market.AccountId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;

/**
 * What a fill, or the taking back of one, did to the book.
 *
 * @param cashEffect the change; {@code cash} is the balance after it, in the instrument's currency
 */
public record Booking(
        AccountId account, InstrumentId instrument, Position before, Position after, Money cashEffect, Money cash) {}
