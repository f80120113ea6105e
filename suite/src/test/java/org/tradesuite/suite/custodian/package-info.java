/** What the simulated custodian promises, as files in folders. */
@NullMarked
package org.tradesuite.suite.custodian;

import org.jspecify.annotations.NullMarked;
