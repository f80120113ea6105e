/**
 * The live side of the house: decisions come in, orders go out to brokers, fills come back, positions are right at any
 * moment. This package only puts the rooms together and opens and closes them in the right order.
 */
@NullMarked
package org.tradesuite.execution;

import org.jspecify.annotations.NullMarked;
