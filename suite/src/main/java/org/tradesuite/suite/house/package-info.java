/**
 * One house for five applications: each keeps its own settings, database role and address path, exactly as when it
 * runs alone, but all of them answer on one port.
 */
@NullMarked
package org.tradesuite.suite.house;

import org.jspecify.annotations.NullMarked;
