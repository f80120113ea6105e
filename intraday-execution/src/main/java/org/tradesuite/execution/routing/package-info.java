/**
 * Which broker gets the order: the one expected to cost least, from its rates and from how its past fills and rejects
 * measured up, with every candidate's arithmetic kept.
 */
@NullMarked
package org.tradesuite.execution.routing;

import org.jspecify.annotations.NullMarked;
