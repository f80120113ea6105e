/**
 * The run sheet: which jobs an application runs for a business date, in which order and by when; who may start, stop
 * and restart them; and what is known of every run. A job runs once for a business date. A run that failed is
 * restarted and goes on where it stood; a date that is finished is only run again when somebody answers for it.
 */
@NullMarked
package org.tradesuite.runsheet;

import org.jspecify.annotations.NullMarked;
