/**
 * What an examiner gets: the whole journal as a file, its ends signed with a key that the database does not hold, and
 * the word of a verifier that shares no code with what wrote it.
 */
@NullMarked
package org.tradesuite.reporting.audit;

import org.jspecify.annotations.NullMarked;
