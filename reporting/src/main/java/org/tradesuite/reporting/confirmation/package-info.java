/**
 * Trade confirmations: for every account what was bought and sold for it on the date, at what price and charge, when and
 * where it settles. They say what the brokers have confirmed, and where a broker has not, they say that.
 */
@NullMarked
package org.tradesuite.reporting.confirmation;

import org.jspecify.annotations.NullMarked;
