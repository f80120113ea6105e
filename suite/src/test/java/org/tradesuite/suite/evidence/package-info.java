/** The evidence of the controls, made of a day on which every control had something to do. */
@NullMarked
package org.tradesuite.suite.evidence;

import org.jspecify.annotations.NullMarked;
