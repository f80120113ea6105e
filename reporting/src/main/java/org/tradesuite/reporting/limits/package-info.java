/**
 * What the pre-trade limits did on a business date: how full each was at its fullest and by which order, what was warned
 * of, stopped and let pass, who changed which limit, and when trading was stopped. For the risk officer in the evening and
 * for the regulator later.
 */
@NullMarked
package org.tradesuite.reporting.limits;

import org.jspecify.annotations.NullMarked;
