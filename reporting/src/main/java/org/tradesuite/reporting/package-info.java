/**
 * What the firm reports of a business date: what trading cost, what was traded for whom, what the authority must know,
 * and the journal itself for whoever examines us. Reports are made by jobs, kept with their hash, and downloaded.
 */
@NullMarked
package org.tradesuite.reporting;

import org.jspecify.annotations.NullMarked;
