/**
 * How an order is worked: at once, in equal slices over time, or along the day's usual volume. A plan says what should
 * be with the brokers by now; the difference to what was executed and what is working is the next child order.
 */
@NullMarked
package org.tradesuite.execution.plan;

import org.jspecify.annotations.NullMarked;
