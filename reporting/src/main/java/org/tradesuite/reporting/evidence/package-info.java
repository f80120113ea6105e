/**
 * The evidence of a year that the pre-trade controls were there and worked: the rules with what they stopped, the limits and
 * who changed them, what a person let pass, every use of the stop button, the breakers, the incidents, and what is missing.
 * For the yearly self-assessment of RTS 6 Article 9 and the certification of SEC rule 15c3-5(e).
 */
@NullMarked
package org.tradesuite.reporting.evidence;

import org.jspecify.annotations.NullMarked;
