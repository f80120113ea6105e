/**
 * The values that columns of the database contract carry: identifiers with their check digits, money with the scale of
 * its currency, quantities, prices, sides and business calendars. A value that breaks its own rule cannot be built, so
 * whoever holds one need not check it again.
 */
@NullMarked
package org.tradesuite.market;

import org.jspecify.annotations.NullMarked;
