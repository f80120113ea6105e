/**
 * The torture: execution under load, its database and three brokers, each in a process of its own, killed and cut off at
 * random instants; then the books are held against what the brokers themselves have written down.
 */
@NullMarked
package org.tradesuite.suite.torture;

import org.jspecify.annotations.NullMarked;
