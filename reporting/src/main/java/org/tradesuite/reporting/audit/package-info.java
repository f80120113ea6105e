/**
 * What an examiner gets: the whole journal as a file, its end signed; and the answer to what was known of anything at
 * any moment.
 */
@NullMarked
package org.tradesuite.reporting.audit;

import org.jspecify.annotations.NullMarked;
