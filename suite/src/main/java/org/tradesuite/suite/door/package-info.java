/** The suite as a client sees it: its HTTP contract, a signed-in user, and nothing behind the door. */
@NullMarked
package org.tradesuite.suite.door;

import org.jspecify.annotations.NullMarked;
