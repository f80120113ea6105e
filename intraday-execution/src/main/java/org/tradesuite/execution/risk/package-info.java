/**
 * The questions every order answers before it may leave: may this trader, account and strategy trade this instrument
 * now; is the order well formed; is it too large, too far from the market, a repetition; would it pass a position,
 * exposure or cash limit with everything still working counted in. All questions are asked, all answers are kept, and
 * a question that cannot be answered is answered with no.
 */
@NullMarked
package org.tradesuite.execution.risk;

import org.jspecify.annotations.NullMarked;
