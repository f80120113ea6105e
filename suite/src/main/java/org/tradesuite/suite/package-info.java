/**
 * The whole house in one process: the four applications, their database, the console, and simulated brokers, market data
 * and custodian to trade with. Run it to look around, or let it narrate one trading day from decision to regulatory file.
 */
@NullMarked
package org.tradesuite.suite;

import org.jspecify.annotations.NullMarked;
