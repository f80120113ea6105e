/**
 * The two levels of an order. A parent order is what the desk wants; a route is what one broker holds of it. The parent
 * speaks the words of an order blotter, the route those of FIX: what a broker reports, and in which order it may, is
 * Appendix D of FIX, and nothing a broker sends is lost or guessed. No broker, database or clock is known here.
 */
@NullMarked
package org.tradesuite.execution.order;

import org.jspecify.annotations.NullMarked;
