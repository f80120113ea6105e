/**
 * What the desk must know before it trades: the instruments and their rules, our accounts, the brokers and what they
 * charge, when each market is open, when trades settle, exchange rates, and the limits we set ourselves. It is imported
 * before the day, corrected during it, and the trading engine reads it as one unchanging picture.
 */
@NullMarked
package org.tradesuite.execution.reference;

import org.jspecify.annotations.NullMarked;
