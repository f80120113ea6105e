/**
 * The page at which traders and operations clerks work. It holds no business: everything it shows and does goes through
 * the applications' own HTTP contract.
 */
@NullMarked
package org.tradesuite.suite.console;

import org.jspecify.annotations.NullMarked;
