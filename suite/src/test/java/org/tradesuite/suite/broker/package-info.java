/** What the simulated brokers promise, as conversations over real sessions. */
@NullMarked
package org.tradesuite.suite.broker;

import org.jspecify.annotations.NullMarked;
