/**
 * How fast the suite is on this machine, beside the raw parts it is made of, in one run. Nothing here is a test: a
 * number is read by a person, together with the noise.
 */
@NullMarked
package org.tradesuite.suite.benchmark;

import org.jspecify.annotations.NullMarked;
