/**
 * Settlement: from confirmed trades to securities and cash that have moved. Instructions go to the custodian, its
 * answers come back, and what does not settle on its date is watched until it does.
 */
@NullMarked
package org.tradesuite.settlement;

import org.jspecify.annotations.NullMarked;
