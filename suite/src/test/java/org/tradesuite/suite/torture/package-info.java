/** The short form of the torture. */
@NullMarked
package org.tradesuite.suite.torture;

import org.jspecify.annotations.NullMarked;
